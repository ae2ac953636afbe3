// Reads a text as words in one pass over its bytes, with nothing allocated: what the checks of
// contents have in common. It knows no language.

/// What reads a text's words.
protocol FoldedTextReader: ~Copyable {
  /// A word: the hash of its folded form, and its bytes.
  mutating func word(_ hash: UInt64, _ bytes: Range<Int>)
  /// Any scalar that is neither part of a word nor white space.
  mutating func mark(_ scalar: UInt32)
  /// White space, or the end of the text.
  mutating func gap()
}

/// A text's words, folded: capitals are small letters, apostrophes in words are left out.
///
/// Case is folded for ASCII, Latin-1, Latin Extended-A, Greek and Cyrillic; other letters stand for
/// themselves. In scripts without spaces (Han, kana, Thai, Lao, Khmer) each scalar is a word. Combining
/// marks belong to words. Nothing is normalized (UAX #15).
enum FoldedText {
  /// The hash of a word that is folded already, as the reader is given it; ß is written ss.
  static func hash(_ word: some StringProtocol) -> UInt64 {
    var hash = seed
    for byte in word.utf8 { step(&hash, byte) }
    return finish(hash)
  }

  @inline(__always)
  static func read(_ text: String, _ reader: inout some FoldedTextReader & ~Copyable) {
    var text = text
    text.withUTF8 { read($0, &reader) }
  }

  @inline(__always)
  static func read(
    _ bytes: UnsafeBufferPointer<UInt8>, _ reader: inout some FoldedTextReader & ~Copyable
  ) {
    var place = 0
    var start = -1
    var hash = seed
    let end = bytes.count
    while place < end {
      let byte = bytes[place]
      if byte < 0x80 {
        if isWord(byte) {
          if start < 0 { start = place }
          step(&hash, byte &- 0x41 < 26 ? byte | 0x20 : byte)
          place += 1
          continue
        }
        if byte == 0x27, start >= 0, place + 1 < end, isLetter(bytes[place + 1]) {
          place += 1
          continue
        }
        if start >= 0 {
          reader.word(finish(hash), start..<place)
          start = -1
          hash = seed
        }
        if byte <= 0x20 { reader.gap() } else { reader.mark(UInt32(byte)) }
        place += 1
        continue
      }
      let (scalar, length) = decode(bytes, place)
      let kind = ScalarKind(scalar)
      if kind == .letter {
        if start < 0 { start = place }
        if scalar == 0xDF {
          // In capitals, ß is SS.
          step(&hash, UInt8(ascii: "s"))
          step(&hash, UInt8(ascii: "s"))
        } else {
          step(&hash, folded(scalar))
        }
      } else if scalar == 0x2019, start >= 0, place + length < end, isLetter(bytes[place + length])
      {
        // A typographic apostrophe.
      } else {
        if start >= 0 {
          reader.word(finish(hash), start..<place)
          start = -1
          hash = seed
        }
        switch kind {
        case .alone:
          step(&hash, scalar)
          reader.word(finish(hash), place..<place + length)
          hash = seed
        case .space: reader.gap()
        default: reader.mark(scalar)
        }
      }
      place += length
    }
    if start >= 0 { reader.word(finish(hash), start..<end) }
    reader.gap()
  }

  // MARK: Hashes

  private static let seed: UInt64 = 0xCBF2_9CE4_8422_2325

  /// FNV-1a, by Fowler, Noll and Vo.
  @inline(__always)
  private static func step(_ hash: inout UInt64, _ byte: UInt8) {
    hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3
  }

