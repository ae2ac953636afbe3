import Playground

// The keys that are not plain text: control bytes, and the sequences after an escape, as xterm
// (ctlseqs), the VT220, rxvt and the Linux console send them. A pure function of the bytes.

enum EscapeSequence {
  enum Reading: Equatable {
    case input(Input, length: Int)
    /// Well formed, but nothing that the program knows.
    case ignored(length: Int)
    case pasteStart(length: Int)
    /// More bytes must come, or time pass.
    case unfinished
  }

  /// Reads one key or sequence from the start of bytes; nil when they begin with text.
  static func first(of bytes: ArraySlice<UInt8>, eraseByte: UInt8) -> Reading? {
    guard let byte = bytes.first else { return .unfinished }
    guard byte < 0x20 || byte == 0x7F else { return nil }
    guard byte == 0x1B else {
      return .input(.key(control(byte, eraseByte: eraseByte)), length: 1)
    }
    let rest = bytes.dropFirst()
    guard let next = rest.first else { return .unfinished }
    switch next {
    case UInt8(ascii: "["): return csi(rest.dropFirst()).lengthened(by: 2)
    case UInt8(ascii: "O"): return ss3(rest.dropFirst()).lengthened(by: 2)
    case UInt8(ascii: "]"), UInt8(ascii: "P"), UInt8(ascii: "_"):
      return string(rest.dropFirst()).lengthened(by: 2)
    case 0x1B: return escaped(rest)
    default: return alt(rest, eraseByte: eraseByte)
    }
  }

  private static func control(_ byte: UInt8, eraseByte: UInt8) -> Key {
    switch byte {
    case eraseByte, 0x7F: Key(.backspace)
    case 0x09: Key(.tab)
    case 0x0D: Key(.enter)
    case 0x00: Key(" ", .control)
    case 0x01...0x1A: Key(Character(Unicode.Scalar(byte + 0x60)), .control)
    default: Key(Character(Unicode.Scalar(byte + 0x40)), .control)
    }
  }

  // MARK: Escape as alt

  private static func alt(_ bytes: ArraySlice<UInt8>, eraseByte: UInt8) -> Reading {
    guard let byte = bytes.first else { return .unfinished }
    if byte < 0x20 || byte == 0x7F {
      var key = control(byte, eraseByte: eraseByte)
      key.modifiers.insert(.alt)
      return .input(.key(key), length: 2)
    }
    let width = UTF8.width(leadByte: byte)
    guard bytes.count >= width else { return .unfinished }
    let character = String(decoding: bytes.prefix(width), as: UTF8.self).first ?? "\u{FFFD}"
    return .input(.key(Key(character, .alt)), length: 1 + width)
  }

  /// Two escapes: alt with a key that is itself a sequence, or the escape key twice.
  private static func escaped(_ bytes: ArraySlice<UInt8>) -> Reading {
    guard let introducer = bytes.dropFirst().first else { return .unfinished }
    guard introducer == UInt8(ascii: "[") || introducer == UInt8(ascii: "O") else {
      return .input(.key(Key(.escape)), length: 1)
    }
    switch first(of: bytes, eraseByte: 0x7F) {
    case .input(.key(var key), let length):
      key.modifiers.insert(.alt)
      return .input(.key(key), length: length + 1)
    case .some(let other): return other.lengthened(by: 1)
    case nil: return .unfinished
    }
  }

  // MARK: Control sequences

  private static func csi(_ bytes: ArraySlice<UInt8>) -> Reading {
    // The Linux console's F1 to F5 are CSI [ A to CSI [ E.
    if bytes.first == UInt8(ascii: "[") {
      guard let letter = bytes.dropFirst().first else { return .unfinished }
      let number = Int(letter) - 0x40
      return 1...5 ~= number
        ? .input(.key(Key(.function(number))), length: 2) : .ignored(length: 2)
    }
    guard let sequence = ControlSequence(bytes) else { return .unfinished }
    let length = sequence.length
    switch (sequence.prefix, sequence.final) {
    case (UInt8(ascii: "<"), UInt8(ascii: "M")), (UInt8(ascii: "<"), UInt8(ascii: "m")):
      return mouse(sequence).map { .input(.mouse($0), length: length) }
        ?? .ignored(length: length)
    case (nil, UInt8(ascii: "M")) where length == 1:
      // The older mouse report: three bytes more.
      return bytes.count < 4 ? .unfinished : .ignored(length: 4)
    case (nil, UInt8(ascii: "~")) where sequence[0] == 200:
      return .pasteStart(length: length)
    case (nil, _):
      return key(sequence).map { .input(.key($0), length: length) } ?? .ignored(length: length)
    default:
      return .ignored(length: length)
    }
  }

