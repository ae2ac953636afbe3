// Reads a filter's line. A line comes from a person, a script or a log that somebody sent: its length
// and its depth are bounded.

extension ExampleFilter {
  /// Bytes in the longest line, and parentheses and negations in each other at most.
  static let longestLine = 10_000
  static let deepest = 64

  /// Reads a line; an empty one fits all.
  public init(_ line: String) throws(ExampleFilterError) {
    guard line.utf8.count <= Self.longestLine else {
      throw ExampleFilterError(
        problem: "it is longer than \(Self.longestLine) bytes; name a tag instead.",
        place: Self.longestLine, isUnfinished: false)
    }
    var reader = ExampleFilterReader(line)
    self.init(line: line, root: try reader.whole())
  }
}

private struct ExampleFilterReader {
  private enum Token: Equatable {
    case open, close, minus
    case word(String)
    /// A name before a colon, and what stands behind it.
    case named(String, String)
    case quoted(String)
    case pattern(String, ignoresCase: Bool)
  }

  private let characters: [Character]
  private var position = 0
  /// The next token, where it starts, and whether the line ends right behind it.
  private var token: Token?
  private var start = 0
  private var depth = 0
  private var part = ExampleFilter.Part.any

  init(_ line: String) { characters = Array(line) }

  mutating func whole() throws(ExampleFilterError) -> ExampleFilter.Node {
    try advance()
    guard token != nil else { return .all([]) }
    let node = try either()
    if token != nil { throw fail("a closing parenthesis has no opening one.") }
    return node
  }

  private func fail(_ problem: String, isUnfinished: Bool = false) -> ExampleFilterError {
    ExampleFilterError(problem: problem, place: start, isUnfinished: isUnfinished)
  }

  // MARK: Structure

  private mutating func either() throws(ExampleFilterError) -> ExampleFilter.Node {
    var nodes = [try both()]
    while isOperator("or") {
      try advance()
      nodes.append(try both())
    }
    return nodes.count == 1 ? nodes[0] : .any(nodes)
  }

  private mutating func both() throws(ExampleFilterError) -> ExampleFilter.Node {
    var nodes: [ExampleFilter.Node] = []
    repeat {
      if isOperator("and") {
        if nodes.isEmpty { throw fail("'and' stands between two conditions; quote it as a word.") }
        try advance()
      }
      if let node = try one() { nodes.append(node) }
    } while token != nil && token != .close && !isOperator("or")
    // An empty list would fit all.
    guard !nodes.isEmpty else {
      throw fail("in: is followed by the words that it is about.", isUnfinished: true)
    }
    return nodes.count == 1 ? nodes[0] : .all(nodes)
  }

  /// A condition; nil for `in:`, which only says what those after it are about.
  private mutating func one() throws(ExampleFilterError) -> ExampleFilter.Node? {
    guard let current = token else {
      throw fail("a condition is missing here.", isUnfinished: true)
    }
    if current == .minus || isOperator("not") {
      let place = start
      try advance()
      guard let node = try nested({ reader throws(ExampleFilterError) in try reader.one() }) else {
        start = place
        throw fail("in: can't be the opposite of anything; name another part.")
      }
      return .not(node)
    }
    switch current {
    case .open:
      let outer = part
      try advance()
      let node = try nested { reader throws(ExampleFilterError) in try reader.either() }
      guard token == .close else {
        throw fail("a closing parenthesis is missing.", isUnfinished: true)
      }
      part = outer
      try advance()
      return node
    case .named("in", let value):
      guard let named = ExampleFilter.Part(rawValue: value) else {
        throw wrong("in", value, ExampleFilter.Part.allCases.map(\.rawValue))
      }
      part = named
      try advance()
      return nil
    case .close, .minus: throw fail("a condition is missing before the parenthesis.")
    case .word(let text) where text.lowercased() == "or":
      throw fail("'or' stands between two conditions; quote it as a word.")
    default:
      let condition = try condition(current)
      try advance()
      return .condition(condition)
    }
  }

