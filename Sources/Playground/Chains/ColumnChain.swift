import Core

// What follows in a column when the run that streams there has ended.

/// The rest of a chain, as it was when it was started: the prompt may be edited meanwhile.
public enum ColumnChain: Hashable, Sendable {
  /// Steps that are asked: the prompt pane of that time, with the plan of the step under way and the
  /// passages of its search.
  case asked(StepChain, of: PromptPane, plan: RunPlan, found: [Passage])
  /// Steps that were recorded, and are played again: those to come.
  case recorded([RecordedRun])
}

/// A step of a chain that has ended, as its column folds it.
public struct EndedStep: Hashable, Sendable {
  /// `1 outline`.
  public var label: String
  public var answer: Answer
  /// Nil where nobody keeps an account.
  public var cost: Cost?

  /// `1 outline · 38 tok · .41s`, with the cost where there is one.
  public var summary: String {
    let tokens =
      (answer.usage.isEstimated ? "≈" : "") + Numbers.grouped(answer.usage.outputTokens)
    let parts = [
      label, "\(tokens) tok", Numbers.duration(answer.timing.total),
      cost.map { Numbers.cost($0) } ?? "",
    ]
    return parts.filter { !$0.isEmpty }.joined(separator: " · ")
  }
}
