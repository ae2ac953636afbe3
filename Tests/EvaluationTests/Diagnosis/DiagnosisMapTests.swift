import Core
import Evaluation
import Testing

@Suite struct DiagnosisMapTests {
  private static func placement(_ knowledge: KnowledgeNeed?, _ behaviour: BehaviourNeed?)
    -> Placement
  {
    Placement(
      caseID: "case", cause: knowledge == nil ? .unmeasured : .notAble, knowledge: knowledge,
      behaviour: behaviour, evidence: [:], sentence: "It is so.")
  }

  private static func report(
    _ placements: [Placement], at time: Double = 3, variant: String = "baseline",
    dataset: String = "abc"
  ) -> DiagnosisReport {
    DiagnosisReport(
      ground: .init(
        evaluation: "01E", file: nil, variant: variant, datasetHash: dataset),
      madeAt: time, caseCount: 80, placements: placements)
  }

  static func map() -> DiagnosisMap {
    func some(_ count: Int, _ knowledge: KnowledgeNeed?, _ behaviour: BehaviourNeed?) -> [Placement]
    {
      (0..<count).map { _ in placement(knowledge, behaviour) }
    }
    let today =
      some(9, .notRetrieved, .actsRight) + some(4, .rankedTooLow, .wrongForm)
      + some(3, .given, .misled) + some(2, .notInCorpus, nil) + some(5, .known, .wrongForm)
    let first =
      some(30, .known, .wrongForm) + some(10, .notInCorpus, nil) + some(6, .given, .notAble)
    let second = some(20, .notInCorpus, nil) + some(12, .notRetrieved, .wrongForm)
    return DiagnosisMap(
      report(today), earlier: [report(second, at: 2), report(first, at: 1)]
    ) { "11-\(20 + Int($0))" }
  }

  private func texts(_ rows: [[DiagnosisMap.Piece]]) -> [String] {
    rows.map { $0.map(\.text).joined() }
  }

  // MARK: Places

  @Test func `a point is the middle of its failures, with its interval`() throws {
    let map = DiagnosisMap(
      Self.report([
        Self.placement(.known, .actsRight), Self.placement(.notInCorpus, nil),
        Self.placement(nil, nil),
      ])
    ) { _ in "today" }
    let point = try #require(map.today)
    #expect(abs(point.x - 0.5) < 1e-12)
    #expect(abs(point.y - 0.1) < 1e-12)
    #expect(point.xInterval == 0.1...0.9)
    #expect(point.yInterval.upperBound - point.yInterval.lowerBound < 1e-9)
    #expect(point.failureCount == 3)
    #expect(map.counts[0] == [1, 0, 0, 0, 1])
    #expect(map.counts.joined().reduce(0, +) == 2)
  }

  @Test func `quadrants part what a prompt, a search and training can mend`() {
    #expect(DiagnosisMap.quadrant(x: 0.3, y: 0.5) == .prompt)
    #expect(DiagnosisMap.quadrant(x: 0.5, y: 0.5) == .retrieval)
    #expect(DiagnosisMap.quadrant(x: 0.1, y: 0.7) == .fineTuning)
    #expect(DiagnosisMap.quadrant(x: 0.9, y: 0.9) == .both)
  }

  @Test func `only earlier diagnoses of the same dataset are a trail`() {
    let some = [Self.placement(.given, .misled)]
    let map = DiagnosisMap(
      Self.report(some),
      earlier: [
        Self.report(some, at: 2), Self.report(some, at: 1, variant: "bare"),
        Self.report(some, at: 4),
        Self.report(some, at: 0, dataset: "other"), Self.report([], at: 0.5),
      ]
    ) { "\($0)" }
    #expect(map.earlier.map(\.label) == ["1.0 bare", "2.0"])
  }

  // MARK: Text

  @Test func `the map is drawn in cells`() {
    let rows = Self.map().rows(width: 90, height: 25)
    #expect(
      texts(rows).joined(separator: "\n") == """
        ↑ how it needs to act                                              what it needs to know →
                           │ fine-tuning                ┆ retrieval + fine-tuning
                           │                            ┆
                  not able │                            ┆
                           │                            ┆
                           │                            ┆
                           │                            ┆
        misled by passages │                     3      ┆
                           │┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┼┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄
                           │ prompt                     ┆ retrieval
                           │                            ┆
                wrong form │       5             a· ·   ┆      4
                           │                          · · · · ·┬
                           │                            ┆      │· · · ·
                           │                           ├───────●──────┤ · · · · ·
                  unsteady │                            ┆      │            · · · · ·b
                           │                            ┆      ┴
                           │                            ┆
                           │                            ┆
                acts right │                            ┆                    9             2
                           │                            ┆
                           └──────────────────────────────────────────────────────────────────────
                               knows it    was given it   ranked too  not retrieved   not in the
                                                             low                        corpus
        ● 11-23 23 of 80 fail   b 11-22 32 of 80 fail   a 11-21 46 of 80 fail
        """)
  }

  @Test(arguments: [(70, 15), (75, 20), (105, 30), (250, 70), (80, 200)])
  func `no row is wider than asked, nor are there more`(width: Int, height: Int) {
    let rows = Self.map().rows(width: width, height: height)
    #expect(!rows.isEmpty)
    #expect(rows.count <= height)
    for row in texts(rows) { #expect(DisplayText.width(of: row) <= width) }
    let roles = Set(rows.joined().map(\.role))
    #expect(roles.isSuperset(of: [.axis, .label, .border, .quadrant, .count, .today, .earlier]))
  }

  @Test func `too little room gives no map`() {
    #expect(Self.map().rows(width: 69, height: 30).isEmpty)
    #expect(Self.map().rows(width: 105, height: 14).isEmpty)
  }

  @Test func `without a failure that could be placed there is no point`() {
    let map = DiagnosisMap(Self.report([Self.placement(nil, nil)])) { _ in "today" }
    #expect(map.today == nil)
    #expect(!map.rows(width: 80, height: 24).joined().contains { $0.role == .today })
    #expect(map.svg.contains("No failure could be placed"))
  }

  // MARK: Picture

  @Test func `the picture stands alone, and says what it shows`() {
    let svg = Self.map().svg
    #expect(svg.hasPrefix("<svg xmlns="))
    #expect(svg.contains("<title id=\"title\">baseline: where its failures are</title>"))
    #expect(
      svg.contains("<desc id=\"desc\">23 failures of 80 cases; their middle is in the quarter of"))
    #expect(svg.contains("prefers-color-scheme: dark"))
    for outside in ["<script", "href", "url(", "@import"] { #expect(!svg.contains(outside)) }
  }

  @Test func `hostile names are escaped`() {
    let hostile = "</title><script>&\"\u{1B}[0m\nx\u{FFFF}"
    let map = DiagnosisMap(
      Self.report([Self.placement(.given, .misled)], variant: hostile)
    ) { _ in hostile }
    #expect(!map.svg.contains("<script"))
    #expect(!map.svg.contains("\u{1B}"))
    #expect(!map.svg.contains("\u{FFFF}"))
    #expect(map.svg.contains("&lt;/title&gt;&lt;script&gt;&amp;&quot;"))
    for row in texts(map.rows(width: 200, height: 30)) { #expect(!row.contains("\n")) }
  }
}
