import Core

@testable import Playground

// What an editor is, told as plainly as can be: an array of characters and a place in it. Line ends
// are characters like any others; CRLF is one of them.

struct PlainText {
  private(set) var characters: [Character]
  private(set) var cursor = 0

  init(_ text: String) { characters = Array(text) }

  var text: String { String(characters) }

  private static func isLineEnd(_ character: Character) -> Bool {
    character == "\n" || character == "\r\n" || character == "\r"
  }

  /// Puts a text in place of a range. Its line ends become those of the lines around, unless
  /// everything is replaced.
  mutating func replace(_ range: Range<Int>, with text: String) {
    var text = text
    let lineEnd =
      characters[range.lowerBound...].first(where: Self.isLineEnd)
      ?? characters[..<range.lowerBound].last(where: Self.isLineEnd) ?? "\n"
    if range.count < characters.count || characters.isEmpty {
      text = String(text.flatMap { Self.isLineEnd($0) ? String(lineEnd) : String($0) })
    }
    // What meets may join: a letter and the mark that now follows it, a CR and an LF. Nothing joins
    // over a line end, so that the lines around are all that has to be read anew.
    let start = characters[..<range.lowerBound].lastIndex(where: Self.isLineEnd) ?? 0
    let end =
      characters[range.upperBound...].firstIndex(where: Self.isLineEnd).map { $0 + 1 }
      ?? characters.count
    let before = String(characters[start..<range.lowerBound]) + text
    let lines = Array(before + String(characters[range.upperBound..<end]))
    characters.replaceSubrange(start..<end, with: lines)
    var offset = 0
    cursor = start
    while offset < before.utf8.count {
      offset += characters[cursor].utf8.count
      cursor += 1
    }
  }

  mutating func insert(_ text: String) { replace(cursor..<cursor, with: text) }

  @discardableResult
  mutating func delete(_ motion: Editor.Motion) -> String {
    let target = target(of: motion)
    let range = min(cursor, target)..<max(cursor, target)
    let removed = String(characters[range])
    if !range.isEmpty { replace(range, with: "") }
    return removed
  }

  /// What a kill to the end of the line takes.
  mutating func killToLineEnd() -> String {
    let isAtEnd = cursor < characters.count && Self.isLineEnd(characters[cursor])
    return delete(isAtEnd ? .characterForward : .lineEnd)
  }

  mutating func move(_ motion: Editor.Motion) { cursor = target(of: motion) }

  private func target(of motion: Editor.Motion) -> Int {
    switch motion {
    case .characterBackward: max(0, cursor - 1)
    case .characterForward: min(characters.count, cursor + 1)
    case .textStart: 0
    case .textEnd: characters.count
    case .lineStart: lineStart(of: cursor)
    case .lineEnd: characters[cursor...].firstIndex(where: Self.isLineEnd) ?? characters.count
    case .wordBackward:
      characters[..<cursor].lastIndex(where: isWord)
        .map { end in characters[..<end].lastIndex { !isWord($0) }.map { $0 + 1 } ?? 0 } ?? 0
    case .wordForward:
      characters[cursor...].firstIndex(where: isWord)
        .map { start in characters[start...].firstIndex { !isWord($0) } ?? characters.count }
        ?? characters.count
    case .paragraphForward:
      lineStarts.filter { $0 > lineStart(of: cursor) && isBlankLine($0) }
        .first { start in
          characters[lineStart(of: cursor)..<start].contains { !isBlank($0) }
        } ?? characters.count
    case .paragraphBackward:
      lineStarts.last { start in
        start < cursor && isBlankLine(start)
          && characters[start..<endOfLineBegun].contains { !isBlank($0) }
      } ?? 0
    }
  }

  /// The end of the cursor's line; at a line's start, that.
  private var endOfLineBegun: Int {
    lineStart(of: cursor) == cursor ? cursor : target(of: .lineEnd)
  }

  private var lineStarts: [Int] {
    [0] + characters.indices.filter { Self.isLineEnd(characters[$0]) }.map { $0 + 1 }
  }

  private func lineStart(of place: Int) -> Int {
    characters[..<place].lastIndex(where: Self.isLineEnd).map { $0 + 1 } ?? 0
  }

  private func isBlankLine(_ start: Int) -> Bool {
    characters[start...].prefix { !Self.isLineEnd($0) }.allSatisfy(isBlank)
  }

  private func isBlank(_ character: Character) -> Bool {
    character == " " || character == "\t" || Self.isLineEnd(character)
  }

  private func isWord(_ character: Character) -> Bool {
    character.isLetter || character.isNumber || character == "_"
  }

  /// Where the cursor is, as an editor tells it.
  var position: TextPosition { position(of: cursor) }

  /// Where a character begins, as an editor tells it.
  func position(of place: Int) -> TextPosition {
    let start = lineStart(of: place)
    return TextPosition(
      line: characters[..<start].count(where: Self.isLineEnd),
      offset: characters[start..<place].reduce(0) { $0 + $1.utf8.count })
  }

  mutating func moveTo(character place: Int) { cursor = min(place, characters.count) }
}
