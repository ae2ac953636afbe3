import Core

// From the cases of datasets to those of an evaluation: ids, and what the answers are held to.

extension EvaluationFile {
  /// - Parameters:
  ///   - sharedAssertions: those of every case, which stand before its own.
  ///   - threshold: of cases that have none.
  mutating func evaluationCases(
    _ cases: [DatasetCase], sharedAssertions: [JSON], threshold: Double?
  ) throws -> [EvaluationCase] {
    let (files, name) = (files, name)
    var reader = AssertionReader { path in
      guard let file = try files(path).first else {
        throw EvaluationFileError("\(name): there is no \(path).")
      }
      return file.text
    }
    let shared = try reader.assertions(
      in: .array(try sharedAssertions.map(resolved)), place: "\(name), defaultTest.assert")
    let ids = EvaluationCase.ids(of: cases)
    var made: [EvaluationCase] = []
    made.reserveCapacity(cases.count)
    for (testCase, id) in zip(cases, ids) {
      var assertions = shared
      if let own = testCase.metadata["assert"] {
        let list = try (own.array ?? [own]).map(resolved)
        assertions += try reader.assertions(in: .array(list), place: "\(name), \(id), assert")
      }
      if testCase.metadata["assert"] == nil, let expected = testCase.expected {
        assertions += try self.assertions(
          ofExpectation: expected, of: id, shared: shared, &reader)
      }
      var evaluationCase = EvaluationCase(testCase, id: id, assertions: assertions)
      evaluationCase.threshold = evaluationCase.threshold ?? threshold
      made.append(evaluationCase)
    }
    for unsupported in reader.unsupported { omit("\(unsupported)") }
    return made
  }

  /// What a plain expectation asks for. Where the file says what all answers are held to, an expectation
  /// is what that compares with: `{{expected}}`.
  private func assertions(
    ofExpectation expected: JSON, of id: String, shared: [Assertion],
    _ reader: inout AssertionReader
  ) throws -> [Assertion] {
    guard shared.isEmpty else { return [] }
    // CSV's columns `__expected1`, `__expected2` come as a list.
    if let list = expected.array, list.allSatisfy({ $0.string != nil }) {
      return try list.compactMap {
        try reader.assertion(inColumn: $0.string ?? "", place: "\(name), \(id)")
      }
    }
    if let text = expected.string {
      return try reader.assertion(inColumn: text, place: "\(name), \(id)").map { [$0] } ?? []
    }
    return [Assertion(AssertionKind.equals.rawValue, value: expected)]
  }

  /// An assertion that names one of the `assertionTemplates`, as that one.
  private func resolved(_ assertion: JSON) throws -> JSON {
    guard let reference = assertion["$ref"]?.string else { return assertion }
    let name = reference.split(separator: "/").last.map(String.init) ?? reference
    guard let template = source["assertionTemplates"]?[name] else {
      throw EvaluationFileError(
        "\(self.name): there is no assertion '\(reference)' among the assertionTemplates.")
    }
    return template
  }
}
