import Core

// A report for people: columns for a terminal, and Markdown for a pull request. Names of variants and
// tags come from files, reasons from models.

extension EvaluationReport {
  /// The columns of the table, and a row a variant.
  public var table: [[String]] {
    let costs = figures.contains { $0.costPerThousand.map { $0.mean > 0 } ?? false }
    var header = ["", "passed", "", "score", "latency", "p95", "tokens in", "out"]
    if costs { header.append("$/1,000") }
    return [header]
      + figures.map { figures in
        let count = "\(Numbers.grouped(figures.passed))/\(Numbers.grouped(figures.measured))"
        var row = [
          figures.variant, figures.passRate?.shareText ?? "–", count,
          figures.score?.scoreText ?? "–", figures.latency.map { Numbers.duration($0.mean) } ?? "–",
          figures.latency95.map { Numbers.duration($0.mean) } ?? "–",
          figures.inputTokens.map { Numbers.grouped(Int($0.mean.rounded())) } ?? "–",
          figures.outputTokens.map { Numbers.grouped(Int($0.mean.rounded())) } ?? "–",
        ]
        if costs {
          row.append(
            figures.costPerThousand.map { Numbers.money(Money(dollars: $0.mean)) } ?? "–")
        }
        return row
      }
  }

  /// What stands below the table: verdicts, what could not be measured, and how reliable repeats are.
  public var notes: [String] {
    var lines: [String] = []
    for verdict in verdicts.compactMap({ $0 }) {
      lines.append("\(verdict.variant) beside \(verdict.baseline): \(verdict.sentence)")
    }
    for figures in figures {
      if figures.unmeasured > 0 {
        let reason = record.results.first { $0.variant == figures.variant && $0.grade == nil }?
          .error
        lines.append(
          "\(figures.variant): \(Numbers.grouped(figures.unmeasured)) could not be measured"
            + (reason.map { ", the first: \($0)" } ?? ""))
      }
      if figures.missing > 0 {
        lines.append("\(figures.variant): \(Numbers.grouped(figures.missing)) not asked yet")
      }
      if figures.allPass.count > 1, let all = figures.allPass.last {
        lines.append(
          "\(figures.variant): all of \(figures.allPass.count) askings of a case pass "
            + "\(Numbers.share(all)) of the time")
      }
      for metric in figures.metrics {
        lines.append("\(figures.variant), \(metric.name): \(metric.estimate.scoreText)")
      }
    }
    return lines
  }

  /// The rates of tags, a row each; empty where there are none.
  public var tagTable: [[String]] {
    var names: [String] = []
    for name in figures.flatMap(\.tags).map(\.name) where !names.contains(name) {
      names.append(name)
    }
    guard !names.isEmpty else { return [] }
    return [["tag"] + figures.map(\.variant)]
      + names.map { name in
        [name]
          + figures.map { figures in
            figures.tags.first { $0.name == name }.map {
              "\($0.estimate.shareText) of \(Numbers.grouped($0.count))"
            } ?? "–"
          }
      }
  }

  /// Gives the lines of a Markdown document: figures, verdicts, tags, and the cases that failed.
  ///
  /// - Parameter mostFailures: that are listed of each variant.
  public func writeMarkdown(mostFailures: Int = 20, _ line: (String) throws -> Void) rethrows {
    try line("# \(record.name.markdownText)\n")
    try line(
      "\(Numbers.grouped(record.cases.count)) cases, dataset "
        + "`\(ContentHash.short(record.datasetHash))`\n")
    try Self.write(table, line)
    if !notes.isEmpty { try line("") }
    for note in notes { try line("- \(note.markdownText)") }
    if !tagTable.isEmpty {
      try line("\n## By tag\n")
      try Self.write(tagTable, line)
    }
    for variant in record.variants {
      let failures = record.results.filter {
        $0.variant == variant.name && $0.grade?.passed == false
      }
      guard !failures.isEmpty else { continue }
      try line("\n## Failed: \(variant.name.markdownText)\n")
      try line("| case | why | answer |")
      try line("|---|---|---|")
      for failure in failures.prefix(mostFailures) {
        let reason = failure.firstReason ?? ""
        let output = String(failure.output.prefix(200))
        try line(
          "| \(failure.caseID.markdownCell) | \(reason.markdownCell) | \(output.markdownCell) |")
      }
      if failures.count > mostFailures {
        try line("\nand \(Numbers.grouped(failures.count - mostFailures)) more")
      }
    }
  }

  private static func write(
    _ table: [[String]], _ line: (String) throws -> Void
  ) rethrows {
    for (place, row) in table.enumerated() {
      try line("| " + row.map(\.markdownCell).joined(separator: " | ") + " |")
      if place == 0 {
        try line("|---" + String(repeating: "|--:", count: row.count - 1) + "|")
      }
    }
  }
}

extension EvaluationResult {
  /// Why it did not pass: the reason of the first assertion that failed, or that it was not measured.
  public var firstReason: String? {
    if let error { return error }
    return grade?.assertions.flatMap(\.withMembers)
      .first { !$0.passed && $0.members.isEmpty }
      .map { "\($0.type): \($0.reason)" }
  }
}

extension String {
  /// The text where Markdown's signs are meant as they are.
  fileprivate var markdownText: String {
    var text = ""
    for character in self {
      if "\\`*_{}[]<>#|!".contains(character) { text += "\\" }
      text.append(character.isNewline ? " " : character)
    }
    return text
  }

  fileprivate var markdownCell: String { markdownText }
}
