// What a check of a training set notices.

/// How bad a finding is.
public enum FindingSeverity: Int, Hashable, Sendable, Comparable, CaseIterable {
  /// Worth knowing.
  case note
  /// Makes the model worse, or the bill larger.
  case warning
  /// A trainer refuses the file, or something private is in it.
  case error

  public static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }
}

/// One thing that a check noticed.
public struct TrainingFinding: Hashable, Sendable {
  /// A stable name, such as `missing_content`, `near-duplicate` or `secret`.
  public var code: String
  public var severity: FindingSeverity
  /// The line of the file or the number of the example, from 1; nil where it is about all of them.
  public var line: Int?
  /// What is wrong, as a sentence. It holds no secret and no personal data that it is about.
  public var sentence: String
  /// How to mend it, as a sentence.
  public var remedy: String

  public init(
    code: String, severity: FindingSeverity, line: Int?, sentence: String, remedy: String
  ) {
    self.code = code
    self.severity = severity
    self.line = line
    self.sentence = sentence
    self.remedy = remedy
  }
}
