// An answer to "Why not?" in words and as JSON. A page and a command print the same.

/// A line of a report, by what it is.
public struct ReportLine: Hashable, Sendable {
  public enum Kind: Hashable, Sendable {
    case heading, text, note, problem, remedy
    /// Lines of a difference.
    case added, removed
  }

  public var kind: Kind
  public var text: String

  public init(_ kind: Kind, _ text: String) {
    self.kind = kind
    self.text = text
  }
}

extension AbsenceReport {
  /// What there is to say where no passage is meant.
  public var problemLines: [ReportLine] { problems.map { ReportLine(.problem, $0) } }

  public var json: JSON {
    [
      "question": .string(question), "query": .string(query),
      "passages": .array(passages.map(\.json)), "others": .integer(others),
      "problems": .array(problems.map(JSON.string)),
    ]
  }
}

extension AbsentPassage {
  /// All that there is to say of it.
  public var lines: [ReportLine] {
    [ReportLine(isGiven ? .remedy : .problem, summary)]
      + section("Where it stands", standingLines)
      + section("What keeps it out", obstacles.map { ReportLine(.text, $0.sentence) })
      + section("Words of the query", wordLines)
      + (isGiven ? [] : section("What brings it in, each tried", remedyLines))
  }

  private func section(_ title: String, _ lines: [ReportLine]) -> [ReportLine] {
    lines.isEmpty ? [] : [ReportLine(.text, ""), ReportLine(.heading, title)] + lines
  }

  private var summary: String {
    if isGiven { return "The prompt is given it" + (rank.map { ", as number \($0)." } ?? ".") }
    return rank.map { "It is found, as number \($0), but the prompt isn't given it." }
      ?? "It is not among what is found."
  }

  private var standingLines: [ReportLine] {
    let names: [(Leg, String)] = [
      (.bm25, "by words"), (.vector, "by vectors"), (.fused, "fused"), (.reranked, "reranked"),
    ]
    let width = names.map(\.1.count).max() ?? 0
    var lines = names.compactMap { leg, name -> ReportLine? in
      let label = name.padded(to: width)
      guard let standing = passage.standings[leg] else {
        return leg == .bm25 ? ReportLine(.text, "\(label)  holds no word of the query") : nil
      }
      let score = Numbers.fixed(standing.score, digits: 3)
      return ReportLine(
        .text, "\(label)  \("#\(Numbers.grouped(standing.rank))".leftPadded(to: 9))  score \(score)"
      )
    }
    if let fusionNote { lines.append(ReportLine(.note, "fused: \(fusionNote).")) }
    return lines
  }

  private var wordLines: [ReportLine] {
    guard !words.isEmpty else { return [] }
    let width = min(max(words.map(\.text.count).max() ?? 0, 4), 20)
    func line(_ cells: [String]) -> String {
      cells[0].padded(to: width)
        + zip(cells.dropFirst(), [8, 8, 9]).map { $0.leftPadded(to: $1) }.joined()
    }
    func weight(_ value: Double) -> String { value > 0 ? Numbers.fixed(value, digits: 2) : "–" }
    return [ReportLine(.note, line(["word", "in", "here", "last one"]))]
      + words.map { word in
        ReportLine(
          word.contribution > 0 ? .text : .problem,
          line([
            String(word.text.prefix(width)), Numbers.share(word.share), weight(word.contribution),
            weight(word.contributionToLast),
          ]))
      }
  }

  private var remedyLines: [ReportLine] {
    guard !remedies.isEmpty else {
      return [
        ReportLine(.problem, "Nothing that was tried: no setting, alone or with k and budget.")
      ]
    }
    return remedies.map {
      ReportLine(.remedy, "\($0.changes.joined(separator: ", "))  (then number \($0.rank))")
    }
  }

  var json: JSON {
    [
      "passage": passage.json, "rank": rank.map(JSON.integer) ?? .null, "given": .bool(isGiven),
      "fusion_note": fusionNote.map(JSON.string) ?? .null,
      "obstacles": .array(
        obstacles.map { ["step": .string($0.kind.rawValue), "reason": .string($0.sentence)] }),
      "words": .array(
        words.map {
          [
            "word": .string($0.text), "share": .number($0.share),
            "weight": .number($0.contribution),
            "last_weight": .number($0.contributionToLast),
          ]
        }),
      "remedies": .array(
        remedies.map {
          [
            "changes": .array($0.changes.map(JSON.string)), "query": .string($0.query),
            "settings": .string($0.settings.summary()), "rank": .integer($0.rank),
          ]
        }),
    ]
  }
}

extension String {
  /// With blanks behind it, up to so many cells.
  func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - DisplayText.width(of: self)))
  }

  /// With blanks before it, up to so many cells.
  func leftPadded(to width: Int) -> String {
    String(repeating: " ", count: max(0, width - DisplayText.width(of: self))) + self
  }
}
