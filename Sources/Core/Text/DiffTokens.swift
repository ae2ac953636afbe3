// What texts are compared by: lines, and in them words, blanks and signs. Joined, the tokens of a
// text are the text.

enum DiffTokens {
  /// Lines with their line feeds; the last may have none.
  static func lines(of text: String) -> [Substring] {
    var lines: [Substring] = []
    var start = text.startIndex
    while start < text.endIndex {
      let feed = text.utf8[start...].firstIndex(of: UInt8(ascii: "\n"))
      let end = feed.map { text.utf8.index(after: $0) } ?? text.endIndex
      lines.append(text[start..<end])
      start = end
    }
    return lines
  }

  /// Words, stretches of blanks, and each line end and sign alone. Scripts that put no blanks
  /// between words are parted by character.
  static func words(of text: String) -> [Substring] {
    var words: [Substring] = []
    var start = text.startIndex
    var kind: Kind?
    for index in text.indices {
      let next = Kind(text[index])
      if let kind, kind != next || next == .single {
        words.append(text[start..<index])
        start = index
      }
      kind = next
    }
    if start < text.endIndex { words.append(text[start...]) }
    return words
  }

  private enum Kind {
    case word, blank, single

    init(_ character: Character) {
      if character == " " || character == "\t" {
        self = .blank
      } else if character == "_" || character.isNumber
        || (character.isLetter && !Self.standsAlone(character))
      {
        self = .word
      } else {
        self = .single
      }
    }

    /// Chinese, Japanese, and the scripts of South-East Asia; Hangul has blanks.
    private static func standsAlone(_ character: Character) -> Bool {
      switch character.unicodeScalars.first?.value ?? 0 {
      case 0x0E00...0x0EFF, 0x1000...0x109F, 0x1780...0x17FF, 0x2E80...0x312F, 0x31A0...0x31FF,
        0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF, 0xFF66...0xFF9F, 0x20000...0x3FFFF:
        true
      default: false
      }
    }
  }

  /// Gives equal tokens equal numbers, so that they can be compared quickly.
  struct Names {
    private var numbers: [Bytes: Int] = [:]

    mutating func of(_ tokens: some Collection<Substring>) -> [Int] {
      tokens.map { token in
        let next = numbers.count
        let name = Bytes(text: token)
        if let number = numbers[name] { return number }
        numbers[name] = next
        return next
      }
    }
  }

  /// A text that is equal to none but itself: to Swift, two spellings of é are one text.
  private struct Bytes: Hashable {
    var text: Substring

    static func == (a: Bytes, b: Bytes) -> Bool { a.text.utf8.elementsEqual(b.text.utf8) }

    func hash(into hasher: inout Hasher) {
      var text = text
      text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    }
  }
}
