// Reads what stands between a tag's braces: a path or a helper, its arguments, and the names that
// a block binds.

/// Parses the content of one tag.
struct TemplateExpressionParser {
  private let bytes: [UInt8]
  private var position: Int
  private let end: Int
  private let tagStart: Int
  private var depth = 0

  private static let deepest = 32

  /// - Parameter token: the tag whose content is read.
  init(bytes: [UInt8], token: TemplateToken, content: Range<Int>? = nil) {
    self.bytes = bytes
    position = (content ?? token.content).lowerBound
    end = (content ?? token.content).upperBound
    tagStart = token.range.lowerBound
  }

  /// A whole tag: what it calls, and what it binds with `as |name …|`.
  mutating func tag() throws(TemplateError) -> (call: TemplateSyntax.Call, parameters: [String]) {
    let call = try call()
    let parameters = try blockParameters()
    skipBlanks()
    guard position == end else { throw fail("the tag's end was expected here") }
    return (call, parameters)
  }

  /// A whole `{{> name context key=value}}`.
  ///
  /// - Parameter offset: where the tag stands in the template.
  mutating func partial(offset: Int) throws(TemplateError) -> TemplateSyntax.Partial {
    var partial = TemplateSyntax.Partial(offset: offset, name: try partialName())
    while let argument = try argument() {
      switch argument {
      case .option(let option): partial.options.append(option)
      case .positional(let context):
        guard partial.context == nil, partial.options.isEmpty else {
          throw fail("a partial takes one context, then 'name=value'")
        }
        partial.context = context
      }
    }
    skipBlanks()
    guard position == end else { throw fail("the tag's end was expected here") }
    return partial
  }

  /// The name of a partial is that of a file: it may hold what no variable's may.
  private mutating func partialName() throws(TemplateError) -> String {
    skipBlanks()
    if let quote = quoteHere { return try quoted(quote) }
    guard !at("(") else { throw fail("a partial's name can't be worked out here: write it down") }
    let start = position
    while position < end, !isBlank(bytes[position]) { position += 1 }
    guard position > start else { throw fail("the name of a partial was expected") }
    return String(decoding: bytes[start..<position], as: UTF8.self)
  }

  /// The path that a closing tag names, as it is written.
  mutating func closingPath() throws(TemplateError) -> TemplateSyntax.Path {
    skipBlanks()
    let path = try path()
    skipBlanks()
    guard position == end else { throw fail("a closing tag holds one name only") }
    return path
  }

  private func fail(_ problem: String, at offset: Int? = nil) -> TemplateError {
    TemplateError(at: offset ?? position, in: bytes, problem)
  }

  // MARK: Calls

  private mutating func call() throws(TemplateError) -> TemplateSyntax.Call {
    skipBlanks()
    let start = position
    let path: TemplateSyntax.Path
    if let quote = quoteHere {
      path = TemplateSyntax.Path(names: [try quoted(quote)])
    } else {
      path = try self.path()
    }
    let helper = path.simpleName.flatMap(TemplateHelper.init)
    var call = TemplateSyntax.Call(
      offset: tagStart, target: helper.map { .helper($0) } ?? .value(path))
    while let argument = try argument() {
      switch argument {
      case .positional(let expression):
        guard call.options.isEmpty else {
          throw fail("a value without a name can't follow 'name=value'")
        }
        call.arguments.append(expression)
      case .option(let option): call.options.append(option)
      }
    }
    try check(call, start: start)
    return call
  }

  private func check(_ call: TemplateSyntax.Call, start: Int) throws(TemplateError) {
    switch call.target {
    case .helper(let helper):
      guard call.arguments.count == helper.argumentCount else {
        let count = helper.argumentCount
        let expected = count == 0 ? "no value" : count == 1 ? "one value" : "\(count) values"
        throw fail(
          "the helper '\(helper.rawValue)' takes \(expected), not \(call.arguments.count); "
            + "a variable of that name is written 'this.\(helper.rawValue)'", at: start)
      }
      if helper == .role, case .literal(let value) = call.arguments[0] {
        guard let name = value?.string, Role.named(name) != nil else {
          throw fail("the role must be one of \(Role.templateNames)", at: start)
        }
      }
      if helper == .media, call.option("url") == nil {
        throw fail("'media' takes an address: '{{media url=…}}' was expected", at: start)
      }
    case .value(let path):
      guard call.arguments.isEmpty, call.options.isEmpty else {
        let known = TemplateHelper.allCases.map(\.rawValue).joined(separator: ", ")
        let name = path.names.joined(separator: ".")
        throw fail("there is no helper '\(name)'; there are \(known)", at: start)
      }
    }
  }

  private enum Argument {
    case positional(TemplateSyntax.Expression)
    case option(TemplateSyntax.Call.Option)
  }

  private mutating func argument() throws(TemplateError) -> Argument? {
    skipBlanks()
    guard position < end, bytes[position] != UInt8(ascii: ")"), !isBlockParameters else {
      return nil
    }
    if let name = optionName() {
      return .option(TemplateSyntax.Call.Option(name: name, value: try expression()))
    }
    return .positional(try expression())
  }

  /// The name of `name=`, and moves past it; nil where something else stands.
  private mutating func optionName() -> String? {
    let start = position
    guard let name = identifier() else { return nil }
    skipBlanks()
    guard at("=") else {
      position = start
      return nil
    }
    position += 1
    return name
  }

