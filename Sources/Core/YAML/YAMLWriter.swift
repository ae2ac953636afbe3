// Writes JSON values as YAML that people like to read: blocks, plain words where they mean
// themselves, texts of several lines as they are. Reading it back gives the same values.

extension JSON.Object {
  /// The object as a block of YAML, with a line end after each line; empty for no members.
  public var yamlText: String {
    var lines: [String] = []
    YAMLWriter.write(self, indent: 0, to: &lines)
    return lines.map { $0 + "\n" }.joined()
  }
}

private enum YAMLWriter {
  static func write(_ object: JSON.Object, indent: Int, to lines: inout [String]) {
    for member in object.members {
      write(member.value, after: margin(indent) + scalar(member.name) + ":", indent: indent, &lines)
    }
  }

  private static func margin(_ indent: Int) -> String { String(repeating: " ", count: indent) }

  /// - Parameter head: what stands on the line before the value.
  private static func write(
    _ value: JSON, after head: String, indent: Int, _ lines: inout [String]
  ) {
    switch value {
    case .object(let object) where !object.members.isEmpty:
      lines.append(head)
      write(object, indent: indent + 2, to: &lines)
    case .array(let items) where !items.isEmpty:
      lines.append(head)
      for item in items { write(item: item, indent: indent + 2, to: &lines) }
    case .string(let text) where isBlock(text):
      lines.append(head + (text.hasSuffix("\n") ? " |" : " |-"))
      let body = text.hasSuffix("\n") ? text.dropLast() : Substring(text)
      for line in body.split(separator: "\n", omittingEmptySubsequences: false) {
        lines.append(line.isEmpty ? "" : margin(indent + 2) + line)
      }
    default: lines.append(head + " " + scalar(value))
    }
  }

  private static func write(item: JSON, indent: Int, to lines: inout [String]) {
    guard case .object(let object) = item, !object.members.isEmpty else {
      write(item, after: margin(indent) + "-", indent: indent, &lines)
      return
    }
    // The first member stands beside the dash.
    var inner: [String] = []
    write(object, indent: indent + 2, to: &inner)
    inner[0] = margin(indent) + "- " + inner[0].dropFirst(indent + 2)
    lines += inner
  }

  private static func scalar(_ value: JSON) -> String {
    if case .string(let text) = value { return scalar(text) }
    return value.text
  }

  private static func scalar(_ text: String) -> String {
    guard !isPlain(text) else { return text }
    // To YAML, these end a line even in quotes.
    return JSON.string(text).text.replacing("\u{85}", with: "\\u0085")
      .replacing("\u{2028}", with: "\\u2028").replacing("\u{2029}", with: "\\u2029")
      .replacing("\u{FEFF}", with: "\\ufeff")
  }

  /// Whether a text means itself without quotes.
  private static func isPlain(_ text: String) -> Bool {
    guard let first = text.unicodeScalars.first, first.properties.isAlphabetic, first.isASCII,
      text.utf8.count <= 200, text.last != " ",
      !["true", "false", "null", "yes", "no", "on", "off", "y", "n"].contains(text.lowercased())
    else { return false }
    return text.unicodeScalars.allSatisfy {
      $0.properties.isAlphabetic || ($0.properties.numericType != nil)
        || " _-./,()'!?;+=$".unicodeScalars.contains($0)
    } && text != "-"
  }

  /// Whether a text of several lines can stand as it is.
  private static func isBlock(_ text: String) -> Bool {
    guard text.contains("\n"), !text.hasSuffix("\n\n"), text.first?.isWhitespace == false else {
      return false
    }
    return text.unicodeScalars.allSatisfy {
      $0 == "\n"
        || ($0.value >= 0x20 && $0.value != 0x7F && !(0x80...0x9F).contains($0.value)
          && $0 != "\u{2028}" && $0 != "\u{2029}" && $0 != "\u{FEFF}")
    }
      && text.split(separator: "\n", omittingEmptySubsequences: false).allSatisfy {
        !($0.isEmpty == false && $0.isBlank)
      }
  }
}
