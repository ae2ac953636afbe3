// The rule about examples: turns that show how to answer, and take so much of the prompt, or of the
// model's window, that what matters gets lost among them.

extension LintedPrompt {
  /// Fewer tokens are no burden, whatever their share of the prompt is.
  private static let fewTokens = 1_000

  var fewShotFindings: [LintFinding] {
    guard steps.isEmpty, let last = messages.lastIndex(where: { $0.role == .user }) else {
      return []
    }
    let turns = messages[..<last].filter { $0.role != .system }
    guard turns.contains(where: { $0.role == .assistant }) else { return [] }
    let count = TokenEstimate.tokens(in: Array(turns))
    let whole = TokenEstimate.tokens(in: messages)
    let window = front?["config"]?["contextWindow"]?.scalar?.integer ?? surroundings.contextWindow
    let share: String
    if let window, count > window / 4 {
      share = "of a window of \(Numbers.grouped(window))"
    } else if count > Self.fewTokens, count > whole / 2 {
      share = "of the prompt's \(Numbers.grouped(whole))"
    } else {
      return []
    }
    let tag = tags.first { role(of: $0) == .assistant }
    return [
      LintFinding(
        .warning, .fewShot, line: tag?.line ?? firstTemplateLine, column: tag?.column,
        "the examples take ≈\(Numbers.grouped(count)) tokens \(share): a few short ones, chosen for "
          + "the input, teach as much")
    ]
  }
}
