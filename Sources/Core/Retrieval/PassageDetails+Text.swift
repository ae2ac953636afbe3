// All that is known of a passage, in words.

extension PassageDetails {
  public var lines: [ReportLine] {
    [ReportLine(.heading, "Place")] + placeLines
      + section("Standing", standingLines)
      + section("Words of the query that it holds", termLines)
      + section("Neighbours", neighbourLines)
  }

  private func section(_ title: String, _ lines: [ReportLine]) -> [ReportLine] {
    lines.isEmpty ? [] : [ReportLine(.text, ""), ReportLine(.heading, title)] + lines
  }

  private var placeLines: [ReportLine] {
    var lines = [ReportLine(.text, "file      \(passage.source)")]
    if let row = passage.row { lines.append(ReportLine(.text, "row       \(row)")) }
    if !passage.headings.isEmpty {
      lines.append(ReportLine(.text, "headings  " + passage.headings.joined(separator: " › ")))
    }
    if let page = passage.page { lines.append(ReportLine(.text, "page      \(page)")) }
    lines.append(ReportLine(.text, "lines     \(passage.lineSpan)"))
    let (start, end) = (passage.bytes.lowerBound, passage.bytes.upperBound)
    lines.append(
      ReportLine(.text, "bytes     \(Numbers.grouped(start)) to \(Numbers.grouped(end))"))
    lines.append(ReportLine(.text, "tokens    \(Numbers.grouped(passage.tokens))"))
    return lines
  }

  private var standingLines: [ReportLine] {
    passage.standings.sorted { $0.key < $1.key }.map { leg, standing in
      let rank = "#\(Numbers.grouped(standing.rank))"
      return ReportLine(
        .text,
        "\(leg.rawValue.padded(to: 10))\(rank.padded(to: 9))score \(Numbers.fixed(standing.score, digits: 3))"
      )
    }
  }

  /// The words with the most weight first.
  private var termLines: [ReportLine] {
    guard !terms.isEmpty else {
      return [ReportLine(.note, "None.")]
    }
    let total = Double(max(indexSize, 1))
    let header = ReportLine(
      .note, "word".padded(to: 16) + "weight  times   idf  in passages")
    return [header]
      + terms.sorted { ($0.contribution, $1.term) > ($1.contribution, $0.term) }.map { term in
        let share = Numbers.share(min(Double(term.passages) / total, 1))
        return ReportLine(
          .text,
          String(term.word.prefix(15)).padded(to: 16)
            + Numbers.fixed(term.contribution, digits: 2).leftPadded(to: 6)
            + Numbers.decimal(term.frequency).leftPadded(to: 7)
            + Numbers.fixed(term.inverseFrequency, digits: 2).leftPadded(to: 6)
            + "  \(Numbers.grouped(term.passages)) (\(share))")
      }
  }

  private var neighbourLines: [ReportLine] {
    [("before", before), ("after", after)].map { name, neighbour in
      ReportLine(
        .text,
        name.padded(to: 10)
          + (neighbour.map { "\($0.label) · \($0.tokens) tok" } ?? "none: the document ends here"))
    }
  }
}