  private mutating func nested<Value>(
    _ body: (inout Self) throws(ExampleFilterError) -> Value
  ) throws(ExampleFilterError) -> Value {
    depth += 1
    guard depth <= ExampleFilter.deepest else {
      throw fail("more than \(ExampleFilter.deepest) conditions stand in each other.")
    }
    defer { depth -= 1 }
    return try body(&self)
  }

  private func isOperator(_ name: String) -> Bool {
    if case .word(let text)? = token { text.lowercased() == name } else { false }
  }

  // MARK: Conditions

  private func condition(_ token: Token) throws(ExampleFilterError) -> ExampleFilter.Condition {
    switch token {
    case .quoted(let text): return .text(text, in: part)
    case .pattern(let text, let ignoresCase):
      do throws(LinearRegexError) {
        return .pattern(try LinearRegex(text, ignoresCase: ignoresCase), in: part)
      } catch {
        throw ExampleFilterError(
          problem: "the pattern can't be read: \(error.problem)",
          place: start + 1 + error.place, isUnfinished: false)
      }
    case .word(let text): return try figure(text) ?? .text(text, in: part)
    case .named(let name, let value): return try condition(name, value)
    case .open, .close, .minus: throw fail("a condition is missing here.")
    }
  }

  private func condition(
    _ name: String, _ value: String
  ) throws(ExampleFilterError) -> ExampleFilter.Condition {
    func choice<Choice: CaseIterable & RawRepresentable<String>>(
      _: Choice.Type
    ) throws(ExampleFilterError) -> Choice {
      guard let choice = Choice(rawValue: value.lowercased()) else {
        throw wrong(name, value, Choice.allCases.map(\.rawValue))
      }
      return choice
    }
    if let figure = ExampleFilter.Figure(rawValue: name) {
      return .figure(figure, try range(value, of: figure))
    }
    switch name {
    case "state": return .state(try choice(ExampleState.self))
    case "source": return .source(try choice(ExampleFilter.Source.self))
    case "tag":
      let tag = value.hasPrefix("#") ? String(value.dropFirst()) : value
      guard !tag.isEmpty else { throw fail("tag: takes a tag.", isUnfinished: true) }
      return .tag(tag)
    case "model":
      guard !value.isEmpty else {
        throw fail("model: takes a part of a model's name.", isUnfinished: true)
      }
      return .model(value)
    case "is":
      switch value.lowercased() {
      case "preference": return .isPreference
      case "supervised": return .isSupervised
      case "edited": return .isEdited
      default: throw wrong(name, value, ["preference", "supervised", "edited"])
      }
    default:
      switch value.lowercased() {
      case "tools": return .hasTools
      case "tags": return .hasTags
      default: throw wrong(name, value, ["tools", "tags"])
      }
    }
  }

  private func wrong(
    _ name: String, _ value: String, _ choices: [String]
  ) -> ExampleFilterError {
    let list = choices.dropLast().joined(separator: ", ") + " or " + (choices.last ?? "")
    return fail(
      "\(name): takes \(list), not '\(value)'.",
      isUnfinished: choices.contains { $0.hasPrefix(value.lowercased()) })
  }

  /// `tokens>500`, which is no name with a value; nil for any other word.
  private func figure(_ word: String) throws(ExampleFilterError) -> ExampleFilter.Condition? {
    guard let sign = word.firstIndex(where: { "<>=".contains($0) }),
      let figure = ExampleFilter.Figure(rawValue: word[..<sign].lowercased())
    else { return nil }
    return .figure(figure, try range(String(word[sign...]), of: figure))
  }

