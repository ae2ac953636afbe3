// Which profile a model has: what a person configured comes first, then what its server said, then
// the table of well-known models. It also holds how each model's server counts tokens.

/// All that is known of models.
public struct ModelCatalog: Hashable, Sendable {
  /// A profile for every model whose name fits.
  public struct Entry: Hashable, Sendable {
    /// `provider/model`, where `*` stands for any text: `openai/gpt-5*`, `*/llama3.2:3b`.
    public var pattern: String
    public var profile: ModelProfile

    public init(_ pattern: String, _ profile: ModelProfile) {
      self.pattern = pattern
      self.profile = profile
    }
  }

  /// Those that come first decide.
  public var entries: [Entry]
  /// What servers said of their models.
  public var listed: [ModelReference: ModelProfile] = [:]
  /// What was learned of how their servers count tokens.
  public var tokenRatios: [ModelReference: TokenRatio] = [:]
  /// Models that jobs of this machine have made, with what each was trained on, in a few words.
  public var tuned: [ModelReference: String] = [:]
  /// The servers that are known: a well-known price is that of a host. They are kept as they came,
  /// since a program that starts looks up none.
  private let providers: [Provider]

  /// - Parameters:
  ///   - entries: what a person configured, before the table of well-known models.
  ///   - providers: the servers that are known; of those with the same name, the first counts.
  public init(entries: [Entry] = [], providers: [Provider] = []) {
    self.entries = entries
    self.providers = providers
  }

  /// Whether it is somewhere else than on this machine, so that somebody is likely to bill for it.
  public func isBilled(_ model: ModelReference) -> Bool {
    provider(of: model).map { !$0.isLocal } ?? false
  }

  /// Whether a server goes by the name of a model's provider.
  public func knowsProvider(of model: ModelReference) -> Bool { provider(of: model) != nil }

  /// Whether the protocol of a model's server has words for the probabilities of tokens; Anthropic's
  /// has none.
  public func tellsLogprobs(_ model: ModelReference) -> Bool {
    provider(of: model)?.wire != .messages
  }

  /// Whether a secret is that of a known provider, and a request went to that provider.
  ///
  /// A recording may be a stranger's: what reads or sends one of its secrets may then be neither
  /// run nor copied.
  public func isKept(_ secret: Secret, for request: SentRequest) -> Bool {
    providers.contains {
      $0.secrets.contains(secret) && Provider.site(of: $0.baseURL) == Provider.site(of: request.url)
    }
  }

  func provider(of model: ModelReference) -> Provider? {
    providers.first { $0.name == model.provider }
  }

  /// How a model's server counts tokens, as far as that was learned.
  public func tokenRatio(of model: ModelReference) -> TokenRatio {
    tokenRatios[model] ?? TokenRatio()
  }

  /// All that is known of a model.
  public func profile(of model: ModelReference) -> ModelProfile {
    if model.isBuiltin { return ModelProfile(price: .free) }
    let name = model.description
    var profile = ModelProfile()
    for entry in entries where Self.fits(name, entry.pattern) {
      profile = profile.completed(by: entry.profile)
    }
    if let said = listed[model] { profile = profile.completed(by: said) }
    guard let host = provider(of: model)?.host else { return profile }
    return profile.completed(by: KnownModels.profile(of: model.model, at: host))
  }

  /// An answer that nothing has come of yet, which estimates tokens as its model's server counts.
  public func emptyAnswer(to request: CompletionRequest) -> Answer {
    let ratio = tokenRatio(of: request.model)
    return Answer(
      estimatedInputTokens: TokenEstimate.tokens(in: request.messages, ratio: ratio),
      tokenRatio: ratio, given: request.givenBeginning)
  }

  /// Learns from an answer how its model's server counts tokens, and tells whether it did.
  public mutating func learn(from answer: Answer, to request: CompletionRequest) -> Bool {
    // Tools and schemas count too, in ways of each server's own.
    guard !request.model.isBuiltin, answer.hasFinalUsage, request.parameters.tools.isEmpty,
      request.parameters.responseSchema == nil
    else { return false }
    return tokenRatios[request.model, default: TokenRatio()].learn(
      estimated: TokenEstimate.tokens(in: request.messages), counted: answer.usage.inputTokens)
  }

  /// Whether a name fits a pattern, in which `*` stands for any text.
  static func fits(_ name: String, _ pattern: String) -> Bool {
    let parts = pattern.split(separator: "*", omittingEmptySubsequences: false)
    guard let first = parts.first, let last = parts.last, parts.count > 1 else {
      return name == pattern
    }
    guard name.utf8.count >= first.utf8.count + last.utf8.count, name.hasPrefix(first),
      name.hasSuffix(last)
    else { return false }
    var rest = name.dropFirst(first.count).dropLast(last.count)
    for part in parts.dropFirst().dropLast() where !part.isEmpty {
      guard let found = rest.firstRange(of: part) else { return false }
      rest = rest[found.upperBound...]
    }
    return true
  }
}
