// What a Markdown text consists of, as far as rows are concerned: leaves in the order of the text,
// and the quotes and list items around them.

/// A leaf of a Markdown text: what takes rows of its own.
struct MarkdownBlock: Hashable, Sendable {
  enum Kind: Hashable, Sendable {
    /// One or more empty lines.
    case blank
    case paragraph
    case heading(level: UInt8)
    /// One line of a code block.
    case code
    /// The line that opens a code block; its content is the language.
    case fence
    case fenceEnd
    case rule
    /// The header, or a row, of one of the text's tables.
    case tableHeader(table: Int32)
    case tableRow(table: Int32)
    /// The line under the header, which shows as a rule.
    case tableDelimiter(table: Int32)
    /// A line that is shown as it came.
    case plain
    /// A line of JSON, at a depth of nesting; one that was cut may begin within a string.
    case json(depth: UInt8, isWithinString: Bool)
  }

  var kind: Kind
  /// The innermost container, in `MarkdownText.containers`; -1 for none.
  var container: Int32
  /// The first of its lines, in `MarkdownText.lines`.
  var firstLine: Int32
  var lineCount: Int32
  /// Whether it goes on where the block before it was cut, on the same row.
  var isContinued = false
}

/// A quote or a list item, with what is around it.
struct MarkdownContainer: Hashable, Sendable {
  enum Kind: Hashable, Sendable {
    case quote
    case bullet
    /// An item with a number.
    case number
    case task(isDone: Bool)
  }

  var kind: Kind
  /// Columns that a line of its content is indented by; 0 for a quote.
  var indent: UInt16 = 0
  /// The marker's bytes.
  var markerLength: UInt8 = 1
  /// How many containers are around it.
  var depth: UInt8
  /// Around it, in `MarkdownText.containers`; -1 for none.
  var parent: Int32
  /// The block beside which the marker stands.
  var firstBlock: Int32 = -1
  /// Where the marker begins in the text.
  var markerStart: Int
}

/// A table's columns.
struct MarkdownTable: Hashable, Sendable {
  enum Alignment: Hashable, Sendable {
    case left, centered, right
  }

  var alignments: [Alignment]
  /// Its header's place in `MarkdownText.blocks`.
  var firstBlock: Int
  /// The block after its last one; nil while it may get more rows.
  var end: Int?
}