  private static func ss3(_ bytes: ArraySlice<UInt8>) -> Reading {
    guard let sequence = ControlSequence(bytes) else { return .unfinished }
    let modifiers = sequence.modifiers
    let key: Key? =
      switch sequence.final {
      case UInt8(ascii: "M"): Key(.enter, modifiers)
      case UInt8(ascii: "a")...UInt8(ascii: "d"):
        cursorCode(sequence.final - 0x20).map { Key($0, modifiers.union(.control)) }
      default: cursorCode(sequence.final).map { Key($0, modifiers) }
      }
    return key.map { .input(.key($0), length: sequence.length) }
      ?? .ignored(length: sequence.length)
  }

  /// The answers to questions (OSC, DCS, APC), up to BEL or ST.
  private static func string(_ bytes: ArraySlice<UInt8>) -> Reading {
    guard let end = bytes.firstIndex(where: { $0 == 0x07 || $0 == 0x1B }) else {
      return .unfinished
    }
    let length = end - bytes.startIndex
    if bytes[end] == 0x07 { return .ignored(length: length + 1) }
    guard let last = bytes[end...].dropFirst().first else { return .unfinished }
    return .ignored(length: length + (last == UInt8(ascii: "\\") ? 2 : 0))
  }

  private static func key(_ sequence: ControlSequence) -> Key? {
    let modifiers = sequence.modifiers
    switch sequence.final {
    case UInt8(ascii: "Z"): return Key(.tab, modifiers.union(.shift))
    case UInt8(ascii: "a")...UInt8(ascii: "d"):
      return cursorCode(sequence.final - 0x20).map { Key($0, modifiers.union(.shift)) }
    case UInt8(ascii: "~"):
      // modifyOtherKeys: CSI 27 ; modifiers ; code ~
      if sequence[0] == 27 { return typed(sequence[2], modifiers) }
      return editingCode(sequence[0]).map { Key($0, modifiers) }
    case UInt8(ascii: "$"): return editingCode(sequence[0]).map { Key($0, .shift) }
    case UInt8(ascii: "^"): return editingCode(sequence[0]).map { Key($0, .control) }
    case UInt8(ascii: "@"): return editingCode(sequence[0]).map { Key($0, [.control, .shift]) }
    case UInt8(ascii: "u"): return typed(sequence[0], modifiers)
    default: return cursorCode(sequence.final).map { Key($0, modifiers) }
    }
  }

  private static func cursorCode(_ final: UInt8) -> Key.Code? {
    switch final {
    case UInt8(ascii: "A"): .up
    case UInt8(ascii: "B"): .down
    case UInt8(ascii: "C"): .right
    case UInt8(ascii: "D"): .left
    case UInt8(ascii: "F"): .end
    case UInt8(ascii: "H"): .home
    case UInt8(ascii: "P")...UInt8(ascii: "S"): .function(Int(final) - 0x4F)
    default: nil
    }
  }

  /// The number before `~`, as the VT220 has them.
  private static func editingCode(_ number: Int) -> Key.Code? {
    switch number {
    case 1, 7: .home
    case 2: .insert
    case 3: .delete
    case 4, 8: .end
    case 5: .pageUp
    case 6: .pageDown
    case 11...15: .function(number - 10)
    case 17...21: .function(number - 11)
    case 23...24: .function(number - 12)
    default: nil
    }
  }

  /// A key that types, sent by its code point.
  private static func typed(_ code: Int, _ modifiers: Key.Modifiers) -> Key? {
    switch code {
    case 9: return Key(.tab, modifiers)
    case 13: return Key(.enter, modifiers)
    case 27: return Key(.escape, modifiers)
    case 127: return Key(.backspace, modifiers)
    default:
      guard code >= 0x20, let value = UInt32(exactly: code), let scalar = Unicode.Scalar(value)
      else { return nil }
      let isShifted = modifiers.contains(.shift) && !modifiers.contains(.control)
      let character = isShifted ? Character(scalar).uppercased().first : Character(scalar)
      return character.map { Key($0, modifiers.subtracting(.shift)) }
    }
  }

  /// An SGR report: button and modifiers, column and row from 1; `m` ends a release.
  private static func mouse(_ sequence: ControlSequence) -> Mouse? {
    let buttons = sequence[0] & ~(4 | 8 | 16)
    let position = Point(x: max(0, sequence[1] - 1), y: max(0, sequence[2] - 1))
    let isRelease = sequence.final == UInt8(ascii: "m")
    switch buttons {
    case 0: return Mouse(isRelease ? .release : .press, at: position)
    case 32: return Mouse(.drag, at: position)
    case 64 where !isRelease: return Mouse(.wheelUp, at: position)
    case 65 where !isRelease: return Mouse(.wheelDown, at: position)
    default: return nil
    }
  }
}

extension EscapeSequence.Reading {
  fileprivate func lengthened(by more: Int) -> Self {
    switch self {
    case .input(let input, let length): .input(input, length: length + more)
    case .ignored(let length): .ignored(length: length + more)
    case .pasteStart(let length): .pasteStart(length: length + more)
    case .unfinished: .unfinished
    }
  }
}
