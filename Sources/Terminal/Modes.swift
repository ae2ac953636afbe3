import CTerminal

// The terminal's own modes: the strings that put it into the program's hands and give it back.

enum Modes {
  /// Bracketed paste, and the mouse: presses, drags and the wheel, with positions of any size.
  static let enter = "\u{1B}[?2004h\u{1B}[?1002h\u{1B}[?1006h"
  static let leave = "\u{1B}[?1006l\u{1B}[?1002l\u{1B}[?2004l"

  /// The cursor, by the DEC modes: terminfo's `cnorm` would also change whether it blinks.
  static let showCursor = "\u{1B}[?25h"
  static let hideCursor = "\u{1B}[?25l"

  /// All that brings back the terminal of a program that has crashed, whatever it was writing.
  static func farewell() -> String {
    // An escape ends any sequence that was half written; this one (ST) does nothing else.
    "\u{1B}\\" + leave + showCursor + capability("sgr0") + capability("rmcup")
  }

  /// A string capability of the open terminal, without its padding; empty where it has none.
  static func capability(_ name: String) -> String {
    // tigetstr gives nil for a missing capability, and -1 for what is no string capability.
    guard let value = tigetstr(name), Int(bitPattern: value) != -1 else { return "" }
    var bytes = Array(String(cString: value).utf8)
    while let start = bytes.firstIndex(of: UInt8(ascii: "$")),
      let end = bytes[start...].firstIndex(of: UInt8(ascii: ">"))
    {
      bytes.removeSubrange(start...end)
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
