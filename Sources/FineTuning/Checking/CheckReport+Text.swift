import Core

// A check's result as people read it: sizes and charts first, then what was noticed, the worst first,
// and the score last, beside what it counts.

extension CheckReport {
  /// Lines of at most so many columns where that can be helped.
  public func text(columns: Int = 80) -> [String] {
    [summary] + sizes(columns: columns) + kinds + truncation + list + [""] + [scoreLine]
  }

  private var summary: String {
    let kinds =
      measures.preferences == 0
      ? Numbers.counted(measures.examples, "example")
      : measures.supervised == 0
        ? Numbers.counted(measures.examples, "preference")
        : Numbers.counted(measures.supervised, "conversation") + ", "
          + Numbers.counted(measures.preferences, "preference")
    let rest = lines - measures.examples
    let unread = rest > 0 ? ", \(Numbers.grouped(rest)) lines that can't be read" : ""
    return "\(kinds)\(unread), ≈\(Numbers.grouped(measures.tokens.sum)) tokens"
  }

  private func sizes(columns: Int) -> [String] {
    guard measures.examples > 0 else { return [] }
    var rows: [[String]] = [["≈ tokens", "least", "median", "p95", "most", "sum"]]
    func add(_ name: String, _ distribution: Distribution) {
      guard distribution.count > 0 else { return }
      let values = [
        distribution.least, distribution.median, distribution.quantile(0.95), distribution.largest,
        distribution.sum,
      ]
      rows.append([name] + values.map(Numbers.grouped))
    }
    add("an example", measures.tokens)
    for part in ExampleMeasures.Part.allCases { add("  \(part.title)", measures[part]) }
    add("the answer", measures.answers)
    var lines = [""] + Self.table(rows)
    lines += ["", "≈ tokens of examples"]
    lines += HistogramChart(measures.tokens).lines(columns: min(columns, 60))
    lines += ["", "≈ tokens of answers"]
    lines += HistogramChart(measures.answers).lines(columns: min(columns, 60))
    return lines
  }

  /// Rows with the first column to the left, the others to the right.
  private static func table(_ rows: [[String]]) -> [String] {
    let widths = (rows.first ?? []).indices.map { column in
      rows.map { $0[column].count }.max() ?? 0
    }
    return rows.map { row in
      row.indices.map { column in
        let gap = String(repeating: " ", count: widths[column] - row[column].count)
        return column == 0 ? row[column] + gap : gap + row[column]
      }
      .joined(separator: "  ")
    }
  }

  private var kinds: [String] {
    guard measures.examples > 0 else { return [] }
    let turns = measures.turns
    var lines = [
      "", "turns: \(turns.least) to \(turns.largest), median \(turns.median)",
    ]
    if measures.withTools + measures.withCalls > 0 {
      let calls = measures.calls.ranked.prefix(5)
        .map { "\($0.name) \(Numbers.grouped($0.count))" }.joined(separator: ", ")
      lines.append(
        "tools: offered in \(share(measures.withTools)), called in \(share(measures.withCalls))"
          + (calls.isEmpty ? "" : ": \(calls)"))
    }
    if let classes = measures.classes {
      let shown = classes.prefix(8)
        .map {
          "\(quoted($0.name)) \(Numbers.share(Double($0.count) / Double(measures.labels.total)))"
        }
      let rest = classes.count > 8 ? ", \(classes.count - 8) more" : ""
      lines.append("classes: \(shown.joined(separator: ", "))\(rest)")
    }
    let prompts = measures.systemPrompts.ranked
    if let common = prompts.first {
      let number = Numbers.grouped(prompts.count) + (measures.systemPrompts.others > 0 ? "+" : "")
      let beginning = common.beginning.isEmpty ? "none" : "\"\(common.beginning.prefix(40))\""
      lines.append("system prompts: \(number), in \(share(common.count)): \(beginning)")
    }
    if drift.drifted > 0 {
      let ways = StyleDrift.allCases.compactMap { way in
        drift.counts[way].map { "\(way.rawValue) \(Numbers.grouped($0))" }
      }
      lines.append(
        "answers unlike the others: \(Numbers.share(drift.share)): \(ways.joined(separator: ", "))")
    }
    return lines
  }

  private func share(_ count: Int) -> String {
    Numbers.share(Double(count) / Double(max(1, measures.examples)))
  }

  private var truncation: [String] {
    guard let truncation = measures.truncation else { return [] }
    let window = Numbers.grouped(truncation.window)
    guard truncation.examples > 0 else { return ["window of \(window): all examples fit"] }
    return [
      "window of \(window): \(Numbers.grouped(truncation.examples)) examples are cut, "
        + "\(Numbers.grouped(truncation.withoutAnswer)) of them lose their whole answer",
      "  ≈\(Numbers.grouped(truncation.lost)) tokens are lost, "
        + "≈\(Numbers.grouped(truncation.lostOfAnswers)) of them of answers",
    ]
  }

  private var list: [String] {
    findings.flatMap { group in
      var lines = ["", "\(group.severity.title)  \(group.code)  \(Numbers.grouped(group.count))"]
      var remedy: String?
      for finding in group.kept {
        let place = finding.line.map { "line \(Numbers.grouped($0)): " } ?? ""
        lines.append("  \(place)\(finding.sentence)")
        remedy = finding.remedy
      }
      if group.count > group.kept.count, group.kept.count == CheckSettings.mostKept {
        lines.append("  … \(Numbers.grouped(group.count)) in all")
      }
      if let remedy { lines.append("  → \(remedy)") }
      return lines
    }
  }

  private var scoreLine: String {
    let clean = lines - FindingSeverity.allCases.reduce(0) { $0 + (score.lines[$1] ?? 0) }
    let counted = [
      (score.lines[.error] ?? 0, "with errors"), (score.lines[.warning] ?? 0, "with warnings"),
      (score.lines[.note] ?? 0, "with notes"), (clean, "with nothing to say"),
    ]
    .map { "\(Numbers.grouped($0.0)) \($0.1)" }.joined(separator: ", ")
    return "score \(score.value) of 100; lines: \(counted)"
  }
}

extension ExampleMeasures.Part {
  /// As reports call it.
  public var title: String {
    switch self {
    case .system: "system"
    case .user: "user"
    case .assistant: "assistant"
    case .tool: "tool"
    case .definitions: "tools offered"
    }
  }
}

extension FindingSeverity {
  /// As reports call it, and `--fail-on`.
  public var title: String {
    switch self {
    case .note: "note"
    case .warning: "warning"
    case .error: "error"
    }
  }
}
