// Writes JSON: compact on one line, or indented for reading. The order of members is kept.

extension JSON {
  /// The value on one line, as in JSON Lines.
  public var text: String {
    var bytes: [UInt8] = []
    write(to: &bytes, indent: nil, level: 0)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The value over several lines, indented by a number of spaces a level.
  public func text(indent: Int) -> String {
    var bytes: [UInt8] = []
    write(to: &bytes, indent: indent, level: 0)
    return String(decoding: bytes, as: UTF8.self)
  }

  private func write(to bytes: inout [UInt8], indent: Int?, level: Int) {
    switch self {
    case .null: bytes += Array("null".utf8)
    case .bool(let value): bytes += Array((value ? "true" : "false").utf8)
    case .integer(let value): bytes += Array(String(value).utf8)
    case .number(let value): bytes += Array(Self.text(of: value).utf8)
    case .string(let value): Self.write(value, to: &bytes)
    case .array(let items):
      Self.writeList(items, "[", "]", to: &bytes, indent, level) { item, bytes in
        item.write(to: &bytes, indent: indent, level: level + 1)
      }
    case .object(let object):
      Self.writeList(object.members, "{", "}", to: &bytes, indent, level) { member, bytes in
        Self.write(member.name, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
        if indent != nil { bytes.append(UInt8(ascii: " ")) }
        member.value.write(to: &bytes, indent: indent, level: level + 1)
      }
    }
  }

  private static func writeList<Item>(
    _ items: [Item], _ open: Unicode.Scalar, _ close: Unicode.Scalar, to bytes: inout [UInt8],
    _ indent: Int?, _ level: Int, item: (Item, inout [UInt8]) -> Void
  ) {
    func newLine(_ level: Int) {
      guard let indent else { return }
      bytes.append(UInt8(ascii: "\n"))
      bytes += Array(repeating: UInt8(ascii: " "), count: indent * level)
    }
    bytes.append(UInt8(ascii: open))
    for (index, element) in items.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      newLine(level + 1)
      item(element, &bytes)
    }
    if !items.isEmpty { newLine(level) }
    bytes.append(UInt8(ascii: close))
  }

  /// A number that reads back as itself; JSON has no word for what isn't finite, so that is null.
  private static func text(of value: Double) -> String {
    guard value.isFinite else { return "null" }
    return value == value.rounded() && abs(value) < 1e15 ? String(Int(value)) : "\(value)"
  }

  private static func write(_ string: String, to bytes: inout [UInt8]) {
    func escape(_ byte: UInt8) {
      bytes.append(UInt8(ascii: "\\"))
      bytes.append(byte)
    }
    bytes.append(UInt8(ascii: "\""))
    for byte in string.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): escape(byte)
      case 0x0A: escape(UInt8(ascii: "n"))
      case 0x0D: escape(UInt8(ascii: "r"))
      case 0x09: escape(UInt8(ascii: "t"))
      case 0..<0x20, 0x7F:
        let digits = String(byte, radix: 16)
        bytes += Array(("\\u" + String(repeating: "0", count: 4 - digits.count) + digits).utf8)
      default: bytes.append(byte)
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }
}
