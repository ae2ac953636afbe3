import Core
import Foundation
import LoopbackServer
import Playground
import Sessions
import Synchronization
import Testing

@testable import Runtime

@Suite("Comparisons in files")
struct ComparisonTests {
  /// Two answers that are kept, and their runs.
  private func kept() throws -> (bench: Workbench, runs: [Identifier]) {
    let bench = try Workbench { $0.comparisonPicture = { "<svg>\($0.columns.count)</svg>" } }
    bench.perform(.startRuns([.echo(8), .echo(9, "one four")]))
    try bench.runUntilIdle()
    let store = try bench.store
    let session = try #require(try store.sessions().first)
    return (bench, try store.runs(of: session.session.id).map(\.id))
  }

  private func export(_ runs: [Identifier], to path: String) -> Effect {
    .exportComparison(
      ComparisonExport(
        promptName: "echo",
        entries: zip(["A", "B"], runs).map { ComparisonExport.Entry(name: $0, run: $1) },
        baseline: runs.first, path: path))
  }

  private func text(at path: String) throws -> String {
    try String(contentsOfFile: path, encoding: .utf8)
  }

  @Test("The ending of the name says the form", arguments: ["md", "html", "svg"])
  func forms(ending: String) throws {
    let (bench, runs) = try kept()
    defer { bench.remove() }
    let path = "\(bench.path)/c.\(ending)"
    bench.perform(export(runs, to: path))
    try bench.runUntilIdle()
    #expect(bench.notices.last == Notice(.success, "Exported the comparison to \(path)."))
    let text = try text(at: path)
    #expect(text.contains(ComparisonReport.mark))
    switch ending {
    case "md": #expect(text.contains("+ one four"))
    case "html": #expect(text.contains("<ins>"))
    default: #expect(text.hasSuffix("<svg>2</svg>"))
    }
    let files = try FileManager.default.contentsOfDirectory(atPath: bench.path)
    #expect(!files.contains { $0.hasSuffix(".part") })
  }

  @Test("An earlier comparison gives way to a new one, another file doesn't")
  func overwriting() throws {
    let (bench, runs) = try kept()
    defer { bench.remove() }
    let path = "\(bench.path)/c.md"
    bench.perform(export([runs[0]], to: path))
    bench.perform(export(runs, to: path))
    try bench.runUntilIdle()
    #expect(try text(at: path).contains("2 answers"))

    let own = "\(bench.path)/notes.md"
    try Data("my notes".utf8).write(to: URL(filePath: own))
    bench.perform(export(runs, to: own))
    try bench.runUntilIdle()
    #expect(bench.notices.last?.kind == .error)
    #expect(bench.notices.last?.text.contains("no comparison") == true)
    #expect(try text(at: own) == "my notes")
  }

  @Test("What can't be written says why: an ending, a folder, a run that is gone")
  func refusals() throws {
    let (bench, runs) = try kept()
    defer { bench.remove() }
    for (path, word) in [
      ("c.pdf", ".html, .md or .svg"), ("nowhere/c.md", "No such file"), ("documents", ".html"),
    ] {
      bench.perform(export(runs, to: "\(bench.path)/\(path)"))
      try bench.runUntilIdle()
      #expect(bench.notices.last?.text.contains(word) == true, "\(path)")
    }
    try FileManager.default.createDirectory(
      atPath: "\(bench.path)/folder.md", withIntermediateDirectories: false)
    bench.perform(export(runs, to: "\(bench.path)/folder.md"))
    bench.perform(export(["gone"], to: "\(bench.path)/c.md"))
    try bench.runUntilIdle()
    #expect(bench.notices.suffix(2).allSatisfy { $0.kind == .error })
    #expect(!FileManager.default.fileExists(atPath: "\(bench.path)/c.md"))
  }

  @Test("A command compares the runs that were started together, by the letters of their columns")
  func headless() throws {
    let (bench, runs) = try kept()
    defer { bench.remove() }
    let store = try bench.store
    let report = try ComparisonReport(runsStartedWith: runs[1], baseline: "B", in: store)
    #expect(report.columns.map(\.name) == ["A", "B"])
    #expect(report.baseline == 1)
    #expect(report.columns[0].difference != nil)
    #expect(throws: ComparisonFileError.self) {
      _ = try ComparisonReport(runsStartedWith: runs[1], baseline: "C", in: store)
    }
  }

  @Test("No key is in an export, not even when the server sends it back")
  func canary() throws {
    let key = "canary-0123456789-abcdefghij"
    let asked = Mutex(false)
    let server = try ScriptedServer { connection in
      let request = connection.readRequest()
      asked.withLock { $0 = request.contains("Authorization: Bearer \(key)") }
      connection.respond(
        "{\"error\":{\"message\":\"Incorrect API key provided: \(key)\"}}",
        status: "401 Unauthorized")
    }
    let bench = try Workbench(clock: SystemClock()) { settings in
      settings.environment = ["KEY": key]
      settings.providers = [
        Provider(name: "far", baseURL: server.baseURL, key: .environment("KEY"))
      ]
      settings.comparisonPicture = { "\($0)" }
    }
    defer { bench.remove() }
    var plan = RunPlan.echo(8)
    plan.request.model = ModelReference(provider: "far", model: "m")
    bench.perform(.startRuns([plan]))
    try bench.runUntilIdle()
    #expect(asked.withLock { $0 })
    let store = try bench.store
    let session = try #require(try store.sessions().first)
    let runs = try store.runs(of: session.session.id).map(\.id)
    for ending in ["md", "html", "svg"] {
      let path = "\(bench.path)/c.\(ending)"
      bench.perform(export(runs, to: path))
      try bench.runUntilIdle()
      let text = try text(at: path)
      #expect(text.contains("far") && text.contains("m"))
      #expect(!text.contains("canary") && !text.contains("Bearer"))
    }
  }

  @Test("The baseline of the last start is brought, and one that is gone is no news")
  func baseline() throws {
    let (bench, runs) = try kept()
    defer { bench.remove() }
    bench.perform(.loadBaseline(run: runs[0]), .loadBaseline(run: "gone"))
    try bench.runUntilIdle()
    let loaded = bench.events.compactMap { event -> String? in
      if case .baselineLoaded(let recorded) = event { recorded.answer.text } else { nil }
    }
    #expect(loaded == ["one two three"])
    #expect(bench.notices.isEmpty)
  }

  @Test("Answers are compared on a thread of their own")
  func comparing() throws {
    let bench = try Workbench()
    defer { bench.remove() }
    bench.perform(
      .compareAnswers(
        AnswerComparing(run: 3, baseline: 2, old: "a b", new: "a c", isComplete: true)))
    try bench.runUntilIdle()
    let compared = bench.events.compactMap { event -> ComparedAnswer? in
      if case .answerCompared(let compared) = event { compared } else { nil }
    }
    #expect(compared.map(\.run) == [3])
    #expect(compared.first?.difference.agreement?.percent == 50)
  }
}
