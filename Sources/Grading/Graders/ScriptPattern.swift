// Regular expressions in files are written for JavaScript, as promptfoo runs them; the engine here is
// ICU's. The two read nearly all alike. What differs, and is written in real files, is rewritten:
//
// - `$` is the end of the text, not also the place before a last line break;
// - `\d` and `\w` are ASCII;
// - a brace that begins no repetition, and a bracket in a class, stand for themselves;
// - `[]` is nothing, and `[^]` anything.

enum ScriptPattern {
  /// A pattern of JavaScript in ICU's syntax.
  static func icu(_ pattern: String) -> String {
    var result = ""
    var isInClass = false
    var rest = Substring(pattern)
    // Flags within the pattern are ICU's own: whoever writes them means ICU's `$`.
    let hasFlags = pattern.contains("(?m") || pattern.contains("(?s") || pattern.contains("(?i")
    while let character = rest.popFirst() {
      switch character {
      case "\\":
        guard let escaped = rest.popFirst() else { return result + "\\" }
        result += Self.escape(escaped, isInClass)
        if "pPuxN".contains(escaped), rest.first == "{", let end = rest.firstIndex(of: "}") {
          result += rest[...end]
          rest = rest[end...].dropFirst()
        }
      case "[" where isInClass: result += "\\["
      case "[" where rest.hasPrefix("]"):
        result += "(?!)"
        rest.removeFirst()
      case "[" where rest.hasPrefix("^]"):
        result += "[\\s\\S]"
        rest.removeFirst(2)
      case "[":
        isInClass = true
        result += "["
        if rest.first == "^" { result.append(rest.removeFirst()) }
      case "]":
        result += isInClass ? "]" : "\\]"
        isInClass = false
      case "&" where isInClass: result += "\\&"
      case "$" where !isInClass: result += hasFlags ? "$" : "\\z"
      case "{" where !isInClass:
        if let end = Self.end(ofRepetition: rest) {
          result += "{" + rest[..<end]
          rest = rest[end...]
        } else {
          result += "\\{"
        }
      case "}" where !isInClass: result += "\\}"
      default: result.append(character)
      }
    }
    return result
  }

  private static func escape(_ character: Character, _ isInClass: Bool) -> String {
    switch character {
    case "d": isInClass ? "0-9" : "[0-9]"
    case "w": isInClass ? "a-zA-Z0-9_" : "[a-zA-Z0-9_]"
    case "D": "[^0-9]"
    case "W": "[^a-zA-Z0-9_]"
    default: "\\" + String(character)
    }
  }

  /// After the brace of `2}`, `2,}` or `2,3}`; nil for what repeats nothing.
  private static func end(ofRepetition text: Substring) -> Substring.Index? {
    func digits(_ text: Substring) -> Substring { text.prefix { $0.isASCII && $0.isNumber } }
    let first = digits(text)
    guard !first.isEmpty else { return nil }
    var rest = text[first.endIndex...]
    if rest.first == "," {
      rest.removeFirst()
      rest = rest[digits(rest).endIndex...]
    }
    return rest.first == "}" ? rest.index(after: rest.startIndex) : nil
  }
}
