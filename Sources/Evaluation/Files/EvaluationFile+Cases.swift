import Core

// From the cases of datasets to those of an evaluation: ids, and what the answers are held to.

extension EvaluationFile {
  /// - Parameters:
  ///   - sharedAssertions: those of every case, which stand before its own.
  ///   - threshold: of cases that have none.
  mutating func evaluationCases(
    _ cases: [DatasetCase], sharedAssertions: [JSON], threshold: Double?
  ) throws -> [EvaluationCase] {
    var reader = AssertionReader(
      name: name, templates: source["assertionTemplates"], files: files)
    let shared = try reader.assertions(.array(sharedAssertions))
    let ids = EvaluationCase.ids(of: cases)
    var made: [EvaluationCase] = []
    made.reserveCapacity(cases.count)
    for (testCase, id) in zip(cases, ids) {
      var assertions = shared
      if let own = testCase.metadata["assert"] { assertions += try reader.assertions(own) }
      if testCase.metadata["assert"] == nil, let expected = testCase.expected {
        assertions += try self.assertions(ofExpectation: expected, shared: shared, &reader)
      }
      var evaluationCase = EvaluationCase(testCase, id: id, assertions: assertions)
      evaluationCase.threshold = evaluationCase.threshold ?? threshold
      made.append(evaluationCase)
    }
    for omission in reader.omissions { omit(omission) }
    return made
  }

  /// What a plain expectation asks for. Where the file says what all answers are held to, an expectation
  /// is what that compares with: `{{expected}}`.
  private func assertions(
    ofExpectation expected: JSON, shared: [Assertion], _ reader: inout AssertionReader
  ) throws -> [Assertion] {
    guard shared.isEmpty else { return [] }
    // CSV's columns `__expected1`, `__expected2` come as a list.
    if let list = expected.array, list.allSatisfy({ $0.string != nil }) {
      return try list.compactMap { try reader.assertion(ofText: $0.string ?? "") }
    }
    if let text = expected.string {
      return try reader.assertion(ofText: text).map { [$0] } ?? []
    }
    return [Assertion(AssertionKind.equals.rawValue, value: expected)]
  }
}
