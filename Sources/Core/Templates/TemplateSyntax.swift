// The tree that a template's text is parsed into: Handlebars, as the dotprompt format uses it
// (https://handlebarsjs.com/guide, https://google.github.io/dotprompt/reference/template). Values
// only: TemplateParser builds it, TemplateRenderer walks it.

/// The kinds of nodes that a template's tree is made of.
enum TemplateSyntax {
  indirect enum Node: Hashable, Sendable {
    case text(String)
    /// `{{name}}`, `{{helper argument}}`.
    case output(Call)
    /// `{{#helper argument}} … {{else}} … {{/helper}}`.
    case block(Block)
    /// `{{> name}}`.
    case partial(Partial)
  }

  struct Partial: Hashable, Sendable {
    /// UTF-8 bytes from the template's start to the tag.
    var offset: Int
    var name: String
    /// What the partial is filled in with; nil for the context around it.
    var context: Expression?
    /// `name=value` arguments, which stand above the context.
    var options: [Call.Option] = []
    /// White space before the tag, where that stands alone on a line: each of the partial's lines
    /// begins with it.
    var indent = ""
  }

  struct Block: Hashable, Sendable {
    var call: Call
    /// The names that `as |item index|` binds.
    var parameters: [String]
    var body: [Node]
    /// What stands after `{{else}}`; nil without one.
    var inverse: [Node]?
  }

  struct Call: Hashable, Sendable {
    /// UTF-8 bytes from the template's start to the tag.
    var offset: Int
    var target: Target
    var arguments: [Expression] = []
    /// `name=value` arguments, in order.
    var options: [Option] = []

    enum Target: Hashable, Sendable {
      case helper(TemplateHelper)
      case value(Path)
    }

    struct Option: Hashable, Sendable {
      var name: String
      var value: Expression
    }

    func option(_ name: String) -> Expression? { options.last { $0.name == name }?.value }
  }

  indirect enum Expression: Hashable, Sendable {
    /// nil is `undefined`.
    case literal(JSON?)
    case path(Path)
    case call(Call)
  }

  /// Where a value is found: `name`, `this`, `../name.part`, `@index`.
  struct Path: Hashable, Sendable {
    /// How many contexts up, one for each `../`.
    var parents = 0
    /// Written with `@`: about the loop, not in the values.
    var isData = false
    /// Begins with `this`, `.` or `..`: never a helper or a block parameter.
    var isScoped = false
    /// Empty for `this`.
    var names: [String] = []

    /// The name, when it is one by itself.
    var simpleName: String? {
      names.count == 1 && !isScoped && !isData ? names[0] : nil
    }
  }
}

/// The helpers that a template may call.
enum TemplateHelper: String, Hashable, Sendable, CaseIterable {
  case `if`, unless, each, with, ifEquals, unlessEquals
  case role, history, media, section, json, lookup

  var opensBlock: Bool {
    switch self {
    case .if, .unless, .each, .with, .ifEquals, .unlessEquals: true
    case .role, .history, .media, .section, .json, .lookup: false
    }
  }

  /// Whether it can stand among the arguments of another.
  var givesValue: Bool { self == .json || self == .lookup }

  var argumentCount: Int {
    switch self {
    case .history, .media: 0
    case .if, .unless, .each, .with, .role, .section, .json: 1
    case .ifEquals, .unlessEquals, .lookup: 2
    }
  }
}
