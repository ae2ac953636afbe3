import Core
import FineTuning
import RandomSource
import Testing

@Suite struct DistributionTests {
  private func counted(_ values: [Int]) -> Distribution {
    values.reduce(into: Distribution()) { $0.add($1) }
  }

  @Test func `quantiles are those of the sorted numbers`() {
    var random = SeededRandom(seed: 3)
    for most in [1, 10, 5_000, 3_000_000] {
      let values = (0..<999).map { _ in Int.random(in: 0...most, using: &random) }
      let sorted = values.sorted()
      let distribution = counted(values)
      for share in [0.0, 0.1, 0.5, 0.95, 1] {
        let exact = sorted[max(0, Int((share * 999).rounded(.up)) - 1)]
        let error = abs(distribution.quantile(share) - exact)
        #expect(Double(error) <= Double(exact) / 2000, "\(share) of \(most)")
      }
      #expect(distribution.least == sorted.first)
      #expect(distribution.largest == sorted.last)
      #expect(distribution.sum == values.reduce(0, +))
    }
  }

  @Test func `parts put together are the whole`() {
    var random = SeededRandom(seed: 4)
    let values = (0..<500).map { _ in Int.random(in: 0...20_000, using: &random) }
    var parts = counted(Array(values[..<100]))
    parts.merge(Distribution())
    parts.merge(counted(Array(values[100...])))
    #expect(parts == counted(values))
  }

  @Test func `every number is in one bar, and no line is wider than it may be`() {
    var random = SeededRandom(seed: 5)
    for most in [0, 3, 900, 70_000] {
      let values = (0..<400).map { _ in Int.random(in: 0...most, using: &random) } + [most * 50]
      let chart = HistogramChart(counted(values), rows: 8)
      #expect(chart.bars.reduce(0) { $0 + $1.count } == values.count)
      #expect(chart.bars.count <= 9)
      for bar in chart.bars {
        #expect(bar.count == values.count { bar.range.contains($0) }, "\(bar)")
      }
      #expect(chart.lines(columns: 60).allSatisfy { $0.count <= 60 })
    }
    #expect(HistogramChart(Distribution()).lines().isEmpty)
  }
}

@Suite struct MeasuresTests {
  private func example(
    system: String? = nil, _ question: String, _ answer: String
  ) -> TrainingExample {
    TrainingExample(
      messages: (system.map { [TrainingMessage(role: "system", text: $0)] } ?? [])
        + [
          TrainingMessage(role: "user", text: question),
          TrainingMessage(role: "assistant", text: answer),
        ])
  }

  private func report(
    _ examples: [TrainingExample], _ settings: CheckSettings = CheckSettings()
  ) -> CheckReport {
    var check = TrainingCheck(settings: settings)
    for example in examples { check.take(Array(example.json.text.utf8)) }
    return check.finish()
  }

  @Test func `sizes are told by who speaks`() {
    let text = String(repeating: "four", count: 100)
    let measures = ExampleMeasures(of: example(system: "be kind.", text, text + text))
    #expect(measures[.system] == 2 + 4)
    #expect(measures[.user] == 100 + 4)
    #expect(measures[.assistant] == 200 + 4)
    #expect(measures.answer == 204)
    #expect(measures.tokens == 314)
    #expect(measures.turns == 3)
  }

  @Test func `tools and their calls are counted`() throws {
    let line = #"""
      {"messages":[{"role":"user","content":"Hi"},{"role":"assistant","tool_calls":[{"id":"1",\#
      "type":"function","function":{"name":"find","arguments":"{}"}}]}],\#
      "tools":[{"type":"function","function":{"name":"find"}}]}
      """#
    let example = try #require(TrainingExample(json: JSON(parsing: line)))
    let measures = ExampleMeasures(of: example)
    #expect(measures.calls == ["find"])
    #expect(measures.offersTools)
    #expect(measures[.definitions] > 10)
    #expect(measures[.assistant] > 20)
  }

  @Test func `a window cuts the answer first`() throws {
    let text = String(repeating: "four", count: 100)
    let report = report(
      [example(text, text), example("Hi", "Hello."), example(text + text, text)],
      CheckSettings(window: 180))
    let truncation = try #require(report.measures.truncation)
    #expect(truncation.examples == 2)
    // 208 and 308 tokens; 104 of each are the answer's.
    #expect(truncation.lost == 28 + 128)
    #expect(truncation.lostOfAnswers == 28 + 104)
    #expect(truncation.withoutAnswer == 1)
    let cut = try #require(report.findings.first { $0.code == "truncated" })
    #expect(cut.kept.map(\.line) == [1, 3])
    #expect(report.measures.truncation?.window == 180)
  }

  @Test func `a system prompt that is not the set's is told with its first line`() throws {
    let common = (0..<20).map { example(system: "Be brief.", "Ask \($0)", "Answer \($0)") }
    let others = [
      example(system: "Be long.", "a", "b"), example("c", "d"),
      example(system: "Be long.", "e", "f"),
    ]
    let found = try #require(
      report(common + others).findings.first { $0.code == "system-prompts-differ" })
    #expect(found.severity == .warning)
    #expect(found.count == 3)
    #expect(found.kept.map(\.line) == [21, 22])
    #expect(report(common).counts["system-prompts-differ"] == nil)
  }

  @Test func `every example is held against the system prompt in use`() throws {
    let examples = [
      example(system: "Be brief.\n", "a", "b"), example(system: "Be long.", "c", "d"),
      example("e", "f"),
    ]
    let found = try #require(
      report(examples, CheckSettings(systemPrompt: "Be brief.")).findings
        .first { $0.code == "system-prompt-not-in-use" })
    #expect(found.kept.map(\.line) == [2, 3])
  }

  @Test func `one class that outweighs the others is told, and a rare one`() throws {
    func labelled(_ counts: [(String, Int)]) -> CheckReport {
      report(
        counts.flatMap { name, count in (0..<count).map { example("\(name) \($0)", name) } })
    }
    let skewed = labelled([("yes", 180), ("no", 20), ("other", 3)])
    let imbalance = try #require(skewed.findings.first { $0.code == "class-imbalance" })
    #expect(imbalance.kept.first?.sentence == "89 % of the answers are 'yes'.")
    #expect(skewed.findings.first { $0.code == "rare-class" }?.kept.count == 1)
    let balanced = labelled([("yes", 60), ("no", 50)])
    #expect(balanced.measures.classes?.map(\.name) == ["yes", "no"])
    #expect(balanced.counts["class-imbalance"] == nil)
    let texts = report((0..<60).map { example("\($0)", "Answer \($0)") })
    #expect(texts.measures.classes == nil)
  }

  @Test func `few examples are an error, not many a note`() {
    func few(_ count: Int) -> FindingSeverity? {
      report((0..<count).map { example("\($0)", "Answer \($0)") }).findings
        .first { $0.code == "too-few-examples" }?.severity
    }
    #expect(few(0) == .error)
    #expect(few(9) == .error)
    #expect(few(10) == .note)
    #expect(few(49) == .note)
    #expect(few(50) == nil)
  }
}
