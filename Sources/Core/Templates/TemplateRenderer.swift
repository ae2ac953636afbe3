// Walks a template's tree over values, and puts what comes of it into messages. Templates and
// values are hostile: the work and the size of the result have limits, the depth had one in the
// parser.

/// One rendering of a template, with what it has used up of its limits.
struct TemplateRenderer {
  /// Nodes that one rendering may visit, loops counted each time around.
  static let mostSteps = 200_000
  /// UTF-8 bytes that one rendering may write.
  static let mostBytes = 16 << 20

  /// Partials within partials.
  static let deepestPartial = 32
  static let tooManyPartials = "partials are nested deeper than \(deepestPartial)"

  /// The text that is being rendered: the template's, or that of a partial.
  private var source: String
  private let partials: [String: TemplateTree]
  private var scope: TemplateScope
  private var builder: MessageBuilder
  private var steps = 0
  private var partialDepth = 0
  /// UTF-8 bytes that helpers have written, whether or not they reached a message.
  private var writtenBytes = 0

  /// - Parameters:
  ///   - source: the template's text, to name places in it.
  ///   - partials: the partials that it may put in, by their names.
  init(
    source: String, partials: [String: TemplateTree], scope: TemplateScope,
    history: [Template.Turn]
  ) {
    self.source = source
    self.partials = partials
    self.scope = scope
    builder = MessageBuilder(history: history)
  }

  var missing: [String] { scope.missing }

  mutating func turns(of nodes: [TemplateSyntax.Node]) throws(TemplateError) -> [Template.Turn] {
    try render(nodes)
    return builder.finished()
  }

  private mutating func render(_ nodes: [TemplateSyntax.Node]) throws(TemplateError) {
    for node in nodes {
      steps += 1
      switch node {
      case .text(let text): builder.append(text)
      case .output(let call): try output(call)
      case .block(let block): try render(block)
      case .partial(let partial): try render(partial)
      }
    }
  }

  /// - Parameter offset: where the tag stands that is being rendered.
  private func checkLimits(_ offset: Int) throws(TemplateError) {
    guard steps <= Self.mostSteps, builder.byteCount + writtenBytes <= Self.mostBytes else {
      throw fail(
        "the filled-in text is too large here: over \(Self.mostBytes >> 20) MB "
          + "or \(Self.mostSteps) steps", offset)
    }
  }

  private func fail(_ problem: String, _ offset: Int) -> TemplateError {
    TemplateError(at: offset, in: source.utf8, problem)
  }

  // MARK: Output

  private mutating func output(_ call: TemplateSyntax.Call) throws(TemplateError) {
    switch call.target {
    case .helper(.role): try begin(call)
    case .helper(.history): builder.insertHistory()
    case .helper(.media):
      if let url = try text(of: call.option("url")), !url.isEmpty {
        let contentType = try text(of: call.option("contentType"))
        builder.append(
          .media(url: url, contentType: contentType?.isEmpty == true ? nil : contentType))
      }
    case .helper(.section):
      if let name = try text(of: call.arguments[0]) { builder.append(.section(name)) }
    default: builder.append(try value(of: call)?.templateText ?? "")
    }
    try checkLimits(call.offset)
  }

  /// Begins the message of a `{{role "name" key=value}}`; what else it says is metadata.
  private mutating func begin(_ call: TemplateSyntax.Call) throws(TemplateError) {
    let name = try text(of: call.arguments[0]) ?? ""
    guard let role = Role.named(name) else {
      throw fail(
        "'\(name.prefix(40))' is no role: it must be one of \(Role.templateNames)", call.offset)
    }
    var metadata = JSON.Object()
    for option in call.options {
      metadata[option.name] = try text(of: option.value).map(JSON.string)
    }
    builder.begin(role, name: name, metadata: metadata)
  }

  private mutating func text(
    of expression: TemplateSyntax.Expression?
  ) throws(TemplateError) -> String? {
    guard let expression else { return nil }
    return try value(of: expression)?.templateText
  }

  /// What a call that is no block comes to.
  private mutating func value(of call: TemplateSyntax.Call) throws(TemplateError) -> JSON? {
    switch call.target {
    case .value(let path): return scope.value(at: path, noting: true)
    case .helper(.json):
      guard let value = try value(of: call.arguments[0]) else { return nil }
      var indent = 0
      if let option = call.option("indent") { indent = try self.value(of: option)?.integer ?? 0 }
      let text = indent > 0 ? value.text(indent: min(indent, 10)) : value.text
      writtenBytes += text.utf8.count
      try checkLimits(call.offset)
      return .string(text)
    case .helper(.lookup):
      let key = try value(of: call.arguments[1])?.templateText ?? ""
      writtenBytes += key.utf8.count
      return try value(of: call.arguments[0])?.templateMember(key)
    case .helper: return nil
    }
  }

  private mutating func value(of expression: TemplateSyntax.Expression, noting: Bool = true)
    throws(TemplateError) -> JSON?
  {
    switch expression {
    case .literal(let value): value
    case .path(let path): scope.value(at: path, noting: noting)
    case .call(let call): try value(of: call)
    }
  }

