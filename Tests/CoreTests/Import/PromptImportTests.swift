import Testing

@testable import Core

@Suite struct PromptImportTests {
  private func imported(_ text: String, _ path: String = "in.json") throws -> PromptImport {
    try PromptImport(of: ImportFile(path: path, text: text))
  }

  /// The messages of a prompt, as `role: text`.
  private func messages(
    _ output: PromptImport.Output?, _ inputs: [String: String] = [:]
  ) throws -> [String] {
    let output = try #require(output)
    let prompt = try PromptFile(parsing: output.text, name: output.name)
    return try prompt.messages(inputs: inputs, passages: []).messages.map {
      "\($0.role.rawValue): \($0.text)"
    }
  }

  // MARK: promptfoo

  @Test func aTextIsAPromptAndDashesPartSeveral() throws {
    let result = try imported("Hi {{name}}\n---\n\nBye {{ name }}\n", "greet.txt")
    #expect(result.prompts.map(\.name) == ["greet-1.prompt", "greet-2.prompt"])
    #expect(try messages(result.prompts.first, ["name": "Bo"]) == ["user: Hi Bo"])
    #expect(try messages(result.prompts.last, ["name": "Bo"]) == ["user: Bye Bo"])
  }

  @Test(arguments: [
    (
      "[{\"role\":\"system\",\"content\":\"Be {{tone}}.\"},{\"role\":\"user\",\"content\":\"{{q}}\"}]",
      "c.json"
    ),
    ("- role: system\n  content: Be {{tone}}.\n- role: user\n  content: '{{q}}'\n", "c.yaml"),
  ])
  func aListOfMessagesBecomesRoles(_ text: String, _ path: String) throws {
    let result = try imported(text, path)
    #expect(result.notes.isEmpty)
    #expect(
      try messages(result.prompts.first, ["tone": "kind", "q": "Why?"])
        == ["system: Be kind.", "user: Why?"])
  }

  @Test func whiteSpaceAroundAMessageIsKept() throws {
    let text =
      "[{\"role\":\"user\",\"content\":\"  a\\n\"},{\"role\":\"assistant\",\"content\":\"b\"},"
      + "{\"role\":\"user\",\"content\":\"c\\n\\n\"}]"
    #expect(
      try messages(try imported(text).prompts.first)
        == ["user:   a\n", "assistant: b", "user: c\n\n"])
  }

  @Test func aTextThatBeginsWithARuleIsNoFrontMatter() throws {
    let text = "[{\"role\":\"user\",\"content\":\"---\\na: b\\n---\\nc\"}]"
    #expect(try messages(try imported(text).prompts.first) == ["user: ---\na: b\n---\nc"])
  }

  @Test func aConfigurationGivesPromptsModelDefaultsAndCases() throws {
    let text = """
      description: Two ways to say it
      prompts:
        - 'Say {{x}} in {{language}}'
        - file://prompts/*.txt
        - {id: third, label: Third way, raw: 'Shout {{x}}'}
        - file://made.py:main
      providers:
        - id: openai:chat:gpt-5
          config: {temperature: 0.2, max_tokens: 50}
        - anthropic:messages:claude
      defaultTest: {vars: {language: French}}
      tests:
        - vars: {x: hello}
          assert: [{type: contains, value: bonjour}]
        - vars: {x: bye}
      """
    let result = try PromptImport(of: ImportFile(path: "promptfooconfig.yaml", text: text)) {
      reference in
      #expect(reference == "prompts/*.txt")
      return [ImportFile(path: "whisper.txt", text: "Whisper {{ x | title }}\n")]
    }
    #expect(
      result.prompts.map(\.name) == [
        "promptfooconfig-1.prompt", "whisper.prompt", "third-way.prompt",
      ])
    let prompt = try PromptFile(parsing: result.prompts[0].text, name: "x")
    #expect(prompt.model == "openai/gpt-5")
    #expect(prompt.parameters.temperature == 0.2)
    #expect(prompt.parameters.maxTokens == 50)
    #expect(try messages(result.prompts[0], ["x": "hi"]) == ["user: Say hi in French"])
    #expect(try messages(result.prompts[1]) == ["user: Whisper {{ x | title }}"])
    #expect(result.notes.count == 3, "\(result.notes)")
    let dataset = try #require(result.dataset)
    #expect(dataset.name == "promptfooconfig-cases.jsonl")
    let cases = try DatasetReader.dataset(of: dataset.text, name: dataset.name).cases
    #expect(cases.map { $0.values["x"] } == ["hello", "bye"])
  }

  @Test func whatAConfigurationHasAndAPromptHasNotIsTold() throws {
    let text = """
      prompts: ['Say {{x}}']
      providers:
        - openai:gpt-5: {config: {temperature: 0, apiBaseUrl: "http://a.example", tools: []}}
        - id: anthropic:messages:claude
        - ollama:llama
      defaultTest: {vars: {x: 1}, assert: [], options: {}}
      evaluateOptions: {repeat: 2}
      scenarios: []
      """
    let result = try PromptImport(of: ImportFile(path: "c.yaml", text: text))
    #expect(try PromptFile(parsing: result.prompts[0].text, name: "x").model == "openai/gpt-5")
    let notes = result.notes.map(\.description)
    try #require(notes.count == 4)
    #expect(
      notes[0].hasPrefix(
        "c.yaml: 'anthropic:messages:claude', 'ollama:llama' were left out: a prompt has one model")
    )
    #expect(notes[1].hasPrefix("c.yaml: 'apiBaseUrl', 'tools' were left out: "))
    #expect(notes[2].hasPrefix("c.yaml: 'assert', 'options' were left out: of 'defaultTest'"))
    #expect(notes[3].hasPrefix("c.yaml: 'evaluateOptions', 'scenarios' were left out: "))
  }

  @Test(arguments: ["p.js", "p.py", "p.mjs", "done.prompt", "x.json", "y.yaml"])
  func whatIsNoPromptIsRefusedWithASentence(_ path: String) throws {
    let error = try #require(throws: ImportError.self) {
      try PromptImport(of: ImportFile(path: path, text: path == "y.yaml" ? "a: [" : "{\"a\": 1}"))
    }
    #expect(error.description.contains(path) && error.description.hasSuffix("."))
  }

  // MARK: OpenAI

  @Test func aStoredPromptKeepsItsIdAndVersion() throws {
    let result = try imported(
      """
      {"id": "pmpt_123", "object": "prompt", "version": "2", "name": "Weather report", "model": "gpt-5",
       "instructions": "Be brief. Not a tag: {{#if x}}",
       "input": [
         {"role": "developer", "content": [{"type": "input_text", "text": "In {{language}}."}]},
         {"type": "message", "role": "user", "content": "The weather in {{ city }}?"},
         {"role": "assistant", "content": [{"type": "output_text", "text": "Rain."}]},
         {"role": "user", "content": [
           {"type": "input_text", "text": "And here? "},
           {"type": "input_image", "image_url": "https://example.com/a.png"}]}],
       "variables": {"city": "Oslo", "language": {"type": "input_text", "text": "English"}},
       "temperature": 0.5, "top_p": 0.9, "max_output_tokens": 100, "reasoning": {"effort": "low"},
       "text": {"format": {"type": "json_schema", "name": "w", "schema":
         {"type": "object", "properties": {"rain": {"type": "boolean"}}}}},
       "tools": [{"type": "function", "name": "look", "parameters": {"type": "object"}}],
       "store": true}
      """, "stored.json")
    #expect(result.prompts.map(\.name) == ["weather-report.prompt"])
    #expect(result.notes.map(\.text) == ["left out: store"])
    let prompt = try PromptFile(parsing: result.prompts[0].text, name: "x")
    #expect(prompt.metadata["openai.id"] == "pmpt_123")
    #expect(prompt.metadata["openai.version"] == "2")
    #expect(prompt.model == "openai/gpt-5")
    #expect(prompt.parameters.reasoningEffort == "low")
    #expect(prompt.parameters.topP == 0.9)
    #expect(prompt.parameters.maxTokens == 100)
    #expect(prompt.parameters.tools.count == 1)
    #expect(prompt.outputSchema?["properties"]?["rain"]?["type"] == "boolean")
    #expect(
      try messages(result.prompts[0]) == [
        "system: Be brief. Not a tag: {{#if x}}", "system: In English.",
        "user: The weather in Oslo?", "assistant: Rain.", "user: And here? ",
      ])
    let last = try prompt.messages(inputs: [:], passages: []).messages.last
    #expect(last?.hasMedia == true)
  }

  @Test func aRequestForChatCompletionsBecomesAPrompt() throws {
    let result = try imported(
      """
      {"model": "gpt-5-mini", "stream": true, "max_completion_tokens": 20, "stop": "END",
       "response_format": {"type": "json_object"},
       "messages": [{"role": "system", "content": "As JSON."},
         {"role": "user", "content": [{"type": "text", "text": "{\\"a\\": {{ not-1 a variable }}}"}]}]}
      """)
    let prompt = try PromptFile(parsing: result.prompts[0].text, name: "x")
    #expect(prompt.parameters.stop == ["END"])
    #expect(prompt.parameters.maxTokens == 20)
    #expect(prompt.parameters.responseSchema == [:])
    #expect(result.notes.isEmpty)
    #expect(
      try messages(result.prompts[0])
        == ["system: As JSON.", "user: {\"a\": {{ not-1 a variable }}}"])
  }

  @Test func aMereReferenceToAStoredPromptIsRefused() throws {
    let error = try #require(throws: ImportError.self) {
      try imported("{\"prompt\": {\"prompt_id\": \"pmpt_1\", \"version\": \"3\"}}")
    }
    #expect(error.description.contains("pmpt_1"))
  }

  @Test func callsOfToolsAreLeftOutAndTold() throws {
    let result = try imported(
      """
      {"messages": [{"role": "user", "content": "Hi"},
        {"role": "assistant", "content": null, "tool_calls": [{"id": "1"}]}]}
      """)
    #expect(try messages(result.prompts.first) == ["user: Hi"])
    #expect(result.notes.count == 2)
  }
}
