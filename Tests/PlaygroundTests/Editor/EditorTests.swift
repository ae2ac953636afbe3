import Core
import Testing

@testable import Playground

@Suite("Editor")
struct EditorTests {
  private func editor(_ text: String, at offset: Int = 0, line: Int = 0) -> Editor {
    var editor = Editor(text)
    editor.moveTo(TextPosition(line: line, offset: offset))
    return editor
  }

  @Test("What is typed in one go is undone word by word")
  func undoneByWords() {
    var editor = Editor()
    for character in "two words" { editor.insert(String(character)) }
    _ = editor.undo()
    #expect(editor.text == "two ")
    _ = editor.undo()
    #expect(editor.text == "")
    let hasMore = editor.undo()
    #expect(!hasMore)
  }

  @Test("What is pasted is undone apart from what is typed after it")
  func pasteIsAChangeOfItsOwn() {
    var editor = Editor()
    editor.insert("pasted")
    editor.insert("x")
    editor.insert("y")
    _ = editor.undo()
    #expect(editor.text == "pasted")
    _ = editor.undo()
    #expect(editor.text == "")
  }

  @Test("A new change makes what was undone unreachable")
  func newChangeEndsRedo() {
    var editor = Editor("a")
    editor.insert("x")
    _ = editor.undo()
    editor.insert("y")
    let isRedone = editor.redo()
    #expect(!isRedone)
    #expect(editor.text == "ya")
  }

  @Test("A text that was replaced as a whole comes back with undo")
  func replacedText() {
    var editor = Editor("old\ntext")
    editor.replaceAll(with: "new")
    _ = editor.undo()
    #expect(editor.text == "old\ntext")
  }

  @Test("A kill takes the rest of the line, then the line end")
  func kill() {
    var editor = editor("one two\nthree", at: 3)
    let first = editor.killToLineEnd()
    #expect(first == " two")
    #expect(editor.text == "one\nthree")
    let second = editor.killToLineEnd()
    #expect(second == "\n")
    #expect(editor.text == "onethree")
  }

  @Test("Up and down strive for the cell that they started from")
  func goalColumn() {
    var editor = editor("a long line\nab\nanother one", at: 7)
    editor.moveRows(1, width: 40)
    #expect(editor.cursor == TextPosition(line: 1, offset: 2))
    editor.moveRows(1, width: 40)
    #expect(editor.cursor == TextPosition(line: 2, offset: 7))
    editor.move(.characterForward)
    editor.moveRows(-1, width: 40)
    editor.moveRows(-1, width: 40)
    #expect(editor.cursor == TextPosition(line: 0, offset: 8))
  }

  @Test("Up and down go by wrapped rows, and to the ends of the text beyond the last")
  func wrappedRows() {
    var editor = editor("aaa bbb ccc", at: 1)
    editor.moveRows(1, width: 4)
    #expect(editor.cursor.offset == 5)
    editor.moveRows(1, width: 4)
    #expect(editor.cursor.offset == 9)
    editor.moveRows(1, width: 4)
    #expect(editor.cursor.offset == 11)
    editor.moveRows(-9, width: 4)
    #expect(editor.cursor.offset == 0)
  }

  @Test("Wide characters and tabs count by their cells when the cursor moves between rows")
  func cellsOfRows() {
    var editor = editor("漢字漢字\nabcdefgh\n\tx", at: 6)
    editor.moveRows(1, width: 40)
    #expect(editor.cursor.offset == 4)
    editor.moveRows(1, width: 40)
    #expect(editor.cursor.offset == 1)
  }

  @Test("The cursor stays in sight with as little scrolling as that takes")
  func reveal() {
    var editor = Editor((0..<50).map { "line \($0)" }.joined(separator: "\n"))
    editor.moveRows(20, width: 20)
    editor.revealCursor(width: 20, height: 10)
    #expect(editor.top.line == 11)
    editor.moveRows(-5, width: 20)
    editor.revealCursor(width: 20, height: 10)
    #expect(editor.top.line == 11)
    editor.moveRows(-5, width: 20)
    editor.revealCursor(width: 20, height: 10)
    #expect(editor.top.line == 10)
  }

  @Test("Scrolling stops at both ends of the text")
  func scroll() {
    var editor = Editor("one\ntwo\nthree")
    editor.scroll(1, width: 20)
    #expect(editor.top.line == 1)
    editor.scroll(9, width: 20)
    #expect(editor.top.line == 1)
    editor.scroll(-9, width: 20)
    #expect(editor.top.line == 0)
  }

  // MARK: Selecting

  @Test("What is typed takes the place of what is selected, and undo brings both back")
  func typingReplaces() {
    var editor = editor("one two three", at: 4)
    editor.move(.wordForward, isSelecting: true)
    let selected = editor.selection
    editor.insert("2")
    editor.insert("!")
    #expect(editor.text == "one 2! three")
    _ = editor.undo()
    #expect(editor.text == "one two three")
    #expect(editor.selection == selected)
    _ = editor.redo()
    #expect(editor.text == "one 2! three")
    #expect(editor.selection == nil)
  }

  @Test("After a mark every motion widens the selection; else a motion drops it")
  func marks() {
    var editor = editor("one two\nthree")
    editor.setMark()
    editor.move(.wordForward)
    editor.moveRows(1, width: 20)
    #expect(editor.selection.map { editor.buffer.text(in: $0) } == "one two\nthr")
    editor.dropSelection()
    editor.move(.characterBackward, isSelecting: true)
    #expect(editor.selection != nil)
    editor.move(.characterBackward)
    #expect(editor.selection == nil)
  }

  @Test("Characters change places around the cursor, and at the end of a line before it")
  func transposes() {
    var editor = editor("ab漢", at: 1)
    editor.transpose()
    #expect(editor.text == "ba漢")
    #expect(editor.cursor.offset == 2)
    editor.transpose()
    #expect(editor.text == "b漢a")
    editor.transpose()
    #expect(editor.text == "ba漢")
    editor.move(.lineStart)
    editor.transpose()
    #expect(editor.text == "ba漢")
  }

  @Test("An edit changes no line end but its own; a new line takes that of its neighbours")
  func lineEnds() {
    var editor = editor("one\r\ntwo\r\nthree\nfour", at: 3, line: 1)
    editor.insert("\n")
    editor.insert("x")
    #expect(Array(editor.text.utf8) == Array("one\r\ntwo\r\nx\r\nthree\nfour".utf8))
    _ = editor.undo()
    _ = editor.undo()
    #expect(Array(editor.text.utf8) == Array("one\r\ntwo\r\nthree\nfour".utf8))
  }
}
