// What a row of a rendered text shows, piece by piece. How that looks is for others.

/// A stretch of a row that looks the same from its start to its end.
public struct RenderedPiece: Hashable, Sendable {
  public enum Kind: Hashable, Sendable {
    case text
    /// From 1 to 6.
    case heading(level: Int)
    /// A line of a code block.
    case code
    /// A code block's language, a rule, or a line of a table: what isn't read.
    case border
    case quote
    /// A bullet, a number or a box.
    case marker
    case tableHeader
  }

  /// What is shown, as it came: nothing in it is safe for a terminal.
  public var text: String
  public var kind: Kind
  public var style: RenderedStyle
  /// UTF-8 offsets in the whole text; nil for what isn't of it.
  public var source: Range<Int>?

  init(
    _ text: String, _ kind: Kind, _ style: RenderedStyle = [], source: Range<Int>? = nil
  ) {
    self.text = text
    self.kind = kind
    self.style = style
    self.source = source
  }
}
