import Core

// What makes two datasets the same, and which part of one a case belongs to. Both hang on the cases
// alone: their order counts for nothing.

/// Names a dataset by what its cases ask and expect.
public enum DatasetHash {
  /// The hash of cases in any order: of their ids, inputs, assertions, expectations and labels. What
  /// only a reader sees of them, and tags, is left out.
  public static func of(_ cases: [EvaluationCase]) -> String {
    let hashes = cases.map { testCase in
      var testCase = testCase
      testCase.description = ""
      testCase.tags = []
      testCase.metadata = [:]
      return ContentHash.of(testCase.json.text)
    }
    return ContentHash.of(hashes.sorted().joined(separator: "\n"))
  }
}

/// Parts of a dataset that stay the same as others are added to it.
public enum Split {
  /// Where a case stands between 0 and 1: by its id and nothing else, so that no other case moves it.
  public static func share(of id: String) -> Double {
    let digits = ContentHash.of("split\n" + id).prefix(13)
    return Double(UInt64(digits, radix: 16) ?? 0) / 0x1p52
  }
}
