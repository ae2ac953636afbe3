// Rated answers as examples, and runs that are steps.

import Core
import GRDB
import Testing

@testable import Sessions

@Suite struct ExampleTests {
  let folder: TemporaryFolder
  let store: SessionStore

  init() throws {
    folder = try TemporaryFolder()
    store = try SessionStore(path: folder.file("sessions.sqlite"))
  }

  /// Records a run of a version of a prompt, and what a person thought of it.
  private func record(
    _ id: Identifier, of version: String, question: String, answer text: String, rating: Int?,
    reason: FinishReason = .stop, at time: Double
  ) throws {
    if try store.sessions().isEmpty { _ = try store.createSession(name: "s") }
    let session = try #require(try store.sessions().first?.session.id)
    var run = Run.sample(id, session: session, startedAt: time)
    run.inputs = ["question": question]
    try store.begin(run)
    var answer = Answer()
    answer.apply(.text(text), at: 1)
    answer.apply(.finish(reason), at: 2)
    try store.finish(id, answer: answer)
    try store.write { db in
      try db.execute(
        sql: "UPDATE run SET version = ? WHERE id = ?", arguments: [version, id])
      if let rating {
        try db.execute(
          sql: "INSERT INTO rating SELECT number, ?, 0 FROM run WHERE id = ?",
          arguments: [rating, id])
      }
    }
  }

  @Test func ratedAnswersOfAPromptAreItsExamples() throws {
    try store.write { db in
      for (prompt, hash) in [("a.prompt", "h1"), ("a.prompt", "h2"), ("b.prompt", "h3")] {
        try db.execute(
          sql: """
            INSERT INTO version (prompt, hash, number, created_at, text) VALUES (?, ?, 1, 0, '')
            """,
          arguments: [prompt, hash])
      }
    }
    try record("R1", of: "h1", question: "one", answer: "old", rating: 1, at: 1)
    try record("R2", of: "h2", question: "one", answer: "new", rating: 1, at: 2)
    try record("R3", of: "h2", question: "two", answer: "two!", rating: 1, at: 3)
    try record("R4", of: "h2", question: "three", answer: "bad", rating: -1, at: 4)
    try record("R5", of: "h2", question: "four", answer: "nobody cared", rating: nil, at: 5)
    try record("R6", of: "h3", question: "five", answer: "another's", rating: 1, at: 6)
    try record("R7", of: "h2", question: "six", answer: "cut", rating: 1, reason: .length, at: 7)
    let examples = try store.ratedExamples(of: "a.prompt", limit: 10)
    #expect(examples.map(\.answer) == ["two!", "new"])
    #expect(examples.map(\.inputs) == [["question": "two"], ["question": "one"]])
    #expect(examples.first?.passages.count == 1)
    #expect(try store.ratedExamples(of: "a.prompt", limit: 1).map(\.answer) == ["two!"])
    #expect(try store.ratedExamples(of: "c.prompt", limit: 10).isEmpty)
  }

  @Test func aStepComesBackFromStoreAndFileWithItsNumber() throws {
    let session = try store.createSession(name: "s")
    var first = Run.sample("A", session: session.id)
    first.step = 1
    var second = Run.sample("B", session: session.id, parent: "A")
    second.step = 2
    second.batch = first.batch
    for run in [second, first] { try store.begin(run) }
    #expect(try store.loadRun("B").run == second)
    #expect(try store.loadBatch(of: "B").map(\.run.id) == ["A", "B"])
    #expect(try store.runs(of: session.id).map(\.step) == [1, 2])
    let path = folder.file("s.jsonl")
    try store.exportSession(session.id, to: path)
    let other = try SessionStore(path: folder.file("other.sqlite"))
    _ = try other.importSession(from: path)
    #expect(try other.loadRun("B").run.step == 2)
    #expect(try other.loadRun("B").run.parent == "A")
  }
}
