// The numbers in brackets with which an answer names its passages: `[1]`, `[1, 3]`, `[2-4]`.

/// A mark in an answer that names passages by their numbers.
public struct Citation: Hashable, Sendable {
  /// UTF-8 offsets in the answer, brackets included.
  public var range: Range<Int>
  /// From 1, as the prompt numbers its passages; ranges are written out.
  public var numbers: [Int]

  /// Numbers that one range of a citation can stand for; a longer one is none.
  private static let longestRange = 64
  /// Passages are never numbered so high; years are.
  private static let numbers = 0...999
}

extension Citation {
  /// The citations in a part of a text, code apart.
  static func all(in bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> [Citation] {
    var citations: [Citation] = []
    var place = range.lowerBound
    var isCode = false
    while place < range.upperBound {
      if bytes[place] == UInt8(ascii: "`") { isCode.toggle() }
      if !isCode, let citation = citation(in: bytes, at: place),
        citation.range.upperBound <= range.upperBound
      {
        citations.append(citation)
        place = citation.range.upperBound
      } else {
        place += 1
      }
    }
    return citations
  }

  /// Where the citation at a place ends; nil where none begins.
  static func end(in bytes: UnsafeBufferPointer<UInt8>, at place: Int) -> Int? {
    citation(in: bytes, at: place)?.range.upperBound
  }

  private static func citation(
    in bytes: UnsafeBufferPointer<UInt8>, at start: Int
  ) -> Citation? {
    guard start < bytes.count, bytes[start] == UInt8(ascii: "[") else { return nil }
    var place = start + 1
    var numbers: [Int] = []
    var rangeStart: Int?
    while place < bytes.count {
      while place < bytes.count, bytes[place] == UInt8(ascii: " ") || bytes[place] == 0x5E {
        place += 1
      }
      guard let number = number(in: bytes, at: &place) else { return nil }
      if let first = rangeStart {
        guard first <= number, number - first < longestRange else { return nil }
        numbers.append(contentsOf: first + 1..<number + 1)
      } else {
        numbers.append(number)
      }
      rangeStart = nil
      while place < bytes.count, bytes[place] == UInt8(ascii: " ") { place += 1 }
      guard place < bytes.count else { return nil }
      switch bytes[place] {
      case UInt8(ascii: "]"): return Citation(range: start..<place + 1, numbers: numbers)
      case UInt8(ascii: ","), UInt8(ascii: ";"): place += 1
      case UInt8(ascii: "-"):
        rangeStart = number
        place += 1
      // – is three bytes.
      case 0xE2 where bytes[place...].starts(with: [0xE2, 0x80, 0x93]):
        rangeStart = number
        place += 3
      default: return nil
      }
    }
    return nil
  }

  private static func number(in bytes: UnsafeBufferPointer<UInt8>, at place: inout Int) -> Int? {
    var value = 0
    let start = place
    while place < bytes.count, place - start < 4, 0x30...0x39 ~= bytes[place] {
      value = value * 10 + Int(bytes[place] - 0x30)
      place += 1
    }
    return place > start && numbers ~= value ? value : nil
  }
}
