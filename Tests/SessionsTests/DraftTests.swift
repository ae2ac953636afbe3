// Drafts in a real store file: texts and history are written when they are others, and what is
// damaged costs no text.

import Core
import Foundation
import GRDB
import Testing

@testable import Sessions

@Suite struct DraftTests {
  let folder: TemporaryFolder
  let path: String
  let store: SessionStore

  init() throws {
    folder = try TemporaryFolder()
    path = folder.file("sessions.sqlite")
    store = try SessionStore(path: path)
  }

  /// A draft with a history of words, some of which are undone.
  private func draft(words: Int, undone: Int = 0) -> Draft {
    var draft = Draft(name: "a.prompt", promptText: "text after \(words - undone)")
    draft.cursor = TextPosition(line: 0, offset: 3)
    for word in 0..<words { draft.history.note(edit(word)) }
    for _ in 0..<undone { _ = draft.history.undo() }
    return draft
  }

  /// A draft with its history, as it is once that has been read.
  private func whole(_ draft: Draft?) throws -> Draft? {
    guard var draft, let place = draft.history.earlier else { return draft }
    draft.history = draft.history.following(try store.history(at: place))
    return draft
  }

  private func edit(_ word: Int) -> Edit {
    Edit(
      start: TextPosition(line: word, offset: 0), removed: "", inserted: "word \(word)\n",
      cursorBefore: .start, cursorAfter: TextPosition(line: word + 1, offset: 0))
  }

  @Test func `what can be undone and redone comes back`() throws {
    let draft = draft(words: 1000, undone: 10)
    try store.saveDraft(draft)
    let kept = try #require(try whole(try SessionStore(path: path).latestDraft()))
    #expect(kept == draft)
    #expect(kept.history.position == 990)
    #expect(kept.history.log[999].edit == edit(999))
  }

  @Test func `a save writes what is new, whatever was undone meanwhile`() throws {
    var draft = draft(words: 1000)
    try store.saveDraft(draft)
    // A row that is written again would lose this mark.
    try store.write { db in try db.execute(sql: "UPDATE edit SET json = json || ' '") }
    for _ in 0..<3 { _ = draft.history.undo() }
    draft.history.note(edit(5000))
    draft.promptText = "another"
    try store.saveDraft(draft)
    let (marked, count) = try store.read { db in
      (
        try Int.fetchOne(db, sql: "SELECT count(*) FROM edit WHERE json LIKE '% '"),
        try Int.fetchOne(db, sql: "SELECT count(*) FROM edit")
      )
    }
    #expect(marked == 997)
    #expect(count == 998)
    #expect(try whole(try store.loadDraft(named: "a.prompt")) == draft)
  }

  @Test func `edits that were dropped from memory are dropped from the store`() throws {
    var draft = draft(words: 0)
    var log = EditLog(capacity: 50_000)
    for word in 0..<200 { log.append(edit(word)) }
    draft.history = EditHistory(log, position: log.end)
    try store.saveDraft(draft)
    for word in 200..<1000 { log.append(edit(word)) }
    draft.history = EditHistory(log, position: log.end)
    try store.saveDraft(draft)
    let first = try store.read { db in
      try Int.fetchOne(db, sql: "SELECT min(number) FROM edit")
    }
    #expect(first == log.start)
    #expect(log.start > 200)
    #expect(try whole(try store.loadDraft(named: "a.prompt")) == draft)
  }

  @Test func `a text is written when it is another one only`() throws {
    var draft = draft(words: 1)
    draft.savedText = "file"
    try store.saveDraft(draft)
    try store.write { db in try db.execute(sql: "UPDATE draft_text SET text = x'41'") }
    draft.cursor = .start
    try store.saveDraft(draft)
    #expect(try store.loadDraft(named: "a.prompt")?.promptText == "A")
    draft.promptText += "\r\n\0e\u{301}"
    draft.savedText = nil
    try store.saveDraft(draft)
    let kept = try #require(try store.loadDraft(named: "a.prompt"))
    #expect(kept.promptText.utf8.elementsEqual(draft.promptText.utf8))
    #expect(kept.savedText == nil)
  }

