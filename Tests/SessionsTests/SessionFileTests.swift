// Session files: written whole or not at all, read back equal, taken in without doubles.

import Core
import Foundation
import Testing

@testable import Sessions

@Suite struct SessionFileTests {
  let folder: TemporaryFolder
  let store: SessionStore

  init() throws {
    folder = try TemporaryFolder()
    store = try SessionStore(path: folder.file("sessions.sqlite"))
  }

  private func otherStore() throws -> SessionStore {
    try SessionStore(path: folder.file("other.sqlite"))
  }

  @Test func aSessionComesBackEqual() throws {
    let (session, runs) = try store.makeSampleSession()
    let path = folder.file("s.jsonl")
    try store.exportSession(session.id, to: path)
    let read = try SessionFile.read(from: path)
    #expect(read.session == session)
    #expect(read.runs == runs)
  }

  @Test func aSessionThatWentThroughAnotherStoreIsWrittenInTheSameBytes() throws {
    let (session, runs) = try store.makeSampleSession()
    try store.exportSession(session.id, to: folder.file("a.jsonl"))
    let other = try otherStore()
    let outcome = try other.importSession(from: folder.file("a.jsonl"))
    #expect(outcome.added == 3)
    try other.exportSession(session.id, to: folder.file("b.jsonl"))
    try SessionFile.write(session, runs: runs.reversed(), to: folder.file("c.jsonl"))
    let written = try text(ofFile: folder.file("a.jsonl"))
    #expect(try text(ofFile: folder.file("b.jsonl")) == written)
    #expect(try text(ofFile: folder.file("c.jsonl")) == written)
    #expect(try other.runs(of: session.id) == store.runs(of: session.id))
  }

