import SwiftCSV

// Cases in rows (RFC 4180), as spreadsheets write them and promptfoo reads them. The library tells
// fields apart; which line a row stands on, and what its columns mean, is known here.

/// Reads a CSV file's rows as cases.
enum CSVCases {
  static func cases(of text: String, name: String) throws(DatasetError) -> [DatasetCase] {
    var rows = try rows(of: text, name: name)[...]
    guard let header = rows.popFirst() else { return [] }
    try check(header, name: name)
    var cases: [DatasetCase] = []
    cases.reserveCapacity(rows.count)
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
      try DatasetReader.check(count: cases.count + 1, name: name, line: row.line)
      cases.append(testCase(zip(header.fields, row.fields)))
    }
    return cases
  }

  // MARK: Rows

  private struct Row {
    /// On which it begins, counted from 1.
    var line: Int
    var fields: [String]
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

  // MARK: Columns

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

  /// - Parameter fields: names with values. Those that begin with `__` are not for the prompt
  ///   (https://www.promptfoo.dev/docs/configuration/test-cases/).
  private static func testCase(_ fields: Zip2Sequence<[String], [String]>) -> DatasetCase {
    var testCase = DatasetCase(values: [:])
    var expected: [JSON] = []
    for (name, value) in fields {
      guard name.hasPrefix("__") else {
        // An empty cell gives no value: the prompt's default stands.
        if !value.isEmpty {
          testCase.values.members.append(.init(name: name, value: .string(value)))
        }
        continue
      }
      if name.hasPrefix("__expected") {
        if !value.isEmpty { expected.append(.string(value)) }
      } else if name == "__description" {
        testCase.name = value.isEmpty ? nil : value
      } else {
        let key = name.split(separator: ":", maxSplits: 1).last.map(String.init) ?? name
        testCase.metadata.members.append(.init(name: key, value: .string(value)))
      }
    }
    testCase.expected = expected.count > 1 ? .array(expected) : expected.first
    if testCase.expected == nil {
      testCase.expected = DatasetCase.expected(in: testCase.values)
    }
    return testCase
  }
}
