// How an answer's bytes look: its format, whether it is whole, and gaps left to fill in.

/// The form of an answer.
struct AnswerForm {
  private(set) var format = AnswerFormat.plain
  private(set) var isEmpty = false
  private(set) var isCut = false
  private(set) var hasOpenEnd = false
  private(set) var hasPlaceholder = false

  init(_ all: UnsafeBufferPointer<UInt8>) {
    var start = 0
    var end = all.count
    while start < end, all[start] <= 0x20 { start += 1 }
    while end > start, all[end - 1] <= 0x20 { end -= 1 }
    guard start < end else {
      isEmpty = true
      return
    }
    let bytes = UnsafeBufferPointer(rebasing: all[start..<end])
    if readJSON(bytes) { return }
    readLines(bytes)
    readEnd(bytes)
  }

  // MARK: JSON

  /// Reads brackets to their ends; false where this is no JSON. It checks no more of the grammar than
  /// needs be: other checks parse.
  private mutating func readJSON(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    let first = bytes[0]
    guard first == UInt8(ascii: "{") || first == UInt8(ascii: "[") else { return false }
    var next = 1
    while next < bytes.count, bytes[next] <= 0x20 { next += 1 }
    let second = next < bytes.count ? bytes[next] : 0
    let isOpen =
      second == UInt8(ascii: "\"")
      || first == UInt8(ascii: "{") && (second == UInt8(ascii: "}") || second == 0)
      || first == UInt8(ascii: "[")
        && (second == UInt8(ascii: "{") || second == UInt8(ascii: "[")
          || ByteClass.isDigit(second) || second == UInt8(ascii: "]"))
    guard isOpen else { return false }
    var depth = 0
    var isInText = false
    var place = 0
    while place < bytes.count {
      let byte = bytes[place]
      if isInText {
        if byte == UInt8(ascii: "\\") {
          place += 1
        } else if byte == UInt8(ascii: "\"") {
          isInText = false
        }
      } else {
        switch byte {
        case UInt8(ascii: "\""): isInText = true
        case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
        case UInt8(ascii: "}"), UInt8(ascii: "]"):
          depth -= 1
          // `[1] says…` goes on with text.
          if depth == 0, place + 1 < bytes.count { return false }
        default: break
        }
      }
      place += 1
    }
    format = .json
    isCut = depth > 0 || isInText
    readGaps(bytes, isJSON: true)
    return true
  }

  // MARK: Lines

  private mutating func readLines(_ bytes: UnsafeBufferPointer<UInt8>) {
    var fences = 0
    var marked = 0
    var lineStart = 0
    var place = 0
    while place <= bytes.count {
      if place == bytes.count || bytes[place] == 0x0A {
        switch Self.kind(of: bytes, lineStart..<place) {
        case .fence: fences += 1
        case .heading, .table: if fences % 2 == 0 { marked += 2 }
        case .item: if fences % 2 == 0 { marked += 1 }
        case .text: break
        }
        lineStart = place + 1
      }
      place += 1
    }
    if fences > 0 {
      format = .code
      isCut = fences % 2 == 1
    } else if marked >= 2 {
      format = .markdown
    }
    readGaps(bytes, isJSON: false)
  }

  private enum Line { case text, item, heading, table, fence }

