import Core
import Runtime

// What an evaluation came to: a table, the queries that stand out, JSON.

struct RetrievalReport {
  /// Queries that are listed from either end.
  private static let outstanding = 5

  private let evaluation: RetrievalEvaluation
  private let other: RetrievalEvaluation?
  private let resampling = Resampling()

  init(_ evaluation: RetrievalEvaluation, against other: RetrievalEvaluation? = nil) {
    self.evaluation = evaluation
    self.other = other
  }

  // MARK: Text

  func lines(index: String, byQuery: Bool) -> [String] {
    var lines = ["\(index) · \(Numbers.grouped(evaluation.queries.count)) judged queries"]
    lines.append((other == nil ? "" : "A: ") + evaluation.settings.summary())
    if let other { lines.append("B: " + other.settings.summary()) }
    lines.append("")
    lines += table
    if byQuery { lines += queryLines }
    return lines
  }

  private var table: [String] {
    var rows = [other == nil ? ["", "mean", "95 %"] : ["", "A", "B", "B - A", "95 %", "p"]]
    for (place, metric) in evaluation.metrics.enumerated() {
      rows.append([metric.name] + cells(evaluation.values[place], other?.values[place]))
    }
    rows.append(["tokens"] + means(evaluation.tokens, other?.tokens, digits: 0))
    rows.append(["ms"] + means(evaluation.milliseconds, other?.milliseconds, digits: 1))
    return TextTable(rows).lines
  }

  private func cells(_ values: [Double], _ others: [Double]?) -> [String] {
    guard let others else {
      let estimate = resampling.mean(of: values)
      return [Self.share(estimate.mean), Self.interval(estimate.interval, Self.share)]
    }
    let difference = resampling.difference(from: values, to: others)
    return [
      Self.share(mean(values)), Self.share(mean(others)), Self.signed(difference.estimate.mean),
      Self.interval(difference.estimate.interval, Self.signed), Self.share(difference.pValue),
    ]
  }

  private func means(_ values: [Double], _ others: [Double]?, digits: Int) -> [String] {
    [values, others].compactMap(\.self).map { Numbers.fixed(mean($0), digits: digits) }
  }

  private var queryLines: [String] {
    let metric = evaluation.metrics[0].name
    let values = rankedValues
    let order = values.indices.sorted { (values[$0], $1) > (values[$1], $0) }
    func list(_ title: String, _ places: some Collection<Int>) -> [String] {
      guard !places.isEmpty else { return [] }
      return ["", title]
        + places.map { place in
          let query = evaluation.queries[place]
          let value = other == nil ? Self.share(values[place]) : Self.signed(values[place])
          return "  \(value)  \(query.id)  \(query.text)"
        }
    }
    let count = Self.outstanding
    guard other != nil else {
      return list("best \(metric)", order.prefix(count))
        + list("worst \(metric)", order.reversed().prefix(count))
    }
    return list("gained most \(metric)", order.prefix(count).filter { values[$0] > 0 })
      + list("lost most \(metric)", order.reversed().prefix(count).filter { values[$0] < 0 })
  }

  /// For each query, the first metric; of two settings, their difference.
  private var rankedValues: [Double] {
    guard let other else { return evaluation.values[0] }
    return zip(evaluation.values[0], other.values[0]).map { $1 - $0 }
  }

  private func mean(_ values: [Double]) -> Double {
    values.reduce(0, +) / Double(max(values.count, 1))
  }

  /// `.381`, `1.000`.
  static func share(_ value: Double) -> String {
    let text = Numbers.fixed(value, digits: 3)
    return text.hasPrefix("0.") ? String(text.dropFirst()) : text
  }

  /// `+.021`, `-.004`.
  static func signed(_ value: Double) -> String {
    (value < 0 ? "-" : "+") + share(abs(value))
  }

  private static func interval(
    _ interval: ClosedRange<Double>, _ text: (Double) -> String
  ) -> String {
    "\(text(interval.lowerBound)) to \(text(interval.upperBound))"
  }

  // MARK: JSON

  func json(byQuery: Bool) -> JSON {
    var object: JSON.Object = ["queries": .integer(evaluation.queries.count)]
    object["settings"] = evaluation.settings.json
    if let other { object["against"] = other.settings.json }
    object["metrics"] = .array(
      evaluation.metrics.indices.map { place in
        metric(
          evaluation.metrics[place].name, evaluation.values[place], other?.values[place])
      })
    object["tokens"] = json(evaluation.tokens, other?.tokens)
    object["ms"] = json(evaluation.milliseconds, other?.milliseconds)
    if byQuery { object["by_query"] = .array(evaluation.queries.indices.map(query)) }
    return .object(object)
  }

  private func metric(_ name: String, _ values: [Double], _ others: [Double]?) -> JSON {
    var object: JSON.Object = ["metric": .string(name)]
    object.members += resampling.mean(of: values).json.members
    if let others {
      object["against"] = .object(resampling.mean(of: others).json)
      object["difference"] = .object(resampling.difference(from: values, to: others).json)
    }
    return .object(object)
  }

  private func json(_ values: [Double], _ others: [Double]?) -> JSON {
    others.map { [.number(mean(values)), .number(mean($0))] } ?? .number(mean(values))
  }

  private func query(_ place: Int) -> JSON {
    func values(_ evaluation: RetrievalEvaluation) -> JSON {
      .object(
        zip(evaluation.metrics, evaluation.values).reduce(into: [:]) { values, metric in
          values[metric.0.name] = .number(metric.1[place])
        })
    }
    var object: JSON.Object = [
      "query": .string(evaluation.queries[place].id),
      "text": .string(evaluation.queries[place].text), "metrics": values(evaluation),
    ]
    if let other { object["against"] = values(other) }
    return .object(object)
  }
}

extension Estimate {
  /// The mean, and the ends of its interval.
  var json: JSON.Object {
    [
      "mean": .number(mean), "low": .number(interval.lowerBound),
      "high": .number(interval.upperBound),
    ]
  }
}

extension PairedDifference {
  /// Its estimate, and the p-value.
  var json: JSON.Object {
    var object = estimate.json
    object["p"] = .number(pValue)
    return object
  }
}

extension RetrievalSettings {
  /// By the names of the configuration file.
  var json: JSON {
    .object(
      named.reduce(into: [:]) { $0[$1.setting.configurationName] = .string($1.text) })
  }
}
