import Core

// What a variant comes to over all cases, each figure with the interval that says how sure it is. The
// repeats of one case are alike, so that cases are what is counted and drawn anew.

/// The figures of one variant of an evaluation.
public struct VariantFigures: Hashable, Sendable {
  public var variant: String
  public var passed = 0
  public var failed = 0
  /// Answers that could not be had or graded; they count in no rate.
  public var unmeasured = 0
  /// Answers that were not asked for yet.
  public var missing = 0
  /// The share of answers that passed; nil without any.
  public var passRate: Estimate?
  /// From 0 to 1.
  public var score: Estimate?
  /// Milliseconds from the request to the end of the answer.
  public var latency: Estimate?
  /// The time that 95 of 100 answers stay below.
  public var latency95: Estimate?
  /// Dollars for 1,000 answers; nil where a price is not known.
  public var costPerThousand: Estimate?
  /// Tokens of an answer's prompt, and of the answer.
  public var inputTokens: Estimate?
  public var outputTokens: Estimate?
  /// The chance that k askings of a case all pass, from k = 1 on; empty where nothing is repeated.
  public var allPass: [Double] = []
  /// The scores of assertions that have a metric, in the order of its first use.
  public var metrics: [Group] = []
  /// The rate of each tag's cases, in the order of its first use.
  public var tags: [Group] = []

  /// A figure of a part of the answers.
  public struct Group: Hashable, Sendable {
    public var name: String
    /// Answers that count in it.
    public var count: Int
    public var estimate: Estimate
  }

  /// The answers that were graded.
  public var measured: Int { passed + failed }

  /// - Parameter resampling: for what is no rate.
  public init(
    of variant: String, in record: EvaluationRecord, resampling: Resampling = Resampling()
  ) {
    self.variant = variant
    let results = record.results.filter { $0.variant == variant }
    let graded = results.filter { $0.grade != nil }
    passed = graded.count { $0.grade?.passed == true }
    failed = graded.count - passed
    unmeasured = results.count - graded.count
    missing = max(0, record.cases.count * record.repeatCount - results.count)
    guard !graded.isEmpty else { return }
    let clusters = Dictionary(grouping: graded, by: \.caseID)
    // In the order of the cases: what is drawn must not hang on a hash.
    let ordered = record.cases.compactMap { clusters[$0.id] }
    passRate = Self.rate(ordered)

    func mean(_ value: (EvaluationResult) -> Double) -> Estimate {
      resampling.ratio(
        of: ordered.map { results in
          (results.reduce(0) { $0 + value($1) }, Double(results.count))
        })
    }
    score = mean { $0.grade?.score ?? 0 }
    latency = mean(\.milliseconds)
    latency95 = QuantileInterval.estimate(0.95, of: graded.map(\.milliseconds))
    inputTokens = mean { Double($0.usage.inputTokens) }
    outputTokens = mean { Double($0.usage.outputTokens) }
    if graded.allSatisfy({ $0.cost != nil }) {
      costPerThousand = mean { ($0.cost?.dollars ?? 0) * 1000 }
    }
    if record.repeatCount > 1 {
      let counts = ordered.map { (passed: $0.count { $0.grade?.passed == true }, asked: $0.count) }
      allPass = (1...record.repeatCount).compactMap { RepeatedPasses.all($0, of: counts) }
    }
    metrics = Self.metrics(ordered, resampling)
    tags = Self.tags(of: record, clusters)
  }

  private static func rate(_ clusters: [[EvaluationResult]]) -> Estimate {
    let counts = clusters.map { (count: $0.count { $0.grade?.passed == true }, total: $0.count) }
    let (count, total) = counts.reduce((0, 0)) { ($0.0 + $1.count, $0.1 + $1.total) }
    return Estimate(
      mean: Double(count) / Double(total), interval: ProportionInterval.wilson(clusters: counts))
  }

  private static func metrics(
    _ clusters: [[EvaluationResult]], _ resampling: Resampling
  ) -> [Group] {
    var names: [String] = []
    var scores: [String: [(sum: Double, count: Double)]] = [:]
    for cluster in clusters {
      var sums: [String: (sum: Double, count: Double)] = [:]
      for result in cluster.flatMap({ $0.grade?.assertions ?? [] }).flatMap(\.withMembers) {
        guard let metric = result.metric else { continue }
        if !names.contains(metric) { names.append(metric) }
        let sum = sums[metric] ?? (0, 0)
        sums[metric] = (sum.sum + result.score, sum.count + 1)
      }
      for (metric, sum) in sums { scores[metric, default: []].append(sum) }
    }
    return names.map { name in
      let clusters = scores[name] ?? []
      return Group(
        name: name, count: Int(clusters.reduce(0) { $0 + $1.count }),
        estimate: resampling.ratio(of: clusters))
    }
  }

  private static func tags(
    of record: EvaluationRecord, _ clusters: [String: [EvaluationResult]]
  ) -> [Group] {
    var names: [String] = []
    var cases: [String: [[EvaluationResult]]] = [:]
    for testCase in record.cases {
      for tag in testCase.tags {
        if cases[tag] == nil { names.append(tag) }
        cases[tag, default: []] += clusters[testCase.id].map { [$0] } ?? []
      }
    }
    return names.compactMap { name in
      guard let clusters = cases[name], !clusters.isEmpty else { return nil }
      return Group(
        name: name, count: clusters.reduce(0) { $0 + $1.count }, estimate: rate(clusters))
    }
  }
}

extension AssertionResult {
  /// It and those that it holds together.
  var withMembers: [AssertionResult] { [self] + members.flatMap(\.withMembers) }
}