  /// A scalar counts as its bytes, so that a hash of a text's bytes is the same.
  @inline(__always)
  private static func step(_ hash: inout UInt64, _ scalar: UInt32) {
    func byte(_ shift: UInt32, _ first: UInt32) -> UInt8 {
      UInt8(truncatingIfNeeded: scalar >> shift & 0x3F | first)
    }
    switch scalar {
    case ..<0x80: step(&hash, UInt8(truncatingIfNeeded: scalar))
    case ..<0x800:
      step(&hash, UInt8(truncatingIfNeeded: scalar >> 6 | 0xC0))
      step(&hash, byte(0, 0x80))
    case ..<0x10000:
      step(&hash, UInt8(truncatingIfNeeded: scalar >> 12 | 0xE0))
      step(&hash, byte(6, 0x80))
      step(&hash, byte(0, 0x80))
    default:
      step(&hash, UInt8(truncatingIfNeeded: scalar >> 18 | 0xF0))
      step(&hash, byte(12, 0x80))
      step(&hash, byte(6, 0x80))
      step(&hash, byte(0, 0x80))
    }
  }

  /// FNV's low bits are weak: the last step of MurmurHash3 (Appleby, 2011) spreads them.
  @inline(__always)
  static func finish(_ hash: UInt64) -> UInt64 {
    var hash = hash
    hash = (hash ^ hash >> 33) &* 0xFF51_AFD7_ED55_8CCD
    hash = (hash ^ hash >> 33) &* 0xC4CE_B9FE_1A85_EC53
    return hash ^ hash >> 33
  }

  // MARK: Scalars

  @inline(__always)
  static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 || byte >= 0x80 }

  @inline(__always)
  private static func isWord(_ byte: UInt8) -> Bool {
    (byte | 0x20) &- 0x61 < 26 || byte &- 0x30 < 10
  }

  /// The scalar at a place of valid UTF-8 (RFC 3629), and its bytes.
  @inline(__always)
  static func decode(_ bytes: UnsafeBufferPointer<UInt8>, _ place: Int) -> (UInt32, Int) {
    let first = UInt32(bytes[place])
    let length = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
    guard place + length <= bytes.count else { return (0xFFFD, bytes.count - place) }
    var scalar =
      length == 1 ? first : length == 2 ? first & 0x1F : length == 3 ? first & 0x0F : first & 0x07
    for offset in 1..<max(length, 1) { scalar = scalar << 6 | UInt32(bytes[place + offset] & 0x3F) }
    return (scalar, length)
  }

  @inline(__always)
  private static func folded(_ scalar: UInt32) -> UInt32 {
    switch scalar {
    case 0xC0...0xDE: scalar == 0xD7 ? scalar : scalar + 32
    case 0x100...0x137, 0x14A...0x177: scalar | 1
    case 0x139...0x148, 0x179...0x17E: scalar + (scalar & 1)
    case 0x391...0x3A9: scalar + 32
    case 0x400...0x40F: scalar + 80
    case 0x410...0x42F: scalar + 32
    default: scalar
    }
  }
}

/// What a scalar above ASCII is to a reader of words.
enum ScalarKind {
  case letter, alone, space, mark

  @inline(__always)
  init(_ scalar: UInt32) {
    switch scalar {
    case 0xA0, 0x1680, 0x2000...0x200B, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000, 0xFEFF, 0x85:
      self = .space
    case 0xAA, 0xB5, 0xBA: self = .letter
    case 0x80...0xBF, 0xD7, 0xF7, 0x2010...0x2BFF, 0x3001...0x3004, 0x3008...0x3020, 0x30FB,
      0xFE10...0xFE6F, 0xFF01...0xFF0F, 0xFF1A...0xFF20, 0xFF3B...0xFF40, 0xFF5B...0xFF65,
      0x1F000...0x1FAFF, 0x964, 0x965, 0x60C, 0x61B, 0x61F, 0x37E, 0x387:
      self = .mark
    case 0xE00...0xEFF, 0x1780...0x17FF, 0x2E80...0x3000, 0x3005...0x9FFF, 0xF900...0xFAFF,
      0xFF66...0xFF9F, 0x20000...0x3FFFF:
      self = .alone
    default: self = .letter
    }
  }
}
