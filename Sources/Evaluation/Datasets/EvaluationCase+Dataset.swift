import Core

// From a dataset's case, which says what its file says, to an evaluation's, which says what an answer
// is held to.

extension EvaluationCase {
  /// The case of a dataset.
  ///
  /// A plain expectation is an assertion, too: a text must be equalled, and of CSV's `__expected` each
  /// column says what is to hold.
  ///
  /// - Parameters:
  ///   - id: where the file gives none.
  ///   - assertions: what the case's own `assert` and expectations come to.
  public init(_ testCase: DatasetCase, id: String, assertions: [Assertion]) {
    let metadata = testCase.metadata
    let tags = metadata["tags"]
    self.init(
      id: id, description: testCase.name ?? "", inputs: testCase.values, assertions: assertions,
      threshold: metadata["threshold"]?.double ?? metadata["__threshold"]?.double,
      expected: testCase.expected,
      tags: tags?.array?.compactMap(\.string)
        ?? tags?.string?.split(separator: ",").map { String($0.trimmed) } ?? [],
      relevant: (metadata["relevant"]?.array ?? []).compactMap { Judgment(json: $0, query: id) },
      metadata: JSON.Object(metadata.members.filter { !Self.ownNames.contains($0.name) }))
  }

  private static let ownNames: Set = [
    "id", "__id", "assert", "tags", "relevant", "threshold", "__threshold", "options",
  ]

  /// The ids of the cases of a dataset: those of the file, else names made of the inputs, so that a case
  /// that is moved stays the same one. Of several that are the same, later ones are numbered.
  public static func ids(of cases: [DatasetCase]) -> [String] {
    var counts: [String: Int] = [:]
    return cases.map { testCase in
      let given = testCase.metadata["id"] ?? testCase.metadata["__id"]
      let id =
        given?.string ?? given?.integer.map(String.init)
        ?? "case-" + ContentHash.of(JSON.object(testCase.values).text).prefix(8)
      counts[id, default: 0] += 1
      let count = counts[id] ?? 1
      return count == 1 ? id : "\(id)-\(count)"
    }
  }
}
