import Core

// What runs cost, in the store, on the recorder's thread.

extension Recorder {
  /// Writes down what a run may cost before it is sent, and holds it against its session's limit.
  ///
  /// With a limit it waits for the store, also for what was handed over before: the other runs of
  /// the session are there, those of other programs among them, and a request that was sent can't
  /// be taken back. Without one it doesn't wait, and refuses nothing.
  func reserve(
    _ amount: Money, for number: Int, of model: ModelReference, limit: Money?
  ) throws(BudgetRefusal) {
    guard let limit else {
      withStore { recorder, store in
        guard let id = recorder.identifiers[number] else { return }
        _ = try store.reserve(amount, for: id, limit: nil)
      }
      return
    }
    let outcome = queue.sync {
      Result {
        let store = try openedStore()
        guard let id = identifiers[number] else { throw UnrecordedRunError() }
        return try store.reserve(amount, for: id, limit: limit)
      }
    }
    switch outcome {
    case .success(nil): break
    case .success(let left?): throw .exceeded(model, bound: amount, left: left, .session)
    case .failure(let error): throw .unaccountable(model, reason: "\(error)")
    }
  }

  /// Keeps how a model's server counts tokens.
  func keep(_ ratio: TokenRatio, of model: ModelReference) {
    withStore { _, store in try store.keep(ratio, of: model) }
  }
}

/// A run whose beginning the store did not take; why was said when it was tried.
private struct UnrecordedRunError: Error, CustomStringConvertible {
  let description = "the run could not be written down."
}