  private mutating func expression() throws(TemplateError) -> TemplateSyntax.Expression {
    skipBlanks()
    guard position < end else { throw fail("a value was expected") }
    if let quote = quoteHere { return .literal(.string(try quoted(quote))) }
    if at("(") {
      depth += 1
      guard depth <= Self.deepest else { throw fail("nested deeper than \(Self.deepest)") }
      position += 1
      let start = position
      let inner = try call()
      if case .helper(let helper) = inner.target, !helper.givesValue {
        throw fail("'\(helper.rawValue)' gives no value that could be used here", at: start)
      }
      guard at(")") else { throw fail("')' was expected") }
      position += 1
      depth -= 1
      return .call(inner)
    }
    if let literal = literal() { return literal }
    return .path(try path())
  }

  // MARK: Literals and paths

  private mutating func literal() -> TemplateSyntax.Expression? {
    let start = position
    if at("-") || (position < end && isDigit(bytes[position])) {
      position += 1
      while position < end, isDigit(bytes[position]) || at(".") { position += 1 }
      let text = String(decoding: bytes[start..<position], as: UTF8.self)
      if isAtBoundary {
        if let value = Int(text) { return .literal(.integer(value)) }
        if let value = Double(text), value.isFinite { return .literal(.number(value)) }
      }
    } else if let word = identifier(), isAtBoundary {
      switch word {
      case "true": return .literal(.bool(true))
      case "false": return .literal(.bool(false))
      case "null": return .literal(.null)
      case "undefined": return .literal(nil)
      default: break
      }
    }
    position = start
    return nil
  }

  private mutating func path() throws(TemplateError) -> TemplateSyntax.Path {
    var path = TemplateSyntax.Path()
    if at("@") {
      path.isData = true
      position += 1
    }
    var isFirst = true
    while true {
      if has("..") {
        guard path.names.isEmpty else { throw fail("'..' can only stand at a path's start") }
        path.parents += 1
        path.isScoped = true
        position += 2
      } else if at(".") {
        guard isFirst else { throw fail("a name was expected after the dot") }
        path.isScoped = true
        position += 1
      } else if at("[") {
        path.names.append(try bracketed())
      } else if let name = identifier() {
        if name == "this", isFirst, !path.isData {
          path.isScoped = true
        } else {
          path.names.append(name)
        }
      } else {
        throw fail(isFirst ? "a name was expected" : "a name was expected after the dot")
      }
      isFirst = false
      guard at(".") || at("/") else { return path }
      position += 1
    }
  }

  private mutating func bracketed() throws(TemplateError) -> String {
    let start = position + 1
    var index = start
    while index < end, bytes[index] != UInt8(ascii: "]") { index += 1 }
    guard index < end else { throw fail("']' was expected") }
    position = index + 1
    return String(decoding: bytes[start..<index], as: UTF8.self)
  }

  private var quoteHere: UInt8? {
    at("\"") || at("'") ? bytes[position] : nil
  }

  private mutating func quoted(_ quote: UInt8) throws(TemplateError) -> String {
    let start = position
    position += 1
    var text: [UInt8] = []
    while position < end {
      if bytes[position] == quote {
        position += 1
        return String(decoding: text, as: UTF8.self)
      }
      if bytes[position] == UInt8(ascii: "\\"), position + 1 < end, bytes[position + 1] == quote {
        position += 1
      }
      text.append(bytes[position])
      position += 1
    }
    throw fail("this quoted text has no end", at: start)
  }

  // MARK: Block parameters

  private var isBlockParameters: Bool {
    guard has("as") else { return false }
    var index = position + 2
    while index < end, isBlank(bytes[index]) { index += 1 }
    return index > position + 2 && index < end && bytes[index] == UInt8(ascii: "|")
  }

  private mutating func blockParameters() throws(TemplateError) -> [String] {
    skipBlanks()
    guard isBlockParameters else { return [] }
    position += 2
    skipBlanks()
    position += 1
    var names: [String] = []
    skipBlanks()
    while let name = identifier() {
      names.append(name)
      skipBlanks()
    }
    guard at("|"), !names.isEmpty else { throw fail("names and a closing '|' were expected") }
    position += 1
    return names
  }

  // MARK: Bytes

  private mutating func identifier() -> String? {
    let start = position
    while position < end, isNamePart(bytes[position]) { position += 1 }
    return position == start ? nil : String(decoding: bytes[start..<position], as: UTF8.self)
  }

  private mutating func skipBlanks() {
    while position < end, isBlank(bytes[position]) { position += 1 }
  }

  private func at(_ character: Unicode.Scalar) -> Bool {
    position < end && bytes[position] == UInt8(ascii: character)
  }

  private func has(_ text: StaticString) -> Bool {
    let count = text.utf8CodeUnitCount
    return position + count <= end
      && (0..<count).allSatisfy { bytes[position + $0] == text.utf8Start[$0] }
  }

  /// Whether a word or a number ends here, and is not the start of a path.
  private var isAtBoundary: Bool { position == end || isBlank(bytes[position]) || at(")") }

  private func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || 0x09...0x0D ~= byte }

  private func isDigit(_ byte: UInt8) -> Bool { 0x30...0x39 ~= byte }

  /// What Handlebars takes for a part of a name: all but white space and ! " # % & ' ( ) * + , . /
  /// ; < = > @ [ \ ] ^ ` { | } ~
  private func isNamePart(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "$"), UInt8(ascii: "-"), UInt8(ascii: ":"), UInt8(ascii: "?"),
      UInt8(ascii: "_"):
      true
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x80...: true
    default: false
    }
  }
}
