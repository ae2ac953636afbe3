// Cases in rows, as spreadsheets write them and promptfoo reads them: what the columns mean.

/// Reads a CSV file's rows as cases.
enum CSVCases {
  static func cases(of text: String, name: String) throws(DatasetError) -> [DatasetCase] {
    guard let table = try CSVTable(text, name: name) else { return [] }
    var cases: [DatasetCase] = []
    cases.reserveCapacity(table.rows.count)
    for row in table.rows {
      try DatasetReader.check(count: cases.count + 1, name: name, line: row.line)
      cases.append(testCase(zip(table.columns, row.fields)))
    }
    return cases
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
