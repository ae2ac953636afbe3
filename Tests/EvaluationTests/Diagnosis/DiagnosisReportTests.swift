import Core
import Evaluation
import Testing

@Suite struct DiagnosisReportTests {
  private static func report(
    _ causes: [FailureCause: Int], cases: Int = 100, prompt: String? = nil, index: String? = "docs",
    leftOut: Int = 0
  ) -> DiagnosisReport {
    var placements: [Placement] = []
    for cause in FailureCause.allCases {
      for place in 0..<(causes[cause] ?? 0) {
        var search: Placement.MissedSearch?
        if cause == .rankedTooLow || cause == .notRetrieved {
          search = .init(
            question: "Who's there?", passage: "who.md:3",
            rank: cause == .rankedTooLow ? 7 + place : nil)
        }
        placements.append(
          Placement(
            caseID: "\(cause.rawValue) \(place)", cause: cause,
            knowledge: cause == .unmeasured ? nil : .given,
            behaviour: cause == .notInCorpus ? nil : .misled,
            evidence: [
              .retrieved: .init(failed: 5), .noContext: .init(failed: 2, errors: 1),
            ],
            sentence: "It is so.", search: search))
      }
    }
    return DiagnosisReport(
      ground: .init(
        evaluation: "01E", file: "eval.yaml", variant: "base line", prompt: prompt, index: index,
        datasetHash: "abc"),
      madeAt: 1_774_000_000, caseCount: cases, placements: placements, leftOut: leftOut)
  }

  private func texts(_ report: DiagnosisReport) -> [String] { report.lines.map(\.text) }

  // MARK: Counts

  @Test func `causes are counted with Wilson's intervals and three examples`() throws {
    let report = Self.report([.notRetrieved: 4, .wrongForm: 5, .unmeasured: 6])
    #expect(report.counts.map(\.cause) == [.wrongForm, .notRetrieved, .unmeasured])
    #expect(report.counts.map(\.count) == [5, 4, 6])
    let count = try #require(report.counts.first)
    #expect(count.examples == ["wrong-form 0", "wrong-form 1", "wrong-form 2"])
    // (p + z²/2n ± z √(p(1-p)/n + z²/4n²)) / (1 + z²/n), by hand.
    #expect(abs(count.interval.lowerBound - 0.15176) < 1e-5)
    #expect(abs(count.interval.upperBound - 0.58286) < 1e-5)
  }

  @Test func `a lever is named when the counts speak for it, and not before`() {
    #expect(Self.report([.notRetrieved: 5, .wrongForm: 1]).lever == nil)
    #expect(Self.report([.notRetrieved: 6, .rankedTooLow: 6, .wrongForm: 3]).lever == .search)
    #expect(Self.report([.wrongForm: 3]).lever == nil)
    #expect(Self.report([.wrongForm: 4]).lever == .prompt)
    #expect(Self.report([.notAble: 10, .unmeasured: 90]).lever == .model)
    #expect(Self.report([:]).lever == nil)
  }

