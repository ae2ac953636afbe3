import Core

// The rows of one line, wrapped no further than somebody asked. It holds offsets, not the text.

/// Where the rows of a line start, as far as they are known at one width.
struct WrappedLine: Hashable, Sendable {
  /// UTF-8 offsets, the first of them 0.
  private(set) var starts = [0]
  /// The length of the line, once its last row is known.
  private(set) var end: Int?

  /// Wraps on until a row's end is known; nil when the line has no such row.
  mutating func row(_ index: Int, of line: String, width: Int) -> Range<Int>? {
    while end == nil, starts.count <= index + 1 { wrapRow(of: line, width: width) }
    guard index < starts.count else { return nil }
    return starts[index]..<(index + 1 < starts.count ? starts[index + 1] : end ?? starts[index])
  }

  /// The row that an offset stands in.
  mutating func index(of offset: Int, in line: String, width: Int) -> Int {
    while end == nil, starts[starts.count - 1] <= offset { wrapRow(of: line, width: width) }
    var low = 0
    var high = starts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if starts[middle] <= offset { low = middle } else { high = middle }
    }
    return low
  }

  /// All rows, however many.
  mutating func count(of line: String, width: Int) -> Int {
    while end == nil { wrapRow(of: line, width: width) }
    return starts.count
  }

  private mutating func wrapRow(of line: String, width: Int) {
    let next = Wrap.rowEnd(of: line, from: starts[starts.count - 1], width: width)
    if next < line.utf8.count { starts.append(next) } else { end = next }
  }

  /// Forgets what a change at an offset may alter.
  ///
  /// A row ends where the next word doesn't fit, and what decides that can be the first character
  /// two rows below: before a word that fills a row itself.
  mutating func forget(from offset: Int) {
    end = nil
    let changed = (starts.lastIndex { $0 <= offset } ?? 0) - 2
    starts.removeSubrange((max(0, changed) + 1)...)
  }
}
