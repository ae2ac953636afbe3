// Walks a template's tree over values, and puts what comes of it into messages. Templates and
// values are hostile: the work and the size of the result have limits, the depth had one in the
// parser.

/// One rendering of a template, with what it has used up of its limits.
struct TemplateRenderer {
  /// Nodes that one rendering may visit, loops counted each time around.
  static let mostSteps = 200_000
  /// UTF-8 bytes that one rendering may write.
  static let mostBytes = 16 << 20

  private let source: String
  private let root: JSON
  private var builder: MessageBuilder
  private var frames: [Frame]
  private var steps = 0
  /// UTF-8 bytes that helpers have written, whether or not they reached a message.
  private var writtenBytes = 0
  private(set) var missing: [String] = []

  /// One context: the values themselves, or what a block has made the context.
  private struct Frame {
    /// nil is `undefined`.
    var context: JSON?
    var parameters: [String: JSON] = [:]
    /// `@index`, `@key`, `@first`, `@last`; nil for a block that doesn't loop.
    var loop: JSON?
  }

  /// - Parameter source: the template's text, to name places in it.
  init(source: String, values: JSON, history: [Message]) {
    self.source = source
    root = values
    builder = MessageBuilder(history: history)
    frames = [Frame(context: values)]
  }

  mutating func messages(of nodes: [TemplateSyntax.Node]) throws(TemplateError) -> [Message] {
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
      }
    }
  }

  private func checkLimits(_ call: TemplateSyntax.Call) throws(TemplateError) {
    guard steps <= Self.mostSteps, builder.byteCount + writtenBytes <= Self.mostBytes else {
      throw fail(
        "the filled-in text is too large here: over \(Self.mostBytes >> 20) MB "
          + "or \(Self.mostSteps) steps", call)
    }
  }

  private func fail(_ problem: String, _ call: TemplateSyntax.Call) -> TemplateError {
    TemplateError(at: call.offset, in: source.utf8, problem)
  }

  // MARK: Output

  private mutating func output(_ call: TemplateSyntax.Call) throws(TemplateError) {
    switch call.target {
    case .helper(.role):
      let name = try value(of: call.arguments[0])?.templateText ?? ""
      guard let role = Role.named(name) else {
        throw fail("'\(name.prefix(40))' is no role: it must be one of \(Role.templateNames)", call)
      }
      builder.begin(role)
    case .helper(.history): builder.insertHistory()
    default: builder.append(try value(of: call)?.templateText ?? "")
    }
    try checkLimits(call)
  }

  /// What a call that is no block comes to.
  private mutating func value(of call: TemplateSyntax.Call) throws(TemplateError) -> JSON? {
    switch call.target {
    case .value(let path): return value(at: path)
    case .helper(.json):
      guard let value = try value(of: call.arguments[0]) else { return nil }
      var indent = 0
      if let option = call.option("indent") { indent = try self.value(of: option)?.integer ?? 0 }
      let text = indent > 0 ? value.text(indent: min(indent, 10)) : value.text
      writtenBytes += text.utf8.count
      try checkLimits(call)
      return .string(text)
    case .helper(.lookup):
      let key = try value(of: call.arguments[1])?.templateText ?? ""
      writtenBytes += key.utf8.count
      return try value(of: call.arguments[0])?.member(key)
    case .helper: return nil
    }
  }

  private mutating func value(of expression: TemplateSyntax.Expression, noting: Bool = true)
    throws(TemplateError) -> JSON?
  {
    switch expression {
    case .literal(let value): value
    case .path(let path): value(at: path, noting: noting)
    case .call(let call): try value(of: call)
    }
  }

  // MARK: Blocks

  private mutating func render(_ block: TemplateSyntax.Block) throws(TemplateError) {
    try checkLimits(block.call)
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
      switch value(at: path, noting: false) {
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
      try checkLimits(block.call)
      var frame = frame(block, [item.value, item.key])
      frame.loop = [
        "index": .integer(index), "key": item.key, "first": .bool(index == 0),
        "last": .bool(index == items.count - 1),
      ]
      try render(block.body, in: frame)
    }
  }

  private func frame(_ block: TemplateSyntax.Block, _ bound: [JSON?]) -> Frame {
    var frame = Frame(context: bound[0])
    for (name, value) in zip(block.parameters, bound) { frame.parameters[name] = value }
    return frame
  }

  private mutating func render(_ nodes: [TemplateSyntax.Node], in frame: Frame)
    throws(TemplateError)
  {
    frames.append(frame)
    try render(nodes)
    frames.removeLast()
  }

  // MARK: Values

  /// - Parameter noting: whether a name without a value is a missing one; it isn't where a template
  ///   only asks whether there is one.
  private mutating func value(at path: TemplateSyntax.Path, noting: Bool = true) -> JSON? {
    var names = path.names[...]
    var context: JSON?
    var isFromRoot = false
    if path.isData {
      if names.first == "root" {
        names.removeFirst()
        context = root
        isFromRoot = true
      } else {
        let loops = frames.compactMap(\.loop)
        context = loops.dropLast(path.parents).last
      }
    } else if !path.isScoped, let name = names.first,
      let bound = frames.last(where: { $0.parameters[name] != nil })?.parameters[name]
    {
      names.removeFirst()
      context = bound
    } else {
      guard path.parents < frames.count else { return nil }
      let index = frames.count - 1 - path.parents
      context = frames[index].context
      isFromRoot = index == 0
    }
    let found = names.reduce(context) { $0?.member($1) }
    if found == nil, noting, isFromRoot, let name = names.first, !missing.contains(name) {
      missing.append(name)
    }
    return found
  }
}

extension JSON {
  /// A member by name, an item by its number, or a length.
  fileprivate func member(_ name: String) -> JSON? {
    switch self {
    case .object(let object): object[name]
    case .array(let items):
      name == "length" ? .integer(items.count) : Int(name).flatMap { self[$0] }
    case .string(let text) where name == "length": .integer(text.utf16.count)
    default: nil
    }
  }

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
