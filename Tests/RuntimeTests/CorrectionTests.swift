import Core
import Foundation
import Playground
import Sessions
import Testing

@testable import Runtime

@Suite("Corrections, beginnings and copies")
struct CorrectionTests {
  @Test("A correction and its draft are in the store when the next effect is carried out")
  func keeps() throws {
    let bench = try Workbench()
    defer { bench.remove() }
    bench.perform(.startRuns([.echo(1)]))
    try bench.runUntilIdle()
    let begun = bench.events.flatMap { event -> [BegunRun] in
      if case .runsBegan(let runs) = event { runs } else { [] }
    }
    let run = try #require(begun.first?.id)
    bench.perform(.saveCorrectionDraft(run: run, "one"), .correct(run: run, "one two"))
    bench.perform(.saveCorrectionDraft(run: run, "one two 3"))
    bench.runtime.finish()
    let recorded = try bench.store.loadRun(run)
    #expect(recorded.corrections.map(\.text) == ["one two"])
    #expect((recorded.corrections.first?.madeAt ?? 0) > 1_767_603_844)
    #expect(recorded.correctionDraft == "one two 3")
    #expect(recorded.answer.text == "one two three")
  }

  @Test("A run that goes on from an answer is kept with its beginning, as made from that one")
  func continues() throws {
    let bench = try Workbench()
    defer { bench.remove() }
    bench.perform(.startRuns([.echo(1)]))
    try bench.runUntilIdle()
    let store = try bench.store
    let session = try #require(try store.sessions().first?.session.id)
    let first = try #require(try store.runs(of: session).first?.id)
    var plan = RunPlan.echo(2)
    plan.request.model = .extractive
    plan.request.passages = [
      Passage(source: "a.md", bytes: 0..<4, lines: 1...1, text: "Wheels come back.", score: 1)
    ]
    plan.request.question = "wheels"
    plan.request = plan.request.continuing("Well,")
    plan.parent = first
    bench.perform(.startRuns([plan]))
    try bench.runUntilIdle()
    bench.runtime.finish()
    let second = try #require(try store.runs(of: session).first { $0.parent == first }?.id)
    let recorded = try store.loadRun(second)
    #expect(recorded.answer.given == "Well,")
    #expect(recorded.answer.text.hasPrefix("Well,\n[1] Wheels"))
    #expect(Answer(replaying: recorded).text == recorded.answer.text)
    var printed = ""
    let played = ReplayedRun.play(
      recorded, speed: .infinity, interruption: Interruption(), onText: { printed += $0 })
    #expect(played.text == recorded.answer.text && printed == recorded.answer.text)
  }

  @Test(
    "What the clipboard can't take is in a file that only its owner reads, and the next takes its place"
  )
  func copies() throws {
    let bench = try Workbench()
    defer { bench.remove() }
    let path = bench.path + "/state/copied.txt"
    for text in ["first, long", "second"] {
      bench.perform(.writeCopy(text, name: "the answer of A", reason: "No clipboard"))
      try bench.runUntilIdle()
      #expect(try String(contentsOfFile: path, encoding: .utf8) == text)
    }
    let folder = try FileManager.default.attributesOfItem(atPath: bench.path + "/state")
    #expect(folder[.posixPermissions] as? Int == 0o700)
    #expect(
      bench.notices.last
        == Notice(.success, "No clipboard: the answer of A is in \(path)."))
  }

  @Test("A file is written once, and never over another")
  func writes() throws {
    let bench = try Workbench()
    defer { bench.remove() }
    let path = bench.path + "/answer.md"
    bench.perform(.writeFile(path: path, "first"), .writeFile(path: path, "second"))
    try bench.runUntilIdle()
    #expect(try String(contentsOfFile: path, encoding: .utf8) == "first")
    #expect(bench.notices.map(\.kind) == [.success, .error])
    bench.perform(.writeFile(path: bench.path + "/no/such/folder.md", "x"))
    try bench.runUntilIdle()
    #expect(bench.notices.last?.kind == .error)
  }
}
