import Testing

@testable import Core

// Each rule finds its mistake, on its line, and nothing else is said.

struct LintCase: CustomTestStringConvertible, Sendable {
  let testDescription: String
  let text: String
  /// `line:rule`, in order.
  let expected: [String]

  init(_ name: String, _ text: String, _ expected: String...) {
    testDescription = name
    self.text = text
    self.expected = expected
  }
}

private let cases = [
  LintCase("a tag without an end", "Hello {{name", "1:syntax"),
  LintCase("front matter that is no YAML", "---\nconfig: {a\n---\nHi", "3:syntax"),
  LintCase("a block that is not closed", "a\n{{#if x}}\nb", "2:syntax"),
  LintCase(
    "a helper that doesn't exist", "{{upper name}} and {{rol \"user\"}}x", "1:unknown-helper",
    "1:unknown-helper"),
  LintCase("a partial that isn't there", "a\n{{>voice}}", "2:unknown-partial"),
  LintCase(
    "a variable that the schema doesn't have",
    "---\ninput:\n  schema:\n    topic: string\n---\n{{topic}} {{topik}}", "6:unknown-variable"),
  LintCase(
    "a variable that is declared twice and used nowhere",
    "---\ninput:\n  schema:\n    type: object\n    properties:\n      topic: {type: string}\n      tone: {type: string}\n  default:\n    tone: dry\n---\n{{topic}}",
    "7:unused-variable"),
  LintCase(
    "a misspelled variable is both",
    "---\ninput:\n  default:\n    language: en\n---\nIn {{langauge}}.", "4:unused-variable",
    "6:unknown-variable"),
  LintCase(
    "a role that says nothing", "{{role \"system\"}}\n{{role \"user\"}}\nHi", "1:empty-role"),
  LintCase(
    "two system messages",
    "{{role \"system\"}}\nA\n{{role \"system\"}}\nB\n{{role \"user\"}}\nC", "3:role-order"),
  LintCase(
    "a system message after the user's", "Hi\n{{role \"system\"}}\nA\n{{role \"user\"}}\nB",
    "2:role-order"),
  LintCase("a prompt that ends in an answer", "Hi\n{{role \"model\"}}\nWell,", "2:prefill"),
  LintCase(
    "misspelled keys", "---\nmodle: openai/x\nconfig:\n  temprature: 1\n  max_tokens: 5\n---\nHi",
    "2:unknown-key", "4:unknown-key", "5:unknown-key"),
  LintCase("a setting in another place", "---\ntemperature: 0\n---\nHi", "2:unknown-key"),
  LintCase(
    "values out of range", "---\nconfig:\n  temperature: 3\n  topP: 1.5\n---\nHi", "3:value-range",
    "4:value-range"),
  LintCase("an unknown output format", "---\noutput:\n  format: jsno\n---\nHi", "3:value-range"),
  LintCase("a model without a provider", "---\nmodel: gpt-5\n---\nHi", "2:model"),
  LintCase(
    "JSON that nothing asks for but the text", "Summarize: {{text}}\nAnswer in JSON.",
    "2:config-conflict"),
  LintCase(
    "JSON that everything asks for but the text", "---\noutput:\n  format: json\n---\nHi {{name}}",
    "3:config-conflict"),
  LintCase(
    "prose and JSON at once",
    "---\noutput:\n  format: json\n---\nNot as JSON this time: answer in plain text.",
    "5:config-conflict"),
  LintCase(
    "more words than tokens",
    "---\nconfig:\n  maxOutputTokens: 100\n---\nWrite 500 words on {{x}}.",
    "5:config-conflict"),
  LintCase(
    "exactness at a high temperature",
    "---\nconfig:\n  temperature: 1.4\n---\nCopy {{x}} verbatim.", "5:config-conflict"),
  LintCase(
    "a seed at a high temperature", "---\nconfig:\n  temperature: 1.4\n  seed: 1\n---\nHi",
    "4:config-conflict"),
  LintCase(
    "a stop sequence in an example",
    "---\nconfig:\n  stopSequences: [\"END\"]\n---\n{{role \"user\"}}\na\n{{role \"model\"}}\nb END c\n{{role \"user\"}}\n{{x}}",
    "3:config-conflict"),
  LintCase(
    "a stop sequence that JSON is made of",
    "---\nconfig:\n  stopSequences: \"}\"\noutput:\n  format: json\n---\nAs JSON: {{x}}",
    "3:config-conflict"),
  LintCase(
    "passages without a word on them", "{{#each passages}}{{this}}{{/each}}\n{{question}}",
    "1:passages"),
  LintCase(
    "passages without a question", "From the passages:\n{{#each passages}}{{text}}{{/each}}\nHi",
    "2:passages"),
  LintCase(
    "what was answered before the first step",
    "{{!-- step: a --}}\n{{previous}}\n{{!-- step: b --}}\n{{previous}}", "2:steps"),
  LintCase(
    "two steps of one name", "{{!-- step: a --}}\nx\n{{!-- step: a --}}\n{{previous}}", "3:steps"),
  LintCase(
    "a step's comment beside a text, which begins none",
    "a {{!-- step: a --}}\nb {{!-- step: a --}}\n{{topic}}"),
  LintCase(
    "answers of earlier steps are declared nowhere",
    "---\ninput:\n  schema:\n    topic: string\n---\n{{!-- step: a --}}\n{{topic}}\n"
      + "{{!-- step: b --}}\n{{previous}} {{steps.a}}"),
  LintCase(
    "steps of a prompt without any",
    "---\ninput:\n  schema:\n    topic: string\n---\n{{topic}} {{steps.a}}",
    "6:unknown-variable"),
  LintCase(
    "long examples",
    "{{role \"user\"}}\nA\n{{role \"model\"}}\n" + String(repeating: "word ", count: 2000)
      + "\n{{role \"user\"}}\n{{x}}", "3:few-shot"),
]

