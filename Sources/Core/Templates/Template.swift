// A prompt's template: Handlebars as the dotprompt format uses it, with roles for the messages
// and no HTML escaping. Pure: partials and files are not its business.

/// A parsed template, ready to be filled in any number of times.
///
/// The language: `{{name}}`, `{{a.b}}`, `{{this}}`, `{{../x}}`, `{{@index}}`; the blocks `if`,
/// `unless`, `each`, `with`, `ifEquals`, `unlessEquals`, each with `{{else}}`; the helpers
/// `role "system"`, `history`, `json value indent=2`, `lookup`; comments; `{{~` and `~}}`;
/// `\{{` for braces that are text.
public struct Template: Hashable, Sendable {
  /// The text that it was parsed from.
  public let source: String
  /// The names that it takes from its values, in the order of their first use.
  ///
  /// What `each`, `with` and `as |name|` bind doesn't count.
  public let variables: [String]
  private let nodes: [TemplateSyntax.Node]

  /// The template that a text holds; throws where the text is broken, and says what was expected.
  public init(parsing source: String) throws(TemplateError) {
    let bytes = Array(source.utf8)
    let (tokens, error) = TemplateScanner.scan(bytes)
    if let error { throw error }
    var parser = TemplateParser(bytes: bytes, tokens: tokens)
    nodes = try parser.template()
    variables = TemplateVariables(nodes: nodes).names
    self.source = source
  }

  /// What a template comes to with some values.
  public struct Rendering: Hashable, Sendable {
    /// Text before the first role is the user's; messages of white space only are left out.
    public var messages: [Message]
    /// The variables that were to be put in and had no value, in the order of their first use; in
    /// their places stands nothing.
    public var missing: [String]

    /// What to tell a person about the missing variables; nil when there are none.
    public var warning: String? {
      guard let last = missing.last else { return nil }
      guard missing.count > 1 else { return "no value for the variable '\(last)'" }
      let others = missing.dropLast().map { "'\($0)'" }.joined(separator: ", ")
      return "no values for the variables \(others) and '\(last)'"
    }
  }

  /// Fills the template in.
  ///
  /// - Parameters:
  ///   - values: an object with the variables.
  ///   - history: an earlier conversation; without a `{{history}}` it stands before the last
  ///     message.
  ///
  /// Throws for a role that is none, and where the result grows past the limits.
  public func render(_ values: JSON, history: [Message] = []) throws(TemplateError) -> Rendering {
    var renderer = TemplateRenderer(source: source, values: values, history: history)
    let messages = try renderer.messages(of: nodes)
    return Rendering(messages: messages, missing: renderer.missing)
  }
}
