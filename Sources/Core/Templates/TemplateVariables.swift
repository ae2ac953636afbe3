// Which names a template takes from the values that it is given: what a form has to ask for.

/// The names that a tree takes from outside, in the order of their first use.
struct TemplateVariables {
  private(set) var names: [String] = []
  /// Those of them that are looped over or looked into: their values are lists or objects.
  private(set) var structured: Set<String> = []
  /// For each block that changes the context, innermost last, the names that it binds.
  private var contexts: [[String]] = []
  private let partials: [String: [TemplateSyntax.Node]]
  /// Whether the text that is gone through sees the values at all.
  private var seesValues = true
  /// The partials that are being gone through: one that puts itself in takes no other names.
  private var openPartials: [String] = []

  /// - Parameter partials: the trees of the partials that may be put in.
  init(nodes: [TemplateSyntax.Node], partials: [String: [TemplateSyntax.Node]] = [:]) {
    self.partials = partials
    visit(nodes)
  }

  private mutating func visit(_ nodes: [TemplateSyntax.Node]) {
    for node in nodes {
      switch node {
      case .text: break
      case .output(let call): visit(call)
      case .block(let block):
        visit(block.call)
        if block.changesContext, let name = rootName(of: block.subject) { structured.insert(name) }
        let bindsContext = block.changesContext
        if bindsContext { contexts.append(block.parameters) }
        visit(block.body)
        if bindsContext { contexts.removeLast() }
        visit(block.inverse ?? [])
      case .partial(let partial): visit(partial)
      }
    }
  }

  /// A partial sees the context that it is given, and nothing around that.
  private mutating func visit(_ partial: TemplateSyntax.Partial) {
    if let context = partial.context { visit(context) }
    for option in partial.options { visit(option.value) }
    guard let nodes = partials[partial.name], !openPartials.contains(partial.name) else { return }
    let outer = (contexts, seesValues)
    seesValues =
      seesValues && contexts.isEmpty && partial.context.map(\.isWholeContext) ?? true
    contexts = []
    let bound = partial.options.map(\.name)
    let known = Set(names)
    openPartials.append(partial.name)
    visit(nodes)
    openPartials.removeLast()
    if seesValues { names.removeAll { bound.contains($0) && !known.contains($0) } }
    (contexts, seesValues) = outer
  }

  private mutating func visit(_ call: TemplateSyntax.Call) {
    if case .value(let path) = call.target { visit(path) }
    for argument in call.arguments { visit(argument) }
    for option in call.options { visit(option.value) }
  }

  private mutating func visit(_ expression: TemplateSyntax.Expression) {
    switch expression {
    case .literal: break
    case .path(let path): visit(path)
    case .call(let call): visit(call)
    }
  }

  private mutating func visit(_ path: TemplateSyntax.Path) {
    guard let name = rootName(of: path) else { return }
    if !names.contains(name) { names.append(name) }
    if path.names.count > (path.isData ? 2 : 1) { structured.insert(name) }
  }

  /// The name that a path takes from outside; nil when it takes none.
  private func rootName(of path: TemplateSyntax.Path?) -> String? {
    guard let path else { return nil }
    var names = path.names[...]
    if path.isData {
      guard names.popFirst() == "root" else { return nil }
    } else {
      guard seesValues, path.parents == contexts.count else { return nil }
      if !path.isScoped, let name = names.first, contexts.contains(where: { $0.contains(name) }) {
        return nil
      }
    }
    return names.first
  }
}

extension TemplateSyntax.Expression {
  /// Whether it is `this` or `.`.
  fileprivate var isWholeContext: Bool {
    if case .path(let path) = self {
      return path.names.isEmpty && path.parents == 0 && !path.isData
    }
    return false
  }
}

extension TemplateSyntax.Block {
  /// The value that the block is about; nil when that is no path.
  fileprivate var subject: TemplateSyntax.Path? {
    switch call.target {
    case .value(let path): path
    case .helper: if case .path(let path)? = call.arguments.first { path } else { nil }
    }
  }

  /// Whether names in the body are looked up in another value than those around the block.
  var changesContext: Bool {
    switch call.target {
    case .helper(let helper): helper == .each || helper == .with
    case .value: true
    }
  }
}
