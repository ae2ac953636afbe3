// Finds every place of a text in a buffer. Pure: what is done with the places is not known here.

/// A text to look for, in any case unless it holds a capital letter itself.
public struct TextSearch: Hashable, Sendable {
  /// One line; empty finds nothing.
  public let query: String
  /// Set by a capital letter in the query ("smart case").
  public let isCaseSensitive: Bool
  private let needle: [UInt8]
  /// The query's scalars without their case, where bytes alone can't tell.
  private let foldedScalars: [Unicode.Scalar]?

  public init(_ query: String) {
    self.query = query
    isCaseSensitive = query.unicodeScalars.contains { $0.properties.isUppercase }
    needle = Array(query.utf8)
    // Of ASCII letters, bytes tell; most scripts know no case.
    let hasOtherCase = query.unicodeScalars.contains {
      !$0.isASCII && $0.properties.changesWhenCaseMapped
    }
    foldedScalars =
      isCaseSensitive || !hasOtherCase ? nil : query.unicodeScalars.map(Self.folded)
  }

  /// The places in a line, as UTF-8 offsets, from left to right and without overlap.
  ///
  /// Places that would cut a character from its marks are left out.
  public func matches(in line: String) -> [Range<Int>] {
    guard !needle.isEmpty, line.utf8.count >= needle.count || foldedScalars != nil else {
      return []
    }
    let found = foldedScalars.map { Self.matches(of: $0, in: line) } ?? byteMatches(in: line)
    return found.isEmpty ? [] : found.filter { Self.isWhole($0, in: line) }
  }

  /// The places in a whole text, in their order.
  public func matches(in buffer: TextBuffer) -> [Range<TextPosition>] {
    guard !needle.isEmpty else { return [] }
    var places: [Range<TextPosition>] = []
    for (number, line) in buffer.lines.enumerated() {
      for range in matches(in: line) {
        places.append(
          TextPosition(
            line: number, offset: range.lowerBound)..<TextPosition(
              line: number, offset: range.upperBound))
      }
    }
    return places
  }

  // MARK: Bytes

  private func byteMatches(in line: String) -> [Range<Int>] {
    line.utf8.withContiguousStorageIfAvailable { byteMatches(in: $0) }
      ?? Array(line.utf8).withUnsafeBufferPointer { byteMatches(in: $0) }
  }

  private func byteMatches(in bytes: UnsafeBufferPointer<UInt8>) -> [Range<Int>] {
    var places: [Range<Int>] = []
    let first = needle[0]
    let other = isCaseSensitive ? first : Self.otherCase(first)
    var index = 0
    while index + needle.count <= bytes.count {
      if bytes[index] == first || bytes[index] == other, isMatch(bytes, at: index) {
        places.append(index..<index + needle.count)
        index += needle.count
      } else {
        index += 1
      }
    }
    return places
  }

  private func isMatch(_ bytes: UnsafeBufferPointer<UInt8>, at start: Int) -> Bool {
    for (offset, wanted) in needle.enumerated() {
      let byte = bytes[start + offset]
      guard byte == wanted || (!isCaseSensitive && byte == Self.otherCase(wanted)) else {
        return false
      }
    }
    return true
  }

  /// The capital letter of a small one; every other byte as it is.
  private static func otherCase(_ byte: UInt8) -> UInt8 { 0x61...0x7A ~= byte ? byte - 0x20 : byte }

  // MARK: Scalars

  private static func matches(of needle: [Unicode.Scalar], in line: String) -> [Range<Int>] {
    var scalars: [Unicode.Scalar] = []
    var offsets: [Int] = []
    var offset = 0
    for scalar in line.unicodeScalars {
      scalars.append(folded(scalar))
      offsets.append(offset)
      offset += UTF8.width(scalar)
    }
    offsets.append(offset)
    var places: [Range<Int>] = []
    var index = 0
    while index + needle.count <= scalars.count {
      if scalars[index] == needle[0], scalars[index..<index + needle.count].elementsEqual(needle) {
        places.append(offsets[index]..<offsets[index + needle.count])
        index += needle.count
      } else {
        index += 1
      }
    }
    return places
  }

  /// The scalar without its case, where its small form is one scalar, too.
  private static func folded(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    switch scalar.value {
    case 0x41...0x5A: return Unicode.Scalar(UInt8(scalar.value) + 0x20)
    case 0..<0x80, 0x2E80...0xA63F, 0xAC00...0xD7FF: return scalar
    default:
      let small = scalar.properties.lowercaseMapping.unicodeScalars
      return small.count == 1 ? small.first ?? scalar : scalar
    }
  }

  /// Whether a range begins and ends between characters.
  private static func isWhole(_ range: Range<Int>, in line: String) -> Bool {
    isBoundary(range.lowerBound, in: line) && isBoundary(range.upperBound, in: line)
  }

  private static func isBoundary(_ offset: Int, in line: String) -> Bool {
    let index = line.utf8.index(line.startIndex, offsetBy: offset)
    guard index > line.startIndex, index < line.endIndex else { return true }
    // Two ASCII bytes that are no line end are two characters.
    let next = line.utf8[index]
    if next < 0x80, line.utf8[line.utf8.index(before: index)] < 0x80, next != 0x0A { return true }
    return line.index(before: line.index(after: index)) == index
  }
}
