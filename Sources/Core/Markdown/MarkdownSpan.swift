// What is shown of a paragraph's text: the markup between the spans is consumed.

/// What was done to a stretch of a text.
public struct MarkdownStyle: OptionSet, Hashable, Sendable {
  public let rawValue: UInt8
  public init(rawValue: UInt8) { self.rawValue = rawValue }

  public static let strong = MarkdownStyle(rawValue: 1)
  public static let emphasized = MarkdownStyle(rawValue: 2)
  public static let struckOut = MarkdownStyle(rawValue: 4)
  public static let code = MarkdownStyle(rawValue: 8)
  public static let link = MarkdownStyle(rawValue: 16)
  /// Where a link leads.
  public static let address = MarkdownStyle(rawValue: 32)
}

/// A stretch of a line that looks the same from its start to its end.
struct MarkdownSpan: Hashable, Sendable {
  /// UTF-8 offsets in the text.
  var range: Range<Int>
  var style: MarkdownStyle
  /// What is shown in place of these bytes; nil for themselves.
  var shown: String?
}
