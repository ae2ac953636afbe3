import Core

// Text in lines of several kinds: the requests of a run, and what the stream doctor found in it.

/// Lines that differ in what they are, wrapped to a width.
public struct WireText: Hashable, Sendable {
  /// What a line is.
  public enum Kind: Hashable, Sendable {
    case heading, address, field, body, note, problem
  }

  /// One row of the text.
  public struct Row: Hashable, Sendable {
    public var text: String
    /// The cells before it: rows of one line stand below each other, however far it is indented.
    public var indent: Int
    public var kind: Kind
  }

  public private(set) var rows: [Row] = []
  private let width: Int

  /// - Parameter width: cells; at least 1 is taken.
  public init(width: Int) { self.width = max(1, width) }

  /// Adds lines of one kind.
  mutating func add(_ lines: String, _ kind: Kind) {
    for line in lines.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false) {
      let indent = min(line.prefix { $0 == " " }.count, width / 2)
      let text = String(line.dropFirst(indent))
      for range in Wrap.rows(of: text, width: width - indent) {
        rows.append(Row(text: String(text[utf8: range]), indent: indent, kind: kind))
      }
    }
  }
}