@Suite struct PromptLintTests {
  @Test(arguments: cases)
  func eachMistakeIsFoundOnItsLine(_ lintCase: LintCase) {
    let findings = PromptLint.findings(in: lintCase.text, name: "x.prompt")
    #expect(
      findings.map { "\($0.line):\($0.rule.rawValue)" } == lintCase.expected,
      "\(findings.map(\.description))")
  }

  @Test func whatWasMeantIsNamed() {
    func messages(_ text: String) -> String {
      PromptLint.findings(in: text, name: "x").map(\.message).joined(separator: "\n")
    }
    #expect(
      messages("---\nconfig: {temprature: 1}\n---\nx").contains("did you mean 'temperature'?"))
    #expect(messages("---\nconfig: {max_tokens: 1}\n---\nx").contains("'maxOutputTokens'"))
    #expect(messages("{{rol \"user\"}}x").contains("did you mean 'role'?"))
    #expect(
      messages("---\ninput: {schema: {topic: string}}\n---\n{{topik}}").contains(
        "did you mean 'topic'?"))
  }

  @Test func partialsAndDataAreKnown() {
    let text = "---\ninput: {schema: {a: string}}\n---\n{{>voice}} {{a}} {{b}}"
    let findings = PromptLint.findings(
      in: text, name: "x",
      surroundings: .init(partials: ["voice": "Be {{tone}}."], givenVariables: ["b", "tone"]))
    #expect(findings.isEmpty, "\(findings)")
  }

  @Test func examplesThatFillTheWindowAreTooLong() {
    let text =
      "{{role \"user\"}}\nA\n{{role \"model\"}}\n" + String(repeating: "word ", count: 400)
      + "\n{{role \"user\"}}\n{{x}}"
    #expect(PromptLint.findings(in: text, name: "x").isEmpty)
    let findings = PromptLint.findings(
      in: text, name: "x", surroundings: .init(contextWindow: 1024))
    #expect(findings.map(\.rule) == [.fewShot])
  }

  @Test func hostileTextsEnd() {
    for text in [
      "{{" + String(repeating: "{", count: 9999), String(repeating: "{{#if x}}", count: 3000),
    ] {
      #expect(!PromptLint.findings(in: text, name: "x").isEmpty)
    }
    let schema =
      String(repeating: "{allOf: [", count: 60) + "{}" + String(repeating: "]}", count: 60)
    _ = PromptLint.findings(
      in: "---\noutput: {schema: {type: object, allOf: [\(schema)]}}\n---\nJSON", name: "x")
  }
}
