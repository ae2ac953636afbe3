// What a person is told of an import, and why one was refused.

/// Something that an import left out or changed.
public struct ImportNote: Hashable, Sendable, CustomStringConvertible {
  /// The file, or the part of it, that it is about.
  public var place: String
  /// Counted from 1, in the text that the place holds; nil when it is about the whole.
  public var line: Int?
  /// What was done, and why.
  public var text: String

  public init(_ place: String, line: Int? = nil, _ text: String) {
    self.place = place
    self.line = line
    self.text = text
  }

  public var description: String { place + (line.map { ":\($0)" } ?? "") + ": \(text)" }
}

/// Why nothing could be imported, in one sentence.
public struct ImportError: Error, Hashable, Sendable, CustomStringConvertible {
  public let description: String

  public init(_ description: String) { self.description = description }
}
