// Runs that are found by their words, and by what is known of them.

import Core
import Foundation
import Testing

@testable import Sessions

@Suite struct FindingTests {
  let folder: TemporaryFolder
  let store: SessionStore

  init() throws {
    folder = try TemporaryFolder()
    store = try SessionStore(path: folder.file("sessions.sqlite"))
  }

  private func find(_ line: String) throws -> [RunHit] {
    try store.find(try RunQuery(line: line, now: 1_800_000_000))
  }

  /// A run that has ended, with what it was asked and answered.
  @discardableResult
  private func run(
    _ id: String, session: Session, prompt: String = "Ask", answer: String,
    passage: String = "A passage", at seconds: Double = 1_700_000_000
  ) throws -> Identifier {
    var run = Run.sample(id, session: session.id)
    run.promptText = prompt
    run.startedAt = seconds
    run.request.passages = run.request.passages.prefix(1).map { shown in
      var shown = shown
      shown.text = passage
      return shown
    }
    try store.begin(run)
    var ended = Answer()
    ended.apply(.text(answer), at: 5)
    ended.apply(.finish(.stop), at: 6)
    try store.finish(run.id, answer: ended)
    return run.id
  }

  private func session(_ name: String = "s") throws -> Session {
    try store.createSession(name: name)
  }

  @Test func aRunIsFoundInItsPromptAnswerPassagesAndNotes() throws {
    let session = try session()
    try run(
      "A", session: session, prompt: "Ask the walrus", answer: "Thirty days", passage: "ferry pier")
    try run("B", session: session, answer: "Something else")
    #expect(try find("walr").map(\.run) == ["A"])
    #expect(try find("walr").first?.field == .prompt)
    #expect(try find("\"thirty days\"").first?.field == .answer)
    #expect(try find("PIER").first?.field == .passages)
    #expect(try find("days thirty pier").map(\.run) == ["A"])
    #expect(try find("in:answer pier").isEmpty)
    #expect(try find("walrus else").isEmpty)
    let hit = try #require(try find("thirty").first)
    #expect(hit.matches.map { String(hit.snippet[utf8: $0]) } == ["Thirty"])
    try store.remark(Remark(score: 2, note: "quite crooked", tags: ["wrong"]), on: "B")
    #expect(try find("crook").map(\.field) == [.notes])
    #expect(try find("tag:WRONG score:<3").map(\.run) == ["B"])
  }

  @Test func theIndexFollowsNotesAndCorrections() throws {
    try run("A", session: try session(), answer: "Fourteen days")
    try store.remark(Remark(note: "crooked"), on: "A")
    try store.remark(Remark(note: "straight"), on: "A")
    #expect(try find("crooked").isEmpty)
    #expect(try find("straight").count == 1)
    try store.remark(Remark(), on: "A")
    #expect(try find("straight").isEmpty)
    try store.correct("A", Correction(text: "Thirty days", madeAt: 1))
    try store.correct("A", Correction(text: "Sixty days", madeAt: 2))
    #expect(try find("thirty").isEmpty)
    #expect(try find("sixty").count == 1)
    try store.checkIndex()
  }

  @Test func newestComeFirstAndNoMoreThanWanted() throws {
    let session = try session()
    for number in 0..<9 { try run("R\(number)", session: session, answer: "again \(number)") }
    let hits = try store.find(try RunQuery(line: "again", now: 0), limit: 3)
    #expect(hits.map(\.run) == ["R8", "R7", "R6"])
  }

  @Test func filtersAloneFindRunsToo() throws {
    let (first, second) = (try session("apples"), try session("100% pears_"))
    try run("A", session: first, answer: "x", at: 1_700_000_000)
    try run("B", session: second, answer: "y", at: 1_700_200_000)
    try store.rate("A", .good)
    #expect(try find("rating:good").map(\.run) == ["A"])
    #expect(try find("rating:none").map(\.run) == ["B"])
    #expect(try find("session:100%").map(\.run) == ["B"])
    #expect(try find("session:s_").map(\.run) == ["B"])
    #expect(try find("after:2023-11-16").map(\.run) == ["B"])
    #expect(try find("before:2023-11-16 finish:stop").map(\.run) == ["A"])
    #expect(try find("cost:>100").isEmpty)
    #expect(try find("model:nobody").isEmpty)
    #expect(try find("finish:error").isEmpty)
  }

  @Test func whatIsTypedIsNeverSyntax() throws {
    try run("A", session: try session(), answer: "AND OR NOT NEAR wheel* {x} col:on -minus ^top")
    for line in [
      "AND", "NOT wheel", "NEAR(", "wheel* ", "\"", "col:on", "-minus", "^top", "(", "{x}",
    ] {
      _ = try find(line)
    }
    #expect(try find("not near").count == 1)
    #expect(try find("-minus").count == 1)
  }

  @Test func aRunThatStreamsOrIsPrunedIsNotFound() throws {
    let session = try session()
    var streaming = Run.sample("S", session: session.id)
    streaming.promptText = "walrus"
    try store.begin(streaming)
    #expect(try find("walrus").isEmpty)
    try run("A", session: session, answer: "walrus")
    let batch = try store.findRun("A").batch
    try store.prune([batch], in: session.id)
    #expect(try find("walrus").isEmpty)
    try store.undoPruning(in: session.id)
    #expect(try find("walrus").count == 1)
  }

  @Test func runsOfBeforeAreIndexedInSlices() throws {
    let session = try session()
    for number in 0..<5 { try run("R\(number)", session: session, answer: "walrus") }
    try store.write { db in
      try db.execute(sql: "INSERT INTO finding (finding) VALUES ('delete-all')")
      try db.execute(sql: "UPDATE run SET is_indexed = NULL")
    }
    #expect(try find("walrus").isEmpty)
    #expect(try store.indexEarlierRuns(limit: 2) == 3)
    #expect(try find("walrus").map(\.run) == ["R4", "R3"])
    #expect(try store.indexEarlierRuns(limit: 2) == 1)
    #expect(try store.indexEarlierRuns(limit: 2) == 0)
    #expect(try find("walrus").count == 5)
    try store.checkIndex()
  }

  @Test func importedRunsAreFound() throws {
    let (session, runs) = try store.makeSampleSession()
    try store.exportSession(session.id, to: folder.file("s.jsonl"))
    let other = try SessionStore(path: folder.file("other.sqlite"))
    _ = try other.importSession(from: folder.file("s.jsonl"))
    let ended = runs.filter(\.answer.isFinished)
    #expect(try other.find(try RunQuery(line: "finish:stop", now: 0)).count <= ended.count)
    try other.checkIndex()
  }
}
