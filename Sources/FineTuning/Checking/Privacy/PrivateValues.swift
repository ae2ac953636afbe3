// Looks through a text for what is private, in one pass over its bytes that stops only where something
// may begin: at signs, colons, capitals of known beginnings, digits.

/// Finds secrets and personal data.
public enum PrivateValues {
  /// What is found in a text, in its order; values don't overlap, and a secret wins over personal data.
  public static func find(in text: String) -> [PrivateValue] {
    var text = text
    return text.withUTF8 { bytes in
      var scan = PrivacyScan(bytes: bytes)
      scan.run()
      return scan.values
    }
  }
}

/// A text that is looked through.
struct PrivacyScan {
  let bytes: UnsafeBufferPointer<UInt8>
  private(set) var values: [PrivateValue] = []
  /// What stands before was found to be something already.
  fileprivate(set) var done = 0

  init(bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  mutating func run() {
    var place = 0
    let end = bytes.count
    var previous = ByteClass.other
    while place < end {
      let byte = bytes[place]
      let kind = ByteClass.of(byte)
      defer { previous = kind }
      if kind == .other || place < done {
        place += 1
        continue
      }
      switch kind {
      case .letter, .digit:
        // Words begin here, and end where the next one is no part of one.
        guard previous != .letter, previous != .digit else { break }
        if kind == .letter { lookAtWord(place) } else { lookAtNumber(place) }
      case .mark: lookAtMark(place, byte)
      case .other: break
      }
      place += 1
    }
  }

  /// The byte at a place; 0 outside.
  @inline(__always)
  func at(_ place: Int) -> UInt8 {
    place >= 0 && place < bytes.count ? bytes[place] : 0
  }

  /// Adds a value, unless one that was found before reaches into it.
  mutating func add(
    _ kind: PrivateValue.Kind, _ range: Range<Int>, isExample: Bool = false
  ) {
    while let last = values.last, last.bytes.upperBound > range.lowerBound {
      guard kind.isSecret, !last.kind.isSecret else { return }
      values.removeLast()
    }
    values.append(PrivateValue(kind, range, isExample: isExample))
    done = max(done, range.upperBound)
  }

  /// Takes what stands before a place for something that needs no more looking at.
  mutating func pass(to place: Int) { done = max(done, place) }

  // MARK: Places where something may begin

  @inline(__always)
  private mutating func lookAtWord(_ place: Int) {
    if KnownKeys.mayBegin(bytes[place]), lookForKnownKey(at: place) { return }
    let next = at(place + 2)
    if ByteClass.isDigit(next), lookForIBAN(at: place) { return }
    switch bytes[place] {
    case UInt8(ascii: "i"), UInt8(ascii: "e"), UInt8(ascii: "w"):
      // Is, ist, est, es, was.
      var end = place + 1
      while end < place + 4, ByteClass.isLetter(at(end)) { end += 1 }
      guard end < place + 4, end > place + 1, at(end) == 0x20, at(place - 1) == 0x20,
        next == 0x20 || at(place + 1) == UInt8(ascii: "s") || at(place + 2) == UInt8(ascii: "s")
      else { return }
      lookForNamedSecret(before: place - 1, after: end, isProse: true)
    case UInt8(ascii: "B"), UInt8(ascii: "b"):
      if begins(Array("earer ".utf8), at: place + 1) {
        lookForValue(at: place + 7, isPassword: false, isProse: false)
      }
    default: break
    }
  }

  @inline(__always)
  private mutating func lookAtNumber(_ place: Int) {
    if KnownKeys.mayBegin(bytes[place]), lookForKnownKey(at: place) { return }
    if lookForIPv4(at: place) || lookForCard(at: place) { return }
    lookForPhone(at: place)
  }

  @inline(__always)
  private mutating func lookAtMark(_ place: Int, _ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "@"): lookForEmail(at: place)
    case UInt8(ascii: "+"), UInt8(ascii: "("): lookForPhone(at: place)
    case UInt8(ascii: "="):
      lookForNamedSecret(before: place, after: place + 1, isProse: false)
    case UInt8(ascii: ":"):
      if at(place + 1) == UInt8(ascii: "/"), at(place + 2) == UInt8(ascii: "/") {
        lookForConnection(at: place)
      } else {
        lookForNamedSecret(before: place, after: place + 1, isProse: false)
        lookForIPv6(at: place)
      }
    case UInt8(ascii: "-"):
      if at(place + 1) == byte, at(place - 1) != byte { lookForPrivateKey(at: place) }
    default: break
    }
  }
}

/// What a byte may be the beginning of.
enum ByteClass {
  case other, letter, digit, mark

  @inline(__always)
  static func of(_ byte: UInt8) -> ByteClass {
    if isLetter(byte) { return .letter }
    if isDigit(byte) { return .digit }
    switch byte {
    case UInt8(ascii: "@"), UInt8(ascii: "+"), UInt8(ascii: "("), UInt8(ascii: ":"),
      UInt8(ascii: "-"), UInt8(ascii: "="):
      return .mark
    default: return .other
    }
  }

  @inline(__always)
  static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }

  @inline(__always)
  static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 }

  @inline(__always)
  static func isCapital(_ byte: UInt8) -> Bool { byte &- 0x41 < 26 }

  @inline(__always)
  static func isAlphanumeric(_ byte: UInt8) -> Bool { isLetter(byte) || isDigit(byte) }

  /// Of base 64's alphabets, of names and of most keys.
  @inline(__always)
  static func isKey(_ byte: UInt8) -> Bool {
    isAlphanumeric(byte) || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
  }

  static func isHex(_ byte: UInt8) -> Bool { isDigit(byte) || (byte | 0x20) &- 0x61 < 6 }
}
