// The conditions of Nunjucks that a template of this program can ask, too.

/// What follows `if` and `elif`.
enum NunjucksCondition {
  case isTrue(TemplatePath)
  case isFalse(TemplatePath)
  case equals(TemplatePath, String)
  case differs(TemplatePath, String)

  /// nil for a condition that has no counterpart.
  init?(_ text: some StringProtocol) {
    var text = Substring(text).trimmed
    while text.first == "(", text.last == ")",
      !text.dropFirst().dropLast().contains(where: { "()".contains($0) })
    {
      text = text.dropFirst().dropLast().trimmed
    }
    for (sign, isEqual) in [("===", true), ("!==", false), ("==", true), ("!=", false)] {
      guard let range = text.firstRange(of: sign) else { continue }
      guard let path = TemplatePath(text[..<range.lowerBound].trimmed),
        let value = Self.literal(text[range.upperBound...].trimmed)
      else { return nil }
      self = isEqual ? .equals(path, value) : .differs(path, value)
      return
    }
    if text.hasPrefix("not "), let path = TemplatePath(text.dropFirst(4).trimmed) {
      self = .isFalse(path)
    } else if text.hasPrefix("!"), let path = TemplatePath(text.dropFirst().trimmed) {
      self = .isFalse(path)
    } else if let path = TemplatePath(text) {
      self = .isTrue(path)
    } else {
      return nil
    }
  }

  var path: TemplatePath {
    switch self {
    case .isTrue(let path), .isFalse(let path), .equals(let path, _), .differs(let path, _): path
    }
  }

  var helper: TemplateHelper {
    switch self {
    case .isTrue: .if
    case .isFalse: .unless
    case .equals: .ifEquals
    case .differs: .unlessEquals
    }
  }

  /// As a tag holds it, after its sigil.
  func source(path: String) -> String {
    switch self {
    case .isTrue, .isFalse: "\(helper.rawValue) \(path)"
    case .equals(_, let value), .differs(_, let value): "\(helper.rawValue) \(path) \(value)"
    }
  }

  /// A text in quotes, a number or a boolean.
  private static func literal(_ text: Substring) -> String? {
    if let quote = text.first, quote == "\"" || quote == "'", text.count > 1, text.last == quote {
      let inner = text.dropFirst().dropLast()
      return inner.contains(where: { "\"'\\\n".contains($0) }) ? nil : "\"\(inner)\""
    }
    if text == "true" || text == "false" || Int(text) != nil { return String(text) }
    return nil
  }
}
