// The table of wins in words, for the page and for the command that prints it.

/// What people and judge models preferred, as lines to read.
public struct WinReport: Hashable, Sendable {
  private let preferences: [RecordedPreference]
  private let names: [Variant: String]

  /// - Parameters:
  ///   - preferences: of one prompt, from everybody.
  ///   - versionLabels: how versions of the prompt are called, by their hashes.
  public init(_ preferences: [RecordedPreference], versionLabels: [String: String]) {
    self.preferences = preferences
    names = Self.names(of: preferences, versionLabels)
  }

  public var lines: [ReportLine] {
    let people = section("People, blind", WinTable(preferences.ofPeople))
    let judges = preferences.judges.map { judge in
      section(
        judge.title, WinTable(preferences.filter { $0.preference.judge == judge }),
        agreement: JudgeAgreement(of: judge, with: preferences))
    }
    let sections = ([people] + judges).filter { !$0.isEmpty }
    guard !sections.isEmpty else { return Self.emptyLines }
    let explanation = ReportLine(
      .note,
      "Against the field: the chance to win against an average other variant, and where it lies with "
        + "95 % confidence (Bradley-Terry). A tie counts as half a win for each.")
    return Array(sections.joined(separator: [ReportLine(.text, "")])) + [
      ReportLine(.text, ""), explanation,
    ]
  }

  /// An object for each judge, people first.
  public var json: JSON {
    let judges: [Preference.Judge] = [.person] + preferences.judges
    return .array(
      judges.compactMap { judge in
        let table = WinTable(preferences.filter { $0.preference.judge == judge })
        guard !table.rows.isEmpty else { return nil }
        let agreement = judge.isPerson ? nil : JudgeAgreement(of: judge, with: preferences)
        return [
          "judge": judge.json, "comparisons": .integer(table.comparisons),
          "inconsistent": .integer(table.inconsistencies),
          "groups": .integer(table.groupCount),
          "compared_with_people": JSON(agreement?.compared),
          "agreed_with_people": JSON(agreement?.agreed),
          "variants": .array(table.rows.map { row(of: $0) }),
        ]
      })
  }

  private func row(of row: WinTable.Row) -> JSON {
    let standing: JSON? = row.standing.map {
      [
        "win_probability": .number($0.winProbability),
        "interval": [.number($0.interval.lowerBound), .number($0.interval.upperBound)],
        "log_odds": .number($0.logOdds), "standard_error": .number($0.standardError),
      ]
    }
    return [
      "name": .string(name(of: row.variant)), "variant": row.variant.json,
      "wins": .integer(row.wins), "losses": .integer(row.losses), "ties": .integer(row.ties),
      "group": .integer(row.group), "against_field": standing ?? .null,
    ]
  }

  // MARK: Lines

  private func section(
    _ title: String, _ table: WinTable, agreement: JudgeAgreement? = nil
  ) -> [ReportLine] {
    guard !table.rows.isEmpty else { return [] }
    let count = table.comparisons == 1 ? "1 pair" : "\(Numbers.grouped(table.comparisons)) pairs"
    var lines = [
      ReportLine(.heading, "\(title) · \(count)"),
      ReportLine(.note, "  won  lost  tied  against the field   variant"),
    ]
    for (place, row) in table.rows.enumerated() {
      if place > 0, row.group != table.rows[place - 1].group {
        lines.append(
          ReportLine(
            .note, "Never compared with those above, nor with one that was: not comparable."))
      }
      lines.append(ReportLine(.text, line(for: row)))
    }
    if table.inconsistencies > 0 {
      let times = table.inconsistencies == 1 ? "once" : "\(table.inconsistencies) times"
      lines.append(
        ReportLine(
          .problem,
          "It disagreed with itself \(times) when the order of the answers changed: each counts as a tie."
        ))
    }
    return lines + (agreement.map(self.lines) ?? [])
  }

  private func line(for row: WinTable.Row) -> String {
    let counts = [row.wins, row.losses, row.ties].map { Self.padded("\($0)", to: 6) }.joined()
    let standing = row.standing.map {
      let (low, high) = ($0.interval.lowerBound, $0.interval.upperBound)
      return "\(Self.percent($0.winProbability)) % (\(Self.percent(low))–\(Self.percent(high)) %)"
    }
    return String(counts.dropFirst()) + "  " + Self.padded(standing ?? "", to: 17) + "   "
      + name(of: row.variant)
  }

  private func lines(for agreement: JudgeAgreement) -> [ReportLine] {
    guard agreement.compared > 0 else { return [] }
    let pairs = agreement.compared == 1 ? "pair" : "pairs"
    let sum =
      "Agrees with people on \(agreement.agreed) of \(agreement.compared) \(pairs) that both compared."
    return [ReportLine(.text, sum)]
      + agreement.disagreements.map { disagreement in
        let person = disagreement.person
        return ReportLine(
          .problem,
          "A person: \(words(person.outcome, of: person)). The judge: "
            + "\(words(disagreement.judged, of: person)).")
      }
  }

  private func words(_ outcome: Preference.Outcome, of preference: Preference) -> String {
    let (first, second) = (name(of: preference.first.variant), name(of: preference.second.variant))
    return switch outcome {
    case .first: "\(first) over \(second)"
    case .second: "\(second) over \(first)"
    case .tie: "\(first) and \(second) alike"
    case .bothBad: "\(first) and \(second) both bad"
    }
  }

  /// A chance in percent that says neither never nor always.
  private static func percent(_ chance: Double) -> Int {
    min(99, max(1, Int((chance * 100).rounded())))
  }

  private static func padded(_ text: String, to width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.count)) + text
  }

  private static let emptyLines = [
    ReportLine(.text, "No answers of this prompt were compared yet."),
    ReportLine(.text, ""),
    ReportLine(.note, "B in a column shows two answers without names, to pick the better one."),
    ReportLine(.note, "J has a judge model compare the columns."),
  ]

  // MARK: Names

  /// What a variant goes by among those that were compared.
  public func name(of variant: Variant) -> String { names[variant.identity] ?? "\(variant.model)" }

  private static func names(
    of preferences: [RecordedPreference], _ versionLabels: [String: String]
  ) -> [Variant: String] {
    var given: [Variant: String] = [:]
    var variants: [Variant] = []
    for variant in preferences.map(\.preference).flatMap({ [$0.first.variant, $0.second.variant] })
    {
      if given.updateValue(variant.name, forKey: variant.identity) == nil {
        variants.append(variant.identity)
      }
    }
    let comparison = VariantComparison(
      variants,
      on: VariantComparison.Ground(
        versionLabels: versionLabels, settings: RetrievalSettings(), index: nil))
    return zip(variants, comparison.differences).reduce(into: [:]) { names, entry in
      let (variant, traits) = entry
      let said = traits.map(\.text).joined(separator: ", ")
      names[variant] = [given[variant] ?? "", said.isEmpty ? "as the prompt has it" : said]
        .filter { !$0.isEmpty }.joined(separator: ": ")
    }
  }
}

extension Preference.Judge {
  /// How a table heads what it said.
  public var title: String {
    switch self {
    case .person: "People"
    case .model(let model, let rubric):
      "Judge \(model), rubric \(ContentHash.short(rubric))"
    }
  }
}
