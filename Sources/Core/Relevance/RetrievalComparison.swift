// Two settings on the same judged queries, for a page that shows which is better and how sure that is.

/// How good some settings are beside others.
public struct RetrievalComparison: Hashable, Sendable {
  /// One metric of both.
  public struct Row: Hashable, Sendable {
    public var metric: RetrievalMetric
    public var before: Estimate
    public var now: Estimate
    /// Of the present settings over the others.
    public var difference: PairedDifference

    /// - Parameters:
    ///   - before: one value a query.
    ///   - now: for the same queries.
    public init(metric: RetrievalMetric, before: [Double], now: [Double]) {
      let resampling = Resampling()
      self.metric = metric
      self.before = resampling.mean(of: before)
      self.now = resampling.mean(of: now)
      difference = resampling.difference(from: before, to: now)
    }
  }

  public var queries: Int
  public var before: RetrievalSettings
  public var now: RetrievalSettings
  public var rows: [Row]
  /// The tokens that a prompt is given, the mean of all queries.
  public var tokensBefore: Double
  public var tokensNow: Double
  /// How long a search takes, the mean of all queries, in milliseconds.
  public var millisecondsBefore: Double
  public var millisecondsNow: Double

  public init(
    queries: Int, before: RetrievalSettings, now: RetrievalSettings, rows: [Row],
    tokensBefore: Double, tokensNow: Double, millisecondsBefore: Double, millisecondsNow: Double
  ) {
    self.queries = queries
    self.before = before
    self.now = now
    self.rows = rows
    self.tokensBefore = tokensBefore
    self.tokensNow = tokensNow
    self.millisecondsBefore = millisecondsBefore
    self.millisecondsNow = millisecondsNow
  }
}

extension RetrievalComparison {
  /// The table, and what it says, in lines of no more than 54 cells.
  public var lines: [ReportLine] {
    [
      ReportLine(.text, "\(Numbers.grouped(queries)) judged \(queries == 1 ? "query" : "queries")"),
      ReportLine(.note, "before  \(before.summary())"),
      ReportLine(.note, "now     \(now.summary())"),
      ReportLine(.text, ""),
      ReportLine(.heading, "  " + Self.cells("", "before", "now", "change", "95 %")),
    ] + rows.map(line)
      + [
        ReportLine(
          .text,
          Self.cells(
            "tokens", Numbers.fixed(tokensBefore, digits: 0), Numbers.fixed(tokensNow, digits: 0))),
        ReportLine(
          .text,
          Self.cells(
            "ms", Numbers.decimal(millisecondsBefore), Numbers.decimal(millisecondsNow))),
        ReportLine(.text, ""), ReportLine(.note, conclusion),
      ]
  }

  private func line(_ row: Row) -> ReportLine {
    let difference = row.difference.estimate
    let interval =
      "\(Self.signed(difference.interval.lowerBound)) … "
      + Self.signed(difference.interval.upperBound)
    let isBetter = row.difference.isSignificant && difference.mean > 0
    let isWorse = row.difference.isSignificant && difference.mean < 0
    return ReportLine(
      isBetter ? .remedy : isWorse ? .problem : .text,
      Self.cells(
        row.metric.name, Self.share(row.before.mean), Self.share(row.now.mean),
        Self.signed(difference.mean), interval))
  }

  /// A row of the table.
  private static func cells(
    _ name: String, _ before: String, _ now: String, _ change: String = "", _ interval: String = ""
  ) -> String {
    name.padded(to: 15) + before.leftPadded(to: 6) + now.leftPadded(to: 7)
      + change.leftPadded(to: 8) + (interval.isEmpty ? "" : "  " + interval)
  }

  private var conclusion: String {
    let better = rows.filter { $0.difference.isSignificant && $0.difference.estimate.mean > 0 }
    let worse = rows.filter { $0.difference.isSignificant && $0.difference.estimate.mean < 0 }
    if better.isEmpty, worse.isEmpty {
      return "No difference is more than chance may bring."
    }
    return [("Better", better), ("Worse", worse)].filter { !$0.1.isEmpty }
      .map { "\($0.0): \($0.1.map(\.metric.name).joined(separator: ", "))." }
      .joined(separator: " ") + " The rest can be chance."
  }

  private static func share(_ value: Double) -> String {
    let text = Numbers.fixed(value, digits: 3)
    return text.hasPrefix("0.") ? String(text.dropFirst()) : text
  }

  private static func signed(_ value: Double) -> String {
    (value < 0 ? "-" : "+") + share(abs(value))
  }
}
