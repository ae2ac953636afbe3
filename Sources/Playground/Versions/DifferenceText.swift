import Core

// A difference as rows of a pane: wrapped, each with a mark for whether its line is old or new.

/// A difference laid out for a width.
public struct DifferenceText: Hashable, Sendable {
  public struct Row: Hashable, Sendable {
    /// The line that it is part of.
    public var line: DiffLine
    /// Its part of the line, as UTF-8 offsets.
    public var range: Range<Int>
  }

  public private(set) var rows: [Row] = []

  /// Cells before the text, for the mark.
  public static let gutterWidth = 2
  /// Unchanged lines that are shown around a change.
  private static let context = 3

  public init() {}

  /// - Parameter width: cells, with those of the mark.
  public init(_ difference: WordDiff, width: Int) {
    rows = difference.lines(context: Self.context).flatMap { line in
      Wrap.rows(of: line.text, width: width - Self.gutterWidth).map { Row(line: line, range: $0) }
    }
  }
}
