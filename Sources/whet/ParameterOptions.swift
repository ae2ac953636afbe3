import ArgumentParser
import Core
import Runtime

// Parameters of a run as they are written on a command line, where they stand above a prompt's own.

struct ParameterOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("How freely tokens are drawn; 0 for the likeliest.", valueName: "number"))
  var temperature: Double?

  @Option(
    name: .customLong("top-p"),
    help: ArgumentHelp(
      "Draw from the likeliest tokens that together have this probability.", valueName: "number"))
  var topP: Double?

  @Option(
    name: .customLong("max-tokens"),
    help: ArgumentHelp("Tokens of the answer at most.", valueName: "count"))
  var maxTokens: Int?

  @Option(help: ArgumentHelp("A text that ends the answer; may be repeated.", valueName: "text"))
  var stop: [String] = []

  @Option(help: ArgumentHelp("Draw the same tokens each time.", valueName: "number"))
  var seed: Int?

  @Option(
    name: .customLong("reasoning-effort"),
    help: ArgumentHelp("How much to think: low, medium, high.", valueName: "effort"))
  var reasoningEffort: String?

  @Option(
    help: ArgumentHelp(
      "Ask for the probability of each token, and of so many others at its place.",
      valueName: "count"))
  var logprobs: Int?

  @Option(
    help: ArgumentHelp(
      "A file with the JSON schema that the answer is to follow.", valueName: "file"))
  var schema: String?

  @Option(
    help: ArgumentHelp(
      "A file with a JSON list of the tools that may be called.", valueName: "file"))
  var tools: String?

  func validate() throws {
    for (name, number) in [("temperature", temperature), ("top-p", topP)] {
      guard number?.isFinite ?? true else {
        throw ValidationError("--\(name) takes a number.")
      }
    }
    guard maxTokens ?? 1 >= 1 else {
      throw ValidationError("--max-tokens takes a number from 1 on.")
    }
    guard logprobs ?? 0 >= 0 else { throw ValidationError("--logprobs takes a number from 0 on.") }
  }

  /// The parameters of a prompt, with those in their place that were given here.
  ///
  /// Throws a sentence about a file that can't be used.
  func applied(to parameters: Parameters) throws -> Parameters {
    var result = parameters
    if let temperature { result.temperature = temperature }
    if let topP { result.topP = topP }
    if let maxTokens { result.maxTokens = maxTokens }
    if !stop.isEmpty { result.stop = stop }
    if let seed { result.seed = seed }
    if let reasoningEffort { result.reasoningEffort = reasoningEffort }
    if let logprobs { result.topLogprobs = logprobs }
    if let schema { result.responseSchema = try Self.schema(at: schema) }
    if let tools { result.tools = try Self.tools(at: tools) }
    return result
  }

  private static func schema(at path: String) throws -> JSON {
    let schema = try json(at: path)
    guard schema.object != nil else {
      throw CommandError("\(path) holds no JSON schema: it must be an object, as in {\"type\": …}.")
    }
    return schema
  }

  private static func tools(at path: String) throws -> [JSON] {
    guard let items = try json(at: path).array else {
      throw CommandError("\(path) holds no list of tools: it must begin with '['.")
    }
    if let index = items.firstIndex(where: { !Parameters.isTool($0) }) {
      throw CommandError("\(path): item \(index + 1) of the list is no tool: it has no \"name\".")
    }
    return items
  }

  private static func json(at path: String) throws -> JSON {
    let text = try PromptFiles.read(path, mayWait: true)
    do {
      return try JSON(parsing: text)
    } catch {
      throw CommandError("\(path) is not JSON: \(error).")
    }
  }
}
