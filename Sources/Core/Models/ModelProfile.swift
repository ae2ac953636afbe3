// What is known of a model beside its name: how much it can hold, what it costs, and which
// parameters it takes.

/// What is known of a model; nil stands for unknown.
public struct ModelProfile: Hashable, Sendable {
  /// Tokens of prompt and answer together.
  public var contextWindow: Int?
  /// Tokens of an answer at most.
  public var maxOutputTokens: Int?
  public var price: Price?
  /// What the model calls parameters that it takes under another name than its protocol's, by the
  /// protocol's name; an empty name for one that it does not take.
  public var parameterNames: [String: String]
  /// What stands before texts that the model embeds, where a person says so.
  public var embeddingPrefixes: EmbeddingPrefixes?

  public init(
    contextWindow: Int? = nil, maxOutputTokens: Int? = nil, price: Price? = nil,
    parameterNames: [String: String] = [:], embeddingPrefixes: EmbeddingPrefixes? = nil
  ) {
    self.contextWindow = contextWindow
    self.maxOutputTokens = maxOutputTokens
    self.price = price
    self.parameterNames = parameterNames
    self.embeddingPrefixes = embeddingPrefixes
  }

  /// This profile, with what it doesn't know taken from another.
  public func completed(by other: ModelProfile) -> ModelProfile {
    ModelProfile(
      contextWindow: contextWindow ?? other.contextWindow,
      maxOutputTokens: maxOutputTokens ?? other.maxOutputTokens, price: price ?? other.price,
      parameterNames: parameterNames.merging(other.parameterNames) { own, _ in own },
      embeddingPrefixes: embeddingPrefixes ?? other.embeddingPrefixes)
  }
}
