// How often a server goes through a set when nobody says it.

/// The rule by which OpenAI's cookbook counts epochs: three, so many more that a small set is seen 100 times,
/// and fewer for one that would come to more than 25,000
/// (cookbook.openai.com/examples/chat_finetuning_data_prep).
public enum AutomaticEpochs {
  /// From 1 to 25.
  public static func count(of examples: Int) -> Int {
    guard examples > 0 else { return usual }
    if examples * usual < fewest { return min(most, max(usual, fewest / examples)) }
    if examples * usual > largest { return max(1, largest / examples) }
    return usual
  }

  private static let usual = 3
  private static let most = 25
  /// Examples times epochs.
  private static let fewest = 100
  private static let largest = 25_000
}
