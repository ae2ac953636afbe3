// Two texts that were made from one, brought together line by line: the three-way merge of diff3
// (Khanna, Kunal, Pierce: A Formal Investigation of Diff3, 2007). It decides nothing: where both
// changed the same lines, it says so.

/// What becomes of a text that was changed on two sides.
///
/// Lines are compared by their bytes, line ends included.
public struct Merge: Hashable, Sendable {
  /// A stretch of lines, from the top.
  private enum Piece: Hashable {
    /// As both have it, or as the only side that changed it.
    case settled(Lines, isTheirs: Bool)
    case conflict(mine: Lines, theirs: Lines)
  }

  private typealias Lines = ArraySlice<TextLine>
  private var pieces: [Piece] = []

  /// Whether there are lines that both changed, each in its way.
  public private(set) var hasConflicts = false

  public init(base: String, mine: String, theirs: String) {
    let (base, mine, theirs) = (
      TextLine.all(of: base), TextLine.all(of: mine), TextLine.all(of: theirs)
    )
    let toMine = LineMatching.places(of: base, in: mine)
    let toTheirs = LineMatching.places(of: base, in: theirs)
    var (line, mineLine, theirsLine) = (0, 0, 0)
    for place in 0...base.count {
      let isEnd = place == base.count
      // A line that all three have ends what was changed before it.
      guard let inMine = isEnd ? mine.count : toMine[place],
        let inTheirs = isEnd ? theirs.count : toTheirs[place]
      else { continue }
      settle(base[line..<place], mine[mineLine..<inMine], theirs[theirsLine..<inTheirs])
      if !isEnd { pieces.append(.settled(base[place...place], isTheirs: false)) }
      (line, mineLine, theirsLine) = (place + 1, inMine + 1, inTheirs + 1)
    }
  }

  private mutating func settle(_ base: Lines, _ mine: Lines, _ theirs: Lines) {
    if mine == theirs || theirs == base {
      if !mine.isEmpty { pieces.append(.settled(mine, isTheirs: false)) }
    } else if mine == base {
      pieces.append(.settled(theirs, isTheirs: true))
    } else {
      pieces.append(.conflict(mine: mine, theirs: theirs))
      hasConflicts = true
    }
  }

  /// The merged text; nil where there are conflicts.
  public var text: String? {
    hasConflicts ? nil : joined { _, _ in [] }
  }

  /// The merged text with both sides of each conflict between marks, as version control has them.
  ///
  /// - Parameters:
  ///   - mine: what the first side is called in the marks.
  ///   - theirs: what the second side is called in the marks.
  public func markedText(mine: String, theirs: String) -> String {
    joined { mineLines, theirsLines in
      let end = (mineLines + theirsLines).lazy.compactMap(\.lineEnd).first ?? "\n"
      return [TextLine("<<<<<<< \(mine)\(end)")] + mineLines.map { $0.ended(with: end) }
        + [TextLine("=======\(end)")] + theirsLines.map { $0.ended(with: end) }
        + [TextLine(">>>>>>> \(theirs)\(end)")]
    }
  }

  private func joined(conflict: (Lines, Lines) -> [TextLine]) -> String {
    var bytes: [UInt8] = []
    for piece in pieces {
      switch piece {
      case .settled(let lines, _): for line in lines { bytes += line.bytes }
      case .conflict(let mine, let theirs):
        for line in conflict(mine, theirs) { bytes += line.bytes }
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Where the second side's changes stand in the merged text: lines from 1; empty where lines were
  /// taken out, before the line that is named.
  public var takenLines: [Range<Int>] {
    var ranges: [Range<Int>] = []
    var line = 1
    for piece in pieces {
      switch piece {
      case .settled(let lines, let isTheirs):
        if isTheirs { ranges.append(line..<line + lines.count) }
        line += lines.count
      case .conflict(let mine, let theirs): line += mine.count + theirs.count + 3
      }
    }
    return ranges
  }
}

/// A line with its end, by its bytes: to Swift, two spellings of é are one text.
struct TextLine: Hashable {
  let bytes: ArraySlice<UInt8>

  init(_ bytes: ArraySlice<UInt8>) { self.bytes = bytes }

  init(_ text: String) { bytes = Array(text.utf8)[...] }

  /// The lines of a text, which together are the text; only the last may have no end.
  static func all(of text: String) -> [TextLine] {
    let bytes = Array(text.utf8)
    var lines: [TextLine] = []
    var start = 0
    for (place, byte) in bytes.enumerated() {
      let isEnd =
        byte == UInt8(ascii: "\n")
        || byte == UInt8(ascii: "\r")
          && (place + 1 == bytes.count || bytes[place + 1] != UInt8(ascii: "\n"))
      guard isEnd else { continue }
      lines.append(TextLine(bytes[start...place]))
      start = place + 1
    }
    if start < bytes.count { lines.append(TextLine(bytes[start...])) }
    return lines
  }

  /// What it ends in; nil for the last line of a text that ends in none.
  var lineEnd: String? {
    switch bytes.last {
    case UInt8(ascii: "\n"): bytes.dropLast().last == UInt8(ascii: "\r") ? "\r\n" : "\n"
    case UInt8(ascii: "\r"): "\r"
    default: nil
    }
  }

  func ended(with end: String) -> TextLine {
    lineEnd == nil ? TextLine(bytes + Array(end.utf8)) : self
  }
}