  private static func kind(of bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Line {
    var place = range.lowerBound
    while place < range.upperBound, bytes[place] == 0x20 || bytes[place] == 0x09 { place += 1 }
    func at(_ offset: Int) -> UInt8 {
      place + offset < range.upperBound ? bytes[place + offset] : 0
    }
    switch at(0) {
    case UInt8(ascii: "`"), UInt8(ascii: "~"):
      return at(1) == at(0) && at(2) == at(0) ? .fence : .text
    case UInt8(ascii: "#"):
      var offset = 1
      while at(offset) == UInt8(ascii: "#") { offset += 1 }
      return offset <= 6 && at(offset) == 0x20 ? .heading : .text
    case UInt8(ascii: "|"): return .table
    case UInt8(ascii: "-"), UInt8(ascii: "*"), UInt8(ascii: "+"):
      return at(1) == 0x20 ? .item : .text
    case 0x30...0x39:
      var offset = 1
      while offset < 4, ByteClass.isDigit(at(offset)) { offset += 1 }
      let mark = at(offset)
      return (mark == UInt8(ascii: ".") || mark == UInt8(ascii: ")")) && at(offset + 1) == 0x20
        ? .item : .text
    default: return .text
    }
  }

  // MARK: The end

  private mutating func readEnd(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard format != .code, let last = bytes.last else { return }
    var lineStart = bytes.count
    while lineStart > 0, bytes[lineStart - 1] != 0x0A { lineStart -= 1 }
    let isText = Self.kind(of: bytes, lineStart..<bytes.count) == .text
    let isWord = ByteClass.isAlphanumeric(last) || last >= 0x80 && !Self.endsWithSign(bytes)
    if last == UInt8(ascii: ",") || last == UInt8(ascii: "(") {
      isCut = true
    } else if isWord, Self.endsWithHangingWord(bytes) {
      isCut = true
    } else if isText, isWord || last == UInt8(ascii: "-") || last == UInt8(ascii: ";") {
      hasOpenEnd = true
    }
  }

  /// Whether the last scalar is a mark: a full stop of other scripts, a quote, a picture.
  private static func endsWithSign(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    var place = bytes.count - 1
    while place > 0, bytes[place] & 0xC0 == 0x80 { place -= 1 }
    let scalar = FoldedText.decode(bytes, place).0
    return ScalarKind(scalar) == .mark || scalar >= 0x2000 && scalar < 0x2E80
      || ScalarKind(scalar) == .alone
  }

  /// Words after which a sentence has to go on.
  private static let hanging: Set<String> = [
    "the", "a", "an", "and", "or", "of", "to", "with", "for", "from", "because", "which", "that's",
    "der", "die", "das", "und", "oder", "mit", "von", "weil", "ein", "eine", "für",
    "le", "la", "les", "et", "ou", "de", "avec", "pour", "des", "une",
    "el", "los", "las", "y", "con", "para", "del", "una",
  ]

  private static func endsWithHangingWord(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    var start = bytes.count
    while start > 0, bytes.count - start < 12, bytes[start - 1] > 0x20 { start -= 1 }
    guard start > 12, bytes[start - 1] <= 0x20 else { return false }
    return hanging.contains(
      String(decoding: UnsafeBufferPointer(rebasing: bytes[start...]), as: UTF8.self))
  }

  // MARK: Gaps

  /// `[insert name]`, `<your answer>`, `{{name}}`, `TODO`, `XXX`, `____`.
  private mutating func readGaps(_ bytes: UnsafeBufferPointer<UInt8>, isJSON: Bool) {
    var isInCode = false
    var place = 0
    while place < bytes.count, !hasPlaceholder {
      switch bytes[place] {
      case UInt8(ascii: "`"): isInCode.toggle()
      case UInt8(ascii: "["), UInt8(ascii: "<"):
        if !isInCode { hasPlaceholder = Self.isGap(bytes, at: place) }
      case UInt8(ascii: "{"):
        hasPlaceholder =
          !isInCode && format != .code && !isJSON && place + 2 < bytes.count
          && bytes[place + 1] == UInt8(ascii: "{")
      case UInt8(ascii: "T"), UInt8(ascii: "F"), UInt8(ascii: "X"):
        if !isInCode, place == 0 || !ByteClass.isAlphanumeric(bytes[place - 1]) {
          hasPlaceholder = Self.isMark(bytes, at: place)
        }
      case UInt8(ascii: "_"):
        hasPlaceholder =
          !isInCode && place + 3 < bytes.count
          && (place + 1...place + 3).allSatisfy { bytes[$0] == UInt8(ascii: "_") }
      default: break
      }
      place += 1
    }
  }

  private static let marks = ["TODO", "TBD", "FIXME", "XXX", "XXXX", "TBA"].map { Array($0.utf8) }

  private static func isMark(_ bytes: UnsafeBufferPointer<UInt8>, at place: Int) -> Bool {
    marks.contains { mark in
      let end = place + mark.count
      guard end <= bytes.count, mark.indices.allSatisfy({ bytes[place + $0] == mark[$0] }) else {
        return false
      }
      return end == bytes.count || !ByteClass.isKey(bytes[end])
    }
  }

  /// Words that say what is to stand in a bracket.
  private static let asks: Set<Substring> = [
    "insert", "your", "enter", "add", "fill", "name", "placeholder", "company", "date", "address",
    "answer", "customer", "recipient", "product", "redacted", "specify", "describe", "replace",
    "number", "title", "email", "phone", "city", "amount", "hier", "ihr", "ihre", "einfügen",
    "votre", "insérer", "nom", "su", "nombre", "insertar", "client", "link", "topic", "text",
  ]

  private static func isGap(_ bytes: UnsafeBufferPointer<UInt8>, at open: Int) -> Bool {
    let isAngle = bytes[open] == UInt8(ascii: "<")
    // `API_KEY=<your key>` tells somebody else what to fill in.
    if open > 0, bytes[open - 1] == UInt8(ascii: "=") { return false }
    let close = isAngle ? UInt8(ascii: ">") : UInt8(ascii: "]")
    var end = open + 1
    while end < bytes.count, end - open < 60, bytes[end] != close {
      let byte = bytes[end]
      guard
        ByteClass.isKey(byte) || byte == 0x20 || byte >= 0x80 || byte == UInt8(ascii: "'")
          || byte == UInt8(ascii: "/") || byte == UInt8(ascii: ":")
      else { return false }
      end += 1
    }
    guard end < bytes.count, bytes[end] == close, end - open > 3 else { return false }
    // A link's text, or a footnote.
    let after = end + 1 < bytes.count ? bytes[end + 1] : 0
    if !isAngle, after == UInt8(ascii: "(") || after == UInt8(ascii: "[") || after == 0x3A {
      return false
    }
    let text = String(decoding: UnsafeBufferPointer(rebasing: bytes[open + 1..<end]), as: UTF8.self)
    let words = text.lowercased().split { " _-:/".contains($0) }
    // `<title>` and `<address>` are HTML's.
    if isAngle, words.count < 2 { return false }
    return words.contains { asks.contains($0) }
  }
}
