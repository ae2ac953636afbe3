// Offsets in a text: collections count characters, passages bytes.

/// Leads from Unicode scalars of a text, as Python counts them, to its bytes.
public struct TextOffsets: Sendable {
  private static let stride = 256

  private let bytes: [UInt8]
  /// The byte at which each `stride`th scalar begins.
  private let marks: [Int]
  private let scalarCount: Int

  /// - Parameter bytes: UTF-8.
  public init(of bytes: [UInt8]) {
    var marks: [Int] = []
    var count = 0
    for (offset, byte) in bytes.enumerated() where Self.isStart(byte) {
      if count % Self.stride == 0 { marks.append(offset) }
      count += 1
    }
    self.bytes = bytes
    self.marks = marks
    scalarCount = count
  }

  /// The bytes of a range of scalars; nil where it goes past the text's end.
  public func bytes(ofScalars range: Range<Int>) -> Range<Int>? {
    guard let start = byte(ofScalar: range.lowerBound), let end = byte(ofScalar: range.upperBound)
    else { return nil }
    return start..<end
  }

  /// The text in a range of bytes, which must be in the text.
  public func text(in range: Range<Int>) -> String {
    String(decoding: bytes[range], as: UTF8.self)
  }

  private func byte(ofScalar index: Int) -> Int? {
    if index == scalarCount { return bytes.count }
    guard 0..<scalarCount ~= index else { return nil }
    var byte = marks[index / Self.stride]
    var left = index % Self.stride
    while left > 0 {
      byte += 1
      if Self.isStart(bytes[byte]) { left -= 1 }
    }
    return byte
  }

  private static func isStart(_ byte: UInt8) -> Bool { byte & 0xC0 != 0x80 }
}
