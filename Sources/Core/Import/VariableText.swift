// The plainest templates: `{{name}}` is a variable, and all else is text. OpenAI's stored prompts are
// such.

extension TemplateText {
  /// A text in which `{{name}}`, with or without blanks around the name, is a variable.
  init(variablesIn text: String) {
    self.init()
    var rest = Substring(text)
    while let open = rest.firstRange(of: "{{") {
      let after = rest[open.upperBound...]
      if let close = after.firstRange(of: "}}"),
        let path = TemplatePath(after[..<close.lowerBound].trimmed)
      {
        append(literal: String(rest[..<open.lowerBound]))
        append(tag: "{{\(path.source())}}")
        rest = after[close.upperBound...]
      } else {
        // The second of the braces may be the first of a tag.
        append(literal: String(rest[..<open.upperBound].dropLast()))
        rest = rest[open.lowerBound...].dropFirst()
      }
    }
    append(literal: String(rest))
  }
}

extension Substring {
  /// Without the white space at both ends.
  public var trimmed: Substring {
    let start = drop { $0.isWhitespace }
    return start[
      ..<(start.lastIndex { !$0.isWhitespace }.map(start.index(after:)) ?? start.startIndex)]
  }
}
