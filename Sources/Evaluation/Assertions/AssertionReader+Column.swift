import Core

// Assertions as a column `__expected` of a CSV file writes them
// (https://www.promptfoo.dev/docs/configuration/test-cases): `contains: x`, `similar(0.8): x`, or
// just the answer.

extension AssertionReader {
  /// The assertion of a cell; nil for an empty one, and for one that is listed in `unsupported`.
  ///
  /// A text that begins with no known type is the answer itself, as by `equals`. Throws
  /// `AssertionError` where a known type lacks what it needs.
  ///
  /// - Parameter place: where the cell stands, for messages: `line 3, __expected`.
  public mutating func assertion(
    inColumn cell: String, place: String
  ) throws(AssertionError) -> Assertion? {
    let text = cell.trimmingWhiteSpace
    guard !text.isEmpty else { return nil }
    for prefix in ["javascript", "fn", "eval", "python"] where text.hasPrefix(prefix + ":") {
      let reason = AssertionKind.unsupported["javascript"] ?? ""
      note(place, prefix, reason)
      return nil
    }
    guard let head = ColumnHead(of: text) else {
      // `file://check.js` is code; any other file holds the answer.
      guard let value = try value(.string(text), place) else { return nil }
      return Assertion(AssertionKind.equals.rawValue, value: value)
    }
    guard let (kind, isNegated) = try kind(head.name, place) else { return nil }
    var assertion = Assertion(kind.rawValue)
    assertion.isNegated = isNegated
    assertion.threshold = head.threshold ?? Self.threshold(of: kind)
    if let rest = head.value?.trimmingWhiteSpace, !rest.isEmpty {
      assertion.value =
        kind.takesList
        ? .array(Self.list(in: rest).map(JSON.string)) : try value(.string(rest), place)
      if assertion.value == nil { return nil }
    }
    try check(assertion, kind, place)
    return assertion
  }

  /// The texts between commas, without blanks around them. In a text between double quotes a comma
  /// is a comma, and two quotes are one.
  public static func list(in text: String) -> [String] {
    var items: [String] = []
    var item = ""
    var isQuoted = false
    var wasQuoted = false
    func end() {
      items.append(wasQuoted ? item : item.trimmingWhiteSpace)
      (item, wasQuoted) = ("", false)
    }
    var rest = Substring(text)
    while let character = rest.popFirst() {
      if isQuoted {
        if character != "\"" {
          item.append(character)
        } else if rest.first == "\"" {
          item.append(rest.removeFirst())
        } else {
          isQuoted = false
        }
      } else if character == "\"", item.allSatisfy(\.isWhitespace), !wasQuoted {
        (item, isQuoted, wasQuoted) = ("", true, true)
      } else if character == "," {
        end()
      } else if !wasQuoted || !character.isWhitespace {
        item.append(character)
      }
    }
    end()
    return items.filter { !$0.isEmpty }
  }

  /// What promptfoo takes where a cell gives none; a limit of time or money must be given.
  private static func threshold(of kind: AssertionKind) -> Double? {
    switch kind {
    case .similar: 0.8
    case .rougeN, .answerRelevance, .contextFaithfulness, .contextRecall, .contextRelevance: 0.75
    default: nil
    }
  }
}

/// What stands before the value in a cell: `not-similar(0.8):`.
private struct ColumnHead {
  var name: String
  var threshold: Double?
  /// What follows the colon; nil where there is none.
  var value: String?

  /// Nil for a text that does not begin with a type.
  init?(of text: String) {
    let end = text.firstIndex { !($0.isASCII && ($0.isLetter || $0.isNumber)) && $0 != "-" }
    var name = text[..<(end ?? text.endIndex)]
    var rest = text[name.endIndex...]
    // Names of a few kinds hold a colon themselves.
    for longer in ["similar:cosine", "similar:dot", "similar:euclidean"]
    where text.hasPrefix(longer) || text.hasPrefix("not-" + longer) {
      name = text.hasPrefix("not-") ? text.prefix(longer.count + 4) : text.prefix(longer.count)
      rest = text[name.endIndex...]
    }
    let bare = name.hasPrefix("not-") ? name.dropFirst(4) : name
    guard
      AssertionKind(name: String(bare)) != nil
        || AssertionKind.unsupported[String(bare)] != nil
    else { return nil }
    if rest.first == "(" {
      guard let close = rest.firstIndex(of: ")"),
        let number = Double(rest[rest.index(after: rest.startIndex)..<close])
      else { return nil }
      threshold = number
      rest = rest[rest.index(after: close)...]
    }
    if rest.first == ":" {
      value = String(rest.dropFirst())
    } else if !rest.isEmpty {
      return nil
    }
    self.name = String(name)
  }
}

extension StringProtocol {
  /// Without the white space at both ends.
  var trimmingWhiteSpace: String {
    let start = drop { $0.isWhitespace }
    let end = start.lastIndex { !$0.isWhitespace }.map(start.index(after:)) ?? start.startIndex
    return String(start[..<end])
  }
}
