import Core
import FineTuning
import Testing

@Suite struct CheckReportTests {
  private func line(_ number: Int, role: String = "user", answer: String? = nil) -> [UInt8] {
    let answer = answer ?? "It is \(number * 3), or \(String(repeating: "x", count: number % 7))."
    let json: JSON = [
      "messages": [
        ["role": .string(role), "content": .string("What is \(number) times three?")],
        ["role": "assistant", "content": .string(answer)],
      ]
    ]
    return Array(json.text.utf8)
  }

  private func report(_ lines: [[UInt8]]) -> CheckReport {
    var check = TrainingCheck()
    for line in lines { check.take(line) }
    return check.finish()
  }

  @Test func `a set with nothing wrong has the whole score, and an empty list`() {
    let report = report((0..<60).map { line($0) })
    #expect(report.findings.isEmpty)
    #expect(report.score.value == 100)
    #expect(report.worst == nil)
  }

  @Test func `the score is the mean worth of the lines, less what is wrong with the set`() {
    // Half of the lines are worth a half.
    let blank = report((0..<100).map { $0 < 50 ? line($0) : [] })
    #expect(blank.score.value == 75)
    #expect(blank.score.lines == [.error: 0, .warning: 50, .note: 0])
    // One wrong line of a hundred is enough for a trainer to refuse the file.
    let refused = report((0..<100).map { line($0, role: $0 == 7 ? "friend" : "user") })
    #expect(refused.score.value == 49)
    #expect(report((0..<5).map { line($0) }).score.value == 49)
    #expect(report([]).score.value == 0)
  }

  @Test func `no score hides the list: each kind is in the text and in the JSON`() throws {
    let report = report(
      (0..<100).map { $0 % 9 == 0 ? [] : line($0, role: $0 == 7 ? "friend" : "user") })
    #expect(Set(report.counts.keys) == ["blank-line", "unrecognized_role"])
    let text = report.text().joined(separator: "\n")
    for group in report.findings {
      #expect(text.contains(group.code))
      for finding in group.kept {
        #expect(text.contains("line \(try #require(finding.line)): \(finding.sentence)"))
        #expect(text.contains(finding.remedy))
      }
    }
    #expect(report.json["counts"] == ["blank-line": 12, "unrecognized_role": 1])
    #expect(report.json["findings"]?.array?.count == 2)
    #expect(try JSON(parsing: report.json.text) == report.json)
  }

  @Test func `of many findings of one kind the first are kept, and all are counted`() throws {
    let report = report((0..<1000).map { line($0, role: "friend") })
    let group = try #require(report.findings.first { $0.code == "unrecognized_role" })
    #expect(group.count == 1000)
    #expect(group.kept.compactMap(\.line) == Array(1...CheckSettings.mostKept))
    #expect(report.text().contains { $0.contains("1,000 in all") })
  }

  @Test func `conversations and preferences in one file are told`() {
    let preference = """
      {"input":{"messages":[{"role":"user","content":"Hi"}]},\
      "preferred_output":[{"role":"assistant","content":"Hello."}],\
      "non_preferred_output":[{"role":"assistant","content":"What?"}]}
      """
    let report = report((0..<60).map { line($0) } + [Array(preference.utf8)])
    #expect(report.counts == ["mixed-formats": 1])
    #expect(report.measures.preferences == 1)
    #expect(report.score.value == 49)
  }

  @Test func `examples of a stored set keep their numbers, and those left out count nothing`()
    throws
  {
    func stored(_ number: Int) -> StoredExample {
      let example = TrainingExample(messages: [
        TrainingMessage(role: number == 40 ? "friend" : "user", text: "What is \(number)?"),
        TrainingMessage(role: "assistant", text: "It is \(number + 1)."),
      ])
      return StoredExample(
        number: number, example: example,
        lineage: ExampleLineage(source: .file("a", line: number), addedAt: 0), tokens: 1)
    }
    var check = TrainingCheck()
    for number in stride(from: 2, through: 200, by: 2) { check.take(stored(number)) }
    let report = check.finish()
    #expect(report.lines == 100)
    #expect(report.findings.map(\.code) == ["unrecognized_role"])
    #expect(report.findings.first?.kept.map(\.line) == [40])
    #expect(report.score.lines == [.error: 1, .warning: 0, .note: 0])
  }
}
