// Which names a template takes from the values that it is given: what a form has to ask for.

/// The names that a tree takes from outside, in the order of their first use.
struct TemplateVariables {
  private(set) var names: [String] = []
  /// For each block that changes the context, innermost last, the names that it binds.
  private var contexts: [[String]] = []

  init(nodes: [TemplateSyntax.Node]) { visit(nodes) }

  private mutating func visit(_ nodes: [TemplateSyntax.Node]) {
    for node in nodes {
      switch node {
      case .text: break
      case .output(let call): visit(call)
      case .block(let block):
        visit(block.call)
        let bindsContext = block.changesContext
        if bindsContext { contexts.append(block.parameters) }
        visit(block.body)
        if bindsContext { contexts.removeLast() }
        visit(block.inverse ?? [])
      }
    }
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
    var names = path.names[...]
    if path.isData {
      guard names.popFirst() == "root" else { return }
    } else {
      guard path.parents == contexts.count else { return }
      if !path.isScoped, let name = names.first, contexts.contains(where: { $0.contains(name) }) {
        return
      }
    }
    if let name = names.first, !self.names.contains(name) { self.names.append(name) }
  }
}

extension TemplateSyntax.Block {
  /// Whether names in the body are looked up in another value than those around the block.
  var changesContext: Bool {
    switch call.target {
    case .helper(let helper): helper == .each || helper == .with
    case .value: true
    }
  }
}
