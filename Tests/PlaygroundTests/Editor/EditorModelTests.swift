import Core
import RandomSource
import Testing

@testable import Playground

// A million random edits, each compared with the same done to an array of characters.

@Suite("An editor against an array of characters")
struct EditorModelTests {
  private static let motions: [Editor.Motion] = [
    .characterBackward, .characterForward, .wordBackward, .wordForward, .lineStart, .lineEnd,
    .paragraphBackward, .paragraphForward, .textStart, .textEnd,
  ]

  /// What an editor and its model did not agree about.
  private struct Disagreement: Error, CustomStringConvertible {
    var description: String
  }

  /// An editor and its model, to which the same is done.
  private struct Twins {
    var editor: Editor
    var plain: PlainText
    var killed = ""
    /// The texts that undo and redo lead to, by how many changes can then be undone.
    var texts: [String]
    var random: SeededRandom

    init(seed: UInt64) {
      random = SeededRandom(seed: seed)
      let text = random.text(pieces: 20)
      editor = Editor(text)
      plain = PlainText(text)
      texts = [text]
    }

    mutating func step() throws {
      let motion = motions.randomElement(using: &random) ?? .lineEnd
      // Texts stay so short that every place of them is edited.
      let limit = plain.characters.count > 60 ? 40 : 0
      switch Int.random(in: limit..<100, using: &random) {
      case 0..<20: insert(random.text(pieces: 2))
      case 20..<35: insert(random.piece())
      case 35..<45: type()
      case 45..<55: try delete(.characterBackward)
      case 55..<60: try delete(motion)
      case 60..<64: try kill()
      case 64..<67: insert(killed)
      case 67..<75: replaceRange()
      case 75..<78: try travel()
      case 78..<82:
        plain.moveTo(character: Int.random(in: 0...plain.characters.count, using: &random))
        editor.moveTo(plain.position)
      default:
        editor.move(motion)
        plain.move(motion)
      }
    }

    private mutating func insert(_ text: String) {
      editor.insert(text)
      plain.insert(text)
      note()
    }

    private mutating func type() {
      for character in random.piece() { insert(String(character)) }
    }

    private mutating func replaceRange() {
      let places = [0, 1].map { _ in Int.random(in: 0...plain.characters.count, using: &random) }
      let range = min(places[0], places[1])..<max(places[0], places[1])
      let text = random.text(pieces: 3)
      let positions = plain.position(of: range.lowerBound)..<plain.position(of: range.upperBound)
      if Bool.random(using: &random) {
        editor.select(positions)
        editor.insert(text)
      } else {
        editor.replace(positions, with: text)
      }
      if !(range.isEmpty && text.isEmpty) {
        plain.replace(range, with: text)
      } else {
        plain.moveTo(character: range.lowerBound)
        editor.moveTo(plain.position)
      }
      note()
    }

    private mutating func delete(_ motion: Editor.Motion) throws {
      try compare(editor.delete(motion), plain.delete(motion))
      note()
    }

    private mutating func kill() throws {
      killed = editor.killToLineEnd()
      try compare(killed, plain.killToLineEnd())
      note()
    }

    private mutating func note() {
      editor.dropSelection()
      texts.removeSubrange(min(texts.count, editor.history.undoCount)...)
      texts.append(editor.text)
    }

    /// Goes to any point of the history, with a look at every text on the way; sometimes stays.
    private mutating func travel() throws {
      let here = editor.history.undoCount
      let goal = Int.random(in: max(0, here - 20)...here, using: &random)
      for place in (goal..<here).reversed() {
        guard editor.undo() else { throw Disagreement(description: "nothing to undo") }
        try compare(editor.text, texts[place])
        try check()
      }
      if Bool.random(using: &random) {
        for place in goal..<here {
          guard editor.redo() else { throw Disagreement(description: "nothing to redo") }
          try compare(editor.text, texts[place + 1])
          try check()
        }
      }
      editor.dropSelection()
      plain = PlainText(editor.text)
      plain.moveTo(character: Int.random(in: 0...plain.characters.count, using: &random))
      editor.moveTo(plain.position)
    }

    func compareAll() throws {
      try compare(editor.text, plain.text)
      guard editor.cursor == plain.position else {
        throw Disagreement(description: "the cursor is at \(editor.cursor), not \(plain.position)")
      }
      try check()
    }

    /// What holds by itself: the buffer is what its text reads as, the cursor between characters.
    private func check() throws {
      let text = editor.text
      guard editor.buffer == TextBuffer(text), editor.buffer.utf8Count == text.utf8.count else {
        throw Disagreement(description: "the lines are not those of \(text.debugDescription)")
      }
      guard isBetweenCharacters(editor.cursor, in: editor.buffer) else {
        throw Disagreement(description: "the cursor is inside a character")
      }
    }

    /// By bytes: to Swift, two spellings of é are one text.
    private func compare(_ text: String, _ expected: String) throws {
      guard text.utf8.elementsEqual(expected.utf8) else {
        throw Disagreement(
          description: "\(text.debugDescription) is not \(expected.debugDescription)")
      }
    }
  }

  /// Forty times twenty-five thousand are a million.
  @Test(
    "A million random edits do what they do to an array of characters, and so do undo and redo",
    arguments: 0..<40 as Range<UInt64>)
  func edits(seed: UInt64) {
    for round in 0..<50 {
      var twins = Twins(seed: seed * 1000 + UInt64(round))
      for step in 0..<500 {
        do {
          try twins.step()
          try twins.compareAll()
        } catch {
          Issue.record("seed \(seed), round \(round), step \(step): \(error)")
          return
        }
      }
    }
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
        var view = EditorView(buffer: editor.buffer, width: width)
        let shown = view.rows(from: editor.top, height: 5)
        let (row, column) = view.place(of: editor.cursor)
        try #require(shown.contains { $0.row == row })
        try #require(0..<width ~= column)
      }
    }
  }

  @Test("The rows of long lines are the same after any edit as when they are wrapped anew")
  func rememberedRows() throws {
    var random = SeededRandom(seed: 11)
    for round in 0..<60 {
      let width = round % 12 + 1
      var editor = Editor((0..<3).map { _ in random.text(pieces: 300) }.joined(separator: "\n"))
      for _ in 0..<40 {
        let line = Int.random(in: editor.buffer.lines.indices, using: &random)
        let length = editor.buffer.lines[line].utf8.count
        editor.moveTo(TextPosition(line: line, offset: Int.random(in: 0...length, using: &random)))
        switch Int.random(in: 0..<8, using: &random) {
        case 0: editor.insert(random.text(pieces: 3))
        case 1..<4: editor.insert(Bool.random(using: &random) ? " " : "漢")
        case 4: _ = editor.undo()
        default: editor.delete(.characterBackward)
        }
        editor.revealCursor(width: width, height: 9)
        var remembered = editor.view(width: width)
        var fresh = EditorView(buffer: editor.buffer, width: width)
        let start = EditorView.RowPosition(line: 0, row: 0)
        let rows = remembered.rows(from: start, height: .max).map(\.range)
        try #require(rows == fresh.rows(from: start, height: .max).map(\.range))
        try #require(remembered.place(of: editor.cursor) == fresh.place(of: editor.cursor))
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
