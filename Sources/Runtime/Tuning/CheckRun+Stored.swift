import FineTuning
import Sessions

// A check of a training set of the store; its examples are named by their numbers.

extension CheckRun {
  /// Checks the examples of a set, but those that were rejected, also against the cases of all evaluations
  /// of the store. Throws `SessionError`.
  ///
  /// - Parameter onProgress: told now and then how many were checked; false stops the check.
  /// - Returns: nil when it was stopped.
  public func check(
    set name: String, in store: SessionStore,
    onProgress: @escaping (Int) -> Bool = { _ in true }
  ) throws -> CheckReport? {
    var run = self
    run.settings.mayMixFormats = true
    run.others += try store.evaluatedDatasets().map { .cases($0.cases, name: $0.name) }
    return try run.check { examples, _ in
      onProgress(examples)
    } parts: { give in
      var part: [StoredExample] = []
      var goesOn = true
      try store.forEachExample(set: name) { stored in
        if stored.state != .rejected { part.append(stored) }
        guard part.count == Self.examplesOfPart else { return true }
        goesOn = give(.examples(part), 0)
        part = []
        return goesOn
      }
      if goesOn, !part.isEmpty { _ = give(.examples(part), 0) }
    }
  }

  /// Examples that a thread judges at a time.
  private static let examplesOfPart = 500
}
