// What a model is asked to do beside the messages. A value that is nil is not sent.

/// Sampling and length of an answer.
public struct Parameters: Hashable, Sendable {
  public var temperature: Double?
  /// Only the likeliest tokens that together have this probability are drawn from.
  public var topP: Double?
  /// Tokens of the answer at most.
  public var maxTokens: Int?
  /// Texts that end the answer; none are sent when empty.
  public var stop: [String]
  /// Asks the server to draw the same tokens each time.
  public var seed: Int?

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

  /// The members that are set, by the names of the chat completions protocol.
  public var json: JSON.Object {
    var object = JSON.Object()
    if let temperature { object["temperature"] = .number(temperature) }
    if let topP { object["top_p"] = .number(topP) }
    if let maxTokens { object["max_tokens"] = .integer(maxTokens) }
    if !stop.isEmpty { object["stop"] = .array(stop.map(JSON.string)) }
    if let seed { object["seed"] = .integer(seed) }
    return object
  }

  /// The parameters that such an object holds; what is missing or of the wrong kind stays unset.
  public init(json: JSON) {
    self.init(
      temperature: json["temperature"]?.double, topP: json["top_p"]?.double,
      maxTokens: json["max_tokens"]?.integer,
      stop: json["stop"]?.array?.compactMap(\.string) ?? [], seed: json["seed"]?.integer)
  }
}
