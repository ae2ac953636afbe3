import Core

// Other sets, which must not share examples with the one that is checked: what was trained on proves
// nothing.

/// The examples of validation and evaluation sets, each of which has a place of its own among all.
struct ComparedSets: Sendable {
  /// A set whose examples stand at the places from `start` on.
  private struct Part {
    var name: String
    /// What its examples are called: `line` or `case`.
    var word: String
    var group: ExampleGroup
    var start: Int
    var count: Int
  }

  private var parts: [Part] = []
  private(set) var count = 0

  /// Begins another set.
  mutating func begin(_ name: String, word: String, group: ExampleGroup) {
    parts.append(Part(name: name, word: word, group: group, start: count, count: 0))
  }

  /// The place of the next example of the set that was begun last.
  ///
  /// - Parameter number: counted from 1 in the set; not below those before.
  mutating func place(of number: Int) -> Int? {
    guard let last = parts.indices.last else { return nil }
    parts[last].count = max(parts[last].count, number)
    count = parts[last].start + parts[last].count
    return parts[last].start + number
  }

  /// What was found between two sets, told at the line of the set that is checked; nil for what lies
  /// within another set.
  func finding(_ match: LikenessMatch) -> TrainingFinding? {
    guard match.group != .training else { return match.finding }
    guard match.kind == .leak || match.kind == .nearLeak else { return nil }
    let what = match.kind == .leak ? "the same" : "nearly the same"
    let isOwn = match.otherGroup == .training
    return TrainingFinding(
      code: match.kind.rawValue, severity: match.finding.severity, line: isOwn ? match.other : nil,
      sentence: isOwn
        ? "It asks \(what) as \(name(match.line))."
        : "\(capitalized(name(match.line))) asks \(what) as \(name(match.other)).",
      remedy: match.finding.remedy)
  }

  private func name(_ place: Int) -> String {
    guard let part = parts.last(where: { $0.start < place }) else { return "another example" }
    return "\(part.word) \(Numbers.grouped(place - part.start)) of \(part.name)"
  }

  private func capitalized(_ text: String) -> String {
    text.prefix(1).uppercased() + text.dropFirst()
  }
}
