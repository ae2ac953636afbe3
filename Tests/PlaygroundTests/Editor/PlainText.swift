import Core

@testable import Playground

// What an editor is, told as plainly as can be: an array of characters and a place in it.

struct PlainText {
  private(set) var characters: [Character]
  private(set) var cursor = 0

  init(_ text: String) { characters = Array(Self.withPlainLineEnds(text)) }

  var text: String { String(characters) }

  private static func withPlainLineEnds(_ text: String) -> String {
    var scalars = String.UnicodeScalarView()
    var previous: Unicode.Scalar?
    for scalar in text.unicodeScalars {
      if scalar == "\r" {
        scalars.append("\n")
      } else if !(scalar == "\n" && previous == "\r") {
        scalars.append(scalar)
      }
      previous = scalar
    }
    return String(scalars)
  }

  private mutating func replace(_ range: Range<Int>, with text: String) {
    let before = String(characters[..<range.lowerBound]) + Self.withPlainLineEnds(text)
    // What meets may join: a letter and the mark that now follows it.
    characters = Array(before + String(characters[range.upperBound...]))
    place(atByte: before.utf8.count)
  }

  private mutating func place(atByte byte: Int) {
    var offset = 0
    cursor = 0
    while offset < byte {
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

  mutating func move(_ motion: Editor.Motion) { cursor = target(of: motion) }

  private func target(of motion: Editor.Motion) -> Int {
    switch motion {
    case .characterBackward: max(0, cursor - 1)
    case .characterForward: min(characters.count, cursor + 1)
    case .textStart: 0
    case .textEnd: characters.count
    case .lineStart: characters[..<cursor].lastIndex(of: "\n").map { $0 + 1 } ?? 0
    case .lineEnd: characters[cursor...].firstIndex(of: "\n") ?? characters.count
    case .wordBackward:
      characters[..<cursor].lastIndex(where: isWord)
        .map { end in characters[..<end].lastIndex { !isWord($0) }.map { $0 + 1 } ?? 0 } ?? 0
    case .wordForward:
      characters[cursor...].firstIndex(where: isWord)
        .map { start in characters[start...].firstIndex { !isWord($0) } ?? characters.count }
        ?? characters.count
    }
  }

  private func isWord(_ character: Character) -> Bool {
    character.isLetter || character.isNumber || character == "_"
  }

  /// Where the cursor is, as an editor tells it.
  var position: TextPosition {
    let before = characters[..<cursor]
    let lineStart = before.lastIndex(of: "\n").map { $0 + 1 } ?? 0
    return TextPosition(
      line: before.count { $0 == "\n" },
      offset: characters[lineStart..<cursor].reduce(0) { $0 + $1.utf8.count })
  }

  mutating func moveTo(character place: Int) { cursor = min(place, characters.count) }
}
