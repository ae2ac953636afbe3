// A line of work in a session, by name.

/// A name for a moment of a session; it moves on with what is run from there, as in git.
public struct Branch: Hashable, Sendable {
  public var name: String
  /// The moment's id: the batch of its runs.
  public var moment: Identifier

  public init(name: String, moment: Identifier) {
    self.name = name
    self.moment = moment
  }

  /// The longest name, in bytes.
  public static let longestName = 200

  /// A name as it is kept: one line, without blanks around it; nil where nothing is left.
  public static func name(from text: String) -> String? {
    let words = text.split { $0.isWhitespace || $0.isNewline }
    let name = words.joined(separator: " ")
    return name.isEmpty || name.utf8.count > longestName ? nil : name
  }
}
