// What is wrong with a template, said so that a person can find it and mend it.

/// A mistake in a template, or a limit that rendering it went over.
public struct TemplateError: Error, Hashable, Sendable, CustomStringConvertible {
  /// UTF-8 bytes from the start of the template.
  public let offset: Int
  /// Counted from 1.
  public let line: Int
  /// Unicode scalars from the start of the line, counted from 1.
  public let column: Int
  /// What was found and what was expected.
  public let problem: String

  /// Whether the problem is that of a partial, whose place it tells.
  private let isInPartial: Bool

  public var description: String { "line \(line), column \(column): \(problem)" }

  init(at offset: Int, in source: some Collection<UInt8>, _ problem: String) {
    self.init(at: offset, in: source, problem, isInPartial: false)
  }

  private init(
    at offset: Int, in source: some Collection<UInt8>, _ problem: String, isInPartial: Bool
  ) {
    self.offset = offset
    (line, column) = TextPlace.of(offset: offset, in: source)
    self.problem = problem
    self.isInPartial = isInPartial
  }

  /// The same mistake, at the tag of the template that puts the partial in. Of partials within
  /// partials it tells the one that is mistaken.
  func inPartial(_ name: String, putInAt offset: Int, of source: String) -> TemplateError {
    TemplateError(
      at: offset, in: source.utf8,
      isInPartial ? problem : "in the partial '\(name)', \(self)", isInPartial: true)
  }

  /// The problem of a partial that isn't there.
  static func noPartial(_ name: String) -> String {
    "there is no partial '\(name)': a file '_\(name).prompt' was expected beside the prompt"
  }
}

/// Lines and columns of places in a text that is known by its bytes.
enum TextPlace {
  /// The line and the column, in scalars, of a byte; both are counted from 1.
  static func of(offset: Int, in source: some Collection<UInt8>) -> (line: Int, column: Int) {
    var line = 1
    var column = 1
    for byte in source.prefix(offset) {
      if byte == UInt8(ascii: "\n") {
        line += 1
        column = 1
      } else if byte & 0xC0 != 0x80 {
        column += 1
      }
    }
    return (line, column)
  }
}
