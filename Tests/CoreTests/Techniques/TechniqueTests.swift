import Testing

@testable import Core

@Suite("Techniques")
struct TechniqueTests {
  /// The text after a technique, checked to come of one replacement and to be a prompt.
  private func applying(
    _ technique: Technique, to text: String, answer: String? = nil
  ) throws -> String {
    let edit = try technique.edit(of: text, saying: parsed(text), answer: answer)
    let changed = edit.applied(to: text)
    _ = try parsed(changed)
    let selected = Array(changed.utf8)[edit.selection]
    #expect(String(validating: selected, as: UTF8.self) != nil)
    return changed
  }

  private func parsed(_ text: String) throws -> PromptFile {
    try PromptFile(parsing: text, name: "p")
  }

  static let texts = [
    "Say hello to {{name}}.",
    "\n\n日本語 {{x}} é\n",
    "{{role \"user\"}}\nHi {{name}}",
    "{{role \"system\"~}}\nBe brief.\n{{~role \"user\"~}}\n{{#each passages}}\n{{text}}\n{{/each}}\nQ: {{q}}\n",
    "# a\n---\nname: x # why\nconfig: {temperature: 1}\n---\n{{role \"system\"}}{{role \"user\"}}x",
    "---\nconfig:\n    # deep\n    topK: 3\nzz: 1\n---\nText",
    "",
  ]

  static let plain: [Technique] = [
    .addInstructions, .splitIntoSteps, .thinkFirst, .reasonLonger, .askForQuotes, .answerAsJSON,
  ]

  @Test(
    "A technique makes a prompt of any prompt, and says so when it is there already",
    arguments: plain, texts)
  func twice(technique: Technique, text: String) throws {
    guard !(technique == .splitIntoSteps && text.isEmpty) else { return }
    let once = try applying(technique, to: text)
    #expect(once != text)
    let refusal = #expect(throws: TechniqueRefusal.self) { try applying(technique, to: once) }
    #expect(refusal?.isThere == true)
  }

  @Test("Front matter is kept as it was written, line by line", arguments: plain, texts)
  func frontMatter(technique: Technique, text: String) throws {
    guard !(technique == .splitIntoSteps && text.isEmpty),
      let before = try parsed(text).frontMatter
    else { return }
    let after = try #require(try parsed(applying(technique, to: text)).frontMatter)
    let kept = before.split(separator: "\n").filter { !$0.hasPrefix("config: {") }
    var rest = after.split(separator: "\n")[...]
    for line in kept {
      let place = try #require(rest.firstIndex(of: line), "\(line) is gone from \(after)")
      rest = rest[(place + 1)...]
    }
  }

  @Test("Sections stand around what the system message says")
  func sections() throws {
    let text = try applying(.addInstructions, to: Self.texts[3])
    #expect(text.contains("\n# Task\nBe brief.\n\n# Audience\n"))
    #expect(text.hasSuffix(String(Self.texts[3].dropFirst(32))))
  }

  @Test("A prompt without roles gets a system message, and what it says stays the user's")
  func systemMessage() throws {
    let prompt = try parsed(applying(.thinkFirst, to: "Say hello to {{name}}."))
    let messages = try prompt.messages(inputs: ["name": "Ada"], passages: []).messages
    #expect(messages.map(\.role) == [.system, .user])
    #expect(messages.last?.text.contains("Say hello to Ada.") == true)
  }

  @Test("reasoningEffort goes into the config, however that is written")
  func reasoningEffort() throws {
    for text in Self.texts {
      #expect(try parsed(applying(.reasonLonger, to: text)).parameters.reasoningEffort == "medium")
    }
    let deep = try applying(.reasonLonger, to: Self.texts[5])
    #expect(deep.contains("config:\n    reasoningEffort: medium\n    # deep\n    topK: 3\n"))
    let flow = try applying(.reasonLonger, to: Self.texts[4])
    #expect(flow.contains("config: {reasoningEffort: medium, temperature: 1}"))
  }

