import Playground

// The bytes that xterm sends for a key (ctlseqs, "PC-Style Function Keys").

extension Key {
  /// What a terminal sends when this key is pressed.
  var bytes: [UInt8] {
    var text = sequence
    if modifiers.contains(.alt), !text.hasPrefix("\u{1B}[") { text = "\u{1B}" + text }
    return Array(text.utf8)
  }

  private var sequence: String {
    switch code {
    case .character(let character): control(character) ?? String(character)
    case .enter: "\r"
    case .tab: modifiers.contains(.shift) ? "\u{1B}[Z" : "\t"
    case .escape: "\u{1B}"
    case .backspace: "\u{7F}"
    case .up: letter("A")
    case .down: letter("B")
    case .right: letter("C")
    case .left: letter("D")
    case .home: letter("H")
    case .end: letter("F")
    case .insert: number(2)
    case .delete: number(3)
    case .pageUp: number(5)
    case .pageDown: number(6)
    case .function(let index): function(index)
    }
  }

  private func control(_ character: Character) -> String? {
    guard modifiers.contains(.control), let byte = character.asciiValue else { return nil }
    return String(UnicodeScalar(byte & 0x1F))
  }

  /// 1 when none is held, and the sum of 1 for shift, 2 for alt and 4 for control more.
  private var modifierNumber: Int {
    1 + (modifiers.contains(.shift) ? 1 : 0) + (modifiers.contains(.alt) ? 2 : 0)
      + (modifiers.contains(.control) ? 4 : 0)
  }

  private func letter(_ final: String) -> String {
    modifiers.isEmpty ? "\u{1B}[\(final)" : "\u{1B}[1;\(modifierNumber)\(final)"
  }

  private func number(_ value: Int) -> String {
    modifiers.isEmpty ? "\u{1B}[\(value)~" : "\u{1B}[\(value);\(modifierNumber)~"
  }

  private func function(_ index: Int) -> String {
    if index <= 4 {
      let final = ["P", "Q", "R", "S"][max(0, index - 1)]
      return modifiers.isEmpty ? "\u{1B}O\(final)" : letter(final)
    }
    return number([15, 17, 18, 19, 20, 21, 23, 24][min(index, 12) - 5])
  }
}
