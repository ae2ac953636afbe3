import Core

// A diagnosis for people: lines for a terminal, and Markdown. Ids and names in it come from files.

extension DiagnosisReport {
  /// What the counts come to, in a sentence.
  public var verdict: String {
    let failed = placements.count + leftOut
    guard !placements.isEmpty else {
      return failed == 0
        ? "Nothing failed, so there is nothing to diagnose." : "No failure was looked at."
    }
    guard let first = levers.first else {
      return "None of \(Self.failures(placements.count)) could be placed."
    }
    if lever != nil {
      return "Pull \(first.lever.words) first: \(Numbers.grouped(first.placements.count)) of "
        + "\(Self.failures(placements.count)) ask for it."
    }
    let parts = levers.prefix(3).map { lever, placements in
      "\(Numbers.grouped(placements.count)) \(placements.count == 1 ? "asks" : "ask") for "
        + lever.words
    }
    let more = missingFailures.map { "; about \($0) more failures like these would tell" } ?? ""
    return "Can't tell yet which lever comes first: of \(Self.failures(placements.count)), "
      + parts.joined(separator: ", ") + more + "."
  }

  static func failures(_ count: Int) -> String {
    count == 1 ? "1 failure" : "\(Numbers.grouped(count)) failures"
  }

  private var heading: String {
    let failed = placements.count + leftOut
    return
      "\(ground.variant): \(Numbers.grouped(failed)) of \(Numbers.grouped(caseCount)) cases fail"
  }

  private var leftOutText: String? {
    leftOut > 0 ? "\(Self.failures(leftOut)) not looked at." : nil
  }

  /// Cause, count, share, its interval and examples, a row each.
  private var rows: [[String]] {
    counts.map { count in
      let share = Double(count.count) / Double(placements.count)
      return [
        count.cause.words, Numbers.grouped(count.count), Numbers.share(share),
        "\(Numbers.share(count.interval.lowerBound)) – \(Numbers.share(count.interval.upperBound))",
        count.examples.map { Self.shortened($0, to: 24) }.joined(separator: ", "),
      ]
    }
  }

  private static let titles = ["cause", "failures", "share", "95 %", "for example"]

  // MARK: Terminal

  /// The report as lines to read.
  public var lines: [ReportLine] {
    var lines = [ReportLine(.heading, Self.oneLine(heading))]
    if !placements.isEmpty {
      lines.append(ReportLine(.text, ""))
      let table = [Self.titles] + rows
      let widths = Self.titles.indices.map { column in
        table.map { DisplayText.width(of: $0[column]) }.max() ?? 0
      }
      for (place, row) in table.enumerated() {
        let cells = zip(row, widths).enumerated().map { column, cell in
          let blanks = String(repeating: " ", count: cell.1 - DisplayText.width(of: cell.0))
          return 1...3 ~= column ? blanks + cell.0 : cell.0 + blanks
        }
        let text = Self.withoutBlanks(atEndOf: cells.joined(separator: "  "))
        lines.append(ReportLine(place == 0 ? .note : .text, text))
      }
      lines.append(ReportLine(.text, ""))
    }
    lines.append(ReportLine(.text, verdict))
    if let leftOutText { lines.append(ReportLine(.note, leftOutText)) }
    for step in steps {
      lines.append(ReportLine(.text, ""))
      lines.append(ReportLine(.remedy, step.text))
      lines.append(ReportLine(.note, "  " + step.command))
    }
    return lines
  }

  /// Why each failure is placed where it is, a line each.
  public var placementLines: [ReportLine] {
    placements.flatMap { placement in
      [
        ReportLine(
          .text, "\(Self.shortened(placement.caseID, to: 60)): \(placement.cause.words)"),
        ReportLine(.note, "  \(Self.oneLine(placement.sentence))"),
        ReportLine(.note, "  \(placement.evidenceText)"),
      ]
    }
  }

  private static func withoutBlanks(atEndOf text: String) -> String {
    String(text.reversed().drop { $0 == " " }.reversed())
  }

  // MARK: Markdown

  /// The report as Markdown (CommonMark, with tables as GitHub has them).
  public var markdown: String {
    var text = "# \(Self.quoted(heading))\n\n"
    if !placements.isEmpty {
      text += "| " + Self.titles.joined(separator: " | ") + " |\n|---|--:|--:|--:|---|\n"
      for row in rows { text += "| " + row.map(Self.quoted).joined(separator: " | ") + " |\n" }
      text += "\n"
    }
    text += verdict + "\n"
    if let leftOutText { text += "\n" + leftOutText + "\n" }
    for step in steps { text += "\n\(step.text)\n\n\(Self.block(step.command))" }
    guard !placements.isEmpty else { return text }
    text += "\n## Failures\n\n| case | cause | why | asked |\n|---|---|---|---|\n"
    for placement in placements {
      let cells = [
        Self.shortened(placement.caseID, to: 60), placement.cause.words, placement.sentence,
        placement.evidenceText,
      ]
      text += "| " + cells.map(Self.quoted).joined(separator: " | ") + " |\n"
    }
    return text
  }

  /// A text on one line whose signs mean nothing.
  private static func quoted(_ text: String) -> String {
    var safe = ""
    for scalar in oneLine(text).unicodeScalars {
      if "\\`*_{}[]<>|~&#".unicodeScalars.contains(scalar) { safe += "\\" }
      safe.unicodeScalars.append(scalar)
    }
    return safe
  }

  /// A command in a block of code that nothing in it can end.
  private static func block(_ command: String) -> String {
    let longest = command.split { $0 != "`" }.map(\.count).max() ?? 0
    let fence = String(repeating: "`", count: max(3, longest + 1))
    return "\(fence)sh\n\(command)\n\(fence)\n"
  }

  // MARK: Texts of others

  static func oneLine(_ text: String) -> String {
    String(
      DisplayText.printable(text).map { character in
        character.isNewline || character == "\t" ? " " : character
      })
  }

  private static func shortened(_ text: String, to most: Int) -> String {
    let line = oneLine(text)
    return line.count <= most ? line : line.prefix(most - 1) + "…"
  }
}
