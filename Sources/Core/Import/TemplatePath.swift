// Where a value is found, as other programs write it and as this one's templates do.

/// A variable, and the way from it to one of its parts: `a.b[0]["c d"]`.
struct TemplatePath: Hashable, Sendable {
  var names: [String]

  /// The path that a text is; nil for anything else.
  init?(_ text: some StringProtocol) {
    var names: [String] = []
    var rest = Substring(text)
    func takeName() -> String? {
      let name = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "$" || $0 == "-" }
      guard let first = name.first, first != "-", !names.isEmpty || !first.isNumber else {
        return nil
      }
      rest.removeFirst(name.count)
      return String(name)
    }
    guard let first = takeName() else { return nil }
    names.append(first)
    while let next = rest.first {
      rest.removeFirst()
      if next == "." {
        guard let name = takeName() else { return nil }
        names.append(name)
      } else {
        guard next == "[", let end = rest.firstIndex(of: "]") else { return nil }
        var key = rest[..<end]
        rest = rest[rest.index(after: end)...]
        if let quote = key.first, quote == "\"" || quote == "'" {
          guard key.count > 2, key.last == quote else { return nil }
          key = key.dropFirst().dropLast()
        } else if !key.allSatisfy({ $0.isASCII && $0.isNumber }) || key.isEmpty {
          return nil
        }
        names.append(String(key))
      }
    }
    self.names = names
  }

  /// As a template writes it.
  ///
  /// - Parameters:
  ///   - bound: names that a loop around it binds, with what they are called in the template.
  ///   - isInLoop: whether plain names would be looked up in a loop's item.
  func source(bound: [String: String] = [:], isInLoop: Bool = false) -> String {
    let rest = names.dropFirst().map { Self.segment($0) }
    if let name = bound[names[0]] { return ([name] + rest).joined(separator: ".") }
    let first = Self.segment(names[0])
    if isInLoop { return (["@root", first] + rest).joined(separator: ".") }
    let isTaken = TemplateHelper(rawValue: names[0]) != nil || Self.words.contains(names[0])
    return ((isTaken ? ["this"] : []) + [first] + rest).joined(separator: ".")
  }

  /// Words that mean something else than a name.
  private static let words: Set = ["this", "else", "true", "false", "null", "undefined", "as"]

  private static func segment(_ name: String) -> String {
    let isPlain = name.allSatisfy {
      $0.isLetter || $0.isNumber || $0 == "_" || $0 == "-" || $0 == "$"
    }
    return isPlain && name.first?.isNumber == false && !words.contains(name) ? name : "[\(name)]"
  }
}
