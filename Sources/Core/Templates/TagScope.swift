// What the blocks around a place of a template bind: which names there are variables of the prompt,
// and which mean the item of a loop. Told from the tags alone, so that it holds for broken texts.

/// The blocks that are open at a place of a template.
struct TagScope {
  struct Block {
    /// As a closing tag names it.
    var name: String
    /// What it goes over or into; nil for none.
    var argument: String?
    /// The names that `as |item index|` binds.
    var parameters: [String]
    /// Whether names in it are looked up in another value than those around it.
    var changesContext: Bool
  }

  /// The innermost is the last.
  private(set) var blocks: [Block] = []

  mutating func open(_ words: [TemplateWord]) {
    let name = words.first?.text ?? ""
    blocks.append(
      Block(
        name: name, argument: words.dropFirst().first { $0.kind == .path }?.text,
        parameters: words.filter { $0.kind == .parameter }.map(\.text),
        changesContext: ["each", "with"].contains(name) || TemplateHelper(rawValue: name) == nil))
  }

  mutating func close() { _ = blocks.popLast() }

  /// The variable of the prompt that a path means; nil for what a block binds, and for `@index`.
  func variable(in path: String) -> String? {
    var rest = Substring(path)
    let depth = blocks.count(where: \.changesContext)
    if rest.hasPrefix("@root.") {
      rest.removeFirst(6)
    } else if rest.hasPrefix("@") {
      return nil
    } else {
      var parents = 0
      while rest.hasPrefix("..") {
        parents += 1
        rest.removeFirst(2)
        if rest.hasPrefix("/") || rest.hasPrefix(".") { rest.removeFirst() }
      }
      guard parents == depth else { return nil }
      if parents == 0, blocks.contains(where: { $0.parameters.contains(Self.firstName(of: rest)) })
      {
        return nil
      }
    }
    if rest.hasPrefix("this.") || rest.hasPrefix("this/") { rest.removeFirst(5) }
    if rest.hasPrefix("./") { rest.removeFirst(2) }
    let name = Self.firstName(of: rest)
    return name.isEmpty || name == "this" ? nil : name
  }

  private static func firstName(of path: Substring) -> String {
    let name = path.prefix { $0 != "." && $0 != "/" }
    return name.hasPrefix("[") && name.hasSuffix("]")
      ? String(name.dropFirst().dropLast()) : String(name)
  }

  /// Whether a tag begins a message.
  static func isRole(_ name: String, argumentCount: Int) -> Bool {
    switch TemplateHelper(rawValue: name) {
    case .role: argumentCount == 1
    case .history: argumentCount == 0
    default: false
    }
  }
}
