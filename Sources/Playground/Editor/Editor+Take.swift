import Core

// A text that came from elsewhere, taken in as what it changes.

extension Editor {
  /// Makes the text another one by one change of the lines in which they differ, so that one undo
  /// brings back what was there; the cursor stays where it is in the lines around it. Tells whether
  /// anything differs.
  @discardableResult
  public mutating func take(_ text: String) -> Bool {
    let (old, new) = (Array(self.text.utf8), Array(text.utf8))
    guard old != new else { return false }
    let head = Self.headCount(old, new)
    let tail = Self.tailCount(old[head...], new[head...])
    func position(_ count: Int) -> TextPosition {
      TextBuffer(String(decoding: old[..<count], as: UTF8.self)).end
    }
    let (start, end) = (position(head), position(old.count - tail))
    let place = cursor
    let lineCount = buffer.lines.count
    endChange()
    replace(
      start..<end, with: String(decoding: new[head..<new.count - tail], as: UTF8.self),
      keepsLineEnds: true)
    if place < start {
      moveTo(place)
    } else if place >= end {
      moveTo(
        TextPosition(line: place.line + buffer.lines.count - lineCount, offset: place.offset))
    } else {
      moveTo(min(place, cursor))
    }
    return true
  }

  /// The bytes of the whole lines with which both begin.
  private static func headCount(_ a: [UInt8], _ b: [UInt8]) -> Int {
    var count = 0
    var lineStart = 0
    while count < min(a.count, b.count), a[count] == b[count] {
      count += 1
      if a[count - 1] == UInt8(ascii: "\n") { lineStart = count }
    }
    return lineStart
  }

  /// The bytes of the whole lines with which both end; both start with a line.
  private static func tailCount(_ a: ArraySlice<UInt8>, _ b: ArraySlice<UInt8>) -> Int {
    let feed = UInt8(ascii: "\n")
    func startsLine(_ text: ArraySlice<UInt8>, _ place: Int) -> Bool {
      place == text.startIndex || text[place - 1] == feed
    }
    var count = 0
    var whole = 0
    while count < min(a.count, b.count), a[a.endIndex - count - 1] == b[b.endIndex - count - 1] {
      count += 1
      if startsLine(a, a.endIndex - count), startsLine(b, b.endIndex - count) { whole = count }
    }
    return whole
  }
}
