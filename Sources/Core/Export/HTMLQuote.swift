// Texts of anybody's making in a page of HTML: nothing in them becomes part of it.

enum HTMLQuote {
  /// A text as it was written, lines and blanks kept.
  static func block(_ text: String) -> String { "<pre>\(escaped(text))</pre>\n" }

  /// A text without anything that HTML takes for its own, nor what a terminal or a reader's eye could
  /// be misled by.
  static func escaped(_ text: String) -> String {
    var safe = ""
    // By scalars: a mark on a quote makes it another character to Swift, and none to a browser.
    for scalar in DisplayText.printable(text.replacing("\r\n", with: "\n")).unicodeScalars {
      switch scalar {
      case "&": safe += "&amp;"
      case "<": safe += "&lt;"
      case ">": safe += "&gt;"
      case "\"": safe += "&quot;"
      case "'": safe += "&#39;"
      default: safe.unicodeScalars.append(scalar)
      }
    }
    return safe
  }
}
