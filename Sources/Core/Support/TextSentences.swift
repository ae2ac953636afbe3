// A text in Markdown as sentences: what is judged one by one. Knows of blocks as far as they end
// sentences, and of nothing that a sentence says.

/// A sentence of a text, without the marks of the list or the quote that it stands in.
public struct TextSentence: Hashable, Sendable {
  /// What sort of block it stands in.
  public enum Place: Hashable, Sendable { case prose, heading, tableHead, tableRow }

  /// UTF-8 offsets in the text: neither empty nor with blanks at its ends. Citations that follow its
  /// full stop are part of it.
  public var range: Range<Int>
  public var place: Place
}

/// Cuts a text into sentences. Blocks of code hold none.
///
/// A line end inside of a paragraph is a blank. What is a full stop is told by what follows: an
/// abbreviation, an initial and a decimal end no sentence, nor does a stop before a small letter.
public enum TextSentences {
  /// The sentences of a text, in its order.
  public static func of(_ text: String) -> [TextSentence] {
    var text = text
    return text.withUTF8 { bytes in
      var scanner = SentenceScanner(bytes: bytes)
      scanner.scanBlocks()
      return scanner.sentences
    }
  }
}

private struct SentenceScanner {
  let bytes: UnsafeBufferPointer<UInt8>
  private(set) var sentences: [TextSentence] = []
  /// The lines of the paragraph or the item that is being read.
  private var start = 0
  private var end = 0

