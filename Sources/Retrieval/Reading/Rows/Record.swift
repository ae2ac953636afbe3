// What stands for one row in a file of rows, before anything is made of it.

/// A record of a file of rows.
struct Record: Equatable {
  enum Content: Equatable {
    /// What stands on a line of JSON Lines, the line end left out.
    case line([UInt8])
    /// The values of a row of CSV, without their quotes.
    case fields([[UInt8]])
    /// More than is held at a time, or a value whose closing quote is missing.
    case unreadable(SkipReason)
  }

  /// Bytes in the longest record that is read, so that what JSON makes of it stays small, too.
  static let longest = 4 << 20

  var content: Content
  /// From 1.
  var lines: ClosedRange<Int>
}

/// Takes a file apart into records, holding one at a time.
protocol RecordScanner {
  /// The next record that holds anything; nil at the end of the file.
  mutating func next(from file: inout PieceReader) throws(SkipReason) -> Record?
}
