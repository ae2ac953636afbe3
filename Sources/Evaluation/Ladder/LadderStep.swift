import Core

// What was done to a task from one row of a ladder to the next.

/// A kind of step, in the order in which they are mostly tried.
public enum LadderStep: String, Hashable, Sendable, CaseIterable {
  case baseline, instructions
  case fewShot = "few-shot"
  case retrieval
  case betterRetrieval = "better-retrieval"
  case fineTuned = "fine-tuned"
  case combined

  /// For a reader: `few-shot`.
  public var words: String { rawValue == "better-retrieval" ? "better retrieval" : rawValue }

  /// The step that a variant is by what differs from the one that the ladder begins with; its own word
  /// stands above that.
  ///
  /// - Parameter tuned: the models that are known to be made of others. One that isn't among them is
  ///   taken for tuned where its name says so.
  public init(
    of variant: EvaluationVariant, from baseline: EvaluationVariant, tuned: [TunedModel] = []
  ) {
    if let named = variant.kind.flatMap(LadderStep.init) {
      self = named
      return
    }
    var steps: [LadderStep] = []
    if variant.promptText != baseline.promptText {
      let turns = { (text: String) in text.components(separatedByRole: "model") }
      let hasExamples =
        turns(variant.promptText) > turns(baseline.promptText)
        || variant.promptText.lowercased().contains("example")
          && !baseline.promptText.lowercased().contains("example")
      steps.append(hasExamples ? .fewShot : .instructions)
    }
    switch (baseline.asked.context, variant.asked.context) {
    case (let before, let after) where before == after: break
    case (.none, _): steps.append(.retrieval)
    case (_, .none): break
    default: steps.append(.betterRetrieval)
    }
    let model = variant.asked.model
    if model != baseline.asked.model,
      tuned.contains(where: { $0.model == model }) || model.isFineTuned
    {
      steps.append(.fineTuned)
    }
    switch steps.count {
    case 0: self = variant.name == baseline.name ? .baseline : .instructions
    case 1: self = steps[0]
    default: self = .combined
    }
  }
}

extension String {
  /// How often a template gives the word to a role.
  fileprivate func components(separatedByRole role: String) -> Int {
    var count = 0
    var rest = self[...]
    while let range = rest.firstRange(of: "role \"\(role)\"") {
      count += 1
      rest = rest[range.upperBound...]
    }
    return count
  }
}

extension ModelReference {
  /// Whether its name is that of a model that was made of another one: `ft:gpt-4o:…`, `…-lora`.
  fileprivate var isFineTuned: Bool {
    let name = model.lowercased()
    return name.hasPrefix("ft:")
      || ["-ft", "lora", "finetun", "fine-tun", "-sft", "-dpo"].contains {
        name.contains($0)
      }
  }
}
