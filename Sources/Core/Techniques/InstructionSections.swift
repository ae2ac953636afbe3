// Sections for what a model has to be told, around what the prompt tells it already.

enum InstructionSections {
  static func edit(_ outline: PromptOutline) throws(TechniqueRefusal) -> PromptEdit {
    let told = outline.system.map { outline.trimmed($0.content) }
    let lines = told.map { outline.text(in: $0) }?.split(separator: "\n") ?? []
    guard !lines.contains(where: { $0.hasPrefix("# ") }) else {
      throw TechniqueRefusal(alreadyThere: "the system message has sections")
    }
    var changes: [(range: Range<Int>, text: String)]
    if let told, !told.isEmpty {
      changes = [
        (told.lowerBound..<told.lowerBound, "# Task\n"),
        (told.upperBound..<told.upperBound, "\n\n" + sections),
      ]
    } else {
      changes = [outline.addingToSystem("# Task\n\(task)\n\n" + sections)]
    }
    return PromptEdit(
      of: outline.text, to: outline.replacing(changes),
      selecting: told?.isEmpty == false ? audience : task,
      summary: "Put sections into the system message: fill in those that matter.")
  }

  private static let task = "What is to be done, in one or two sentences."
  private static let audience = "Who reads the answer, and what they know already."

  private static let sections = """
    # Audience
    \(audience)

    # Rules
    - What must always hold, a line for each rule.
    - What must never happen, and what to do instead.

    # Format of the answer
    How long, in which language, as prose or as a list.

    # When you are not sure
    Say so in one sentence, and name what is missing. Do not guess.
    """
}
