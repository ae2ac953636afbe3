import Foundation

// A regular expression that comes from a file, against a text that comes from a model: together they
// can take for ever. ICU's engine, by way of Foundation, is the one at hand that asks at intervals
// whether it shall go on, and it keeps its own stack small.

/// A regular expression that gives up.
struct BoundedRegex {
  /// How long one search may take.
  static let limit = Duration.milliseconds(800)

  private let expression: NSRegularExpression

  /// Nil for what is no expression of JavaScript's.
  init?(_ pattern: String) {
    guard pattern.utf8.count <= 10_000,
      let expression = try? NSRegularExpression(pattern: ScriptPattern.icu(pattern))
    else { return nil }
    self.expression = expression
  }

  /// Whether it matches anywhere in a text; nil where that took too long to find out.
  func matches(_ text: String) -> Bool? {
    let clock = ContinuousClock()
    let end = clock.now + Self.limit
    var answer: Bool? = false
    let whole = NSRange(location: 0, length: text.utf16.count)
    expression.enumerateMatches(in: text, options: .reportProgress, range: whole) {
      match, flags, stop in
      if match != nil {
        answer = true
      } else if flags.contains(.internalError) || clock.now > end {
        answer = nil
      } else {
        return
      }
      stop.pointee = true
    }
    return answer
  }
}
