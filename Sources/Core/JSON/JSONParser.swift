// Reads JSON from bytes (RFC 8259). A stream of answers carries thousands of small documents a
// second, in an order that must be kept for display and export; Foundation's decoder does neither.

/// What is wrong with a JSON text, and where.
public struct JSONError: Error, Equatable, Sendable, CustomStringConvertible {
  /// Counted from 1.
  public let line: Int
  /// Unicode scalars from the start of the line, counted from 1.
  public let column: Int
  public let problem: String

  public var description: String { "line \(line), column \(column): \(problem)" }
}

extension JSON {
  /// The value that a whole text holds.
  ///
  /// Invalid UTF-8 inside strings becomes U+FFFD. Throws `JSONError`, also for anything but white
  /// space after the value and for nesting deeper than 256. A byte order mark before it is left out.
  public init(parsing bytes: some Collection<UInt8>) throws(JSONError) {
    let parsed: Result<JSON, JSONError>? = bytes.withContiguousStorageIfAvailable {
      Self.parse($0)
    }
    let result = parsed ?? Array(bytes).withUnsafeBufferPointer { Self.parse($0) }
    self = try result.get()
  }

  /// The value that a whole text holds, as of its UTF-8 bytes. Throws `JSONError`.
  public init(parsing text: String) throws(JSONError) {
    try self.init(parsing: Array(text.utf8))
  }

  private static func parse(_ bytes: UnsafeBufferPointer<UInt8>) -> Result<JSON, JSONError> {
    var parser = JSONParser(bytes: bytes)
    do throws(JSONError) {
      return .success(try parser.document())
    } catch {
      return .failure(error)
    }
  }
}

private struct JSONParser {
  let bytes: UnsafeBufferPointer<UInt8>
  var position = 0
  var depth = 0

  static let deepest = 256

