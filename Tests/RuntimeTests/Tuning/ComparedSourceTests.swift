import Core
import FineTuning
import Foundation
import Runtime
import Sessions
import Testing

// Other sets that a check is held against, and sets of the store.

@Suite struct ComparedSourceTests {
  private let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory
      .appending(path: "whet-compared-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  private func write(_ text: String, to name: String) throws -> String {
    let path = folder.appending(path: name).path
    try Data(text.utf8).write(to: URL(filePath: path))
    return path
  }

  private func question(_ number: Int) -> String {
    let things = ["lanterns", "kettles", "carpets", "ladders", "maps", "saws", "ropes"]
    return
      "How many \(things[number % 7]) does district \(number) of the valley order for day \(number * 13)?"
  }

  private func example(_ number: Int, question: String? = nil) -> TrainingExample {
    TrainingExample(messages: [
      TrainingMessage(role: "user", text: question ?? self.question(number)),
      TrainingMessage(
        role: "assistant", text: "District \(number) orders \(number * number + 1) of them."),
    ])
  }

  private func lines(_ examples: [TrainingExample]) -> String {
    examples.map { $0.json.text + "\n" }.joined()
  }

  private func leaks(of others: [ComparedSource]) throws -> [TrainingFinding] {
    let path = try write(lines((1...60).map { example($0) }), to: "train.jsonl")
    let report = try #require(
      try CheckRun(settings: CheckSettings(), others: others).check(path))
    return report.findings.filter { $0.code == "leak" }.flatMap(\.kept)
  }

  @Test func `what stands in a file for validation is told with both lines`() throws {
    let path = try write(
      lines([example(900), example(7), example(901), example(30)]), to: "valid.jsonl")
    let found = try leaks(of: [.validation(path)])
    #expect(found.map(\.line) == [7, 30])
    #expect(found.first?.sentence == "It asks the same as line 2 of valid.jsonl.")
  }

  @Test func `the cases of a dataset and of an evaluation are looked for`() throws {
    let dataset = try write(
      "question,language\n\"\(question(800))\",en\n\"\(question(12))\",en\n", to: "cases.csv")
    let evaluation = try write(
      """
      prompts: ['Answer: {{question}}']
      providers: ['builtin/echo']
      tests:
        - vars: {question: '\(question(801))'}
        - vars: {question: '\(question(44))'}
      """, to: "eval.yaml")
    let found = try leaks(of: [.evaluation(dataset), .evaluation(evaluation)])
    #expect(found.map(\.line) == [12, 44])
    #expect(found.first?.sentence == "It asks the same as case 2 of cases.csv.")
    #expect(found.last?.sentence == "It asks the same as case 2 of eval.yaml.")
  }

  @Test func `an evaluation may be examples, too`() throws {
    let path = try write(lines([example(5)]), to: "held-out.jsonl")
    #expect(try leaks(of: [.evaluation(path)]).map(\.line) == [5])
  }

  @Test func `a set with no example in it is no comparison`() throws {
    let path = try write("hello\n", to: "valid.jsonl")
    #expect(throws: LineFileError.self) { _ = try leaks(of: [.validation(path)]) }
  }

  @Test func `answers are held against a sample that is right`() throws {
    let right = try write(
      lines(
        (1...40).map { number in
          TrainingExample(messages: [
            TrainingMessage(role: "user", text: question(number)),
            TrainingMessage(role: "assistant", text: "{\"count\": \(number)}"),
          ])
        }), to: "right.jsonl")
    let path = try write(lines((1...60).map { example($0) }), to: "train.jsonl")
    let report = try CheckRun(settings: CheckSettings(), sample: right).check(path)
    #expect(report?.counts["drift-format"] == 60)
  }

  @Test func `a set of the store is checked without what was rejected`() throws {
    let store = try SessionStore(path: folder.appending(path: "sessions.sqlite").path)
    // More than a thread judges at a time.
    var examples = (1...1200).map { example($0, question: $0 == 1100 ? question(3) : nil) }[...]
    let lineage = ExampleLineage(source: .file("orders.jsonl", line: 1), addedAt: 0)
    _ = try store.appendExamples(to: "orders") {
      examples.popFirst().map { IncomingExample($0, lineage: lineage) }
    }
    _ = try store.perform(
      CurationAction(.filter("number:2"), .setState(.rejected)), on: "orders")
    let report = try #require(
      try CheckRun(settings: CheckSettings()).check(set: "orders", in: store))
    #expect(report.lines == 1199)
    let same = report.findings.filter { $0.code == "contradiction" }.flatMap(\.kept)
    #expect(same.map(\.line) == [1100])
  }
}