  // MARK: Blocks

  private mutating func render(_ block: TemplateSyntax.Block) throws(TemplateError) {
    try checkLimits(block.call.offset)
    let arguments = block.call.arguments
    switch block.call.target {
    case .helper(.each):
      try loop(block, over: value(of: arguments[0], noting: block.inverse == nil))
    case .helper(.with):
      let context = try value(of: arguments[0], noting: block.inverse == nil)
      if context.isEmptyInTemplates {
        try render(block.inverse ?? [])
      } else {
        try render(block.body, in: frame(block, [context]))
      }
    case .helper(.ifEquals), .helper(.unlessEquals):
      let first = try value(of: arguments[0], noting: false)
      let second = try value(of: arguments[1], noting: false)
      let areEqual = first == second || first?.double.map { $0 == second?.double } == true
      try render(block, ifTrue: areEqual == (block.call.target == .helper(.ifEquals)))
    case .helper(let helper):
      let condition = try value(of: arguments[0], noting: false)
      let isTrue =
        condition?.double == 0
        ? try includesZero(block.call) : !condition.isEmptyInTemplates
      try render(block, ifTrue: isTrue == (helper == .if))
    case .value(let path):
      switch scope.value(at: path, noting: false) {
      case nil, .null, .bool(false), .array([]): try render(block.inverse ?? [])
      case .bool(true): try render(block.body)
      case .array(let items): try loop(block, over: .array(items))
      case let context: try render(block.body, in: frame(block, [context]))
      }
    }
  }

  /// `{{#if count includeZero=true}}`: zero is a value, too.
  private mutating func includesZero(_ call: TemplateSyntax.Call) throws(TemplateError) -> Bool {
    guard let option = call.option("includeZero") else { return false }
    return try value(of: option) == true
  }

  private mutating func render(_ block: TemplateSyntax.Block, ifTrue condition: Bool)
    throws(TemplateError)
  {
    try render(condition ? block.body : block.inverse ?? [])
  }

  private mutating func loop(_ block: TemplateSyntax.Block, over value: JSON?)
    throws(TemplateError)
  {
    let items: [(key: JSON, value: JSON)] =
      switch value {
      case .array(let items): items.enumerated().map { (.integer($0.offset), $0.element) }
      case .object(let object): object.members.map { (.string($0.name), $0.value) }
      default: []
      }
    if items.isEmpty { try render(block.inverse ?? []) }
    for (index, item) in items.enumerated() {
      steps += 1
      try checkLimits(block.call.offset)
      scope.beginRound([
        "index": .integer(index), "key": item.key, "first": .bool(index == 0),
        "last": .bool(index == items.count - 1),
      ])
      try render(block.body, in: frame(block, [item.value, item.key]))
      scope.endRound()
    }
  }

  private func frame(
    _ block: TemplateSyntax.Block, _ bound: [JSON?]
  ) -> TemplateScope.Frame {
    var frame = TemplateScope.Frame(context: bound[0])
    for (name, value) in zip(block.parameters, bound) { frame.parameters[name] = value }
    return frame
  }

  private mutating func render(
    _ nodes: [TemplateSyntax.Node], in frame: TemplateScope.Frame
  ) throws(TemplateError) {
    scope.push(frame)
    try render(nodes)
    scope.pop()
  }

  // MARK: Partials

  private mutating func render(_ partial: TemplateSyntax.Partial) throws(TemplateError) {
    try checkLimits(partial.offset)
    guard let tree = partials[partial.name] else {
      throw fail(TemplateError.noPartial(partial.name), partial.offset)
    }
    guard partialDepth < Self.deepestPartial else {
      throw fail(Self.tooManyPartials, partial.offset)
    }
    var context: JSON??
    if let expression = partial.context { context = .some(try value(of: expression)) }
    var members = JSON.Object()
    for option in partial.options { members[option.name] = try value(of: option.value) }

    let outer = (source, scope.enter(context: context, members: members))
    source = tree.source
    partialDepth += 1
    if !partial.indent.isEmpty { builder.beginIndent(partial.indent) }
    do {
      try render(tree.nodes)
    } catch {
      throw error.inPartial(partial.name, putInAt: partial.offset, of: outer.0)
    }
    if !partial.indent.isEmpty { builder.endIndent() }
    partialDepth -= 1
    source = outer.0
    scope.leave(to: outer.1)
  }
}

extension JSON {
  /// How a template writes a value: text as it is, a list by its items, an object as JSON.
  fileprivate var templateText: String {
    switch self {
    case .null: ""
    case .string(let text): text
    case .array(let items): items.map(\.templateText).joined(separator: ",")
    case .bool, .integer, .number, .object: text
    }
  }
}

extension JSON? {
  /// What Handlebars takes for empty: nothing, null, false, an empty text or list; not zero.
  fileprivate var isEmptyInTemplates: Bool {
    switch self {
    case nil, .null, .bool(false), .string(""), .array([]): true
    default: false
    }
  }
}
