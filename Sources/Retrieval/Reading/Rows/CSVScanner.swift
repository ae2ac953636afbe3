// The rows of CSV (RFC 4180), as spreadsheets write them: values between separators, those with
// separators, quotes or line ends in them in double quotes. What the standard forbids is taken for
// what was meant, as far as that can be told.

struct CSVScanner: RecordScanner {
  private enum State {
    case start, plain, quoted
    /// Past a quote in a quoted value: its end, or the first of two that stand for one.
    case afterQuote
  }

  /// Values beyond these are dropped: a line of separators alone would cost much memory.
  private static let mostColumns = 4096

  /// Nil until it is guessed from the first line.
  private var separator: UInt8?
  private var piece: [UInt8] = []
  private var position = 0
  private var isFirst = true
  private var lineNumber = 1

  init(separator: UInt8?) { self.separator = separator }

  mutating func next(from file: inout PieceReader) throws(SkipReason) -> Record? {
    while true {
      let first = lineNumber
      guard let content = try row(from: &file) else { return nil }
      // A blank line is a row of one empty value.
      if case .fields(let values) = content, values.allSatisfy(\.isEmpty) { continue }
      return Record(content: content, lines: first...max(first, lineNumber - 1))
    }
  }

  /// The next row; nil at the end of the file.
  private mutating func row(from file: inout PieceReader) throws(SkipReason) -> Record.Content? {
    var values: [[UInt8]] = []
    var value: [UInt8] = []
    var state = State.start
    var size = 0
    var isAny = false
    while try fill(from: &file) {
      isAny = true
      let byte = piece[position]
      position += 1
      size += 1
      if byte == UInt8(ascii: "\n") { lineNumber += 1 }
      // A value as long as that has most likely lost its closing quote: the line ends the row.
      if size > Record.longest {
        values = []
        value = []
        if byte == UInt8(ascii: "\n") { return .unreadable(.tooLarge) }
        continue
      }
      switch (state, byte) {
      case (.quoted, UInt8(ascii: "\"")): state = .afterQuote
      case (.quoted, _): value.append(byte)
      case (.start, UInt8(ascii: "\"")): state = .quoted
      case (.afterQuote, UInt8(ascii: "\"")):
        value.append(byte)
        state = .quoted
      case (_, UInt8(ascii: "\n")):
        if state != .afterQuote, value.last == UInt8(ascii: "\r") { value.removeLast() }
        return .fields(values + [value])
      case (_, separator):
        if values.count < Self.mostColumns { values.append(value) }
        value = []
        state = .start
      case (.afterQuote, UInt8(ascii: "\r")): break
      default:
        value.append(byte)
        state = .plain
      }
    }
    guard isAny else { return nil }
    lineNumber += 1
    if size > Record.longest { return .unreadable(.tooLarge) }
    return state == .quoted ? .unreadable(.malformed) : .fields(values + [value])
  }

  /// Makes sure that there is a byte to look at; false at the end.
  private mutating func fill(from file: inout PieceReader) throws(SkipReason) -> Bool {
    guard position == piece.count else { return true }
    piece = try file.next()
    position = 0
    if isFirst {
      isFirst = false
      if piece.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
      separator = separator ?? Self.separator(of: piece)
    }
    return position < piece.count
  }

  /// The one of a comma, a tab and a semicolon that comes most often in the first line.
  private static func separator(of text: [UInt8]) -> UInt8 {
    let line = text.prefix { $0 != UInt8(ascii: "\n") }
    let counts = [UInt8(ascii: ","), UInt8(ascii: "\t"), UInt8(ascii: ";")].map { mark in
      (mark, line.count { $0 == mark })
    }
    return counts.max { $0.1 < $1.1 }.flatMap { $0.1 > 0 ? $0.0 : nil } ?? UInt8(ascii: ",")
  }
}
