import Core
import RandomSource
import Testing

@testable import Playground

// Twenty thousand random edits, each compared with the same done to an array of characters.

@Suite("An editor against an array of characters")
struct EditorModelTests {
  private static let motions: [Editor.Motion] = [
    .characterBackward, .characterForward, .wordBackward, .wordForward, .lineStart, .lineEnd,
    .textStart, .textEnd,
  ]

  /// An editor and its model, to which the same is done.
  private struct Twins {
    var editor: Editor
    var plain: PlainText
    var killed = ""
    var random: SeededRandom

    init(seed: UInt64) {
      random = SeededRandom(seed: seed)
      let text = random.text(pieces: 20)
      editor = Editor(text)
      plain = PlainText(text)
    }

    mutating func step() {
      let motion = motions.randomElement(using: &random) ?? .lineEnd
      switch Int.random(in: 0..<100, using: &random) {
      case 0..<45: insert(random.text(pieces: 2))
      case 45..<60: delete(.characterBackward)
      case 60..<63: delete(motion)
      case 63..<66: kill()
      case 66..<69: insert(killed)
      case 69..<72:
        let place = Int.random(in: 0...plain.characters.count, using: &random)
        plain.moveTo(character: place)
        editor.moveTo(plain.position)
      default:
        editor.move(motion)
        plain.move(motion)
      }
    }

    private mutating func insert(_ text: String) {
      editor.insert(text)
      plain.insert(text)
    }

    private mutating func delete(_ motion: Editor.Motion) {
      let removed = editor.delete(motion)
      let expected = plain.delete(motion)
      #expect(Array(removed.utf8) == Array(expected.utf8))
    }

    private mutating func kill() {
      let rest = plain.characters[plain.cursor...]
      killed = editor.killToLineEnd()
      let expected = plain.delete(rest.first == "\n" ? .characterForward : .lineEnd)
      #expect(Array(killed.utf8) == Array(expected.utf8))
    }
  }

  @Test(
    "Random edits do what they do to an array of characters", arguments: 0..<20 as Range<UInt64>)
  func edits(seed: UInt64) throws {
    var twins = Twins(seed: seed)
    for _ in 0..<1000 {
      twins.step()
      try #require(bytes(of: twins.editor) == Array(twins.plain.text.utf8))
      try #require(twins.editor.cursor == twins.plain.position)
      try #require(isBetweenCharacters(twins.editor.cursor, in: twins.editor.buffer))
    }
  }

  private func bytes(of editor: Editor) -> [UInt8] { Array(editor.text.utf8) }

  @Test(
    "Undo leads back to the first text and redo to the last",
    arguments: 100..<120 as Range<UInt64>)
  func undoAndRedo(seed: UInt64) throws {
    var twins = Twins(seed: seed)
    let first = bytes(of: twins.editor)
    var texts: Set = [first]
    for _ in 0..<300 {
      twins.step()
      texts.insert(bytes(of: twins.editor))
    }
    var editor = twins.editor
    var passed: [Editor] = []
    repeat {
      passed.append(editor)
      let hasBeen = texts.contains(bytes(of: editor))
      try #require(hasBeen, "undo made a text that never was")
      try #require(isBetweenCharacters(editor.cursor, in: editor.buffer))
    } while editor.undo()
    #expect(bytes(of: editor) == first)
    for expected in passed.reversed().dropFirst() {
      let isRedone = editor.redo()
      try #require(isRedone)
      try #require(bytes(of: editor) == bytes(of: expected))
      try #require(isBetweenCharacters(editor.cursor, in: editor.buffer))
    }
    let hasMore = editor.redo()
    #expect(!hasMore)
  }

  @Test("Moving by rows, pages and clicks stays between characters, at any width")
  func rows() throws {
    var random = SeededRandom(seed: 7)
    for round in 0..<200 {
      var editor = Editor(random.text(pieces: 60))
      let width = round % 40 + 1
      for _ in 0..<50 {
        switch Int.random(in: 0..<4, using: &random) {
        case 0: editor.moveRows(Int.random(in: -9...9, using: &random), width: width)
        case 1: editor.move(Self.motions.randomElement(using: &random) ?? .lineEnd)
        case 2: editor.scroll(Int.random(in: -9...9, using: &random), width: width)
        default:
          let line = Int.random(in: -1...70, using: &random)
          editor.moveTo(
            TextPosition(line: line, offset: Int.random(in: -1...99, using: &random)))
        }
        try #require(isBetweenCharacters(editor.cursor, in: editor.buffer))
        editor.revealCursor(width: width, height: 5)
        let view = EditorView(buffer: editor.buffer, width: width)
        let shown = view.rows(from: editor.top, height: 5)
        let (row, column) = view.place(of: editor.cursor)
        try #require(shown.contains { $0.row == row })
        try #require(0..<width ~= column)
      }
    }
  }
}

func isBetweenCharacters(_ position: TextPosition, in buffer: TextBuffer) -> Bool {
  guard buffer.lines.indices.contains(position.line) else { return false }
  let line = buffer.lines[position.line]
  var offset = 0
  for character in line {
    if offset >= position.offset { break }
    offset += character.utf8.count
  }
  return offset == position.offset
}
