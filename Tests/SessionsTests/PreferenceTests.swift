// What people say of answers and which they prefer: kept, listed, and shared.

import Core
import GRDB
import Testing

@testable import Sessions

@Suite struct PreferenceTests {
  let folder: TemporaryFolder
  let store: SessionStore
  let session: Session

  init() throws {
    folder = try TemporaryFolder()
    store = try SessionStore(path: folder.file("sessions.sqlite"))
    session = try store.makeSampleSession().0
  }

  private func preference(
    _ first: Identifier, _ outcome: Preference.Outcome, _ second: Identifier,
    by judge: Preference.Judge = .person
  ) -> Preference {
    let model = ModelReference(provider: "p", model: "m")
    return Preference(
      first: .init(run: first, variant: Variant(model, version: "1")),
      second: .init(run: second, variant: Variant(model, version: "2")), outcome: outcome,
      judge: judge)
  }

  @Test func aRemarkIsKeptBesideARatingAndTakenBack() throws {
    let remark = Remark(score: 4, note: "Nearly.", tags: ["short", "wrong"])
    try store.rate("A1", .good)
    try store.remark(remark, on: "A1")
    #expect(try store.loadRun("A1").remark == remark)
    #expect(try store.runs(of: session.id).map(\.remark) == [remark, Remark(), Remark()])
    #expect(try store.runs(of: session.id).map(\.rating) == [.good, nil, nil])
    try store.remark(Remark(), on: "A1")
    #expect(try store.loadRun("A1").remark.isEmpty)
    #expect(try store.loadRun("A1").rating == .good)
    #expect(throws: SessionError.noRun(id: "none")) { try store.remark(remark, on: "none") }
  }

  @Test func tagsInUseAreListedByHowOftenTheyAreGiven() throws {
    try store.remark(Remark(tags: ["a", "b"]), on: "A1")
    try store.remark(Remark(tags: ["b"]), on: "A2")
    try store.remark(Remark(score: 1), on: "A3")
    #expect(try store.tags() == ["b", "a"])
  }

  @Test func preferencesAreThoseOfAPromptOrOfASession() throws {
    let first = preference("A1", .first, "A2")
    let second = preference(
      "A2", .bothBad, "A3",
      by: .model(ModelReference(provider: "p", model: "judge"), rubric: "ab"))
    try store.add([first], at: 2000)
    try store.add([second], at: 3000)
    let recorded = try store.preferences(of: "greet.prompt")
    #expect(recorded.map(\.preference) == [first, second])
    #expect(recorded.map(\.madeAt) == [2000, 3000])
    #expect(try store.preferences(ofSession: session.id) == recorded)
    #expect(try store.preferences(of: "other.prompt").isEmpty)
    let hash = ContentHash.of(try store.loadRun("A1").run.promptText)
    #expect(try store.preferences(of: "other.prompt", orVersions: [hash]) == recorded)
    #expect(throws: SessionError.noRun(id: "none")) {
      try store.add([preference("none", .tie, "A1")], at: 1)
    }
  }

  @Test func remarksAndPreferencesTravelWithTheSessionFileAndComeOnce() throws {
    let remark = Remark(score: 2, note: "No.", tags: ["x"])
    try store.remark(remark, on: "A2")
    try store.add([preference("A1", .second, "A3")], at: 2000)
    let path = folder.file("s.jsonl")
    try store.exportSession(session.id, to: path)
    let other = try SessionStore(path: folder.file("other.sqlite"))
    #expect(try other.importSession(from: path).added == 3)
    #expect(try other.loadRun("A2").remark == remark)
    let preferences = try store.preferences(ofSession: session.id)
    #expect(try other.preferences(ofSession: session.id) == preferences)
    #expect(preferences.count == 1)
    #expect(try other.importSession(from: path).alreadyThere == 3)
    #expect(try other.preferences(ofSession: session.id) == preferences)
    // What was said here stays.
    try other.remark(Remark(score: 5), on: "A2")
    #expect(try other.importSession(from: path).alreadyThere == 3)
    #expect(try other.loadRun("A2").remark == Remark(score: 5))
    let again = folder.file("again.jsonl")
    let third = try SessionStore(path: folder.file("third.sqlite"))
    _ = try third.importSession(from: path)
    try third.exportSession(session.id, to: again)
    #expect(try text(ofFile: again) == text(ofFile: path))
  }

  @Test func linesThatCannotBeAreRefusedAsAWhole() throws {
    try store.add([preference("A1", .first, "A2")], at: 2000)
    let path = folder.file("s.jsonl")
    try store.exportSession(session.id, to: path)
    let lines = try text(ofFile: path).split(separator: "\n")
    let last = try #require(lines.last)
    for bad in [
      #"{"record":"remark","run":"A1","score":7}"#, #"{"record":"remark","run":"A9","score":1}"#,
      last.replacing("\"first\"}", with: "\"best\"}").replacing(
        "\"outcome\":\"first\"", with: "\"outcome\":\"best\""),
      last.replacing("\"run\":\"A2\"", with: "\"run\":\"../A2\""),
      last.replacing("\"made_at\":2000", with: "\"made_at\":-1"),
    ] {
      #expect(bad != String(last))
      let broken = try folder.write((lines + [bad[...]]).joined(separator: "\n"), to: "b.jsonl")
      let other = try SessionStore(path: folder.file("other-\(bad.hashValue).sqlite"))
      #expect(throws: SessionError.self) { try other.importSession(from: broken) }
      #expect(try other.sessions().isEmpty)
    }
  }

  @Test func aStoreOfBeforeKeepsItsRatings() throws {
    let path = folder.file("old.sqlite")
    let queue = try DatabaseQueue(path: path)
    try StoreSchema.migrator.migrate(queue, upTo: "corrections")
    try queue.write { db in
      try db.execute(sql: "PRAGMA application_id = 0x77686574")
      try db.execute(sql: "INSERT INTO session VALUES ('S', 'old', 1000)")
      let run = Run.sample("R1", session: "S")
      try db.execute(
        sql: """
          INSERT INTO run (number, id, session, batch, started_at, "column", model, finish_reason)
          VALUES (1, 'R1', 'S', 'B', 1000, 0, 'builtin/echo', 'stop')
          """)
      try db.execute(
        sql: "INSERT INTO record VALUES (1, ?, ?)",
        arguments: [run.json.text, JSON.object(Answer().json).text])
      try db.execute(sql: "INSERT INTO rating VALUES (1, 1, 1000)")
    }
    try queue.close()
    let store = try SessionStore(path: path)
    #expect(try store.runs(of: "S").map(\.rating) == [.good])
    #expect(try store.runs(of: "S").map(\.remark) == [Remark()])
    try store.remark(Remark(score: 3), on: "R1")
    #expect(try store.loadRun("R1").rating == .good)
    #expect(try store.loadRun("R1").remark == Remark(score: 3))
  }
}
