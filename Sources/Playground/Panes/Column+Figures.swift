import Core

extension Column {
  /// What its run took so far, earlier steps included; times are those of the step that is shown.
  public var figures: RunFigures { RunFigures(of: answer, usage: usage, cost: cost) }
}
