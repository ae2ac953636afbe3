// Takes a terminal's byte stream apart: letters, control characters, sequences (ECMA-48). What they
// do is the screen's business.

struct ControlParser {
  enum Action {
    case letter(Unicode.Scalar)
    case control(UInt8)
    /// An escape with one byte after it.
    case escape(UInt8)
    case sequence(Sequence)
    /// What an OSC said.
    case command(String)
  }

  struct Sequence {
    let prefix: UInt8?
    let final: UInt8
    /// The numbers between semicolons, each with those that follow it after colons.
    let groups: [[Int]]

    var numbers: [Int] { groups.map { $0[0] } }
    subscript(index: Int) -> Int { index < groups.count ? groups[index][0] : 0 }
  }

  private enum State { case ground, escape, charset, sequence, string, stringEscape }

  private var state = State.ground
  private var collected: [UInt8] = []
  private var letter: [UInt8] = []

  mutating func take(_ byte: UInt8) -> Action? {
    switch state {
    case .ground: return ground(byte)
    case .escape: return escape(byte)
    case .charset: state = .ground
    case .sequence:
      if byte == 0x1B { return start(.escape) }
      if byte < 0x20 { return .control(byte) }
      guard byte >= 0x40 else {
        collected.append(byte)
        return nil
      }
      state = .ground
      return .sequence(sequence(final: byte))
    case .string:
      if byte == 0x07 { return endOfString() }
      if byte == 0x1B { state = .stringEscape } else { collected.append(byte) }
    case .stringEscape: return endOfString()
    }
    return nil
  }

  private mutating func start(_ next: State) -> Action? {
    state = next
    collected = []
    return nil
  }

  private mutating func ground(_ byte: UInt8) -> Action? {
    if byte == 0x1B { return start(.escape) }
    if byte < 0x20 || byte == 0x7F { return .control(byte) }
    letter.append(byte)
    let width = byte < 0x80 ? 1 : letter[0] >= 0xF0 ? 4 : letter[0] >= 0xE0 ? 3 : 2
    guard letter.count >= width else { return nil }
    defer { letter = [] }
    return String(decoding: letter, as: UTF8.self).unicodeScalars.first.map(Action.letter)
  }

  private mutating func escape(_ byte: UInt8) -> Action? {
    switch byte {
    case UInt8(ascii: "["): return start(.sequence)
    case UInt8(ascii: "]"), UInt8(ascii: "P"), UInt8(ascii: "_"): return start(.string)
    case UInt8(ascii: "("), UInt8(ascii: ")"): return start(.charset)
    default:
      state = .ground
      return .escape(byte)
    }
  }

  private mutating func endOfString() -> Action {
    state = .ground
    return .command(String(decoding: collected, as: UTF8.self))
  }

  private func sequence(final: UInt8) -> Sequence {
    var bytes = collected[...]
    var prefix: UInt8?
    if let first = bytes.first, 0x3C...0x3F ~= first {
      prefix = first
      bytes.removeFirst()
    }
    let groups = bytes.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false).map {
      $0.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false).map {
        Int(String(decoding: $0, as: UTF8.self)) ?? 0
      }
    }
    return Sequence(prefix: prefix, final: final, groups: groups)
  }
}