  init(bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  mutating func document() throws(JSONError) -> JSON {
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
    let value = try value()
    skipWhiteSpace()
    if position < bytes.count { throw fail("there is more text after the value") }
    return value
  }

  private func fail(_ problem: String) -> JSONError {
    let place = TextPlace.of(offset: position, in: bytes)
    return JSONError(line: place.line, column: place.column, problem: problem)
  }

  private mutating func skipWhiteSpace() {
    while position < bytes.count {
      switch bytes[position] {
      case 0x20, 0x09, 0x0A, 0x0D: position += 1
      default: return
      }
    }
  }

  private mutating func value() throws(JSONError) -> JSON {
    skipWhiteSpace()
    guard position < bytes.count else { throw fail("the text ends where a value was expected") }
    switch bytes[position] {
    case UInt8(ascii: "{"): return try object()
    case UInt8(ascii: "["): return try array()
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try literal("true", .bool(true))
    case UInt8(ascii: "f"): return try literal("false", .bool(false))
    case UInt8(ascii: "n"): return try literal("null", .null)
    case UInt8(ascii: "-"), 0x30...0x39: return try number()
    default: throw fail("a value was expected")
    }
  }

  private mutating func literal(_ word: StaticString, _ value: JSON) throws(JSONError) -> JSON {
    let count = word.utf8CodeUnitCount
    guard position + count <= bytes.count,
      (0..<count).allSatisfy({ bytes[position + $0] == word.utf8Start[$0] })
    else { throw fail("'\(word)' was expected") }
    position += count
    return value
  }

  private mutating func enter() throws(JSONError) {
    depth += 1
    if depth > Self.deepest { throw fail("nested deeper than \(Self.deepest)") }
    position += 1
    skipWhiteSpace()
  }

  private mutating func leave() {
    depth -= 1
    position += 1
  }

  private func at(_ character: Unicode.Scalar) -> Bool {
    position < bytes.count && bytes[position] == UInt8(ascii: character)
  }

  private mutating func object() throws(JSONError) -> JSON {
    try enter()
    var object = JSON.Object()
    if at("}") {
      leave()
      return .object(object)
    }
    while true {
      skipWhiteSpace()
      guard at("\"") else { throw fail("a member's name in quotes was expected") }
      let name = try string()
      skipWhiteSpace()
      guard at(":") else { throw fail("':' was expected") }
      position += 1
      object.members.append(JSON.Object.Member(name: name, value: try value()))
      skipWhiteSpace()
      if at(",") {
        position += 1
      } else if at("}") {
        leave()
        return .object(object)
      } else {
        throw fail("',' or '}' was expected")
      }
    }
  }

  private mutating func array() throws(JSONError) -> JSON {
    try enter()
    var items: [JSON] = []
    if at("]") {
      leave()
      return .array(items)
    }
    while true {
      items.append(try value())
      skipWhiteSpace()
      if at(",") {
        position += 1
      } else if at("]") {
        leave()
        return .array(items)
      } else {
        throw fail("',' or ']' was expected")
      }
    }
  }

  private mutating func number() throws(JSONError) -> JSON {
    let start = position
    var isWhole = true
    if at("-") { position += 1 }
    let firstDigit = position
    try digits()
    if bytes[firstDigit] == UInt8(ascii: "0"), position > firstDigit + 1 {
      throw fail("a number starts with a needless 0")
    }
    if at(".") {
      isWhole = false
      position += 1
      try digits()
    }
    if at("e") || at("E") {
      isWhole = false
      position += 1
      if at("+") || at("-") { position += 1 }
      try digits()
    }
    let text = String(decoding: bytes[start..<position], as: UTF8.self)
    if isWhole, let value = Int(text) { return .integer(value) }
    guard let value = Double(text), value.isFinite else { throw fail("the number is too large") }
    return .number(value)
  }

  private mutating func digits() throws(JSONError) {
    let start = position
    while position < bytes.count, 0x30...0x39 ~= bytes[position] { position += 1 }
    if position == start { throw fail("a digit was expected") }
  }

  private mutating func string() throws(JSONError) -> String {
    position += 1
    let start = position
    while position < bytes.count {
      switch bytes[position] {
      case UInt8(ascii: "\""):
        let text = String(decoding: bytes[start..<position], as: UTF8.self)
        position += 1
        return text
      case UInt8(ascii: "\\"): return try escapedString(from: start)
      case 0..<0x20: throw fail("a control character stands in a string")
      default: position += 1
      }
    }
    throw fail("a string has no end")
  }

  /// The rest of a string that has at least one escape, from its first byte.
  private mutating func escapedString(from start: Int) throws(JSONError) -> String {
    var text = Array(bytes[start..<position])
    while position < bytes.count {
      let byte = bytes[position]
      switch byte {
      case UInt8(ascii: "\""):
        position += 1
        return String(decoding: text, as: UTF8.self)
      case UInt8(ascii: "\\"):
        position += 1
        guard position < bytes.count else { throw fail("a string has no end") }
        let escape = bytes[position]
        position += 1
        switch escape {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(escape)
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0C)
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "r"): text.append(0x0D)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "u"): text.append(contentsOf: String(try unicodeEscape()).utf8)
        default: throw fail("an unknown escape")
        }
      case 0..<0x20: throw fail("a control character stands in a string")
      default:
        text.append(byte)
        position += 1
      }
    }
    throw fail("a string has no end")
  }

  /// The scalar of one `\uXXXX`, or of a surrogate pair of them; U+FFFD for half a pair.
  private mutating func unicodeEscape() throws(JSONError) -> Unicode.Scalar {
    let first = try hexadecimal()
    if let scalar = Unicode.Scalar(first) { return scalar }
    guard first < 0xDC00, position + 1 < bytes.count, bytes[position] == UInt8(ascii: "\\"),
      bytes[position + 1] == UInt8(ascii: "u")
    else { return "\u{FFFD}" }
    let afterFirst = position
    position += 2
    let second = try hexadecimal()
    guard 0xDC00...0xDFFF ~= second else {
      position = afterFirst
      return "\u{FFFD}"
    }
    return Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00)) ?? "\u{FFFD}"
  }

  private mutating func hexadecimal() throws(JSONError) -> UInt32 {
    guard position + 4 <= bytes.count else { throw fail("four hexadecimal digits were expected") }
    var value: UInt32 = 0
    for _ in 0..<4 {
      guard let digit = Character(Unicode.Scalar(bytes[position])).hexDigitValue else {
        throw fail("four hexadecimal digits were expected")
      }
      value = value << 4 | UInt32(digit)
      position += 1
    }
    return value
  }
}
