// What is shown of a paragraph's text: the markup between the spans is consumed.

/// What was done to a stretch of a text, or what it is in JSON.
public struct RenderedStyle: OptionSet, Hashable, Sendable {
  public let rawValue: UInt16
  public init(rawValue: UInt16) { self.rawValue = rawValue }

  public static let strong = RenderedStyle(rawValue: 1)
  public static let emphasized = RenderedStyle(rawValue: 2)
  public static let struckOut = RenderedStyle(rawValue: 4)
  public static let code = RenderedStyle(rawValue: 8)
  public static let link = RenderedStyle(rawValue: 16)
  /// Where a link leads.
  public static let address = RenderedStyle(rawValue: 32)
  public static let jsonName = RenderedStyle(rawValue: 64)
  public static let jsonString = RenderedStyle(rawValue: 128)
  /// A number, or one of `true`, `false` and `null`.
  public static let jsonLiteral = RenderedStyle(rawValue: 256)
  public static let jsonMark = RenderedStyle(rawValue: 512)
}

/// A stretch of a line that looks the same from its start to its end.
struct MarkdownSpan: Hashable, Sendable {
  /// UTF-8 offsets in the text.
  var range: Range<Int>
  var style: RenderedStyle
  /// What is shown in place of these bytes; nil for themselves.
  var shown: String?
}
