import Core
import Foundation
import Playground
import Sessions
import Testing

@testable import Runtime

@Suite("Steps and examples at run time")
struct StepTests {
  @Test("A step is recorded in the batch of the step before, which is its parent")
  func recording() throws {
    let bench = try Workbench()
    defer { bench.remove() }
    var first = RunPlan.echo(1)
    first.step = 1
    bench.perform(.startRuns([first]))
    try bench.runUntilIdle()
    var second = RunPlan.echo(2)
    second.step = 2
    second.previous = 1
    bench.perform(.startRuns([second]))
    try bench.runUntilIdle()
    bench.runtime.finish()
    let store = try bench.store
    let session = try #require(try store.sessions().first?.session.id)
    let runs = try store.runs(of: session)
    #expect(runs.map(\.step) == [1, 2])
    #expect(runs.map(\.parent) == [nil, runs.first?.id])
    let last = try #require(runs.last)
    #expect(try store.loadBatch(of: last.id).count == 2)
  }

  /// What comes of a request, in a folder with a file of cases.
  private func examples(
    _ choice: ExampleChoice, in lines: String
  ) throws -> (examples: [Example]?, notices: [Notice]) {
    let bench = try Workbench()
    defer { bench.remove() }
    try Data(lines.utf8).write(to: URL(filePath: bench.path + "/cases.jsonl"))
    let source = ExampleRequest.Source.dataset(
      path: "cases.jsonl", promptPath: bench.path + "/p.prompt")
    bench.perform(.loadExamples(ExampleRequest(source: source, choice: choice)))
    try bench.runUntilIdle()
    let found = bench.events.compactMap {
      if case .examplesFound(_, let examples) = $0 { examples } else { nil }
    }
    return (found.first, bench.notices)
  }

  private static let cases = """
    {"input": {"letter": "late parcel", "n": 3}, "expected": "A"}
    {"input": "a bell", "output": {"kind": "bell"}}

    {"input": {"letter": "lost"}}
    {"input": {"letter": "a bent wheel"}, "expected": "C"}
    """

  @Test("The cases of a file that have an answer are examples")
  func file() throws {
    let found = try #require(try examples(.byHand, in: Self.cases).examples)
    #expect(found.map(\.answer) == ["A", #"{"kind":"bell"}"#, "C"])
    #expect(found.map(\.inputs).first == ["letter": "late parcel", "n": "3"])
    #expect(found[1].inputs == ["input": "a bell"])
  }

  @Test("What is most like the input comes last, where models mind it most")
  func similar() throws {
    let found = try examples(.similar(to: "my wheel"), in: Self.cases).examples
    #expect(found?.last?.answer == "C")
    #expect(found?.count == 3)
  }

  @Test("A line that is no case is told with its number")
  func broken() throws {
    let (found, notices) = try examples(.byHand, in: "{\"input\": {}}\nnonsense")
    #expect(found == nil)
    #expect(notices.first?.text.contains("cases.jsonl:2:1: ") == true)
  }
}