  @Test func `what can't be told yet says how much more would tell`() {
    let report = Self.report([.notRetrieved: 4, .wrongForm: 2])
    #expect(
      report.verdict == "Can't tell yet which lever comes first: of 6 failures, 4 ask for the "
        + "search, 2 ask for the prompt; about 30 more failures like these would tell.")
    let tie = Self.report([.notRetrieved: 3, .wrongForm: 3])
    #expect(tie.missingFailures == nil)
    #expect(
      tie.verdict.hasSuffix("3 ask for the prompt, 3 ask for the search.")
        || tie.verdict.hasSuffix("3 ask for the search, 3 ask for the prompt."))
    #expect(
      Self.report([.flaky: 1]).verdict
        == "Can't tell yet which lever comes first: of 1 failure, 1 asks for steadiness; about 3 "
        + "more failures like these would tell.")
    #expect(Self.report([:]).verdict == "Nothing failed, so there is nothing to diagnose.")
    #expect(Self.report([:], leftOut: 4).verdict == "No failure was looked at.")
    #expect(
      Self.report([.unmeasured: 2]).verdict == "None of 2 failures could be placed.")
  }

  // MARK: Steps

  @Test func `each lever has a step with its command`() {
    func commands(_ causes: [FailureCause: Int], prompt: String? = nil, index: String? = "docs")
      -> [String]
    {
      Self.report(causes, prompt: prompt, index: index).steps.map(\.command)
    }
    #expect(commands([.notInCorpus: 4]) == ["whet index add PATH --index docs"])
    #expect(
      commands([.notRetrieved: 4])
        == [#"whet search 'Who'\''s there?' --index docs --why-not who.md:3"#])
    #expect(
      commands([.notRetrieved: 4], index: nil) == [#"whet search 'Who'\''s there?' --index NAME"#])
    #expect(commands([.wrongForm: 4], prompt: "p/a b.prompt") == ["whet open 'p/a b.prompt'"])
    #expect(
      commands([.notAble: 2])
        == [
          "whet eval eval.yaml --variant 'base line' --case 'not-able 0' --case 'not-able 1' "
            + "-M PROVIDER/MODEL"
        ])
    #expect(commands([.flaky: 1]).first?.hasSuffix("--case 'flaky 0' --repeat 5") == true)
    #expect(commands([.unmeasured: 3]) == [])
    #expect(commands([.notUsed: 2, .rankedTooLow: 3]).count == 2)
  }

  @Test func `a k that would do for most is named`() throws {
    let step = try #require(Self.report([.rankedTooLow: 10]).steps.first)
    #expect(step.text.contains("with k=14, 8 of 10 would be given"))
  }

  // MARK: Forms

  @Test func `the lines line up`() {
    let report = Self.report([.notRetrieved: 12, .wrongForm: 2, .unmeasured: 1], leftOut: 3)
    #expect(
      texts(report).prefix(7) == [
        "base line: 18 of 100 cases fail", "",
        "cause                         failures  share         95 %  for example",
        "in the corpus, not retrieved        12   80 %  55 % – 93 %  not-retrieved 0, "
          + "not-retrieved 1, not-retrieved 2",
        "right, in the wrong form             2   13 %   4 % – 38 %  wrong-form 0, wrong-form 1",
        "could not be measured                1    7 %   1 % – 30 %  unmeasured 0", "",
      ])
    #expect(texts(report).contains("Pull the search first: 12 of 15 failures ask for it."))
    #expect(texts(report).contains("3 failures not looked at."))
  }

  @Test func `it reads what it writes`() throws {
    let report = Self.report(
      [.notRetrieved: 2, .rankedTooLow: 1, .unmeasured: 1, .notInCorpus: 1], prompt: "p.prompt",
      leftOut: 2)
    let text = report.json.text
    #expect(try DiagnosisReport(json: JSON(parsing: text), name: "d.json") == report)
  }

  @Test func `what is no diagnosis is refused with a sentence`() throws {
    #expect(throws: DiagnosisReportError.self) { try DiagnosisReport(json: [:], name: "d.json") }
    let text = Self.report([.flaky: 1]).json.text
    for (old, new) in [
      (#""cause":"flaky""#, #""cause":"moon""#), (#""failed":5"#, #""failed":-5"#),
      (#""knowledge":"given""#, #""knowledge":"lost""#), (#""cases":100"#, #""cases":-1"#),
      (#""made_at":1774000000"#, #""made_at":"now""#),
    ] {
      let changed = try JSON(parsing: text.replacing(old, with: new))
      #expect(throws: DiagnosisReportError.self, "\(new)") {
        try DiagnosisReport(json: changed, name: "d.json")
      }
    }
  }

  @Test func `hostile names become part of nothing`() throws {
    let hostile = "x|\u{1B}[31m`</svg>\n# $(rm -rf)"
    var report = Self.report([.notAble: 1])
    report.placements[0].caseID = hostile
    report.ground.variant = hostile
    let lines = report.lines + report.placementLines
    #expect(!lines.contains { $0.text.contains("\u{1B}") || $0.text.contains("\n") })
    let markdown = report.markdown
    #expect(!markdown.contains("\u{1B}"))
    #expect(!markdown.contains("\n# $"))
    #expect(markdown.contains(#"x\|"#))
    let command = try #require(report.steps.first?.command)
    #expect(command.contains("'x|"))
    #expect(!command.contains("\n"))
  }
}