  @Test func eachRecordIsALine() throws {
    let session = Session(id: "S", name: "tour", createdAt: 1_700_000_000.5)
    var run = Run.sample("A1", session: "S")
    run.request.passages = []
    let path = folder.file("s.jsonl")
    try SessionFile.write(
      session,
      runs: [RecordedRun(run: run, events: TimedWireEvent.sampleStream, answer: .sample())],
      to: path)
    let lines = try text(ofFile: path).split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.count == 10)
    #expect(
      lines[0]
        == #"{"whet":"session","version":2,"id":"S","name":"tour","created_at":1700000000.5}"#)
    #expect(lines[1].hasPrefix(#"{"record":"run","id":"A1","session":"S","parent":null,"#))
    #expect(
      lines[2] == #"{"record":"event","run":"A1","number":0,"at_ms":12.5,"#
        + #""head":{"status":200,"content_type":"text/event-stream"}}"#)
    #expect(
      lines[4]
        == #"{"record":"event","run":"A1","number":2,"at_ms":20.001,"body_base64":"qQ=="}"#)
    #expect(lines[8].hasPrefix(#"{"record":"answer","run":"A1","output":"\n\nHello there."#))
    #expect(lines[9].isEmpty)
  }

  @Test func aFileThatIsThereIsReplacedOnlyWhenAsked() throws {
    let (session, _) = try store.makeSampleSession()
    let path = try folder.write("mine", to: "s.jsonl")
    #expect(
      sessionError { try store.exportSession(session.id, to: path) } == .fileExists(path: path))
    #expect(try text(ofFile: path) == "mine")
    try store.exportSession(session.id, to: path, replacing: true)
    #expect(try SessionFile.read(from: path).runs.count == 3)
    #expect(try folder.contents.filter { $0.hasSuffix(".part") }.isEmpty)
  }

  @Test func aFolderIsNeverReplaced() throws {
    let (session, _) = try store.makeSampleSession()
    let error = sessionError {
      try store.exportSession(session.id, to: folder.path, replacing: true)
    }
    #expect(error == .fileExists(path: folder.path))
  }

  @Test func anExportThatFailsLeavesNothingBehind() throws {
    let path = folder.file("s.jsonl")
    #expect(
      sessionError { try store.exportSession("none", to: path) } == .noSession(named: "none"))
    do {
      let writer = try SessionFileWriter(
        path: path, session: Session(id: "S", name: "s", createdAt: 0))
      try writer.append(RecordedRun(run: .sample("A", session: "S"), events: [], answer: .failed))
    }
    #expect(try !folder.contents.contains { $0.hasPrefix("s.jsonl") })
    let nowhere = folder.file("none/s.jsonl")
    let (session, _) = try store.makeSampleSession()
    #expect(
      sessionError { try store.exportSession(session.id, to: nowhere) }
        == .cannotOpen(path: nowhere, reason: "no such file or directory"))
  }

  @Test func aFileThatCameToStandMeanwhileIsNotReplaced() throws {
    let path = folder.file("s.jsonl")
    let writer = try SessionFileWriter(
      path: path, session: Session(id: "S", name: "s", createdAt: 0))
    try folder.write("mine", to: "s.jsonl")
    #expect(sessionError { try writer.finish() } == .fileExists(path: path))
    #expect(try text(ofFile: path) == "mine")
  }

  @Test func toImportTwiceMakesNoDoubles() throws {
    let (session, runs) = try store.makeSampleSession()
    let path = folder.file("s.jsonl")
    try store.exportSession(session.id, to: path)
    let other = try otherStore()
    let first = try other.importSession(from: path)
    #expect(first == ImportOutcome(session: session, added: 3))
    let second = try other.importSession(from: path)
    #expect(second == ImportOutcome(session: session, alreadyThere: 3))
    #expect(try store.importSession(from: path).alreadyThere == 3)
    for run in runs { #expect(try other.loadRun(run.run.id) == run) }
  }

  @Test func runsThatAreNewInAFileAreAddedToTheSession() throws {
    let (session, _) = try store.makeSampleSession()
    let path = folder.file("s.jsonl")
    try store.exportSession(session.id, to: path)
    let other = try otherStore()
    _ = try other.importSession(from: path)
    try other.renameSession(session.id, to: "renamed here")
    try store.record(
      RecordedRun(
        run: .sample("A4", session: session.id, parent: "A3"), events: [], answer: .failed))
    try store.exportSession(session.id, to: path, replacing: true)
    let outcome = try other.importSession(from: path)
    #expect(outcome.added == 1)
    #expect(outcome.alreadyThere == 3)
    #expect(outcome.session.name == "renamed here")
    #expect(try other.runs(of: session.id).count == 4)
  }

  @Test func aRunThatIsAnotherInTheStoreIsKeptAndNamed() throws {
    let (session, runs) = try store.makeSampleSession()
    let path = folder.file("s.jsonl")
    var changed = runs
    changed[1].run.promptText = "changed"
    try SessionFile.write(session, runs: changed, to: path)
    let outcome = try store.importSession(from: path)
    #expect(outcome.differing == ["A2"])
    #expect(outcome.alreadyThere == 2)
    #expect(try store.loadRun("A2") == runs[1])
  }

  @Test func aRunOfAnotherSessionWithTheSameIdIsKept() throws {
    let (_, runs) = try store.makeSampleSession()
    let path = folder.file("s.jsonl")
    let foreign = RecordedRun(run: .sample("A1", session: "X"), events: [], answer: .failed)
    try SessionFile.write(
      Session(id: "X", name: "x", createdAt: 1), runs: [foreign], to: path)
    #expect(try store.importSession(from: path).differing == ["A1"])
    #expect(try store.loadRun("A1") == runs[0])
  }

  @Test func aRunWithoutAnEndIsTakenInAsInterrupted() throws {
    let session = try store.createSession(name: "s")
    try store.begin(.sample("A", session: session.id))
    try store.append(TimedWireEvent.sampleStream, to: "A")
    let path = folder.file("s.jsonl")
    try store.exportSession(session.id, to: path)
    let other = try otherStore()
    _ = try other.importSession(from: path)
    #expect(try other.interruptedRuns().map(\.id) == ["A"])
    #expect(try other.loadRun("A").events == TimedWireEvent.sampleStream)
  }

  /// A header or a key would need a member of its own to stand in.
  @Test func aFileHoldsTheDocumentedMembersAndNoOthers() throws {
    let (session, _) = try store.makeSampleSession()
    let path = folder.file("s.jsonl")
    try store.exportSession(session.id, to: path)
    var members: [String: Set<String>] = [:]
    for line in try text(ofFile: path).split(separator: "\n") {
      let json = try JSON(parsing: String(line))
      members[json["record"]?.string ?? "session", default: []]
        .formUnion(json.object?.members.map(\.name) ?? [])
      members["request", default: []]
        .formUnion(json["request"]?.object?.members.map(\.name) ?? [])
    }
    #expect(
      members == [
        "session": ["whet", "version", "id", "name", "created_at"],
        "run": [
          "record", "id", "session", "parent", "batch", "started_at", "column", "prompt_text",
          "prompt_path", "inputs", "request",
        ],
        "request": ["model", "messages", "parameters", "question", "passages"],
        "event": [
          "record", "run", "number", "at_ms", "head", "body", "body_base64", "end", "error",
        ],
        "answer": [
          "record", "run", "output", "thinking", "refusal", "tool_calls", "finish_reason", "error",
          "usage", "timing",
        ],
      ])
  }

  @Test func theExampleOfTheDocumentationIsASessionFile() throws {
    let page = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../docs/session-format.md")
    let example = try text(ofFile: page.path).split(separator: "```")
      .first { $0.hasPrefix("jsonl\n") }?.dropFirst("jsonl\n".count)
    let path = try folder.write(String(try #require(example)), to: "example.jsonl")
    let (session, runs) = try SessionFile.read(from: path)
    #expect(runs.count == 1)
    #expect(runs.first?.answer.finishReason == .stop)
    // It shows just what is written, down to the order of the members.
    try SessionFile.write(session, runs: runs, to: path, replacing: true)
    #expect(try text(ofFile: path) == String(example ?? ""))
  }

  @Test func aLongSessionIsReadInPieces() throws {
    let events = (0..<600).map {
      TimedWireEvent(time: Double($0), event: .body(Array(repeating: 0x61, count: 300)))
    }
    let runs = (0..<3).map {
      RecordedRun(
        run: .sample("A\($0)", session: "S", startedAt: Double($0)), events: events,
        answer: .sample())
    }
    let path = folder.file("s.jsonl")
    try SessionFile.write(Session(id: "S", name: "s", createdAt: 0), runs: runs, to: path)
    var reader = try SessionFileReader(path: path)
    for run in runs {
      let read = try reader.next()
      #expect(read == run)
    }
    let end = try reader.next()
    #expect(end == nil)
  }
}
