import Core

// What the runs of a column took.

extension Column {
  /// What its run took so far, earlier steps included; times are those of the step that is shown. Of
  /// attempts, the medians of those that have ended, once there are two.
  public var figures: RunFigures {
    let shown = RunFigures(of: answer, usage: usage, cost: cost)
    guard attemptCount > 1 else { return shown }
    let ended = attempts.filter(\.answer.isFinished).map {
      RunFigures(of: $0.answer, usage: $0.usage, cost: $0.cost)
    }
    return ended.count > 1 ? RunFigures(medianOf: ended) ?? shown : shown
  }
}
