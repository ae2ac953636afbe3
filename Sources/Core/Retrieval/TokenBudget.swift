// What of a search's result the prompt gets.

extension Collection<Passage> {
  /// The passages that fit in a budget of tokens, and those that it cuts; both keep their order.
  ///
  /// Best first: a passage that doesn't fit is cut, and shorter ones after it may still get in.
  /// The sum is of the passages alone; what a template puts around them is not counted.
  public func fitting(tokens budget: Int) -> (kept: [Passage], cut: [Passage]) {
    var left = budget
    var result: (kept: [Passage], cut: [Passage]) = ([], [])
    for passage in self {
      if passage.tokens <= left {
        left -= passage.tokens
        result.kept.append(passage)
      } else {
        result.cut.append(passage)
      }
    }
    return result
  }
}
