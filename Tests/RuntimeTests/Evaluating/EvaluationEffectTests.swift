import Core
import Evaluation
import Foundation
import Playground
import Sessions
import Testing

@testable import Runtime

// Evaluations through effects, on a store of their own, with a built-in model.

@Suite struct EvaluationEffectTests {
  private func bench(cases: Int = 6) throws -> Workbench {
    let bench = try Workbench()
    let tests = (0..<cases).map { place in
      "  - {vars: {word: w\(place)}, assert: [{type: contains, value: w\(place % 2)}]}\n"
    }
    try Data(
      """
      description: words
      prompts: ["{{word}} is a word", "No word"]
      providers: [echo]
      tests:
      \(tests.joined())
      """.utf8
    ).write(to: URL(filePath: bench.path + "/words.yaml"))
    return bench
  }

  private func replies(_ bench: Workbench) -> [EvaluationReply] {
    bench.events.compactMap {
      if case .evaluations(let reply) = $0 { reply } else { nil }
    }
  }

  private func plan(_ bench: Workbench) throws -> EvaluationPlan {
    bench.perform(.evaluations(.plan(path: "words.yaml", promptPath: bench.path + "/a.prompt")))
    try bench.runUntilIdle()
    return try #require(
      replies(bench).compactMap { if case .planned(let plan) = $0 { plan } else { nil } }.last)
  }

  /// The results that were told, by their places.
  private func results(_ bench: Workbench) -> [EvaluationPlan.Place: EvaluationResult] {
    replies(bench).reduce(into: [:]) { results, reply in
      guard case .progressed(_, _, let news) = reply else { return }
      for placed in news { results[placed.place] = placed.result }
    }
  }

  private func record(_ bench: Workbench) throws -> EvaluationRecord {
    try #require(
      replies(bench).compactMap { if case .began(let record) = $0 { record } else { nil } }.last)
  }

  @Test func `an evaluation runs, is told as it comes, and is kept`() throws {
    let bench = try bench()
    defer { bench.remove() }
    let plan = try plan(bench)
    #expect(plan.cellCount == 12)
    bench.perform(.evaluations(.start(EvaluationStart(plan))))
    try bench.runUntilIdle()
    let told = results(bench)
    #expect(told.count == 12)
    #expect(told[.init(testCase: 0, variant: 0, repetition: 1)]?.output == "w0 is a word")
    #expect(told.values.count { $0.grade?.passed == true } == 2)
    #expect(replies(bench).contains(.ended(try record(bench).id, .complete)))
    bench.perform(.evaluations(.list))
    try bench.runUntilIdle()
    guard case .listed(let rows)? = replies(bench).last else {
      Issue.record("nothing is listed")
      return
    }
    #expect(rows.map(\.summary.graded) == [12])
    #expect(try bench.store.evaluation(rows[0].summary.id)?.path == bench.path + "/words.yaml")
  }

  @Test func `what was stopped is gone on with, and nothing is lost`() throws {
    let bench = try bench(cases: 300)
    defer { bench.remove() }
    let plan = try plan(bench)
    bench.perform(.evaluations(.start(EvaluationStart(plan))))
    try bench.run(until: { !results($0).isEmpty })
    bench.perform(.evaluations(.stop))
    try bench.runUntilIdle()
    let id = try record(bench).id
    let told = results(bench).count
    #expect(try bench.store.results(of: id).count == told)
    bench.perform(.evaluations(.planAgain(id)))
    try bench.runUntilIdle()
    let again = try #require(
      replies(bench).compactMap { if case .planned(let plan) = $0 { plan } else { nil } }.last)
    #expect(again.hash == plan.hash)
    bench.perform(.evaluations(.start(EvaluationStart(again))))
    try bench.runUntilIdle()
    #expect(results(bench).count == 600)
    if told < 600 { #expect(try record(bench).id == id) }
  }

  @Test func `an end of the program waits until all that came is kept`() throws {
    let bench = try bench(cases: 300)
    defer { bench.remove() }
    bench.perform(.evaluations(.start(EvaluationStart(try plan(bench)))))
    try bench.run(until: { !results($0).isEmpty })
    bench.runtime.finish()
    _ = try? bench.runUntilIdle()
    let id = try record(bench).id
    #expect(try bench.store.results(of: id).count == results(bench).count)
  }

  @Test func `a case opens as runs of a session, once`() throws {
    let bench = try bench()
    defer { bench.remove() }
    bench.perform(.evaluations(.start(EvaluationStart(try plan(bench)))))
    try bench.runUntilIdle()
    let record = try record(bench)
    let opening = CaseOpening(
      evaluation: record.id, name: record.name, startedAt: record.startedAt, repeatCount: 1,
      testCase: record.cases[2], place: 2,
      columns: [1, 0].map { .init($0, record.variants[$0]) })
    var opened: [RecordedRun] = []
    for _ in 0..<2 {
      bench.perform(.evaluations(.openCase(opening)))
      try bench.runUntilIdle()
      opened =
        bench.events.compactMap {
          if case .runsLoaded(let runs, .show) = $0 { runs } else { nil }
        }.last ?? []
      #expect(opened.map(\.answer.text) == ["No word", "w2 is a word"])
      #expect(opened.map(\.run.promptText) == opening.columns.map(\.variant.promptText))
      #expect(opened.allSatisfy { $0.run.inputs == ["word": "w2"] && !$0.events.isEmpty })
    }
    let sessions = try bench.store.sessions()
    #expect(sessions.map(\.session.name) == ["Evaluation words"])
    #expect(sessions.map(\.runCount) == [2])
  }

  @Test func `cases are added to a dataset that can be read, each once`() throws {
    let bench = try bench()
    defer { bench.remove() }
    let prompt = bench.path + "/a.prompt"
    func save(_ question: String, _ path: String) throws -> EvaluationReply? {
      bench.perform(
        .evaluations(
          .saveCase(
            SavedCase(
              path: path, promptPath: prompt, inputs: ["question": question], expected: "Yes.\n"))))
      try bench.runUntilIdle()
      return replies(bench).last
    }
    let path = bench.path + "/cases.jsonl"
    #expect(try save("One?", "cases.jsonl") == .caseSaved(path: path, isNew: true))
    #expect(try save("Two?", "cases.jsonl") == .caseSaved(path: path, isNew: true))
    #expect(try save("One?", "cases.jsonl") == .caseSaved(path: path, isNew: false))
    let (dataset, _) = try InputFiles.dataset(at: path, promptPath: nil)
    #expect(dataset.cases.count == 2)
    _ = try save("Three?", "cases.csv")
    #expect(bench.notices.last?.text.contains(".jsonl") == true)
  }
}
