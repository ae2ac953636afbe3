// A file whose text is the value of a variable. Reading it is the host's work.

/// What came of reading a file that a field names.
public enum InputFile: Hashable, Sendable {
  /// With an estimate of its tokens.
  case text(String, tokens: Int)
  /// A sentence that says why there is no text.
  case problem(String)

  /// The longest text that can be a value, in bytes.
  public static let mostBytes = 4 << 20
}

/// Files that fields name, to be read.
public struct InputReading: Hashable, Sendable {
  /// Comes back with the texts, so that those of an older reading can be told apart.
  public var number: Int
  /// As they were typed.
  public var paths: [String]
  /// The prompt's file, whose folder they are relative to; nil for a prompt without one.
  public var promptPath: String?

  public init(number: Int, paths: [String], promptPath: String?) {
    self.number = number
    self.paths = paths
    self.promptPath = promptPath
  }
}

/// A dataset that is to be read.
public struct DatasetReading: Hashable, Sendable {
  /// Comes back with the cases.
  public var number: Int
  /// As it was typed, or from the root.
  public var path: String
  /// The prompt's file, whose folder it is relative to; nil for a prompt without one.
  public var promptPath: String?

  public init(number: Int, path: String, promptPath: String?) {
    self.number = number
    self.path = path
    self.promptPath = promptPath
  }
}
