import Playground

// What stands between a control sequence's introducer and its end (ECMA-48, 5.4): it says what was
// sent, not what it means.

struct ControlSequence {
  /// `<`, `=`, `>` or `?` before the numbers.
  let prefix: UInt8?
  let final: UInt8
  /// All bytes, the final one included.
  let length: Int
  private let numbers: [Int]

  /// nil when the final byte has not come.
  init?(_ bytes: ArraySlice<UInt8>) {
    var numbers = [0]
    var prefix: UInt8?
    var index = bytes.startIndex
    var isSub = false
    while index < bytes.endIndex {
      let byte = bytes[index]
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        // A hostile number stops growing long before it overflows.
        if !isSub, numbers[numbers.count - 1] < 1_000_000 {
          numbers[numbers.count - 1] = numbers[numbers.count - 1] * 10 + Int(byte & 15)
        }
      case UInt8(ascii: ";"):
        isSub = false
        if numbers.count < 8 { numbers.append(0) }
      case UInt8(ascii: ":"): isSub = true
      case UInt8(ascii: "<")...UInt8(ascii: "?"): prefix = byte
      // rxvt ends shifted keys with `$`, elsewhere a byte in the middle of a longer sequence.
      case 0x20...0x2F where byte != UInt8(ascii: "$") || prefix != nil: break
      // A control inside breaks the sequence off, and counts for itself.
      case 0x00..<0x20, 0x7F...0xFF:
        (self.prefix, final, length) = (0, 0, index - bytes.startIndex)
        self.numbers = numbers
        return
      default:
        (self.prefix, final, length) = (prefix, byte, index - bytes.startIndex + 1)
        self.numbers = numbers
        return
      }
      index += 1
    }
    return nil
  }

  /// A number by its place; 0 where none was sent.
  subscript(index: Int) -> Int { index < numbers.count ? numbers[index] : 0 }

  /// xterm's second number: 1, and 1 for shift, 2 for alt, 4 for control, 8 for meta.
  var modifiers: Key.Modifiers {
    let bits = max(0, (numbers.count > 1 ? numbers[1] : 1) - 1)
    var modifiers: Key.Modifiers = []
    if bits & 1 != 0 { modifiers.insert(.shift) }
    if bits & (2 | 8) != 0 { modifiers.insert(.alt) }
    if bits & 4 != 0 { modifiers.insert(.control) }
    return modifiers
  }
}
