// A run of which no stream was kept.

extension RecordedRun {
  /// A run of which only the answer was kept: its stream is made of that, so that it is shown, replayed
  /// and shared as any other.
  public init(run: Run, answer: Answer) {
    self.init(run: run, events: [], answer: answer)
    rebuildStream()
  }
}
