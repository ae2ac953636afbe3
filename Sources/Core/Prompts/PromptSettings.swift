// What a prompt file's front matter sets for a run. Keys that are not known here are no mistake:
// other programs read these files, too.

/// The front matter's keys that mean something here, and all of them as `metadata`.
struct PromptSettings {
  /// The keys at the top of a front matter that have a meaning.
  static let keys = [
    "name", "variant", "version", "description", "model", "config", "input", "output", "tools",
    "toolDefs", "metadata", "ext", "raw",
  ]

  var metadata: JSON = [:]
  var model: String?
  var parameters = Parameters()
  var defaults = JSON.Object()
  /// What the inputs are to be, as a JSON schema.
  var inputSchema: JSON?
  /// What the answer is to be, as a JSON schema.
  var outputSchema: JSON?

  init() {}

  /// The settings of a front matter; nil for a text that is YAML but no map, as between the two
  /// rules of a Markdown file.
  ///
  /// - Parameter schemas: JSON schemas that it can name; nil leaves them to other programs.
  init?(parsing front: FrontMatter, name: String, schemas: JSON.Object?) throws(PromptError) {
    let yaml: YAML
    do {
      yaml = try YAML(parsing: front.text, firstLine: front.firstLine)
    } catch {
      throw PromptError(
        name: name, line: error.line, column: error.column,
        problem: "the front matter is not YAML: \(error.problem)")
    }
    guard yaml.map != nil else {
      if yaml.scalar == .null { return }
      return nil
    }
    metadata = yaml.json
    let reader = PromptSettingsReader(name: name)
    model = try reader.text(yaml["model"], "model")
    if let config = try reader.map(yaml["config"], "config") {
      parameters = try reader.parameters(config)
    }
    let picoschema = Picoschema(reader: reader, schemas: schemas)
    if let output = try reader.map(yaml["output"], "output") {
      outputSchema = try picoschema.schema(of: output["schema"])
      switch try reader.text(output["format"], "format") {
      case nil: parameters.responseSchema = outputSchema
      case "json": parameters.responseSchema = outputSchema ?? [:]
      default: break
      }
    }
    parameters.tools =
      try reader.tools(yaml["tools"], "tools", picoschema)
      + reader.tools(yaml["toolDefs"], "toolDefs", picoschema)
    if let input = try reader.map(yaml["input"], "input") {
      inputSchema = try picoschema.schema(of: input["schema"])
      defaults = try reader.map(input["default"], "default")?.json.object ?? [:]
    }
  }
}

extension PromptSettingsReader {
  fileprivate func parameters(_ config: YAML) throws(PromptError) -> Parameters {
    var parameters = Parameters()
    parameters.temperature = try number(config["temperature"], "temperature")
    parameters.topP = try number(config["topP"], "topP")
    parameters.topK = try count(config["topK"], "topK")
    parameters.maxTokens = try count(config["maxOutputTokens"], "maxOutputTokens")
    parameters.stop = try texts(config["stopSequences"], "stopSequences")
    parameters.seed = try integer(config["seed"], "seed")
    parameters.frequencyPenalty = try number(config["frequencyPenalty"], "frequencyPenalty")
    parameters.presencePenalty = try number(config["presencePenalty"], "presencePenalty")
    parameters.reasoningEffort = try text(config["reasoningEffort"], "reasoningEffort")
    parameters.topLogprobs = try logprobs(config["logprobs"])
    parameters.contextWindow = try count(config["contextWindow"], "contextWindow")
    return parameters
  }

  /// `true` asks for five candidates a place, a number for so many.
  private func logprobs(_ value: YAML?) throws(PromptError) -> Int? {
    guard let value else { return nil }
    switch value.scalar {
    case .null, false: return nil
    case true: return 5
    case .integer(let count) where count >= 0: return count
    default: throw fail(value, "'logprobs' must be true, false or a whole number from 0 on")
    }
  }

  /// Those that are given whole; a name alone stands for a tool that another program has.
  fileprivate func tools(
    _ value: YAML?, _ key: String, _ picoschema: Picoschema
  ) throws(PromptError) -> [JSON] {
    var tools: [JSON] = []
    for item in try list(value, key) where item.scalar?.string == nil {
      guard Parameters.isTool(item.json), var tool = item.json.object else {
        throw fail(item, "a tool is a name, or a map with 'name', 'description' and 'parameters'")
      }
      // The format's own word for a tool's parameters is inputSchema.
      let schema = try picoschema.schema(of: item["inputSchema"] ?? item["parameters"])
      tool["inputSchema"] = nil
      tool["outputSchema"] = nil
      tool["parameters"] = schema
      tools.append(.object(tool))
    }
    return tools
  }
}
