// A prompt filled in, with its settings, as the dotprompt format's other programs give it
// (https://google.github.io/dotprompt/reference/model). What a model is sent is made elsewhere.

/// What a prompt file stands on beside its own text: what it leaves open, and what it names.
public struct PromptOptions: Hashable, Sendable {
  /// Front matter, below the file's own: `model`, `config`, `input`, `output` and the others.
  public var defaults: JSON.Object = [:]
  /// JSON schemas by the names that the file may call them.
  public var schemas: JSON.Object = [:]
  /// Definitions of tools by their names.
  public var tools: JSON.Object = [:]
  /// The texts of partials by their names.
  public var partials: [String: String] = [:]

  public init() {}

  /// The options that a JSON object holds: defaults with `schemas`, `tools` and `partials` beside
  /// them. A `tools` that is a list is a default.
  public init(json: JSON) throws(PromptDataError) {
    defaults = try JSON?.some(json).dataObject("the options")
    schemas = try defaults["schemas"].dataObject("'schemas'")
    defaults["schemas"] = nil
    if case .object(let tools)? = defaults["tools"] {
      self.tools = tools
      defaults["tools"] = nil
    }
    for partial in try defaults["partials"].dataObject("'partials'").members {
      guard let text = partial.value.string else {
        throw PromptDataError("The partial '\(partial.name)' must be a text.")
      }
      partials[partial.name] = text
    }
    defaults["partials"] = nil
  }
}

/// The messages that a prompt file comes to, and all of its settings.
public struct RenderedPrompt: Hashable, Sendable {
  public let rendering: Template.Rendering
  /// `{"messages","model"?,"config","input"?,"output"?,"ext","raw"?,…}`: schemas are JSON schemas,
  /// `raw` is the front matter as it was written.
  public let json: JSON.Object

  /// Fills in the prompt that a text holds. Throws where the text, a partial or a schema is broken,
  /// where a partial or a schema that it names is not there, and where the result is too large.
  ///
  /// - Parameter name: the file's, for messages.
  public init(
    parsing text: String, name: String, data: PromptData, options: PromptOptions
  ) throws(PromptError) {
    try self.init(
      of: PromptFile(
        parsing: text, name: name, partials: options.partials, schemas: options.schemas),
      data: data, options: options)
  }

  /// Fills in a prompt, or a step of one: what that takes of the steps before it is an input of the
  /// data like any other.
  public init(
    of file: PromptFile, data: PromptData, options: PromptOptions
  ) throws(PromptError) {
    var settings = try PromptMetadata(of: file, options: options).json
    var context: JSON.Object = [
      "metadata": [
        // What the inputs were to be says nothing once they are put in.
        "prompt": .object(JSON.Object(settings.members.filter { $0.name != "input" })),
        "docs": .array(data.docs), "messages": .array(data.messages.map(\.json)),
      ]
    ]
    context.set(data.context)
    var values = settings["input"]?["default"]?.object ?? [:]
    values.set(data.input)
    do {
      rendering = try file.template.render(
        .object(values), context: context, history: data.messages)
    } catch {
      throw file.error(error)
    }
    settings.members.insert(
      JSON.Object.Member(name: "messages", value: .array(rendering.turns.map(\.json))), at: 0)
    json = settings
  }
}

/// The settings of a prompt file over the defaults of its options.
private struct PromptMetadata {
  private(set) var json = JSON.Object()

  init(of file: PromptFile, options: PromptOptions) throws(PromptError) {
    let front = file.metadata.object ?? [:]
    func merged(_ key: String) -> JSON.Object {
      var object = options.defaults[key]?.object ?? [:]
      object.set(front[key]?.object ?? [:])
      return object
    }
    json["model"] = front["model"] ?? options.defaults["model"]
    json["config"] = .object(merged("config"))
    var input = merged("input")
    var values = options.defaults["input"]?["default"]?.object ?? [:]
    values.set(file.defaults)
    if !values.members.isEmpty { input["default"] = .object(values) }
    var output = merged("output")
    input["schema"] = try Self.schema(file.inputSchema, else: input["schema"], options)
    output["schema"] = try Self.schema(file.outputSchema, else: output["schema"], options)
    if !input.members.isEmpty { json["input"] = .object(input) }
    if !output.members.isEmpty { json["output"] = .object(output) }
    json["ext"] = .object(Self.extensions(in: front, over: options.defaults["ext"]?.object ?? [:]))
    if file.frontMatter != nil { json["raw"] = file.metadata }
    for key in ["name", "variant", "version", "description"] {
      json[key] = front[key] ?? options.defaults[key]
    }
    resolveTools(
      front["tools"] ?? options.defaults["tools"],
      definitions: front["toolDefs"] ?? options.defaults["toolDefs"], known: options.tools)
    if front["metadata"] != nil || options.defaults["metadata"] != nil {
      json["metadata"] = .object(merged("metadata"))
    }
  }

  /// The file's own schema, else that of the options.
  private static func schema(
    _ schema: JSON?, else value: JSON?, _ options: PromptOptions
  ) throws(PromptError) -> JSON? {
    if let schema { return schema }
    let reader = PromptSettingsReader(name: "options")
    return try Picoschema(reader: reader, schemas: options.schemas)
      .schema(of: value.map { YAML($0, line: 1) })
  }

  /// Keys with dots by their namespaces: `a.b.c` is the member `c` of `a.b`.
  private static func extensions(in front: JSON.Object, over defaults: JSON.Object) -> JSON.Object {
    front.members.reduce(into: defaults) { result, member in
      guard let dot = member.name.lastIndex(of: ".") else { return }
      let namespace = String(member.name[..<dot])
      var object = result[namespace]?.object ?? [:]
      object[String(member.name[member.name.index(after: dot)...])] = member.value
      result[namespace] = .object(object)
    }
  }

  /// Names that are known become definitions; the others are left to other programs.
  private mutating func resolveTools(_ tools: JSON?, definitions: JSON?, known: JSON.Object) {
    var definitions = definitions?.array
    if let tools = tools?.array {
      let isKnown = { (tool: JSON) in tool.string.flatMap { known[$0] } != nil }
      json["tools"] = .array(tools.filter { !isKnown($0) })
      definitions = (definitions ?? []) + tools.compactMap { $0.string.flatMap { known[$0] } }
    }
    if let definitions { json["toolDefs"] = .array(definitions) }
  }
}

extension JSON.Object {
  /// Sets the members of another object, each in place of one by the same name.
  fileprivate mutating func set(_ other: JSON.Object) {
    for member in other.members { self[member.name] = member.value }
  }
}
