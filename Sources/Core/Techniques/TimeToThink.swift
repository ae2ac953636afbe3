// Reasoning before the answer: written out by any model, or a model's own.

/// The answer is reasoned out where it can be seen.
enum ThinkingTags {
  static func edit(
    _ outline: PromptOutline, _ prompt: PromptFile
  ) throws(TechniqueRefusal) -> PromptEdit {
    guard !outline.text.contains("<thinking>") else {
      throw TechniqueRefusal(alreadyThere: "the prompt speaks of <thinking>")
    }
    guard prompt.parameters.responseSchema == nil else {
      throw TechniqueRefusal(
        "The answer is to be JSON, which reasoning around it would break: let the model reason by "
          + "itself, with reasoningEffort.")
    }
    return PromptEdit(
      of: outline.text, to: outline.replacing([outline.addingToSystem(paragraph)]),
      selecting: what,
      summary: "Asked for reasons in <thinking> and the answer in <answer>: say what to think of.")
  }

  private static let what = "what is asked, what is known, and what follows from it"

  private static let paragraph = """
    Before you answer, reason step by step inside <thinking> tags: \(what). Then give the answer, \
    and nothing else, inside <answer> tags.
    """
}

/// The model reasons by itself, where it can.
enum ReasoningEffort {
  static func edit(
    _ outline: PromptOutline, _ prompt: PromptFile
  ) throws(TechniqueRefusal) -> PromptEdit {
    if let effort = prompt.parameters.reasoningEffort {
      throw TechniqueRefusal(alreadyThere: "reasoningEffort is \(effort)")
    }
    let text = try FrontMatterText(of: outline, prompt).setting(
      "reasoningEffort", to: "medium", in: "config")
    return PromptEdit(
      of: outline.text, to: text, selecting: "medium",
      summary: "Set reasoningEffort, for models that reason by themselves: low, medium or high.")
  }
}