  @Test("A question before the system message gets its passages where it stands")
  func quotesBeforeSystem() throws {
    let text = try applying(.askForQuotes, to: "Q: {{question}}\n{{role \"system\"}}\nBe brief.")
    let passages = try #require(text.range(of: "{{#each passages}}"))
    let question = try #require(text.range(of: "Q: {{question}}"))
    let system = try #require(text.range(of: "{{role \"system\"}}"))
    #expect(passages.upperBound <= question.lowerBound)
    #expect(question.upperBound <= system.lowerBound)
  }

  @Test("Quotes are asked for, and passages put in where the prompt has none")
  func quotes() throws {
    let text = try applying(.askForQuotes, to: "Q: {{question}}")
    let prompt = try parsed(text)
    #expect(prompt.variables == ["passages", "question"])
    let messages = try prompt.messages(
      inputs: ["question": "why?"],
      passages: [Passage(source: "a.md", bytes: 0..<1, lines: 1...1, text: "Because.")]
    ).messages
    #expect(messages.map(\.role) == [.system, .user])
    #expect(messages[1].text.contains("[1] a.md"))
    #expect(messages[1].text.hasSuffix("Q: why?"))
    #expect(try applying(.askForQuotes, to: Self.texts[3]).contains("{{#each passages}}") == true)
    #expect(
      try applying(.askForQuotes, to: Self.texts[3]).ranges(of: "{{#each passages}}").count == 1)
  }

  @Test("The schema of an answer follows an example")
  func schema() throws {
    let text = try applying(
      .answerAsJSON, to: "x",
      answer: #"{"name": "a", "n": 1, "tags": ["x"], "rows": [{"ok": true}], "odd key": null}"#)
    #expect(
      text.hasPrefix(
        """
        ---
        output:
          format: json
          schema:
            name: string
            n: integer
            tags(array): string
            rows(array):
              ok: boolean
            "odd key": any
        ---

        """))
    #expect(try parsed(text).parameters.responseSchema != nil)
  }

  @Test("What an answer as JSON has no place for is refused, and the other way round")
  func contradictions() throws {
    let thinking = try applying(.thinkFirst, to: "x")
    #expect(throws: TechniqueRefusal.self) { try applying(.answerAsJSON, to: thinking) }
    let json = try applying(.answerAsJSON, to: "x")
    #expect(throws: TechniqueRefusal.self) { try applying(.thinkFirst, to: json) }
    #expect(throws: TechniqueRefusal.self) { try applying(.askForQuotes, to: json) }
  }

  @Test("Two steps: passages go to the first, its answer to the second")
  func split() throws {
    let prompt = try parsed(applying(.splitIntoSteps, to: Self.texts[3]))
    #expect(prompt.steps.map(\.name) == ["gather", "answer"])
    #expect(prompt.step(1, answers: []).variables == ["passages", "q"])
    let second = prompt.step(2, answers: ["Facts"])
    #expect(second.variables == ["previous", "q"])
    let messages = try second.messages(inputs: ["q": "why?"], passages: []).messages
    #expect(messages.map(\.role) == [.system, .user])
    #expect(messages[0].text == "Be brief.")
    #expect(messages[1].text == "What was gathered:\nFacts\nQ: why?")
  }

  @Test("Passages in the system message go to the first step, too")
  func splitSystem() throws {
    let prompt = try parsed(
      applying(
        .splitIntoSteps,
        to: "{{role \"system\"}}S {{#each passages}}{{text}}{{/each}}{{role \"user\"}}U"))
    #expect(prompt.step(1, answers: []).variables == ["passages"])
    #expect(prompt.step(2, answers: ["x"]).variables == ["previous"])
  }
}

extension PromptEdit {
  /// A text with the edit made, as an editor makes it.
  func applied(to text: String) -> String {
    var bytes = Array(text.utf8)
    bytes.replaceSubrange(range, with: Array(replacement.utf8))
    return String(decoding: bytes, as: UTF8.self)
  }
}
