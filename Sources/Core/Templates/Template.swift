// A prompt's template: Handlebars as the dotprompt format uses it, with roles for the messages
// and no HTML escaping. Pure: files are not its business, nor is what stands before a template in
// one.

/// A parsed template, ready to be filled in any number of times.
///
/// The language: `{{name}}`, `{{a.b}}`, `{{this}}`, `{{../x}}`, `{{@index}}`, `{{@state.x}}`; the
/// blocks `if`, `unless`, `each`, `with`, `ifEquals`, `unlessEquals`, each with `{{else}}`; the
/// helpers `role "system"`, `history`, `media url=x contentType=y`, `section "name"`,
/// `json value indent=2`, `lookup`; partials `{{> name context key=value}}`; comments; `{{~` and
/// `~}}`; `\{{` for braces that are text.
public struct Template: Hashable, Sendable {
  /// The text that it was parsed from.
  public let source: String
  /// The names that it takes from its values, in the order of their first use.
  ///
  /// What `each`, `with` and `as |name|` bind doesn't count. What its partials take does.
  public let variables: [String]
  /// Those of the variables whose values are lists or objects, as far as the template tells: they
  /// are looped over or looked into.
  public let structuredVariables: Set<String>
  /// The places of partials that are not there, which can't be rendered.
  public let unknownPartials: [TemplateError]
  private let tree: TemplateTree
  private let partials: [String: TemplateTree]

  /// The template that a text holds; throws where the text, or one of the partials that it puts in,
  /// is broken, and says what was expected.
  ///
  /// - Parameter partials: the texts of partials by their names; those that are not put in are not
  ///   read.
  public init(
    parsing source: String, partials: [String: String] = [:]
  ) throws(TemplateError) {
    tree = try TemplateTree(parsing: source)
    self.source = source
    var reader = PartialReader(sources: partials)
    try reader.read(partialsOf: tree)
    self.partials = reader.known
    unknownPartials = reader.unknown
    let found = TemplateVariables(nodes: tree.nodes, partials: reader.known.mapValues(\.nodes))
    variables = found.names
    structuredVariables = found.structured
  }

  /// The names of the partials that a text puts in, whether or not the text parses as a whole.
  public static func partialNames(in text: String) -> Set<String> {
    let bytes = Array(text.utf8)
    return TemplateScanner.scan(bytes).tokens.reduce(into: []) { names, token in
      guard token.kind == .partial else { return }
      var parser = TemplateExpressionParser(bytes: bytes, token: token)
      if let name = try? parser.partial(offset: 0).name { names.insert(name) }
    }
  }

  /// Fills the template in.
  ///
  /// - Parameters:
  ///   - values: an object with the variables.
  ///   - context: what is named with `@`, beside a loop's own: `@state.x` is member `x` of `state`.
  ///   - history: an earlier conversation; without a `{{history}}` it stands before the last
  ///     message of the user.
  ///
  /// Throws for a role that is none, for a partial that isn't there, and where the result grows past
  /// the limits.
  public func render(
    _ values: JSON, context: JSON.Object = [:], history: [Turn] = []
  ) throws(TemplateError) -> Rendering {
    var renderer = TemplateRenderer(
      source: source, partials: partials, scope: TemplateScope(values: values, data: context),
      history: history)
    let turns = try renderer.turns(of: tree.nodes)
    return Rendering(turns: turns, missing: renderer.missing)
  }
}

extension Template {
  /// A message of the result, and whose turn it is.
  public struct Turn: Hashable, Sendable {
    public var message: Message
    /// The role as it was written: templates say `model` or `assistant` for the same.
    public var roleName: String
    /// The parts as another program wrote them, some of which may mean nothing here; nil for what
    /// the message says.
    let writtenContent: [JSON]?

    /// - Parameter roleName: nil for the format's own name of the message's role.
    public init(_ message: Message, roleName: String? = nil) {
      self.init(message, roleName: roleName, writtenContent: nil)
    }

    init(_ message: Message, roleName: String?, writtenContent: [JSON]?) {
      self.message = message
      self.writtenContent = writtenContent
      self.roleName =
        roleName ?? (message.role == .assistant ? "model" : message.role.rawValue)
    }
  }

  /// What a template comes to with some values.
  public struct Rendering: Hashable, Sendable {
    /// Text before the first role is the user's; messages of white space only are left out.
    public var turns: [Turn]
    /// The variables that were to be put in and had no value, in the order of their first use; in
    /// their places stands nothing.
    public var missing: [String]

    public var messages: [Message] { turns.map(\.message) }

    /// What to tell a person about the missing variables; nil when there are none.
    public var warning: String? {
      guard let last = missing.last else { return nil }
      guard missing.count > 1 else { return "no value for the variable '\(last)'" }
      let others = missing.dropLast().map { "'\($0)'" }.joined(separator: ", ")
      return "no values for the variables \(others) and '\(last)'"
    }
  }
}
