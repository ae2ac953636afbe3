import SwiftCSV

// A table of comma-separated values (RFC 4180), as spreadsheets write them. The library tells fields
// apart; which line a row stands on is known here.

/// The rows of a CSV file under the names of its columns.
public struct CSVTable: Hashable, Sendable {
  public struct Row: Hashable, Sendable {
    /// On which it begins, counted from 1.
    public var line: Int
    /// As many as there are columns.
    public var fields: [String]
  }

  /// The names that the first line has; none is empty, none is there twice.
  public let columns: [String]
  public let rows: [Row]

  /// Nil for a text without any line.
  ///
  /// - Parameter name: the file's, for errors.
  public init?(_ text: String, name: String) throws(DatasetError) {
    var rows = try Self.rows(of: text, name: name)[...]
    guard let header = rows.popFirst() else { return nil }
    try Self.check(header, name: name)
    columns = header.fields
    var kept: [Row] = []
    kept.reserveCapacity(rows.count)
    for row in rows {
      // A blank line is a row of one empty field.
      if row.fields.count == 1, row.fields[0].isEmpty, header.fields.count > 1 { continue }
      guard row.fields.count == header.fields.count else {
        let count = row.fields.count
        throw DatasetError(
          name: name, line: row.line,
          problem: "\(count) \(count == 1 ? "value" : "values") for the "
            + "\(header.fields.count) columns of the first line: put a value with a separator "
            + "in it in double quotes")
      }
      kept.append(row)
    }
    self.rows = kept
  }

  /// Asks the library for nothing while it takes in the text: rows are asked for one by one.
  private struct NoRows: CSVView {
    var rows: [[String]] { [] }
    var columns: [String]? { nil }

    init(
      header: [String], text: String, delimiter: CSVDelimiter, loadColumns: Bool, rowLimit: Int?
    ) {}

    func serialize(header: [String], delimiter: CSVDelimiter) -> String { "" }
  }

  private static func rows(of text: String, name: String) throws(DatasetError) -> [Row] {
    var rows: [Row] = []
    var line = 1
    // The library leaves out an empty value at the very end; a line end after it keeps it.
    let text = text.last?.isNewline == false ? text + "\n" : text
    do {
      let csv = try CSV<NoRows>(string: text, delimiter: .guessed(string: text))
      try csv.enumerateAsArray(startAt: 0, rowLimit: nil) { fields in
        rows.append(Row(line: line, fields: fields))
        line += 1 + fields.reduce(0) { $0 + lineEnds(in: $1) }
      }
    } catch {
      throw DatasetError(
        name: name, line: line,
        problem: "a double quote stands where none can: put the whole value in double quotes, and "
          + "write each quote in it twice")
    }
    // An unclosed quote takes all that follows into one value, with the library's blessing.
    let quotes = text.utf8.reduce(0) { $0 + ($1 == UInt8(ascii: "\"") ? 1 : 0) }
    guard quotes.isMultiple(of: 2) else {
      throw DatasetError(
        name: name, line: rows.last?.line ?? 1,
        problem: "a double quote is opened here or before, and never closed")
    }
    return rows
  }

  private static func lineEnds(in field: String) -> Int {
    field.utf8.allSatisfy { $0 >= 0x0E } ? 0 : field.count { $0.isNewline }
  }

  private static func check(_ header: Row, name: String) throws(DatasetError) {
    var seen: Set<String> = []
    for (place, column) in header.fields.enumerated() {
      guard !column.isEmpty else {
        throw DatasetError(
          name: name, line: header.line,
          problem: "column \(place + 1) has no name: the first line must name each variable")
      }
      guard seen.insert(column).inserted else {
        throw DatasetError(
          name: name, line: header.line,
          problem: "two columns are named '\(column.prefix(40))': rename one")
      }
    }
  }
}
