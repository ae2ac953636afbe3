import Core

// Bytes of a response as rows of a pane, so that every byte is shown: line ends stand as symbols at
// the ends of their rows, and bytes that are no UTF-8 as their numbers. What they mean is not asked.

/// Cuts bytes into rows, and rows into pieces of text.
enum RawBytes {
  /// What stands at a place: a character, or a byte that is none.
  private struct Unit {
    var length: Int
    var cells: Int
    var kind: WireRow.Kind
  }

  /// The rows that bytes take, as ranges of them; at least one, which may be empty.
  ///
  /// A row ends behind the line ends that follow each other, so that an event of a stream and the
  /// blank line that ends it stand on one row.
  ///
  /// - Parameter width: cells; at least 4.
  static func rows(of bytes: [UInt8], width: Int) -> [Range<Int>] {
    var rows: [Range<Int>] = []
    var start = 0
    var place = 0
    var cells = 0
    var isBehindLineEnd = false
    while place < bytes.count {
      let unit = unit(at: place, in: bytes)
      let startsLine = isBehindLineEnd && unit.kind != .lineEnd
      if startsLine || cells + unit.cells > width, place > start {
        rows.append(start..<place)
        start = place
        cells = 0
      }
      isBehindLineEnd = unit.kind == .lineEnd
      cells += unit.cells
      place += unit.length
    }
    rows.append(start..<bytes.count)
    return rows
  }

  /// The text of a row, in pieces of one look each.
  static func pieces(of row: Range<Int>, in bytes: [UInt8]) -> [WireRow.Piece] {
    var pieces: [WireRow.Piece] = []
    var place = row.lowerBound
    while place < row.upperBound {
      let first = unit(at: place, in: bytes)
      var end = place + first.length
      while end < row.upperBound {
        let next = unit(at: end, in: bytes)
        guard next.kind == first.kind else { break }
        end += next.length
      }
      pieces.append(
        WireRow.Piece(text: text(of: bytes[place..<end], kind: first.kind), kind: first.kind))
      place = end
    }
    return pieces
  }

  private static func text(of bytes: ArraySlice<UInt8>, kind: WireRow.Kind) -> String {
    switch kind {
    case .lineEnd: bytes.map { $0 == UInt8(ascii: "\n") ? "↵" : "␍" }.joined()
    case .invalid: bytes.map { "\\x" + String($0, radix: 16, uppercase: true) }.joined()
    default: String(decoding: bytes, as: UTF8.self)
    }
  }

  private static func unit(at place: Int, in bytes: [UInt8]) -> Unit {
    switch bytes[place] {
    case UInt8(ascii: "\n"), UInt8(ascii: "\r"): return Unit(length: 1, cells: 1, kind: .lineEnd)
    case 0..<0x80: return Unit(length: 1, cells: 1, kind: .body)
    default:
      var rest = bytes[place...].prefix(4).makeIterator()
      var parser = Unicode.UTF8.ForwardParser()
      guard case .valid(let encoded) = parser.parseScalar(from: &rest) else {
        return Unit(length: 1, cells: 4, kind: .invalid)
      }
      let cells = DisplayText.width(of: Unicode.UTF8.decode(encoded))
      return Unit(length: encoded.count, cells: cells, kind: .body)
    }
  }
}
