// Which encoding a text is in, and the text in UTF-8. A text says so by a mark at its start, or by
// being valid; what is left is taken for Windows-1252 if it looks like text at all.

/// The encodings of plain text that are read.
enum TextEncoding: Equatable {
  case utf8
  /// UTF-8 in which a few bytes are wrong.
  case damagedUTF8
  case utf16(isBigEndian: Bool)
  /// Which has Latin-1 in it, as far as that prints anything.
  case windows1252

  /// The encoding of a text; nil for what is no text: it holds NUL, or control characters.
  init?(of bytes: [UInt8]) {
    if let isBigEndian = Self.utf16Mark(bytes) {
      // Half a unit, and control characters, are no text.
      guard bytes.count.isMultiple(of: 2) else { return nil }
      self = .utf16(isBigEndian: isBigEndian)
    } else if bytes.contains(0) {
      return nil
    } else if (try? UTF8Span(validating: bytes.span)) != nil {
      self = .utf8
    } else {
      let counts = Self.counts(bytes)
      if counts.invalid <= counts.multibyte {
        self = .damagedUTF8
      } else if counts.control == 0, counts.high * 2 <= bytes.count {
        self = .windows1252
      } else {
        return nil
      }
    }
  }

  /// The text in UTF-8, without a mark where it had to be changed.
  func utf8(_ bytes: [UInt8]) -> [UInt8] {
    switch self {
    case .utf8: bytes
    case .damagedUTF8: Array(String(decoding: bytes, as: UTF8.self).utf8)
    case .utf16(let isBigEndian):
      Array(String(decoding: Self.units(bytes, isBigEndian), as: UTF16.self).utf8)
    case .windows1252:
      Array(String(String.UnicodeScalarView(bytes.lazy.map(Self.scalar))).utf8)
    }
  }

  /// Whether a text begins with the mark of UTF-16, and the order that it tells.
  static func utf16Mark(_ bytes: [UInt8]) -> Bool? {
    if bytes.starts(with: [0xFF, 0xFE]) { return false }
    return bytes.starts(with: [0xFE, 0xFF]) ? true : nil
  }

  /// The units of UTF-16 behind the mark.
  private static func units(_ bytes: [UInt8], _ isBigEndian: Bool) -> [UInt16] {
    (1..<max(bytes.count / 2, 1)).map { place in
      let (first, second) = (UInt16(bytes[2 * place]), UInt16(bytes[2 * place + 1]))
      return isBigEndian ? first << 8 | second : second << 8 | first
    }
  }

  /// What 0x80 to 0x9F are (https://encoding.spec.whatwg.org/#windows-1252); 0 for the control
  /// characters that five of them are.
  private static let windows: [UInt16] = [
    0x20AC, 0, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039,
    0x0152, 0, 0x017D, 0, 0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC,
    0x2122, 0x0161, 0x203A, 0x0153, 0, 0x017E, 0x0178,
  ]

  private static func scalar(_ byte: UInt8) -> Unicode.Scalar {
    guard 0x80...0x9F ~= byte else { return Unicode.Scalar(byte) }
    return Unicode.Scalar(windows[Int(byte) - 0x80]) ?? "\u{FFFD}"
  }

  /// What tells the encodings apart: characters of several bytes that are valid in UTF-8,
  /// places that are not, bytes beyond ASCII, and control characters that no text has.
  private static func counts(
    _ bytes: [UInt8]
  ) -> (multibyte: Int, invalid: Int, high: Int, control: Int) {
    var counts = (multibyte: 0, invalid: 0, high: 0, control: 0)
    for byte in bytes {
      if byte >= 0x80 {
        counts.high += 1
        if byte <= 0x9F, windows[Int(byte) - 0x80] == 0 { counts.control += 1 }
      } else if byte < 0x20, !byte.isWhiteSpace, byte != 0x1B, byte != 0x08 {
        counts.control += 1
      }
    }
    var decoder = Unicode.UTF8.ForwardParser()
    var rest = bytes.makeIterator()
    while true {
      switch decoder.parseScalar(from: &rest) {
      case .valid(let scalar): if scalar.count > 1 { counts.multibyte += 1 }
      case .error: counts.invalid += 1
      case .emptyInput: return counts
      }
    }
  }
}