  private func range(
    _ text: String, of figure: ExampleFilter.Figure
  ) throws(ExampleFilterError) -> ClosedRange<Int> {
    let largest = Int.max
    for sign in ["<=", ">=", "<", ">", "="] where text.hasPrefix(sign) {
      guard let value = Self.number(text.dropFirst(sign.count)) else { break }
      switch sign {
      case "<=": return 0...value
      case ">=": return value...largest
      // Nothing is less than nothing; such a range holds no figure, as all are 0 or more.
      case "<": return value > 0 ? 0...value - 1 : -1 ... -1
      case ">": return value + 1...largest
      default: return value...value
      }
    }
    if let dots = text.firstRange(of: "..") {
      let ends = (text[..<dots.lowerBound], text[dots.upperBound...])
      let low = ends.0.isEmpty ? 0 : Self.number(ends.0)
      let high = ends.1.isEmpty ? largest : Self.number(ends.1)
      if let low, let high, low <= high { return low...high }
    } else if let value = Self.number(text[...]) {
      return value...value
    }
    throw fail(
      "\(figure.rawValue) takes a number from 0 on or a range, as in \(figure.rawValue)>=4 or "
        + "\(figure.rawValue):10..20, not '\(text)'.",
      isUnfinished: position == characters.count)
  }

  private static func number(_ text: Substring) -> Int? {
    guard !text.isEmpty, text.utf8.count <= 15, text.utf8.allSatisfy({ 0x30...0x39 ~= $0 }) else {
      return nil
    }
    return Int(text)
  }

  // MARK: Tokens

  private static let names: Set<String> = [
    "state", "tag", "source", "model", "is", "has", "in", "tokens", "turns", "number", "line",
  ]

  private mutating func advance() throws(ExampleFilterError) {
    while position < characters.count, characters[position].isWhitespace { position += 1 }
    start = position
    guard position < characters.count else {
      token = nil
      return
    }
    switch characters[position] {
    case "(":
      position += 1
      token = .open
    case ")":
      position += 1
      token = .close
    case "-" where position + 1 < characters.count && !characters[position + 1].isWhitespace:
      position += 1
      token = .minus
    case "\"": token = .quoted(try quoted())
    case "/": token = try pattern()
    default: token = try word()
    }
  }

  /// What stands between two quotes; a backslash before a quote or a backslash stands for that.
  private mutating func quoted() throws(ExampleFilterError) -> String {
    position += 1
    var text = ""
    while position < characters.count {
      let character = characters[position]
      position += 1
      if character == "\"" {
        guard !text.isEmpty else { throw fail("there is nothing between the quotes.") }
        return text
      }
      if character == "\\", position < characters.count, "\"\\".contains(characters[position]) {
        text.append(characters[position])
        position += 1
      } else {
        text.append(character)
      }
    }
    throw fail("a quote has no end.", isUnfinished: true)
  }

  private mutating func pattern() throws(ExampleFilterError) -> Token {
    position += 1
    var text = ""
    while position < characters.count {
      let character = characters[position]
      position += 1
      if character == "/" {
        guard !text.isEmpty else { throw fail("there is nothing between the slashes.") }
        var ignoresCase = false
        if position < characters.count, characters[position] == "i" {
          ignoresCase = true
          position += 1
        }
        guard
          position == characters.count || characters[position].isWhitespace
            || characters[position] == ")"
        else {
          throw fail("a pattern ends with / or /i; quote what is a text with slashes.")
        }
        return .pattern(text, ignoresCase: ignoresCase)
      }
      text.append(character)
      if character == "\\", position < characters.count {
        if characters[position] == "/" { text.removeLast() }
        text.append(characters[position])
        position += 1
      }
    }
    throw fail("a pattern has no closing /.", isUnfinished: true)
  }

  private mutating func word() throws(ExampleFilterError) -> Token {
    var text = ""
    while position < characters.count {
      let character = characters[position]
      if character.isWhitespace || "()\"".contains(character) { break }
      position += 1
      let name = text.lowercased()
      if character == ":", Self.names.contains(name) {
        return .named(name, try value())
      }
      text.append(character)
    }
    return .word(text)
  }

  private mutating func value() throws(ExampleFilterError) -> String {
    if position < characters.count, characters[position] == "\"" { return try quoted() }
    let first = position
    while position < characters.count, !characters[position].isWhitespace,
      !"()\"".contains(characters[position])
    {
      position += 1
    }
    return String(characters[first..<position])
  }
}
