import Core
import Testing

@Suite struct EditLogTests {
  private func edit(_ text: String, at offset: Int = 0) -> Edit {
    Edit(
      start: TextPosition(line: 0, offset: offset), removed: "", inserted: text,
      cursorBefore: .start, cursorAfter: .start)
  }

  @Test func `the same edits after each other have the same stamps, and others have others`() {
    var (a, b, c) = (EditLog(), EditLog(), EditLog())
    for text in ["one", "two", "three"] { a.append(edit(text)) }
    for text in ["one", "two", "three"] { b.append(edit(text)) }
    for text in ["two", "one", "three"] { c.append(edit(text)) }
    #expect(a == b)
    #expect(a.stamp == b.stamp)
    #expect(a.stamp != c.stamp)
    // Text that is removed in one and inserted in the other.
    let removal = Edit(
      start: .start, removed: "x", inserted: "", cursorBefore: .start, cursorAfter: .start)
    var (d, e) = (EditLog(), EditLog())
    d.append(edit("x"))
    e.append(removal)
    #expect(d.stamp != e.stamp)
  }

  @Test func `a long log keeps every edit under its number`() {
    var log = EditLog()
    for number in 0..<2000 { log.append(edit("\(number)")) }
    #expect((0..<2000).allSatisfy { log[$0].edit.inserted == "\($0)" })
    log.truncate(to: 700)
    #expect(log.end == 700)
    log.append(edit("new"))
    #expect(log[700].edit.inserted == "new")
    #expect(log[699].edit.inserted == "699")
    log.truncate(to: 0)
    #expect(log.isEmpty)
    #expect(log == EditLog())
  }

  @Test func `what is too much is dropped from the front, and the rest keeps its numbers`() {
    var (small, whole) = (EditLog(capacity: 100_000), EditLog())
    for number in 0..<2000 {
      small.append(edit("\(number)"))
      whole.append(edit("\(number)"))
    }
    #expect(small.start > 0)
    #expect(small.end == 2000)
    #expect(small.stamp == whole.stamp)
    #expect((small.start..<2000).allSatisfy { small[$0] == whole[$0] })
    #expect(small.stamp(before: small.start) == whole[small.start - 1].stamp)
    small.truncate(to: 0)
    #expect(small.isEmpty)
    #expect(small.end == small.start)
    small.append(edit(String(repeating: "x", count: 1_000_000)))
    #expect(small.end - small.start == 1)
  }

  @Test func `undo and redo go to both ends and no further`() {
    var history = EditHistory()
    for text in ["a b", "c d", "e f"] { history.note(edit(text)) }
    #expect(history.undo()?.inserted == "e f")
    #expect(history.undo()?.inserted == "c d")
    #expect(history.redo()?.inserted == "c d")
    history.note(edit("new"))
    #expect(history.redo() == nil)
    #expect(history.undo()?.inserted == "new")
    #expect(history.undo()?.inserted == "c d")
    #expect(history.undo()?.inserted == "a b")
    #expect(history.undo() == nil)
  }

  @Test func `an edit reads back as itself, and what is none is none`() throws {
    let edit = Edit(
      start: TextPosition(line: 3, offset: 9), removed: "a\r\nb\0", inserted: "\"é\u{301}",
      cursorBefore: .start, cursorAfter: TextPosition(line: 3, offset: 1),
      anchorBefore: TextPosition(line: 1, offset: 2), isTyped: true,
      continuesChange: true)
    #expect(Edit(json: try JSON(parsing: edit.json.text)) == edit)
    // A row of before changes could have several edits.
    let old = self.edit("x")
    #expect(Edit(json: .array((0..<7).compactMap { old.json[$0] })) == old)
    #expect(Edit(json: .null) == nil)
    #expect(Edit(json: .array([.array([.integer(-1), .integer(0)])])) == nil)
  }
}
