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

  /// Records a run of a text of a prompt, and what a person thought of it.
  private func record(
    _ id: Identifier, _ text: String, _ question: String, _ answerText: String, _ rating: Rating?,
    of prompt: String = "a.prompt", reason: FinishReason = .stop, at time: Double
  ) throws {
    if try store.sessions().isEmpty { _ = try store.createSession(name: "s") }
    let session = try #require(try store.sessions().first?.session.id)
    var run = Run.sample(id, session: session, startedAt: time)
    run.inputs = ["question": question]
    run.promptText = text
    try store.begin(run, of: prompt)
    var answer = Answer()
    answer.apply(.text(answerText), at: 1)
    answer.apply(.finish(reason), at: 2)
    try store.finish(id, answer: answer)
    try store.rate(id, rating)
  }

  @Test func ratedAnswersOfAPromptAreItsExamples() throws {
    try record("R1", "first", "one", "old", .good, at: 1)
    try record("R2", "second", "one", "new", .good, at: 2)
    try record("R3", "second", "two", "two!", .good, at: 3)
    try record("R4", "second", "three", "bad", .bad, at: 4)
    try record("R5", "second", "four", "nobody cared", nil, at: 5)
    try record("R6", "other", "five", "another's", .good, of: "b.prompt", at: 6)
    try record("R7", "second", "six", "cut", .good, reason: .length, at: 7)
    let examples = try store.examples(of: "a.prompt", limit: 10)
    #expect(examples.map(\.answer) == ["two!", "new"])
    #expect(examples.map(\.inputs) == [["question": "two"], ["question": "one"]])
    #expect(examples.first?.passages.count == 1)
    #expect(try store.examples(of: "a.prompt", limit: 1).map(\.answer) == ["two!"])
    #expect(try store.examples(of: "c.prompt", limit: 10).isEmpty)
  }

  @Test func correctedAnswersComeFirstAsTheyWereCorrected() throws {
    try record("R1", "first", "one", "wrong", .bad, reason: .length, at: 1)
    try record("R2", "first", "two", "two!", .good, at: 2)
    try store.correct("R1", Correction(text: "half right", madeAt: 3))
    try store.correct("R1", Correction(text: "right", madeAt: 4))
    let examples = try store.examples(of: "a.prompt", limit: 10)
    #expect(examples.map(\.answer) == ["right", "two!"])
    #expect(
      examples.map(\.lineage) == [
        Example.Lineage(run: "R1", isCorrected: true),
        Example.Lineage(run: "R2", isCorrected: false),
      ])
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
