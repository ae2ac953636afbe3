// What a model is asked to do beside the messages. A value that is nil is not sent.

/// Sampling, length and form of an answer.
public struct Parameters: Hashable, Sendable {
  public var temperature: Double?
  /// Only the likeliest tokens that together have this probability are drawn from.
  public var topP: Double?
  /// Only so many of the likeliest tokens are drawn from.
  public var topK: Int?
  /// Tokens of the answer at most.
  public var maxTokens: Int?
  /// Texts that end the answer; none are sent when empty.
  public var stop: [String] = []
  /// Asks the server to draw the same tokens each time.
  public var seed: Int?
  /// Makes tokens less likely the more often they have come.
  public var frequencyPenalty: Double?
  /// Makes tokens less likely that have come at all.
  public var presencePenalty: Double?
  /// How much to think: `low`, `medium`, `high`, or what else a model knows.
  public var reasoningEffort: String?
  /// Ask for the probability of each token, and of so many of the likeliest at its place.
  public var topLogprobs: Int?
  /// A JSON schema that the answer is to follow; an empty object asks for any JSON.
  public var responseSchema: JSON?
  /// Tools that the model may call, each `{"name", "description"?, "parameters"?}`.
  public var tools: [JSON] = []
  /// Tokens of prompt and answer for which a server that loads models on demand makes room.
  public var contextWindow: Int?

  public init(
    temperature: Double? = nil, topP: Double? = nil, maxTokens: Int? = nil, stop: [String] = [],
    seed: Int? = nil
  ) {
    self.temperature = temperature
    self.topP = topP
    self.maxTokens = maxTokens
    self.stop = stop
    self.seed = seed
  }
}

extension Parameters {
  /// These where they are set, and others where they aren't.
  public func over(_ others: Parameters) -> Parameters {
    var result = self
    result.temperature = temperature ?? others.temperature
    result.topP = topP ?? others.topP
    result.topK = topK ?? others.topK
    result.maxTokens = maxTokens ?? others.maxTokens
    if stop.isEmpty { result.stop = others.stop }
    result.seed = seed ?? others.seed
    result.frequencyPenalty = frequencyPenalty ?? others.frequencyPenalty
    result.presencePenalty = presencePenalty ?? others.presencePenalty
    result.reasoningEffort = reasoningEffort ?? others.reasoningEffort
    result.topLogprobs = topLogprobs ?? others.topLogprobs
    result.responseSchema = responseSchema ?? others.responseSchema
    if tools.isEmpty { result.tools = others.tools }
    result.contextWindow = contextWindow ?? others.contextWindow
    return result
  }

  /// The members that are set, as they are kept with a run. What a protocol calls them, and in
  /// which form it wants them, is its own matter.
  public var json: JSON.Object {
    var object = JSON.Object()
    if let temperature { object["temperature"] = .number(temperature) }
    if let topP { object["top_p"] = .number(topP) }
    if let topK { object["top_k"] = .integer(topK) }
    if let maxTokens { object["max_tokens"] = .integer(maxTokens) }
    if !stop.isEmpty { object["stop"] = .array(stop.map(JSON.string)) }
    if let seed { object["seed"] = .integer(seed) }
    if let frequencyPenalty { object["frequency_penalty"] = .number(frequencyPenalty) }
    if let presencePenalty { object["presence_penalty"] = .number(presencePenalty) }
    if let reasoningEffort { object["reasoning_effort"] = .string(reasoningEffort) }
    if let topLogprobs { object["top_logprobs"] = .integer(topLogprobs) }
    if let responseSchema { object["response_schema"] = responseSchema }
    if !tools.isEmpty { object["tools"] = .array(tools) }
    if let contextWindow { object["context_window"] = .integer(contextWindow) }
    return object
  }

  /// The parameters that such an object holds; what is missing or of the wrong kind stays unset.
  public init(json: JSON) {
    temperature = json["temperature"]?.double
    topP = json["top_p"]?.double
    topK = json["top_k"]?.integer
    maxTokens = json["max_tokens"]?.integer
    stop = json["stop"]?.array?.compactMap(\.string) ?? []
    seed = json["seed"]?.integer
    frequencyPenalty = json["frequency_penalty"]?.double
    presencePenalty = json["presence_penalty"]?.double
    reasoningEffort = json["reasoning_effort"]?.string
    topLogprobs = json["top_logprobs"]?.integer
    responseSchema = json["response_schema"].flatMap { $0.object == nil ? nil : $0 }
    tools = json["tools"]?.array ?? []
    contextWindow = json["context_window"]?.integer
  }
}
