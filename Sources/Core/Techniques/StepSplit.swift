// One prompt as a chain of two: the first gathers what is needed, the second answers from that.

enum StepSplit {
  static func edit(
    _ outline: PromptOutline, _ prompt: PromptFile
  ) throws(TechniqueRefusal) -> PromptEdit {
    guard !outline.hasSteps else {
      throw TechniqueRefusal(alreadyThere: "the prompt is divided into steps")
    }
    guard let user = outline.lastUser else {
      throw TechniqueRefusal("The prompt has no turn of the user's that anything is gathered for.")
    }
    let asked = outline.trimmed(user.content)
    let blocks = outline.blocks(about: "passages", in: outline.body)
    let outside = blocks.filter { !asked.contains($0.lowerBound) }.map(outline.text(in:))
    let gathering = (outside + [outline.text(in: asked)]).joined(separator: "\n\n")
    let front = outline.text(in: 0..<outline.body.lowerBound)
    let text = """
      \(front){{!-- step: gather --}}
      {{role "system"}}
      \(instruction)
      {{role "user"}}
      \(gathering)
      {{!-- step: answer --}}
      \(answering(outline, asked: asked, blocks: blocks))
      """
    return PromptEdit(
      of: outline.text, to: text, selecting: instruction,
      summary: "Made two steps of it: the first gathers, the second answers from {{previous}}.")
  }

  /// The template with what was gathered in place of the passages, which only the first step reads.
  private static func answering(
    _ outline: PromptOutline, asked: Range<Int>, blocks: [Range<Int>]
  ) -> String {
    let place = blocks.firstIndex { asked.contains($0.lowerBound) }
    var changes = blocks.enumerated().map { index, block in
      (range: block, text: index == place ? gathered : "")
    }
    if place == nil {
      changes.append((asked.lowerBound..<asked.lowerBound, gathered + "\n\n"))
      changes.sort { $0.range.lowerBound < $1.range.lowerBound }
    }
    let bytes = Array(outline.replacing(changes).utf8)
    return String(decoding: bytes[outline.body.lowerBound...], as: UTF8.self)
  }

  private static let gathered = "What was gathered:\n{{previous}}"

  private static let instruction = """
    Gather what is needed to do what is asked below, but don't do it yet. Write each fact on a line \
    of its own, with where it is from. Leave out what does not bear on it.
    """
}