  @Test(arguments: [
    "UPDATE edit SET json = '[' WHERE number = 50",
    "UPDATE edit SET json = replace(json, 'word 50', 'word 51') WHERE number = 50",
    "UPDATE edit SET stamp = stamp + 1 WHERE number = 99",
    "DELETE FROM edit WHERE number = 50", "DELETE FROM edit WHERE number = 99",
    "DELETE FROM edit WHERE number = 0", "DELETE FROM edit",
    "INSERT INTO edit SELECT draft, 100, stamp, json FROM edit WHERE number = 0",
    "UPDATE draft_text SET text = CAST('else' AS BLOB)",
    "UPDATE draft SET json = json_set(json, '$.history.position', 900)",
    "UPDATE draft SET json = json_set(json, '$.history.position', -1)",
    "UPDATE draft SET json = json_remove(json, '$.history')",
  ])
  func `a damaged history is dropped, and the text is there`(damage: String) throws {
    let draft = draft(words: 100)
    try store.saveDraft(draft)
    try store.write { db in try db.execute(sql: damage) }
    var kept = try #require(try whole(try store.loadDraft(named: "a.prompt")))
    #expect(kept.history == EditHistory())
    #expect(kept.promptText == (damage.contains("else") ? "else" : draft.promptText))
    #expect(kept.cursor == draft.cursor)
    // It begins anew.
    kept.history.note(edit(7))
    kept.promptText += "new"
    try store.saveDraft(kept)
    #expect(try whole(try store.loadDraft(named: "a.prompt")) == kept)
  }

  @Test func `each draft has a history of its own`() throws {
    let first = draft(words: 5)
    var second = draft(words: 3)
    second.name = "b.prompt"
    try store.saveDraft(first)
    try store.saveDraft(second)
    #expect(try whole(try store.loadDraft(named: "a.prompt")) == first)
    #expect(try whole(try store.loadDraft(named: "b.prompt")) == second)
  }

  @Test(arguments: [0, 3])
  func `what is typed before the history has been read is kept after it`(undone: Int) throws {
    var draft = draft(words: 100, undone: undone)
    try store.saveDraft(draft)
    var early = try #require(try store.loadDraft(named: "a.prompt"))
    #expect(early.history.undoCount == 0)
    // As it is, it takes nothing away.
    try store.saveDraft(early)
    #expect(try whole(early) == draft)
    for edits in [(7...8), (9...9)] {
      for word in edits {
        early.history.note(edit(word))
        draft.history.note(edit(word))
      }
      early.promptText += "new"
      draft.promptText += "new"
    }
    _ = early.history.undo()
    _ = draft.history.undo()
    try store.saveDraft(early)
    #expect(try whole(try store.loadDraft(named: "a.prompt")) == draft)
    #expect(draft.history.undoCount == 102 - undone)
  }

  @Test func `a history that somebody else has gone on with is not taken for this text's`() throws {
    var draft = draft(words: 5)
    try store.saveDraft(draft)
    let early = try #require(try store.loadDraft(named: "a.prompt"))
    draft.history.note(edit(5))
    draft.promptText = "another"
    try store.saveDraft(draft)
    #expect(try store.history(at: try #require(early.history.earlier)) == nil)
    try store.saveDraft(early)
    #expect(try store.loadDraft(named: "a.prompt")?.history == EditHistory())
  }

  @Test func `a text that its file holds comes back as both`() throws {
    var draft = draft(words: 1)
    draft.savedText = draft.promptText
    try store.saveDraft(draft)
    #expect(try whole(try store.loadDraft(named: "a.prompt")) == draft)
    draft.promptText += "x"
    try store.saveDraft(draft)
    #expect(try whole(try store.loadDraft(named: "a.prompt")) == draft)
  }

  @Test func `a text that somebody else typed is kept as a version when its place is taken`() throws
  {
    let other = try SessionStore(path: path)
    #expect(try store.saveDraft(draft(words: 1)) == nil)
    #expect(try store.saveDraft(draft(words: 2)) == nil)
    #expect(try !other.isOwnDraft(named: "a.prompt"))
    let kept = try #require(try other.saveDraft(draft(words: 3), at: 7))
    #expect(kept.number == 1)
    #expect(kept.createdAt == 7)
    let version = try store.findVersion("v1", of: "a.prompt")
    #expect(version.text == "text after 2")
    #expect(version.summary.note == "typed in another whet, and not saved")
    #expect(try store.isOwnDraft(named: "a.prompt") == false)
    // The other one goes on, and this one comes back to its own text.
    #expect(try other.saveDraft(draft(words: 4)) == nil)
    #expect(try store.saveDraft(draft(words: 2))?.number == 2)
    #expect(try other.saveDraft(draft(words: 4)) == nil, "v1 has this text")
    #expect(try whole(try store.loadDraft(named: "a.prompt")) == draft(words: 4))
  }

  @Test func `a draft that was read, or whose text stands elsewhere, is no version`() throws {
    let other = try SessionStore(path: path)
    try store.saveDraft(draft(words: 1))
    #expect(try other.latestDraft()?.promptText == "text after 1")
    #expect(try other.saveDraft(draft(words: 2)) == nil)
    var saved = draft(words: 2)
    saved.savedText = saved.promptText
    #expect(try store.loadDraft(named: "a.prompt") != nil)
    try store.saveDraft(saved)
    #expect(try other.saveDraft(draft(words: 3)) == nil, "the file has it")
    #expect(try store.saveDraft(draft(words: 3)) == nil, "the draft has it")
    #expect(try store.versions(of: "a.prompt").isEmpty)
  }
}
