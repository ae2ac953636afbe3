import Core

// One line out of a passage: the stretch of it in which most of the query's words stand, so that a
// reader sees why it was found.

/// The line that stands for a passage in the context, with its matches.
struct Snippet {
  /// White space as single blanks; an ellipsis at an end where the passage goes on.
  private(set) var text = ""
  /// The words of the query in it: UTF-8 offsets in `text`.
  private(set) var matches: [Range<Int>] = []

  /// - Parameters:
  ///   - width: cells.
  ///   - lit: what is to be shown in place of the query's words, as far as there is room: UTF-8
  ///     offsets in the passage's text.
  init(of passage: Passage, width: Int, lit: [Range<Int>] = []) {
    guard width > 1 else { return }
    let bytes = Array(passage.text.utf8)
    let body = Self.body(of: bytes, hasHeadings: !passage.headings.isEmpty)
    let stretches = lit.map { Self.beginning(of: $0, in: bytes, most: width * 2 / 3) }
    let matches = (stretches.isEmpty ? passage.matches : stretches).filter {
      $0.lowerBound >= body && $0.upperBound <= bytes.count
    }
    let start = Self.start(of: matches, in: bytes, from: body, width: width)
    write(bytes, from: start, isCut: start > body, matches: matches, width: width)
  }

  /// As many bytes of a range as may be shown, whole words where there are any.
  private static func beginning(of range: Range<Int>, in bytes: [UInt8], most: Int) -> Range<Int> {
    guard range.count > most, range.upperBound <= bytes.count else { return range }
    let cut = bytes[range.lowerBound..<range.lowerBound + most]
    if let blank = cut.lastIndex(where: isBlank) { return range.lowerBound..<blank }
    var end = cut.endIndex
    while end > range.lowerBound, bytes[end] & 0xC0 == 0x80 { end -= 1 }
    return range.lowerBound..<end
  }

  /// Where the text begins behind its headings, which the passage's name holds already.
  private static func body(of bytes: [UInt8], hasHeadings: Bool) -> Int {
    var start = 0
    var line = 0
    while hasHeadings, line < bytes.count {
      let end = bytes[line...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
      let text = bytes[line..<end].drop(while: isBlank)
      guard text.isEmpty || text.first == UInt8(ascii: "#") else { break }
      line = end + 1
      start = line
    }
    while start < bytes.count, isBlank(bytes[start]) { start += 1 }
    // Nothing but headings: then they are the text.
    return start < bytes.count ? start : bytes.firstIndex { !isMark($0) } ?? 0
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || 0x09...0x0D ~= byte
  }

  private static func isMark(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "#") || isBlank(byte)
  }

  /// The place from which a line holds the most of the matched words; the first of several.
  ///
  /// A cell is one byte of text or more: what is counted here surely fits.
  private static func start(
    of matches: [Range<Int>], in bytes: [UInt8], from body: Int, width: Int
  ) -> Int {
    let matches = matches.prefix(mostMatches)
    let words = matches.map { match in matches.firstIndex { bytes[$0] == bytes[match] } ?? 0 }
    // Long words tell more of what was asked than several such as "the" and "what".
    func value(from start: Int) -> Int {
      var seen: UInt64 = 0
      return zip(matches, words).reduce(0) { value, found in
        let (match, word) = found
        guard start <= match.lowerBound, match.upperBound < start + width, seen >> word & 1 == 0
        else { return value }
        seen |= 1 << UInt64(word)
        return value + match.count * match.count
      }
    }
    var best = body
    var bestValue = value(from: body)
    // A line that begins later than this would end with the passage, half empty.
    let last = max(body, bytes.count - width)
    for match in matches {
      let start = wordStart(
        in: bytes, after: min(match.lowerBound - width / 5, last), before: match.lowerBound)
      guard start > body else { continue }
      let value = value(from: start)
      if value > bestValue { (best, bestValue) = (start, value) }
    }
    return best
  }

  /// Looking at more would cost more than it tells.
  private static let mostMatches = 32

  /// The start of the first word in a range; its end where there is none.
  private static func wordStart(in bytes: [UInt8], after lower: Int, before upper: Int) -> Int {
    guard lower > 0 else { return 0 }
    for place in lower..<max(lower, upper) where isBlank(bytes[place]) {
      return bytes[place..<upper].firstIndex { !isBlank($0) } ?? upper
    }
    return upper
  }

  private mutating func write(
    _ bytes: [UInt8], from start: Int, isCut: Bool, matches: [Range<Int>], width: Int
  ) {
    // Four bytes a cell are the most that text takes, long runs of marks and blanks apart.
    var end = min(bytes.count, start + width * 4)
    while end < bytes.count, bytes[end] & 0xC0 == 0x80 { end += 1 }
    var line = String.UnicodeScalarView(isCut ? ["…"] : [])
    var cells = isCut ? 1 : 0
    var offset = start
    var written = isCut ? "…".utf8.count : 0
    /// Where each byte of the passage stands in the line.
    var places: [Int: Int] = [:]
    var edges = Set(matches.flatMap { [$0.lowerBound, $0.upperBound] })
    for scalar in String(decoding: bytes[start..<end], as: UTF8.self).unicodeScalars {
      if edges.remove(offset) != nil { places[offset] = written }
      offset += UTF8.width(scalar)
      let isBlank = scalar == " " || 0x09...0x0D ~= scalar.value
      if isBlank, line.last == " " || line.isEmpty { continue }
      let next: Unicode.Scalar = isBlank ? " " : scalar
      cells += DisplayText.width(of: next)
      if cells > width { break }
      line.append(next)
      written += UTF8.width(next)
    }
    if edges.remove(offset) != nil { places[offset] = written }
    let isLast = cells <= width && end == bytes.count
    text = isLast ? String(line) : (String(line) + "…").shortened(toCells: width)
    self.matches = matches.compactMap { match in
      guard let lower = places[match.lowerBound], let upper = places[match.upperBound],
        lower < upper, upper <= text.utf8.count
      else { return nil }
      return lower..<upper
    }
  }
}
