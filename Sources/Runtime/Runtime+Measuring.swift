import Core
import Playground
import Retrieval

// The present settings, and others, measured by what was judged for an index.

extension Runtime {
  func measure(_ measuring: RetrievalMeasuring) {
    let folder = IndexFolder(settings.folders.indexes)
    // In a script no search takes any time, so that it always shows the same figures.
    let takesTime = !clock.canLeap
    inspections.begin(measuring.number) { [indexes, mailbox] isCancelled in
      let index = try indexes.index(named: measuring.index)
      let judgments =
        try JudgmentFile(ofIndex: measuring.index, in: folder)?.judgments() ?? Judgments()
      guard !judgments.judgedQueries.isEmpty else { return .measured(nil) }
      let clock = SystemClock()
      func now() -> Double { takesTime ? clock.now : 0 }
      var progress = MeasuringProgress(searches: 2 * judgments.judgedQueries.count)
      let retriever = Retriever(index, models: indexes.models)
      let search = JudgedSearch {
        try retriever.search($0, with: $1, isCancelled: isCancelled).passages
      }
      func evaluate(_ settings: RetrievalSettings) throws -> RetrievalEvaluation {
        let evaluation = try RetrievalEvaluation(
          of: settings, metrics: Self.metrics(for: judgments),
          on: judgments, search: search, now: now,
          isCancelled: {
            if let news = progress.next(at: now()) {
              mailbox.post(.inspected(number: measuring.number, news))
            }
            return isCancelled()
          })
        guard let evaluation else { throw CancellationError() }
        return evaluation
      }
      return .measured(
        RetrievalComparison(
          from: try evaluate(measuring.before), to: try evaluate(measuring.now)))
    }
  }
}

extension Runtime {
  /// What the prompt is given comes first: that is what most settings turn.
  private static func metrics(for judgments: Judgments) -> [RetrievalMetric] {
    let ofSpans = [
      RetrievalMetric(.tokenRecall), RetrievalMetric(.tokenPrecision),
      RetrievalMetric(.intersectionOverUnion),
    ]
    return (judgments.hasSpans ? ofSpans : []) + [
      RetrievalMetric(.recall), RetrievalMetric(.precision), RetrievalMetric(.nDCG, at: 10),
      RetrievalMetric(.recall, at: 10), RetrievalMetric(.precision, at: 10),
      RetrievalMetric(.reciprocalRank),
    ]
  }
}

/// How far a measuring has come, told a few times a second.
private struct MeasuringProgress {
  private static let interval = 100.0

  let searches: Int
  private var begun = 0
  private var lastTime: Double?

  init(searches: Int) { self.searches = searches }

  /// What to tell as another search begins; nil where it was told just now.
  mutating func next(at time: Double) -> Inspection? {
    defer { begun += 1 }
    if let lastTime, time - lastTime < Self.interval { return nil }
    lastTime = time
    return .measuring(done: begun, total: searches)
  }
}

extension RetrievalComparison {
  /// Two evaluations of the same queries.
  fileprivate init(from before: RetrievalEvaluation, to now: RetrievalEvaluation) {
    func mean(_ values: [Double]) -> Double {
      values.reduce(0, +) / Double(max(values.count, 1))
    }
    self.init(
      queries: now.queries.count, before: before.settings, now: now.settings,
      rows: now.metrics.indices.map { place in
        Row(metric: now.metrics[place], before: before.values[place], now: now.values[place])
      },
      tokensBefore: mean(before.tokens), tokensNow: mean(now.tokens),
      millisecondsBefore: mean(before.milliseconds), millisecondsNow: mean(now.milliseconds))
  }
}
