import Testing

@testable import Core

private func prompt(_ text: String) throws -> PromptFile {
  try PromptFile(parsing: text, name: "a.prompt")
}

private let passage = Passage(
  source: "docs/returns.md", headings: ["Returns", "Refunds"], bytes: 10..<40, lines: 3...5,
  text: "Within 30 days.")

@Suite struct PromptFileTests {
  @Test func frontMatterSetsModelParametersAndDefaults() throws {
    let front = """
      # Answers from passages.
      model: ollama/llama3.2:3b
      config:
        temperature: 0.2
        topP: 1
        maxOutputTokens: 300
        stopSequences: [END, "\\n\\n"]
        seed: 7
        apiVersion: v2    # known to others
      input:
        default: {question: When?, limit: 3}
        schema: {question: string}
      x.custom: {kept: yes}

      """
    let file = try prompt("---\n" + front + "---\n\nQ: {{question}} {{limit}}\n")
    #expect(file.frontMatter == front)
    #expect(file.model == "ollama/llama3.2:3b")
    #expect(
      file.parameters
        == Parameters(temperature: 0.2, topP: 1, maxTokens: 300, stop: ["END", "\n\n"], seed: 7))
    #expect(file.defaults == ["question": "When?", "limit": 3])
    #expect(file.metadata["config"]?["apiVersion"] == "v2")
    #expect(file.metadata["x.custom"]?["kept"] == "yes")
    #expect(file.template.source == "Q: {{question}} {{limit}}")
    #expect(
      try file.messages(inputs: [:], passages: []).messages
        == [Message(role: .user, text: "Q: When? 3")])
  }

  @Test(arguments: [
    "Just {{a}} text.\n", "---\n", "---\nA rule above.\n\nAnd below.\n---\nText\n", "",
    "# Title\n\n---\n\n{{a}}", "-- -\na: 1\n---\n",
  ])
  func aTextWithoutFrontMatterIsAllTemplate(_ text: String) throws {
    let file = try prompt(text)
    #expect(file.frontMatter == nil)
    #expect(file.template.source == text)
    #expect(file.metadata == [:])
  }

  @Test(arguments: [
    "---\nmodel: m\n---\nbody", "---\r\nmodel: m\r\n---\r\nbody\r\n",
    "\u{FEFF}---\nmodel: m\n---\nbody",
    "# License\n\n---  \nmodel: m\n---\t\n\n  body \n", "---\nmodel: m\n---\nbody\n",
  ])
  func frontMatterIsFoundHoweverItsLinesEnd(_ text: String) throws {
    let file = try prompt(text)
    #expect(file.model == "m")
    #expect(file.template.source == "body")
  }

  @Test func emptyFrontMatterAndEmptyBodyAreFine() throws {
    let file = try prompt("---\n---\n")
    #expect(file.frontMatter == "")
    #expect(try file.messages(inputs: [:], passages: []).messages.isEmpty)
  }

  @Test(arguments: [
    ("---\nmodel: [1\n---\nx", "a.prompt:3:1: the front matter is not YAML"),
    ("---\nmodel: m\nbody", "a.prompt:1: the front matter has no end: a line '---' was expected"),
    ("---\nmodel: 7\n---\nx", "a.prompt:2: 'model' must be a text"),
    ("---\nconfig: hot\n---\nx", "a.prompt:2: 'config' must be a map"),
    ("---\nconfig:\n  temperature: hot\n---\nx", "a.prompt:3: 'temperature' must be a number"),
    ("---\nconfig:\n  seed: 1.5\n---\nx", "a.prompt:3: 'seed' must be a whole number"),
    (
      "---\nconfig:\n  maxOutputTokens: 0\n---\nx",
      "a.prompt:3: 'maxOutputTokens' must be 1 or more"
    ),
    (
      "---\nconfig:\n  stopSequences: [a, 1]\n---\nx",
      "a.prompt:3: 'stopSequences' must be a list of texts"
    ),
    ("---\ninput:\n  default: x\n---\nx", "a.prompt:3: 'default' must be a map"),
    ("---\nmodel: m\n---\n\nok\n  é{{#if a}}", "a.prompt:6:4: '{{#if a}}' has no '{{/if}}'"),
    ("text\n{{", "a.prompt:2:1: this tag has no end"),
  ])
  func aMistakeIsToldWithFileAndLine(_ text: String, _ expected: String) {
    do {
      _ = try PromptFile(parsing: text, name: "a.prompt")
      Issue.record("'\(text)' was read")
    } catch {
      #expect(error.description.hasPrefix(expected))
    }
  }

  @Test func passagesAreAListThatTheTemplateLaysOut() throws {
    let file = try prompt(
      "{{#each passages}}\n[{{index}}] {{text}} ({{source}}; {{label}}; {{headings}})\n{{/each}}")
    #expect(
      try file.messages(inputs: [:], passages: [passage, passage]).messages.first?.text == """
        [1] Within 30 days. (docs/returns.md; returns.md › Refunds · 3-5; Returns,Refunds)
        [2] Within 30 days. (docs/returns.md; returns.md › Refunds · 3-5; Returns,Refunds)

        """)
    #expect(try file.messages(inputs: [:], passages: []).missing.isEmpty)
  }

  @Test func inputsStandAboveTheDefault() throws {
    let file = try prompt("---\ninput: {default: {question: d}}\n---\n{{question}}")
    func text(_ inputs: [String: String]) throws -> String? {
      try file.messages(inputs: inputs, passages: []).messages.first?.text
    }
    #expect(try text([:]) == "d")
    #expect(try text(["question": "i"]) == "i")
  }

  @Test func missingVariablesAreToldAndPassagesAreNone() throws {
    let rendering = try prompt("{{tone}} {{#each passages}}{{text}}{{/each}}{{question}}")
      .messages(inputs: ["question": "?"], passages: [])
    #expect(rendering.missing == ["tone"])
    #expect(rendering.warning == "no value for the variable 'tone'")
  }

  @Test func theQuestionIsTheVariableOrTheLastUserMessage() throws {
    #expect(try prompt("{{question}}").question(inputs: ["question": "q"]) == "q")
    #expect(
      try prompt("---\ninput: {default: {question: d}}\n---\n{{question}}").question(inputs: [:])
        == "d")
    #expect(
      try prompt("{{role \"system\"}}S{{role \"user\"}}How to brake?{{role \"model\"}}So")
        .question(inputs: [:]) == "How to brake?")
    #expect(try prompt("").question(inputs: [:]) == "")
  }

  @Test func aRenderingErrorNamesTheLineOfTheFile() throws {
    let file = try prompt("---\nmodel: m\n---\n\nx\n{{role who}}")
    #expect(
      throws: PromptError(
        name: "a.prompt", line: 6, column: 1,
        problem: "'boss' is no role: it must be one of system, user, model, assistant, tool")
    ) { try file.messages(inputs: ["who": "boss"], passages: []) }
  }
}
