// A model as its server lists it, with what the server says of it. Every server has its own words
// for the same few facts; what it doesn't say stays unknown.

import Core

/// A model of a server, and what the server says of it.
public struct ListedModel: Hashable, Sendable {
  /// As it is asked for.
  public var name: String
  /// Context window, length of an answer and price, where the server says them.
  public var profile: ModelProfile

  public init(name: String, profile: ModelProfile = ModelProfile()) {
    self.name = name
    self.profile = profile
  }
}

extension ModelCatalog {
  /// Notes what a server said of its models.
  public mutating func add(_ models: [ListedModel], of provider: Provider) {
    for model in models where model.profile != ModelProfile() {
      listed[ModelReference(provider: provider.name, model: model.name)] = model.profile
    }
  }
}

extension ListedModel {
  /// The models of a list: `{"data":[…]}`, a bare array as Together answers, or Ollama's
  /// `{"models":[…]}`; nil when it is none.
  static func list(_ json: JSON) -> [ListedModel]? {
    (json["data"]?.array ?? json["models"]?.array ?? json.array).map {
      $0.compactMap(ListedModel.init)
    }
  }

  /// Nil for what has no name.
  private init?(json: JSON) {
    guard let name = (json["id"] ?? json["name"])?.string, !name.isEmpty else { return nil }
    let meta = json["meta"]
    let window = [
      json["max_model_len"],  // vLLM, SGLang
      json["context_length"],  // OpenRouter, Together, Fireworks
      json["context_window"],  // Groq
      json["max_context_length"],  // Mistral
      json["max_input_tokens"],  // Anthropic
      meta?["n_ctx"], meta?["n_ctx_train"],  // llama.cpp: as it was started, as it was trained
    ]
    // Anthropic's limit is sent with each request. Others list one that bounds nothing, since a
    // router may choose another host.
    let output = json["max_input_tokens"] == nil ? nil : json["max_tokens"]
    self.init(
      name: name,
      profile: ModelProfile(
        contextWindow: Self.count(window), maxOutputTokens: Self.count([output]),
        price: json["pricing"].flatMap(Price.init(listed:))))
  }

  /// What Ollama's `/api/show` says of a model: the window that it is run with, if that is set,
  /// else the one that it was trained with.
  static func profile(shown json: JSON) -> ModelProfile {
    let settings = (json["parameters"]?.string ?? "").split(separator: "\n")
    let setting = settings.lazy.map { $0.split(separator: " ") }
      .first { $0.count == 2 && $0[0] == "num_ctx" }
    let info = json["model_info"]
    let trained = (info?["general.architecture"]?.string).flatMap { info?["\($0).context_length"] }
    return ModelProfile(
      contextWindow: count([setting.flatMap { Int($0[1]) }.map(JSON.integer), trained]))
  }

  /// The first that is a count of tokens; servers write 0 and null for unknown.
  private static func count(_ candidates: [JSON?]) -> Int? {
    candidates.lazy.compactMap { $0?.tokenCount }.first { $0 > 0 }
  }
}

extension Price {
  /// Dollars for one token as texts (`prompt` and `completion`, OpenRouter), or for a million tokens
  /// as numbers (`input` and `output`, Together); nil when the price is none of tokens alone.
  fileprivate init?(listed json: JSON) {
    func perToken(_ name: String) -> Money? {
      json[name]?.string.flatMap(Double.init).flatMap { $0 >= 0 ? Money(dollars: $0) : nil }
    }
    func perMillion(_ name: String) -> Money? {
      json[name]?.double.flatMap { $0 >= 0 ? Money(dollarsPerMillion: $0) : nil }
    }
    if let input = perToken("prompt"), let output = perToken("completion") {
      // A price of the request comes on top of that of its tokens.
      guard perToken("request") ?? .zero == .zero else { return nil }
      self.init(
        input: input, cachedInput: perToken("input_cache_read"),
        cacheWrite: perToken("input_cache_write"), output: output)
    } else if let input = perMillion("input"), let output = perMillion("output"),
      // Together writes 0 for models that it bills by the hour.
      input > .zero || output > .zero
    {
      self.init(input: input, cachedInput: perMillion("cached_input"), output: output)
    } else {
      return nil
    }
  }
}
