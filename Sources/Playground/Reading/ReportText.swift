import Core

// A report, wrapped to a page.

/// The rows of a report at one width.
public struct ReportText: Hashable, Sendable {
  /// One row of it.
  public struct Row: Hashable, Sendable {
    public var text: String
    /// The cells before it: rows of one line stand below each other.
    public var indent: Int
    public var kind: ReportLine.Kind
  }

  public private(set) var rows: [Row] = []

  /// - Parameter width: cells; at least 1 is taken.
  public init(_ lines: [ReportLine], width: Int) {
    let width = max(1, width)
    for line in lines {
      // A line of a document's is one line, whatever is in it.
      let text = String(line.text.unicodeScalars.map { $0 == "\n" ? " " : Character($0) })
      let indent = line.kind == .heading ? 0 : min(2, width / 2)
      for range in Wrap.rows(of: text, width: width - indent) {
        rows.append(Row(text: String(text[utf8: range]), indent: indent, kind: line.kind))
      }
    }
  }
}
