// One text of a template as a tree: the template's own, or that of a partial.

/// A parsed text, and the partials that it puts in.
struct TemplateTree: Hashable, Sendable {
  /// The text that it was parsed from.
  let source: String
  let nodes: [TemplateSyntax.Node]
  /// The names of partials with the place of their first use, in UTF-8 bytes, in the text's order.
  let partials: [(name: String, offset: Int)]

  init(parsing source: String) throws(TemplateError) {
    let bytes = Array(source.utf8)
    let (tokens, error) = TemplateScanner.scan(bytes)
    if let error { throw error }
    var parser = TemplateParser(bytes: bytes, tokens: tokens)
    nodes = try parser.template()
    partials = parser.partials
    self.source = source
  }

  static func == (a: TemplateTree, b: TemplateTree) -> Bool { a.source == b.source }

  func hash(into hasher: inout Hasher) { hasher.combine(source) }
}

/// Parses the partials that a tree puts in, and those that they put in themselves.
struct PartialReader {
  /// The texts of partials by their names.
  let sources: [String: String]
  private(set) var known: [String: TemplateTree] = [:]
  /// For each partial that isn't there, the place that puts it in.
  private(set) var unknown: [TemplateError] = []
  private var depth = 0

  init(sources: [String: String]) { self.sources = sources }

  /// Throws for a partial that is broken; its place is where the tree puts it in.
  mutating func read(partialsOf tree: TemplateTree) throws(TemplateError) {
    for use in tree.partials {
      guard known[use.name] == nil else { continue }
      guard let source = sources[use.name] else {
        let problem = TemplateError.noPartial(use.name)
        unknown.append(TemplateError(at: use.offset, in: tree.source.utf8, problem))
        continue
      }
      guard depth < TemplateRenderer.deepestPartial else {
        throw TemplateError(
          at: use.offset, in: tree.source.utf8, TemplateRenderer.tooManyPartials)
      }
      let count = unknown.count
      do {
        let partial = try TemplateTree(parsing: source)
        known[use.name] = partial
        depth += 1
        try read(partialsOf: partial)
        depth -= 1
      } catch {
        throw error.inPartial(use.name, putInAt: use.offset, of: tree.source)
      }
      for index in count..<unknown.count {
        unknown[index] = unknown[index].inPartial(use.name, putInAt: use.offset, of: tree.source)
      }
    }
  }
}
