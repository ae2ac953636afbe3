// Examples as turns of the conversation, before the turn that is to be answered.

/// Turns of user and model that show the answers that are wanted.
public enum ExampleTurns {
  /// The edit that puts examples before the last turn of the user's.
  ///
  /// Each has that turn filled in with its own inputs; what stands in inputs and answers stays text,
  /// whatever braces it holds. Throws where there is nothing to add them to, and for an example that
  /// lacks a value.
  public static func edit(
    of text: String, saying prompt: PromptFile, adding examples: [Example]
  ) throws(TechniqueRefusal) -> PromptEdit {
    try edit(PromptOutline(of: text, named: prompt.name), adding: examples, to: prompt)
  }

  static func edit(
    _ outline: PromptOutline, adding examples: [Example], to prompt: PromptFile
  ) throws(TechniqueRefusal) -> PromptEdit {
    guard !outline.hasSteps else {
      throw TechniqueRefusal(
        "Examples show a question and its answer; in a chain there are steps between the two.")
    }
    guard let user = outline.lastUser, !outline.trimmed(user.content).isEmpty else {
      throw TechniqueRefusal("The prompt has no turn of the user's that examples could go before.")
    }
    let asked = try examples.map { example throws(TechniqueRefusal) in
      try question(of: example, in: prompt)
    }
    // Turns are told apart as the prompt does it: with or without the white space between them.
    let tag = outline.text(in: user.tag)
    let open = tag.hasPrefix("{{~") ? "{{~" : "{{"
    let close = tag.hasSuffix("~}}") ? "~}}" : "}}"
    func turn(_ role: String, _ text: String) -> String {
      "\(open)role \"\(role)\"\(close)\n\(escaped(text))\n"
    }
    var turns = zip(asked, examples).map { turn("user", $0) + turn("model", $1.answer) }.joined()
    if user.tag.isEmpty { turns += "{{role \"user\"}}\n" }
    let tokens = zip(asked, examples).reduce(0) {
      $0
        + TokenEstimate.tokens(in: [
          Message(role: .user, text: $1.0), Message(role: .assistant, text: $1.1.answer),
        ])
    }
    let place = user.tag.isEmpty ? outline.trimmed(user.content).lowerBound : user.tag.lowerBound
    let count = examples.count == 1 ? "an example" : "\(examples.count) examples"
    return PromptEdit(
      of: outline.text, to: outline.replacing([(place..<place, turns)]),
      summary: "Added \(count), ≈\(Numbers.grouped(tokens)) tok.")
  }

  /// What the user would have said with the example's inputs.
  private static func question(
    of example: Example, in prompt: PromptFile
  ) throws(TechniqueRefusal) -> String {
    let filled: Template.Rendering
    do {
      filled = try prompt.messages(
        inputs: inputs(of: example, in: prompt), passages: example.passages)
    } catch {
      throw TechniqueRefusal("\(error)")
    }
    if let name = filled.missing.first {
      throw TechniqueRefusal("An example has no value for '\(name)': it can't be filled in.")
    }
    let text = filled.messages.last { $0.role == .user }?.text ?? ""
    return trimmed(text)
  }

  /// The example's values by the prompt's variables: the only value of a case, `input`, is that of
  /// the only variable, whatever its name.
  private static func inputs(of example: Example, in prompt: PromptFile) -> [String: String] {
    let variables = prompt.variables.filter { $0 != "passages" }
    guard example.inputs.count == 1, variables.count == 1, let input = example.inputs["input"]
    else { return example.inputs }
    return [variables[0]: input]
  }

  private static func trimmed(_ text: String) -> String {
    let rest = text.drop(while: \.isWhitespace)
    return String(
      rest.prefix(
        upTo: rest.lastIndex { !$0.isWhitespace }.map(rest.index(after:)) ?? rest.startIndex))
  }

  /// A text as a template that comes to that text.
  ///
  /// `\{{` stands for braces. Behind a backslash of the text's own that would be read as a tag, so
  /// an empty comment keeps the two apart: `\\{{!}}\{{`.
  static func escaped(_ text: String) -> String {
    var result: [UInt8] = []
    let brace = UInt8(ascii: "{")
    let backslash = UInt8(ascii: "\\")
    let bytes = Array(text.utf8)
    var index = 0
    while index < bytes.count {
      guard bytes[index] == brace, index + 1 < bytes.count, bytes[index + 1] == brace else {
        result.append(bytes[index])
        index += 1
        continue
      }
      if result.last == backslash { result += Array("\\{{!}}".utf8) }
      result += Array("\\{{".utf8)
      index += 2
    }
    return String(decoding: result, as: UTF8.self)
  }
}
