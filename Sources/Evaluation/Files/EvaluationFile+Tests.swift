import Core

// The tests of an evaluation's file: in it, or in files that it names.

extension EvaluationFile {
  static let testKeys: Set = [
    "vars", "assert", "threshold", "options", "description", "metadata", "id", "tags", "relevant",
    "input", "expected", "output", "name",
  ]

  /// A list of values multiplies the cases: no more than this many come of one test.
  private static let mostCombinations = 10_000

  /// The cases of the file, each with what all tests are held to.
  mutating func cases(of text: String) throws -> [EvaluationCase] {
    guard let tests = source["tests"], !tests.isNull else {
      // Without tests, promptfoo asks each prompt once as it stands.
      return try evaluationCases([DatasetCase(values: [:])])
    }
    if let reference = tests.string, let cases = try folders(absolute(path(of: reference))) {
      return cases
    }
    var cases: [DatasetCase] = []
    if let items = tests.array, items.allSatisfy({ $0.object != nil && $0["path"] == nil }) {
      cases = try DatasetReader.dataset(of: text, name: name).cases
    } else {
      for item in tests.array ?? [tests] {
        if let reference = item.string ?? item["path"]?.string {
          cases += try referred(reference)
        } else {
          let list = JSON.array([item]).text
          cases += try DatasetReader.dataset(of: list, name: name + ".json").cases
        }
      }
    }
    return try evaluationCases(cases)
  }

  private func path(of reference: String) -> String {
    reference.hasPrefix("file://") ? String(reference.dropFirst(7)) : reference
  }

  private func referred(_ reference: String) throws -> [DatasetCase] {
    let path = path(of: reference)
    guard !path.contains("://"), !Self.isCode(path) else {
      throw EvaluationFileError(
        "\(name): the tests of \(reference) can't be read: a program or an address is not run; "
          + "write them to a CSV, JSONL or YAML file and name that.")
    }
    return try files(path).flatMap { file in
      try DatasetReader.dataset(of: file.text, name: file.path).cases
    }
  }

  private static func isCode(_ path: String) -> Bool {
    [".js", ".ts", ".mjs", ".cjs", ".py", ".rb", ".go"].contains { path.hasSuffix($0) }
      || path.contains(".py:") || path.contains(".js:") || path.contains(".ts:")
  }

  private mutating func evaluationCases(_ cases: [DatasetCase]) throws -> [EvaluationCase] {
    let shared = source["defaultTest"]
    var expanded: [DatasetCase] = []
    for var testCase in cases {
      testCase.takeOutNotes()
      for member in shared?["vars"]?.object?.members ?? []
      where testCase.values[member.name] == nil {
        testCase.values.members.append(member)
      }
      let keepsLists =
        (testCase.metadata["options"] ?? shared?["options"])?["disableVarExpansion"]?.bool == true
      expanded += keepsLists ? [testCase] : try combinations(of: testCase)
    }
    for index in expanded.indices { try readFiles(of: &expanded[index]) }
    noteTestOptions(of: cases)
    let sharedAssertions = shared?["assert"]?.array ?? []
    return try evaluationCases(
      expanded, sharedAssertions: sharedAssertions, threshold: shared?["threshold"]?.double)
  }

  /// A case for each choice of a value out of every list, as promptfoo has it; the variable `passages`
  /// is a list by itself.
  private func combinations(of testCase: DatasetCase) throws -> [DatasetCase] {
    var results = [testCase]
    for member in testCase.values.members where member.name != "passages" {
      guard let choices = member.value.array, !choices.isEmpty else { continue }
      guard results.count * choices.count <= Self.mostCombinations else {
        throw EvaluationFileError(
          "\(name): the lists among the variables of one test make over "
            + "\(Numbers.grouped(Self.mostCombinations)) cases: shorten them, or set "
            + "options.disableVarExpansion.")
      }
      results = results.flatMap { result in
        choices.map { choice in
          var result = result
          result.values[member.name] = choice
          return result
        }
      }
    }
    return results
  }

  /// Puts the texts of files in place of the references to them.
  private mutating func readFiles(of testCase: inout DatasetCase) throws {
    for index in testCase.values.members.indices {
      guard let reference = testCase.values.members[index].value.string,
        reference.hasPrefix("file://")
      else { continue }
      let path = String(reference.dropFirst(7))
      guard !Self.isCode(path) else {
        throw EvaluationFileError(
          "\(name): the variable '\(testCase.values.members[index].name)' is made by \(path): no "
            + "program is run for it; write its value to a file and name that.")
      }
      guard let file = try files(path).first else { continue }
      testCase.values.members[index].value = .string(file.text)
    }
  }

  private mutating func noteTestOptions(of cases: [DatasetCase]) {
    let known: Set = ["provider", "disableVarExpansion"]
    for testCase in cases {
      for name in names(of: testCase.metadata["options"], but: known) {
        omit("options.\(name) of tests: there is nothing that means the same")
      }
      for key in ["prompts", "providers"] where testCase.metadata[key] != nil {
        omit("\(key) of tests: every variant is asked every case")
      }
    }
  }
}

extension DatasetCase {
  /// Of a record whose members are variables, those that say something of the case itself; the id stays
  /// a variable, too.
  fileprivate mutating func takeOutNotes() {
    for name in ["tags", "relevant", "assert"] where metadata[name] == nil {
      guard let value = values[name], value.array != nil else { continue }
      metadata[name] = value
      values[name] = nil
    }
    if metadata["id"] == nil { metadata["id"] = values["id"] }
  }
}
