import RandomSource
import Testing

@testable import Core

@Suite("Examples as turns")
struct ExampleTurnsTests {
  private func adding(_ examples: [Example], to text: String) throws -> String {
    let prompt = try PromptFile(parsing: text, name: "p")
    return try ExampleTurns.edit(of: text, saying: prompt, adding: examples).applied(to: text)
  }

  private func messages(of text: String, _ inputs: [String: String]) throws -> [Message] {
    try PromptFile(parsing: text, name: "p").messages(inputs: inputs, passages: []).messages
      .map { Message(role: $0.role, text: $0.text.split(separator: "\n").joined(separator: "\n")) }
  }

  @Test(
    "Examples stand before the turn that is answered, filled in with their own inputs",
    arguments: [
      "Ask: {{q}}", "{{role \"user\"}}\nAsk: {{q}}", "{{~role \"user\"~}}\nAsk: {{q}}",
    ])
  func turns(text: String) throws {
    let text = "{{role \"system\"}}\nBe kind.\n" + (text.hasPrefix("{{") ? text : "")
    guard text.contains("Ask") else { return }
    let changed = try adding([Example(inputs: ["q": "one"], answer: "uno")], to: text)
    #expect(
      try messages(of: changed, ["q": "two"]) == [
        Message(role: .system, text: "Be kind."), Message(role: .user, text: "Ask: one"),
        Message(role: .assistant, text: "uno"), Message(role: .user, text: "Ask: two"),
      ])
  }

  @Test("A case's only value is that of the only variable, whatever its name")
  func unnamedInput() throws {
    let text = "{\"input\": \"one\", \"output\": \"uno\"}"
    let cases = try DatasetReader.dataset(of: text, name: "x.jsonl").cases
    let changed = try adding(cases.compactMap(Example.init), to: "Ask: {{q}}")
    #expect(
      try messages(of: changed, ["q": "two"]).map(\.text) == ["Ask: one", "uno", "Ask: two"])
  }

  @Test("A prompt without roles gets one for its own text")
  func plain() throws {
    let changed = try adding([Example(inputs: ["q": "one"], answer: "uno")], to: "Ask: {{q}}")
    #expect(
      try messages(of: changed, ["q": "two"]).map(\.text) == ["Ask: one", "uno", "Ask: two"])
  }

  @Test("Nothing in an example becomes a tag, whatever braces and backslashes it holds")
  func escaping() throws {
    var random = SeededRandom(seed: 7)
    for _ in 0..<20_000 {
      let alphabet = ["{", "{{", "}", "}}", "\\", "{{role \"system\"}}", "a", "\n", "!", "~", "é"]
      let text = (0..<Int.random(in: 0...9, using: &random))
        .map { _ in alphabet[Int.random(in: 0..<alphabet.count, using: &random)] }.joined()
      let template = try Template(parsing: "<" + ExampleTurns.escaped(text) + ">")
      #expect(try template.render([:]).messages.map(\.text) == ["<" + text + ">"])
    }
  }

  @Test("An example without a value for a variable is refused, with its name")
  func missing() {
    let refusal = #expect(throws: TechniqueRefusal.self) {
      try adding([Example(inputs: [:], answer: "x")], to: "Ask: {{q}}")
    }
    #expect(refusal?.description.contains("'q'") == true)
  }

  @Test("A seed draws the same examples each time, and no more than there are")
  func lots() {
    let drawn = ExampleChoice.places(of: 3, outOf: 100, seed: 5)
    #expect(drawn == ExampleChoice.places(of: 3, outOf: 100, seed: 5))
    #expect(Set(drawn).count == 3)
    #expect((0..<9).contains { drawn != ExampleChoice.places(of: 3, outOf: 100, seed: $0) })
    #expect(ExampleChoice.places(of: 3, outOf: 2, seed: 5) == [0, 1])
    #expect(ExampleChoice.places(of: 3, outOf: 0, seed: 5) == [])
  }
}
