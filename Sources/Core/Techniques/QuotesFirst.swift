// Quotes from the passages before the answer, so that it rests on what they say.

enum QuotesFirst {
  static func edit(
    _ outline: PromptOutline, _ prompt: PromptFile
  ) throws(TechniqueRefusal) -> PromptEdit {
    guard !outline.text.contains("<quotes>") else {
      throw TechniqueRefusal(alreadyThere: "the prompt speaks of <quotes>")
    }
    guard prompt.parameters.responseSchema == nil else {
      throw TechniqueRefusal(
        "The answer is to be JSON, which quotes around it would break: give its schema a field for "
          + "them.")
    }
    var changes = [outline.addingToSystem(paragraph)]
    var summary = "Asked for quotes with their numbers first, and an answer from these alone."
    if !prompt.variables.contains("passages") {
      let question = outline.lastUser.map { outline.trimmed($0.content).lowerBound }
      let place = question ?? outline.body.upperBound
      // A question can stand before the system message.
      let isFirst = place < changes[0].range.lowerBound
      changes.insert((place..<place, passages), at: isFirst ? 0 : 1)
      summary = "Put the passages in, asked for quotes first, and an answer from these alone."
    }
    // A new system message and the passages may begin at one place: the message comes first.
    return PromptEdit(
      of: outline.text, to: outline.replacing(changes), selecting: refusal, summary: summary)
  }

  private static let refusal = "say that you don't know"

  private static let paragraph = """
    First quote the sentences of the passages that bear on the question, word for word, each with \
    the number of its passage, inside <quotes> tags. Then answer from these quotes alone, with the \
    number of the passage after each sentence, like [2]. Where no passage bears on the question, \
    \(refusal).
    """

  private static let passages = """
    {{#each passages}}
    [{{index}}] {{label}}
    {{text}}

    {{/each}}

    """
}
