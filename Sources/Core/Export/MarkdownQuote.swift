// Texts of anybody's making in a page of Markdown (CommonMark 0.31): nothing in them becomes part of it.

enum MarkdownQuote {
  /// A text in a block of code that nothing in it can end.
  static func block(_ text: String, _ language: String = "text") -> String {
    let longest = text.split { $0 != "`" }.map(\.count).max() ?? 0
    let fence = String(repeating: "`", count: max(3, longest + 1))
    let shown = DisplayText.printable(text.replacing("\r\n", with: "\n"))
    return "\n\(fence)\(language)\n\(shown)\(shown.hasSuffix("\n") ? "" : "\n")\(fence)\n"
  }

  /// A text on one line, whose signs mean nothing.
  static func inline(_ text: String) -> String {
    var safe = ""
    // By scalars, as a reader of Markdown goes by them.
    for scalar in DisplayText.printable(text).unicodeScalars {
      if scalar == "\n" || scalar == "\t" {
        safe += " "
        continue
      }
      // At its beginning a text could become a heading, a rule or a list.
      let isSign =
        "\\`*_{}[]<>()!|~&".unicodeScalars.contains(scalar)
        || (safe.isEmpty && "#+-=".unicodeScalars.contains(scalar))
        || (scalar == "." && safe.allSatisfy(\.isNumber))
      if isSign { safe += "\\" }
      safe.unicodeScalars.append(scalar)
    }
    return safe
  }

  static func code(_ text: String) -> String {
    DisplayText.printable(text).filter { $0 != "`" && !$0.isNewline }
  }
}
