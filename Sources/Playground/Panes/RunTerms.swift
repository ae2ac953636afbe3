import Core

// What holds for a run from its start to its end, whatever becomes known of its model meanwhile.

/// Price, window and way of counting by which a run is shown.
public struct RunTerms: Hashable, Sendable {
  /// Nil when it is not known.
  public var price: Price?
  /// What prompt and answer share; nil when it is not known.
  public var window: ContextWindow?
  public var tokenRatio: TokenRatio
  /// Whether somebody is likely to bill for it: if not, a price that isn't known is no news.
  public var isBilled: Bool
  /// The JSON schema that the answer is to follow, an empty object for any JSON; nil for none.
  public var answerSchema: JSON?

  public init(
    price: Price? = nil, window: ContextWindow? = nil, tokenRatio: TokenRatio = TokenRatio(),
    isBilled: Bool = false, answerSchema: JSON? = nil
  ) {
    self.price = price
    self.window = window
    self.tokenRatio = tokenRatio
    self.isBilled = isBilled
    self.answerSchema = answerSchema
  }
}
