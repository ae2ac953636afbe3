// What the requests of all protocols have in common: options that are only there when they are set,
// schemas, and tools.

import Core

extension JSON.Object {
  /// Sets a member unless the value is nil.
  mutating func set(_ name: String, _ value: Double?) {
    if let value { self[name] = .number(value) }
  }

  mutating func set(_ name: String, _ value: Int?) {
    if let value { self[name] = .integer(value) }
  }

  mutating func set(_ name: String, _ value: String?) {
    if let value { self[name] = .string(value) }
  }

  /// Sets a member unless the list is empty.
  mutating func set(_ name: String, _ values: [String]) {
    if !values.isEmpty { self[name] = .array(values.map(JSON.string)) }
  }
}

extension ModelProfile {
  /// Options under the names that the model has for them, those left out that it does not take.
  func named(_ options: JSON.Object) -> JSON.Object {
    if parameterNames.isEmpty { return options }
    return options.members.reduce(into: JSON.Object()) { named, member in
      let name = parameterNames[member.name] ?? member.name
      if !name.isEmpty { named[name] = member.value }
    }
  }
}

/// The JSON schema that an answer is to follow.
struct AnswerSchema {
  let schema: JSON

  /// Whether any JSON will do.
  var isAnyJSON: Bool { schema.object?.members.isEmpty ?? true }

  /// `{"name":…,"schema":…,"strict":…}`, as OpenAI's protocols want it.
  var named: JSON.Object {
    ["name": "answer", "schema": schema, "strict": .bool(schema.isStrictSchema)]
  }
}

/// A tool that a model may call, from `{"name","description"?,"parameters"?}` or from the form of
/// one of the protocols.
struct ToolDefinition {
  private let name: String
  private let description: JSON?
  private let parameters: JSON
  private let strict: JSON?

  /// Nil for another kind of tool, such as a server's own: it is given as it is.
  init?(_ json: JSON) {
    guard ["function", nil].contains(json["type"]?.string) else { return nil }
    let function = json["function"] ?? json
    guard let name = function["name"]?.string else { return nil }
    self.name = name
    description = function["description"]
    parameters =
      function["parameters"] ?? function["input_schema"] ?? ["type": "object", "properties": [:]]
    strict = function["strict"]
  }

  /// `{"type":"function","function":{…}}`, as chat completions and Ollama want it.
  var wrapped: JSON {
    var function: JSON.Object = ["name": .string(name)]
    function["description"] = description
    function["parameters"] = parameters
    function["strict"] = strict
    return ["type": "function", "function": .object(function)]
  }

  /// `{"type":"function","name":…}`, as Responses wants it, which takes a tool that says nothing
  /// else for a strict one.
  var flat: JSON {
    var tool: JSON.Object = ["type": "function", "name": .string(name)]
    tool["description"] = description
    tool["parameters"] = parameters
    tool["strict"] = strict ?? .bool(parameters.isStrictSchema)
    return .object(tool)
  }

  /// `{"name":…,"input_schema":…}`, as Messages wants it.
  var withInputSchema: JSON {
    var tool: JSON.Object = ["name": .string(name)]
    tool["description"] = description
    tool["input_schema"] = parameters
    return .object(tool)
  }
}

extension JSON {
  /// Whether OpenAI can hold a model to this schema: it wants every object to require all of its
  /// properties and to allow no others, and refuses to be strict otherwise
  /// (platform.openai.com/docs/guides/structured-outputs).
  fileprivate var isStrictSchema: Bool {
    switch self {
    case .object(let object):
      if let properties = object["properties"]?.object {
        let required = object["required"]?.array ?? []
        let requiresAll = properties.members.allSatisfy { required.contains(.string($0.name)) }
        guard requiresAll, object["additionalProperties"] == false else { return false }
      } else if object["type"] == "object", object["additionalProperties"] != false {
        return false
      }
      return object.members.allSatisfy(\.value.isStrictSchema)
    case .array(let items): return items.allSatisfy(\.isStrictSchema)
    default: return true
    }
  }
}
