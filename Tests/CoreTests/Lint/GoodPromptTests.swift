import Foundation
import Testing

@testable import Core

// Nothing is said of good prompts: the examples, and such as people write.

private let examples = URL(filePath: #filePath)
  .deletingLastPathComponent().appending(path: "../../../examples").standardizedFileURL

private let files =
  FileManager.default.enumerator(at: examples, includingPropertiesForKeys: nil)?
  .compactMap { $0 as? URL }.filter { $0.pathExtension == "prompt" }.map(\.path).sorted() ?? []

private let goodPrompts = [
  "Why is the sky blue?",
  "",
  "Translate the following to {{language}}:\n\n{{text}}",
  "{{role \"system\"}}\nYou are terse.\n{{role \"user\"}}\n{{question}}",
  "{{role \"system\"}}\nYou are terse.\n{{history}}\n{{role \"user\"}}\n{{question}}",
  "---\nmodel: googleai/gemini-2.5-flash\nconfig:\n  temperature: 0.9\n---\nWrite a haiku on {{topic}}.",
  "---\ninput:\n  schema:\n    name: string\n    age?: integer, in years\n---\n{{name}}{{#if age}} is {{age}}{{/if}}.",
  "---\ninput:\n  schema:\n    items(array): string\n---\n{{#each items}}\n- {{this}}{{#unless @last}},{{/unless}}\n{{/each}}",
  "---\ninput:\n  schema:\n    people(array):\n      name: string\n      role: string\n---\n{{#each people}}{{name}}: {{this.role}}\n{{/each}}",
  "---\ninput:\n  schema:\n    a: string\n    b: string\n---\n{{json this}}",
  "---\ninput:\n  schema:\n    (*): string\n---\n{{anything}}",
  "---\ninput:\n  schema: Person\n---\n{{name}}",
  "---\noutput:\n  schema:\n    title: string\n    tags(array): string\n---\nReturn a JSON object for {{text}}",
  "---\noutput:\n  format: json\n---\nReturn valid JSON for {{text}}",
  "The file is JSON:\n{{json data}}\nHow many members has it?",
  "Explain in two paragraphs what JSON is, with an example. Never answer in JSON yourself.",
  "---\nconfig:\n  maxOutputTokens: 300\n---\nIn at most 100 words: {{question}}",
  "---\nconfig:\n  temperature: 0\n  seed: 4\n---\nQuote it word for word: {{text}}",
  "---\nconfig:\n  stopSequences: [\"\\n\\n\", \"Question:\"]\n---\nQuestion: {{question}}\nAnswer:",
  "---\nconfig:\n  stopSequences: </answer>\n---\nAnswer between <answer> and </answer>: {{question}}",
  "---\nmyorg.owner: ana\nmyorg.review: {by: bo}\n---\nHi {{name}}",
  "{{#if formal}}{{role \"system\"}}\nBe formal.{{else}}{{role \"system\"}}\nBe brief.{{/if}}\n{{role \"user\"}}\n{{q}}",
  "Use these sources:\n{{#each passages}}[{{index}}] {{text}}\n{{/each}}\n{{question}}",
  "{{media url=photo}}\nWhat is on this picture?",
  "Set braces like \\{{this}} in {{name}}.",
  "{{!-- step: a --}}\n{{role \"system\"}}\nA\n{{role \"user\"}}\n{{x}}\n{{!-- step: b --}}\n{{role \"system\"}}\nB\n{{role \"user\"}}\n{{previous}}",
  "{{#each examples}}{{role \"user\"}}\n{{question}}\n{{role \"model\"}}\n{{answer}}\n{{/each}}{{role \"user\"}}\n{{question}}",
  "---\ndescription: |\n  One.\n  Two.\nvariant: b\ntools: [search]\nmetadata: {a: 1}\n---\nHi",
  "---\nThis is a rule, and no front matter\n---\nHi",
  "请把下面的文字翻译成{{语言}}：{{文字}}",
]

@Suite struct GoodPromptTests {
  @Test(arguments: goodPrompts)
  func nothingIsSaidOfAGoodPrompt(_ text: String) {
    let findings = PromptLint.findings(in: text, name: "x")
    #expect(findings.isEmpty, "\(findings)")
  }

  private func partials(beside path: String) throws -> [String: String] {
    let folder = (path as NSString).deletingLastPathComponent
    return try files.filter { ($0 as NSString).deletingLastPathComponent == folder }
      .reduce(into: [:]) { partials, path in
        let name = ((path as NSString).lastPathComponent as NSString).deletingPathExtension
        guard name.hasPrefix("_") else { return }
        partials[String(name.dropFirst())] = try String(contentsOfFile: path, encoding: .utf8)
      }
  }

  @Test(arguments: files)
  func anExampleHasNoMistakesAndRenders(_ path: String) throws {
    let text = try String(contentsOfFile: path, encoding: .utf8)
    let partials = try partials(beside: path)
    let findings = PromptLint.findings(
      in: text, name: path, surroundings: .init(partials: partials))
    #expect(findings.isEmpty, "\(findings)")
    let prompt = try PromptFile(parsing: text, name: path, partials: partials)
    let rendering = try prompt.messages(inputs: [:], passages: [])
    #expect(rendering.messages.last?.role == .user)
    #expect(rendering.missing.allSatisfy { $0 == "previous" })
  }

  @Test func thereAreExamplesOfEachSort() {
    let names = Set(files.map { ($0 as NSString).lastPathComponent })
    #expect(
      names.isSuperset(of: [
        "classify.prompt", "few-shot.prompt", "steps.prompt", "quotes.prompt", "reply.prompt",
        "_voice.prompt",
      ]))
  }
}
