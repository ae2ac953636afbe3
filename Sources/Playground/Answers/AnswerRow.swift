// A row of an answer as it is shown: pieces of text that say what they are, and where in the answer
// they stand. How that looks is for the screen.

/// One row of an answer.
public struct AnswerRow: Hashable, Sendable {
  /// A stretch that looks the same from its start to its end, marks apart.
  public struct Piece: Hashable, Sendable {
    /// What is shown, as it came: nothing in it is safe for a terminal.
    public var text: String
    public var face: AnswerFace
    /// UTF-8 offsets in the answer's text, as many as `text` has bytes where it is shown as it came;
    /// nil for what isn't of the text, as a bullet or a heading of whet's own.
    public var source: Range<Int>?

    public init(_ text: String, _ face: AnswerFace, source: Range<Int>? = nil) {
      self.text = text
      self.face = face
      self.source = source
    }
  }

  /// From the left.
  public var pieces: [Piece]

  public init(_ pieces: [Piece]) { self.pieces = pieces }

  /// A row of one piece.
  public init(_ text: String, _ face: AnswerFace, source: Range<Int>? = nil) {
    pieces = [Piece(text, face, source: source)]
  }

  /// What the row says, without how it looks.
  public var text: String { pieces.map(\.text).joined() }

  /// From the first to the last byte of the answer's text that it shows; nil where it shows none.
  public var source: Range<Int>? {
    let ranges = pieces.compactMap(\.source)
    guard let start = ranges.map(\.lowerBound).min(), let end = ranges.map(\.upperBound).max()
    else { return nil }
    return start..<end
  }
}

/// What a piece of an answer is, with what was done to it.
public struct AnswerFace: Hashable, Sendable {
  public enum Kind: Hashable, Sendable {
    case text
    /// From 1 to 6.
    case heading(level: Int)
    /// In a line of text, or a line of a block of it.
    case code
    case quote
    case link
    /// Where a link leads.
    case address
    /// A bullet, a number or a box.
    case marker
    /// What parts, and isn't read: a rule, a table's lines, a code block's edge.
    case border
    case tableHeader
    case jsonName
    case jsonString
    /// A number, or one of `true`, `false` and `null`.
    case jsonLiteral
    case jsonMark
    /// The row above a part of the answer, as that of the thinking.
    case partHeading
    /// What an earlier step of a chain answered, in a few figures or whole.
    case earlier
    case thinking
    case refusal
    case toolCall
    /// Isn't in the text that it is compared with.
    case added
    /// Is in the text that it is compared with, and not in this one.
    case removed
    /// Stands for rows that are left out.
    case folded
    /// How it ended, when it did not end well, and warnings.
    case warning
    case error
    case success
  }

  /// What was done to a text, beside what it is.
  public struct Traits: OptionSet, Hashable, Sendable {
    public let rawValue: UInt8
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    public static let strong = Traits(rawValue: 1)
    public static let emphasized = Traits(rawValue: 2)
    public static let struckOut = Traits(rawValue: 4)
  }

  public var kind: Kind
  public var traits: Traits

  public init(_ kind: Kind, _ traits: Traits = []) {
    self.kind = kind
    self.traits = traits
  }

  public static let text = AnswerFace(.text)
  public static let partHeading = AnswerFace(.partHeading)
  public static let earlier = AnswerFace(.earlier)
  public static let thinking = AnswerFace(.thinking)
  public static let refusal = AnswerFace(.refusal)
  public static let toolCall = AnswerFace(.toolCall)
  public static let added = AnswerFace(.added)
  public static let removed = AnswerFace(.removed, .struckOut)
  public static let folded = AnswerFace(.folded)
  public static let warning = AnswerFace(.warning)
  public static let error = AnswerFace(.error)
  public static let success = AnswerFace(.success)
}
