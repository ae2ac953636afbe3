import Testing

@testable import Core

@Suite struct WinTableTests {
  static func variant(_ name: String) -> Variant {
    Variant(ModelReference(provider: "local", model: name), version: "0123456789")
  }

  static let judge = Preference.Judge.model(
    ModelReference(provider: "local", model: "judge"), rubric: "abcdef0123")

  private var preferences: [RecordedPreference] = []

  /// `a` and `b` are variants; their runs are called after them.
  private mutating func add(
    _ a: String, _ outcome: Preference.Outcome, _ b: String, question: Int = 0,
    by judge: Preference.Judge = .person, isConsistent: Bool = true
  ) {
    preferences.append(
      RecordedPreference(
        id: "p\(preferences.count)", madeAt: Double(preferences.count),
        Preference(
          first: .init(run: "\(a)\(question)", variant: Self.variant(a)),
          second: .init(run: "\(b)\(question)", variant: Self.variant(b)),
          outcome: outcome, judge: judge, isConsistent: isConsistent)))
  }

  @Test mutating func `wins, losses and ties are counted, the strongest first`() throws {
    for question in 0..<4 { add("a", .second, "b", question: question) }
    add("b", .tie, "a", question: 5)
    add("b", .bothBad, "c", question: 6)
    let table = WinTable(preferences)
    #expect(table.rows.map(\.variant.model.model) == ["b", "c", "a"])
    #expect(table.rows.map(\.wins) == [4, 0, 0])
    #expect(table.rows.map(\.losses) == [0, 0, 4])
    #expect(table.rows.map(\.ties) == [2, 1, 1])
    #expect(table.comparisons == 6)
    let best = try #require(table.rows[0].standing)
    #expect(best.winProbability > 0.6)
  }

  @Test mutating func `the same two answers count as they were judged last, in either order`() {
    add("a", .first, "b")
    add("b", .first, "a")
    let table = WinTable(preferences)
    #expect(table.comparisons == 1)
    #expect(table.rows.first?.variant.model.model == "b")
    // Another judge's word is another word.
    add("a", .first, "b", by: Self.judge)
    #expect(preferences.last.count == 2)
    #expect(WinTable(preferences.ofPeople).comparisons == 1)
  }

  @Test mutating func `a variant is the same whatever it is called and however often it asks`() {
    var renamed = Self.variant("a")
    renamed.name = "mine"
    renamed.repeatCount = 3
    add("a", .first, "b")
    preferences.append(
      RecordedPreference(
        id: "x", madeAt: 9,
        Preference(
          first: .init(run: "r", variant: renamed),
          second: .init(run: "s", variant: Self.variant("b")),
          outcome: .first)))
    let table = WinTable(preferences)
    #expect(table.rows.count == 2)
    #expect(table.rows[0].variant.name == "mine")
    #expect(table.rows[0].wins == 2)
  }

  @Test mutating func `a judge is seen beside people on what both compared`() {
    add("a", .first, "b")
    add("a", .second, "c")
    add("b", .tie, "c")
    add("b", .second, "a", by: Self.judge)
    add("a", .first, "c", by: Self.judge)
    add("b", .bothBad, "c", by: Self.judge)
    add("d", .first, "c", by: Self.judge)
    let agreement = JudgeAgreement(of: Self.judge, with: preferences)
    #expect(agreement.compared == 3)
    #expect(agreement.agreed == 2)
    #expect(agreement.disagreements.map(\.judged) == [.first])
    let lines = WinReport(preferences, versionLabels: [:]).lines.map(\.text)
    #expect(lines.contains { $0.contains("Agrees with people on 2 of 3 pairs") })
    #expect(
      lines.contains { $0 == "A person: local/c over local/a. The judge: local/a over local/c." })
  }

  @Test mutating func `what can't be compared is said to be so`() {
    add("a", .first, "b")
    add("c", .first, "d")
    let table = WinTable(preferences)
    #expect(table.groupCount == 2)
    let lines = WinReport(preferences, versionLabels: [:]).lines.map(\.text)
    #expect(lines.contains { $0.contains("not comparable") })
  }

  @Test mutating func `a judge that disagrees with itself is told of`() {
    add("a", .tie, "b", by: Self.judge, isConsistent: false)
    #expect(WinTable(preferences).inconsistencies == 1)
    let lines = WinReport(preferences, versionLabels: [:]).lines
    #expect(
      lines.contains { $0.kind == .problem && $0.text.contains("disagreed with itself once") })
  }

  @Test mutating func `the report names variants by what they differ in, and is JSON, too`() throws
  {
    add("a", .first, "b")
    let report = WinReport(preferences, versionLabels: [:])
    #expect(report.lines.contains { $0.text.hasSuffix("   local/a") })
    let rows = try #require(report.json.array?.first?["variants"]?.array)
    #expect(rows.map { $0["name"] } == ["local/a", "local/b"])
    #expect(rows[0]["wins"] == 1)
    let chance = try #require(rows[0]["against_field"]?["win_probability"]?.double)
    #expect(chance > 0.5 && chance < 1)
  }

  @Test func `with nothing compared the report says what to do`() {
    #expect(WinReport([], versionLabels: [:]).lines.first?.text.contains("compared yet") == true)
    #expect(WinReport([], versionLabels: [:]).json == [])
  }
}