  init(bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  // MARK: Blocks

  mutating func scanBlocks() {
    var line = 0
    var fence: (mark: UInt8, length: Int)?
    while line < bytes.count {
      let lineEnd = bytes[line...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
      defer { line = lineEnd + 1 }
      let content = skippingBlanks(from: line, to: lineEnd)
      if let mark = fenceMark(at: content, to: lineEnd) {
        if let open = fence {
          if mark.mark == open.mark, mark.length >= open.length { fence = nil }
        } else {
          endBlock()
          fence = mark
        }
        continue
      }
      guard fence == nil else { continue }
      scanLine(content, to: lineEnd)
    }
    endBlock()
  }

  private mutating func scanLine(_ line: Int, to lineEnd: Int) {
    let (content, isItem) = skippingMarks(from: line, to: lineEnd)
    guard content < lineEnd else { return endBlock() }
    switch bytes[content] {
    case UInt8(ascii: "#") where !isItem:
      endBlock()
      let text = bytes[content..<lineEnd].firstIndex { $0 != UInt8(ascii: "#") } ?? lineEnd
      add(text, lineEnd, as: .heading)
    case UInt8(ascii: "|"):
      endBlock()
      addTableRow(content, lineEnd)
    default:
      if isRule(content, lineEnd) {
        endBlock()
      } else if isItem || start == end {
        endBlock()
        (start, end) = (content, lineEnd)
      } else {
        end = lineEnd
      }
    }
  }

  /// A row of dashes under a row of a table says that the one above was its head.
  private mutating func addTableRow(_ start: Int, _ end: Int) {
    let isRule = bytes[start..<end].allSatisfy { "|-: \t\r".utf8.contains($0) }
    if isRule {
      if sentences.last?.place == .tableRow { sentences[sentences.count - 1].place = .tableHead }
    } else {
      add(start, end, as: .tableRow)
    }
  }

  private func isRule(_ start: Int, _ end: Int) -> Bool {
    let mark = bytes[start]
    guard "-*_=".utf8.contains(mark) else { return false }
    return bytes[start..<end].allSatisfy { $0 == mark || isBlank($0) }
  }

  private func fenceMark(at start: Int, to end: Int) -> (mark: UInt8, length: Int)? {
    guard start < end, bytes[start] == UInt8(ascii: "`") || bytes[start] == UInt8(ascii: "~") else {
      return nil
    }
    let length = (bytes[start..<end].firstIndex { $0 != bytes[start] } ?? end) - start
    return length >= 3 ? (bytes[start], length) : nil
  }

  /// Where the text of a line begins behind the marks of quotes and lists, and whether a list's was
  /// among them.
  private func skippingMarks(from start: Int, to end: Int) -> (content: Int, isItem: Bool) {
    var place = start
    var isItem = false
    while place < end {
      let byte = bytes[place]
      var next = place + 1
      if 0x30...0x39 ~= byte {
        while next < end, 0x30...0x39 ~= bytes[next], next - place < 9 { next += 1 }
        guard next < end, bytes[next] == UInt8(ascii: ".") || bytes[next] == UInt8(ascii: ")")
        else { break }
        next += 1
      } else if byte == UInt8(ascii: ">") {
        place = skippingBlanks(from: next, to: end)
        continue
      } else if !"-*+".utf8.contains(byte) {
        break
      }
      guard next < end, isBlank(bytes[next]) else { break }
      isItem = true
      place = skippingBlanks(from: next, to: end)
    }
    return (place, isItem)
  }

  private mutating func endBlock() {
    if start < end { scanSentences(start, end) }
    (start, end) = (0, 0)
  }

  // MARK: Sentences

  private mutating func scanSentences(_ start: Int, _ end: Int) {
    var first = start
    var place = start
    var isCode = false
    while place < end {
      let byte = bytes[place]
      if byte == UInt8(ascii: "`") { isCode.toggle() }
      let stop = isCode ? 0 : stopLength(at: place)
      guard stop > 0 else {
        place += 1
        continue
      }
      var next = place + stop
      while next < end, stopLength(at: next) > 0 { next += stopLength(at: next) }
      next = skippingClosers(from: next, to: end)
      let isWide = stop == 3
      guard next >= end || isWide || isBlank(bytes[next]) || bytes[next] == UInt8(ascii: "["),
        isWide || endsSentence(at: place, next: next, end: end)
      else {
        place = max(next, place + 1)
        continue
      }
      next = skippingCitations(from: next, to: end)
      add(first, next, as: .prose)
      first = next
      place = next
    }
    add(first, end, as: .prose)
  }

  /// The bytes of the sign that may end a sentence; 0 where there is none, 3 for those of scripts
  /// that put no blank behind it.
  private func stopLength(at place: Int) -> Int {
    switch bytes[place] {
    case UInt8(ascii: "."), UInt8(ascii: "!"), UInt8(ascii: "?"): 1
    case 0xE3:  // 。
      matches([0x80, 0x82], after: place) ? 3 : 0
    case 0xEF:  // ！ ？ ｡ ．
      [[0xBC, 0x81], [0xBC, 0x9F], [0xBD, 0xA1], [0xBC, 0x8E]].contains {
        matches($0, after: place)
      } ? 3 : 0
    default: 0
    }
  }

  private func matches(_ rest: [UInt8], after place: Int) -> Bool {
    place + rest.count < bytes.count && bytes[(place + 1)...].starts(with: rest)
  }

  /// Behind quotes, brackets and marks of emphasis that close with the sentence.
  private func skippingClosers(from start: Int, to end: Int) -> Int {
    var place = start
    while place < end {
      if "\"')]*_".utf8.contains(bytes[place]) {
        place += 1
      } else if bytes[place] == 0xE2,
        matches([0x80, 0x9D], after: place)
          || matches([0x80, 0x99], after: place)
      {  // ” ’
        place += 3
      } else if bytes[place] == 0xE3,
        matches([0x80, 0x8D], after: place)
          || matches([0x80, 0x8F], after: place)
      {  // 」 』
        place += 3
      } else {
        break
      }
    }
    return min(place, end)
  }

  /// Whether a full stop is one: by the word before it, and by what comes next.
  private func endsSentence(at stop: Int, next: Int, end: Int) -> Bool {
    let following = skippingBlanks(from: next, to: end)
    guard following < end else { return true }
    guard bytes[stop] == UInt8(ascii: ".") else { return true }
    if 0x61...0x7A ~= bytes[following] { return false }
    var wordStart = stop
    while wordStart > start, stop - wordStart < 12, isWordByte(bytes[wordStart - 1]) {
      wordStart -= 1
    }
    let word = bytes[wordStart..<stop]
    if word.isEmpty { return true }
    // An initial.
    if word.count == 1, 0x41...0x5A ~= bytes[wordStart] { return false }
    if word.allSatisfy({ 0x30...0x39 ~= $0 }) {
      // A day, as in "3. Oktober".
      let name = bytes[following..<end].prefix { isWordByte($0) }
      return !EnglishWords.isMonth(String(decoding: name, as: UTF8.self).lowercased())
    }
    let name = String(decoding: word, as: UTF8.self).lowercased()
    return !EnglishWords.abbreviations.contains(name)
  }

  /// Behind citations that follow a full stop: they belong to the sentence before them, unless a
  /// sentence begins with them.
  private func skippingCitations(from start: Int, to end: Int) -> Int {
    var place = start
    while let citation = Citation.end(in: bytes, at: skippingBlanks(from: place, to: end)),
      citation <= end
    {
      let following = skippingBlanks(from: citation, to: end)
      if following < end, 0x61...0x7A ~= bytes[following] { break }
      place = citation
    }
    return place
  }

  private mutating func add(_ start: Int, _ end: Int, as place: TextSentence.Place) {
    var (start, end) = (start, end)
    while start < end, isBlank(bytes[start]) { start += 1 }
    while end > start, isBlank(bytes[end - 1]) { end -= 1 }
    guard start < end else { return }
    sentences.append(TextSentence(range: start..<end, place: place))
  }

  // MARK: Bytes

  private func skippingBlanks(from start: Int, to end: Int) -> Int {
    var place = start
    while place < end, isBlank(bytes[place]) { place += 1 }
    return place
  }

  private func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || 0x09...0x0D ~= byte }

  private func isWordByte(_ byte: UInt8) -> Bool {
    0x30...0x39 ~= byte || 0x41...0x5A ~= byte || 0x61...0x7A ~= byte || byte >= 0x80
      || byte == UInt8(ascii: ".")
  }
}
