// Telephone numbers: those that say their country, those of North America's form, and those that a text
// calls so.

extension PrivacyScan {
  /// Adds the number that begins at a digit, a plus or a parenthesis (E.164; the North American Numbering
  /// Plan).
  mutating func lookForPhone(at place: Int) {
    let before = at(place - 1)
    guard !ByteClass.isKey(before), before != UInt8(ascii: "."), before != UInt8(ascii: "/"),
      before != UInt8(ascii: "+"), before != UInt8(ascii: "$"), before != UInt8(ascii: "#")
    else { return }
    let hasPlus = bytes[place] == UInt8(ascii: "+")
    // `(0)` between the country and the area is written, not dialed.
    var digits: [UInt8] = []
    var groups: [Int] = []
    var marks: [UInt8] = []
    var end = place + (hasPlus ? 1 : 0)
    var last = end
    var isOpen = false
    scan: while end < bytes.count, digits.count <= 16 {
      let byte = bytes[end]
      switch byte {
      case 0x30...0x39:
        if groups.isEmpty || !ByteClass.isDigit(at(end - 1)) { groups.append(0) }
        groups[groups.count - 1] += 1
        digits.append(byte - 0x30)
        last = end + 1
      case UInt8(ascii: "("):
        guard !isOpen, ByteClass.isDigit(at(end + 1)) else { break scan }
        isOpen = true
      case UInt8(ascii: ")"):
        guard isOpen else { break scan }
        isOpen = false
        marks.append(byte)
      case UInt8(ascii: " "), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "/"):
        let next = at(end + 1)
        guard
          ByteClass.isDigit(next) || next == UInt8(ascii: "(") || at(end - 1) == UInt8(ascii: ")")
        else { break scan }
        marks.append(byte)
      default: break scan
      }
      end += 1
    }
    let after = at(last)
    guard !ByteClass.isAlphanumeric(after), after != UInt8(ascii: "%"), after != UInt8(ascii: "_"),
      !isOpen
    else { return }
    let isPhone: Bool
    if hasPlus {
      // `+100` and `+12.5` are differences.
      isPhone = (9...15).contains(digits.count) && digits[0] != 0
    } else if isNorthAmerican(digits, groups, marks) {
      isPhone = true
    } else {
      isPhone =
        (7...15).contains(digits.count) && groups.count <= 6 && isCalled(before: place)
        && digits[0] != 0 || (8...13).contains(digits.count) && isCalled(before: place)
    }
    guard isPhone else { return }
    add(.phone, place..<last, isExample: Self.isFiction(digits))
  }

  /// `(212) 736-5000`, `212-736-5000`, `1-212-736-5000`, `212.736.5000`.
  private func isNorthAmerican(_ digits: [UInt8], _ groups: [Int], _ marks: [UInt8]) -> Bool {
    var (digits, groups, marks) = (digits[...], groups[...], marks[...])
    if digits.first == 1, groups.first == 1, digits.count == 11 {
      digits = digits.dropFirst()
      groups = groups.dropFirst()
      marks = marks.dropFirst()
    }
    guard digits.count == 10, Array(groups) == [3, 3, 4], let area = digits.first, area >= 2,
      digits[digits.startIndex + 3] >= 2
    else { return false }
    let isParenthesized = marks.contains(UInt8(ascii: ")"))
    let isEven = marks.count == 2 && marks.first == marks.last && marks.first != UInt8(ascii: "/")
    return isParenthesized || isEven && marks.first != UInt8(ascii: " ")
  }

  /// Numbers that nobody has: North America's 555-01xx, and those of Ofcom for drama.
  private static func isFiction(_ digits: [UInt8]) -> Bool {
    let text = digits.map { $0 + 0x30 }
    if text.count >= 7 {
      let local = text.suffix(7)
      if local.starts(with: "55501".utf8) || local.starts(with: "5551212".utf8) { return true }
    }
    let british =
      text.starts(with: "44".utf8) ? text.dropFirst(2) : text.dropFirst(text.first == 0x30 ? 1 : 0)
    let zeroless = british.first == 0x30 ? british.dropFirst() : british
    return zeroless.starts(with: "7700900".utf8) || zeroless.starts(with: "2079460".utf8)
      || zeroless.starts(with: "1632960".utf8) || zeroless.starts(with: "8081570".utf8)
      || Set(digits).count <= 2
  }

  private static let names = [
    "phone", "tel", "tel.", "telephone", "telefon", "mobile", "cell", "handy", "mobil", "whatsapp",
    "fax", "call", "call me", "phone number", "number is", "reach me at", "reach me on",
    "call me at",
    "call me on", "ring me on", "telefonnummer", "téléphone", "teléfono", "móvil", "text me at",
    "mobile number", "rückruf",
  ].map { Array($0.utf8) }

  /// Whether the words before say that a number can be called.
  private func isCalled(before place: Int) -> Bool {
    var end = place
    while end > 0, place - end < 5,
      [0x20, 0x3A, 0x22, 0x3D, 0x28, 0x2A].contains(bytes[end - 1])
    {
      end -= 1
    }
    guard end < place else { return false }
    // `is`, `at`, `on` and `unter` may stand between.
    for word in ["", " is", " at", " on", " unter", " no", " no.", " nr", " nr.", " is at", " ist"]
    {
      let start = end - word.utf8.count
      guard start > 0, word.isEmpty || begins(Array(word.utf8), at: start) else { continue }
      for name in Self.names where start >= name.count {
        let first = start - name.count
        guard !ByteClass.isLetter(at(first - 1)) else { continue }
        let isEqual = name.indices.allSatisfy {
          let byte = bytes[first + $0]
          return (ByteClass.isCapital(byte) ? byte | 0x20 : byte) == name[$0]
        }
        if isEqual { return true }
      }
    }
    return false
  }
}
