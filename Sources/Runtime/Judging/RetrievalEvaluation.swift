import Core

// How good settings are on judged queries.

/// The metrics of some settings, a value for each query.
public struct RetrievalEvaluation {
  /// Documents down to which a ranking is looked at, where a metric doesn't look deeper.
  public static let rankingDepth = 100

  public let settings: RetrievalSettings
  public let queries: [JudgedQuery]
  public let metrics: [RetrievalMetric]
  /// For each metric, a value for each query.
  public private(set) var values: [[Double]]
  /// For each query, the tokens of the passages that a prompt would be given.
  public private(set) var tokens: [Double] = []
  /// For each query, how long these passages took to find, in milliseconds.
  public private(set) var milliseconds: [Double] = []

  /// Searches with every judged query.
  ///
  /// Returns nil once `isCancelled` says so, which is asked before each query.
  ///
  /// - Parameter now: the time in milliseconds.
  public init?(
    of settings: RetrievalSettings, metrics: [RetrievalMetric], on judgments: Judgments,
    search: JudgedSearch, now: () -> Double, isCancelled: () -> Bool
  ) throws {
    self.settings = settings
    self.metrics = metrics
    queries = judgments.judgedQueries
    values = metrics.map { _ in [] }
    let depth = metrics.filter(\.isOfRanking).map { $0.depth ?? Self.rankingDepth }.max()
    for query in queries {
      if isCancelled() { return nil }
      guard let relevance = judgments.relevance(to: query.id) else { continue }
      let start = now()
      let passages = try search.passages(for: query.text, settings: settings)
      milliseconds.append(now() - start)
      tokens.append(Double(passages.reduce(0) { $0 + $1.tokens }))
      let given = QueryResult(
        documents: passages.rankedDocuments().map(\.document),
        spans: passages.map { DocumentSpan(document: $0.document, bytes: $0.bytes) })
      var ranking = QueryResult()
      if let depth {
        ranking.documents = try search.documents(
          for: query.text, limit: max(depth, Self.rankingDepth), settings: settings
        ).map(\.document)
      }
      for (place, metric) in metrics.enumerated() {
        let result = metric.isOfRanking ? ranking : given
        values[place].append(metric.value(of: result, given: relevance))
      }
    }
  }

  /// The metrics that say most of some judgments, where none were asked for.
  public static func standardMetrics(for judgments: Judgments) -> [RetrievalMetric] {
    let ofRankings = [
      RetrievalMetric(.nDCG, at: 10), RetrievalMetric(.recall, at: 10),
      RetrievalMetric(.recall, at: 100), RetrievalMetric(.precision, at: 10),
      RetrievalMetric(.reciprocalRank), RetrievalMetric(.averagePrecision),
    ]
    let ofPrompts = [RetrievalMetric(.recall), RetrievalMetric(.precision)]
    let ofSpans = [
      RetrievalMetric(.tokenRecall), RetrievalMetric(.tokenPrecision),
      RetrievalMetric(.intersectionOverUnion),
    ]
    return ofRankings + ofPrompts + (judgments.hasSpans ? ofSpans : [])
  }
}

extension RetrievalMetric {
  /// Whether it is about the ranking of documents. One that isn't is about the passages that a prompt
  /// is given: those of spans, and all that have no depth of their own but need one.
  public var isOfRanking: Bool {
    switch kind {
    case .reciprocalRank, .averagePrecision: true
    default: !isOfSpans && depth != nil
    }
  }
}
