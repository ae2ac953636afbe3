// Builds the tree of a template from its tokens: which tag closes which block, and what belongs to
// an `{{else}}`.

/// Parses a template's tokens into nodes.
struct TemplateParser {
  private let bytes: [UInt8]
  private let tokens: [TemplateToken]
  private let whitespace: TemplateWhitespace
  private var next = 0
  private var depth = 0
  /// The names of partials with the places of their first use, in the order of the text.
  private(set) var partials: [(name: String, offset: Int)] = []

  /// Blocks within blocks, and branches of one `{{else if}}` chain.
  private static let deepest = 100

  init(bytes: [UInt8], tokens: [TemplateToken]) {
    self.bytes = bytes
    self.tokens = tokens
    whitespace = TemplateWhitespace(tokens: tokens, bytes: bytes)
  }

  mutating func template() throws(TemplateError) -> [TemplateSyntax.Node] {
    let nodes = try nodes()
    guard next < tokens.count else { return nodes }
    let stray = tokens[next]
    throw fail(
      stray.kind == .close
        ? "'\(source(stray))' closes a block that was never opened"
        : "'\(source(stray))' stands outside of a block", stray)
  }

  /// Nodes up to a tag that only an open block can take, or to the end.
  private mutating func nodes() throws(TemplateError) -> [TemplateSyntax.Node] {
    var nodes: [TemplateSyntax.Node] = []
    while next < tokens.count {
      let token = tokens[next]
      switch token.kind {
      case .text:
        let text = String(decoding: bytes[whitespace.text(of: next)], as: UTF8.self)
        if !text.isEmpty { nodes.append(.text(text)) }
        next += 1
      case .comment: next += 1
      case .output:
        next += 1
        nodes.append(.output(try output(token)))
      case .open, .openInverted:
        next += 1
        nodes.append(.block(try block(token)))
      case .partial:
        nodes.append(.partial(try partial(token)))
        next += 1
      case .otherwise, .close: return nodes
      }
    }
    return nodes
  }

  private mutating func partial(
    _ token: TemplateToken
  ) throws(TemplateError) -> TemplateSyntax.Partial {
    let offset = token.range.lowerBound
    var parser = TemplateExpressionParser(bytes: bytes, token: token)
    var partial = try parser.partial(offset: offset)
    partial.indent = String(decoding: bytes[whitespace.indent(of: next)], as: UTF8.self)
    if !partials.contains(where: { $0.name == partial.name }) {
      partials.append((partial.name, offset))
    }
    return partial
  }

  private func output(_ token: TemplateToken) throws(TemplateError) -> TemplateSyntax.Call {
    var parser = TemplateExpressionParser(bytes: bytes, token: token)
    let (call, parameters) = try parser.tag()
    if case .helper(let helper) = call.target, helper.opensBlock {
      throw fail("'\(helper.rawValue)' opens a block: '{{#\(helper.rawValue) …}}'", token)
    }
    if !parameters.isEmpty { throw fail("only a block binds names with 'as |…|'", token) }
    return call
  }

  // MARK: Blocks

  private mutating func block(_ open: TemplateToken) throws(TemplateError) -> TemplateSyntax.Block {
    var block = try openedBlock(open)
    block.body = try nodes()
    if let token = here(.otherwise) {
      next += 1
      block.inverse = try inverse(after: token)
    }
    guard let close = here(.close) else {
      throw fail(
        next < tokens.count
          ? "a second '{{else}}' stands in this block"
          : "'\(source(open))' has no '{{/\(name(of: block))}}'",
        next < tokens.count ? tokens[next] : open)
    }
    try checkThat(close, closes: block)
    next += 1
    if open.kind == .openInverted {
      (block.body, block.inverse) = (block.inverse ?? [], block.body)
    }
    depth -= 1
    return block
  }

  /// What follows an `{{else}}`; for `{{else if …}}`, a block that the same closing tag ends.
  private mutating func inverse(after token: TemplateToken) throws(TemplateError)
    -> [TemplateSyntax.Node]
  {
    guard let content = chained(token) else { return try nodes() }
    var block = try openedBlock(token, content: content)
    block.body = try nodes()
    if let token = here(.otherwise) {
      next += 1
      block.inverse = try inverse(after: token)
    }
    depth -= 1
    return [.block(block)]
  }

  private mutating func openedBlock(_ token: TemplateToken, content: Range<Int>? = nil)
    throws(TemplateError) -> TemplateSyntax.Block
  {
    depth += 1
    guard depth <= Self.deepest else {
      throw fail("blocks are nested deeper than \(Self.deepest)", token)
    }
    var parser = TemplateExpressionParser(bytes: bytes, token: token, content: content)
    let (call, parameters) = try parser.tag()
    if case .helper(let helper) = call.target, !helper.opensBlock {
      throw fail("'\(helper.rawValue)' opens no block: write '{{\(helper.rawValue) …}}'", token)
    }
    return TemplateSyntax.Block(call: call, parameters: parameters, body: [], inverse: nil)
  }

  /// The content of `{{else if …}}` after the `else`; nil for `{{else}}` and `{{^}}` alone.
  private func chained(_ token: TemplateToken) -> Range<Int>? {
    func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || 0x09...0x0D ~= byte }
    let rest = bytes[token.content].drop(while: isBlank).dropFirst("else".utf8.count)
    let start = rest.drop(while: isBlank).startIndex
    return start < token.content.upperBound ? start..<token.content.upperBound : nil
  }

  private func checkThat(_ close: TemplateToken, closes block: TemplateSyntax.Block)
    throws(TemplateError)
  {
    var parser = TemplateExpressionParser(bytes: bytes, token: close)
    let path = try parser.closingPath()
    let matches =
      switch block.call.target {
      case .helper(let helper): path.simpleName == helper.rawValue
      case .value(let opened): path == opened
      }
    guard matches else {
      let line = TextPlace.of(offset: block.call.offset, in: bytes).line
      throw fail(
        "'{{/\(name(of: block))}}' was expected, for the block of line \(line), "
          + "not '\(source(close))'", close)
    }
  }

  // MARK: Tokens

  private func here(_ kind: TemplateToken.Kind) -> TemplateToken? {
    next < tokens.count && tokens[next].kind == kind ? tokens[next] : nil
  }

  private func name(of block: TemplateSyntax.Block) -> String {
    switch block.call.target {
    case .helper(let helper): helper.rawValue
    case .value(let path): path.names.joined(separator: ".")
    }
  }

  /// A tag as it is written, cut where it is too long for a message.
  private func source(_ token: TemplateToken) -> String {
    let text = String(decoding: bytes[token.range], as: UTF8.self)
    return text.count > 40 ? text.prefix(39) + "…" : text
  }

  private func fail(_ problem: String, _ token: TemplateToken) -> TemplateError {
    TemplateError(at: token.range.lowerBound, in: bytes, problem)
  }
}
