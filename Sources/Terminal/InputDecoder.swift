import Playground

// What a terminal sends, read as what the hand did. A value that is fed bytes, cut anywhere, and the
// time; it knows no descriptor and no clock.
//
// The bytes are read here and not by get_wch, because that sleeps up to ESCDELAY inside the call
// after an escape, takes a paste one character at a time, and hands on as typed text what it does
// not know.

struct InputDecoder {
  /// How long to wait for the rest of what has begun, in milliseconds.
  enum Patience {
    /// After an escape: is it the key, or the start of another one?
    static let escape = 25.0
    /// After two bytes that are a key with alt unless more comes, such as `ESC [`.
    static let introducer = 100.0
    /// Inside a sequence or a character.
    static let sequence = 500.0
    /// Inside a paste.
    static let paste = 1000.0
  }

  /// The byte that the terminal's driver takes for the erase key.
  var eraseByte: UInt8 = 0x7F
  /// When to call `expire`, if nothing more comes; nil when nothing is half read.
  private(set) var deadline: Double?
  /// What is not yet decided.
  private var pending: [UInt8] = []
  private var isPasting = false
  /// Bytes of an unfinished paste that hold no end of it.
  private var searched = 0

  /// Takes bytes in, and gives the inputs that are whole.
  mutating func decode(_ bytes: some Sequence<UInt8>, at now: Double) -> [Input] {
    pending += bytes
    var inputs: [Input] = []
    var index = 0
    reading: while index < pending.count {
      if isPasting {
        guard let end = endOfPaste(from: max(index, searched)) else { break }
        inputs.append(.paste(Self.text(ofPaste: pending[index..<end])))
        index = end + Self.pasteEnd.count
        isPasting = false
        continue
      }
      switch EscapeSequence.first(of: pending[index...], eraseByte: eraseByte) {
      case .unfinished: break reading
      case .ignored(let length): index += length
      case .input(let input, let length):
        inputs.append(input)
        index += length
      case .pasteStart(let length):
        index += length
        isPasting = true
        searched = index
      case nil:
        let end = endOfText(from: index)
        if end == index { break reading }
        inputs += Self.keys(typing: pending[index..<end])
        index = end
      }
    }
    pending.removeFirst(index)
    searched = isPasting ? max(0, pending.count - Self.pasteEnd.count + 1) : 0
    deadline = patience.map { now + $0 }
    return inputs
  }

  /// Decides what is half read, once its deadline has passed.
  mutating func expire(at now: Double) -> [Input] {
    guard let deadline, deadline <= now else { return [] }
    let rest = pending
    pending = []
    self.deadline = nil
    if isPasting {
      isPasting = false
      return [.paste(Self.text(ofPaste: rest[...]))]
    }
    guard rest.first == 0x1B else { return Self.keys(typing: rest[...]) }
    switch rest.count {
    case 1: return [.key(Key(.escape))]
    case 2 where rest[1] == 0x1B: return [.key(Key(.escape)), .key(Key(.escape))]
    case 2: return [.key(Key(Character(Unicode.Scalar(rest[1])), .alt))]
    default: return []
    }
  }

  private var patience: Double? {
    if isPasting { return Patience.paste }
    guard let first = pending.first else { return nil }
    if first != 0x1B { return Patience.sequence }
    if pending.count == 1 || pending == [0x1B, 0x1B] { return Patience.escape }
    return pending.count == 2 ? Patience.introducer : Patience.sequence
  }

  // MARK: Typed text

  /// Where the text that begins at an index ends, less a last character that is not whole.
  private func endOfText(from start: Int) -> Int {
    let end = pending[start...].firstIndex { $0 < 0x20 || $0 == 0x7F } ?? pending.count
    guard end == pending.count else { return end }
    let tail = max(start, end - 3)
    for lead in (tail..<end).reversed() where pending[lead] & 0xC0 != 0x80 {
      return end - lead < UTF8.width(leadByte: pending[lead]) ? lead : end
    }
    return end
  }

  private static func keys(typing bytes: ArraySlice<UInt8>) -> [Input] {
    String(decoding: bytes, as: UTF8.self).compactMap { character in
      // The C1 controls are commands, not letters.
      let isControl = character.unicodeScalars.contains {
        $0.properties.generalCategory == .control
      }
      return isControl ? nil : .key(Key(character))
    }
  }

  // MARK: Pastes

  private static let pasteEnd: [UInt8] = Array("\u{1B}[201~".utf8)

  private func endOfPaste(from start: Int) -> Int? {
    var index = start
    while let escape = pending[index...].firstIndex(of: 0x1B) {
      if pending[escape...].starts(with: Self.pasteEnd) { return escape }
      index = escape + 1
    }
    return nil
  }

  /// Pasted bytes as text; the line ends, whatever they were, are LF.
  private static func text(ofPaste bytes: ArraySlice<UInt8>) -> String {
    var lines: [UInt8] = []
    lines.reserveCapacity(bytes.count)
    var previous: UInt8 = 0
    for byte in bytes {
      if byte == 0x0D {
        lines.append(0x0A)
      } else if !(byte == 0x0A && previous == 0x0D) {
        lines.append(byte)
      }
      previous = byte
    }
    return String(decoding: lines, as: UTF8.self)
  }
}

extension UTF8 {
  /// The bytes of the scalar that a byte begins; 1 for a byte that can begin none.
  static func width(leadByte byte: UInt8) -> Int {
    switch byte {
    case 0xC2...0xDF: 2
    case 0xE0...0xEF: 3
    case 0xF0...0xF4: 4
    default: 1
    }
  }
}
