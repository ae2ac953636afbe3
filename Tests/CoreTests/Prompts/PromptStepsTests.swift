import Core
import Testing

@Suite("Steps of a prompt")
struct PromptStepsTests {
  static let chain = """
    ---
    config:
      temperature: 0
    ---
    {{!-- step: outline --}}
    {{role "system"}}Outline {{topic}}.
    {{!-- step: draft --}}
    From {{previous}} for {{reader}}
    {{! step: last }}
    {{steps.outline}}|{{steps.2}}|{{previous}}
    """

  private func prompt(_ text: String) throws -> PromptFile {
    try PromptFile(parsing: text, name: "chain.prompt")
  }

  @Test("A comment alone on its line begins a step, which is a prompt of its own")
  func steps() throws {
    let prompt = try prompt(Self.chain)
    #expect(prompt.steps.map(\.label) == ["1 outline", "2 draft", "3 last"])
    #expect(prompt.step(2, answers: ["x"]).parameters.temperature == 0)
    let first = try prompt.step(1, answers: []).messages(inputs: ["topic": "bells"], passages: [])
    #expect(first.messages == [Message(role: .system, text: "Outline bells.")])
  }

  @Test("A step is given the answers before it, by name and by number")
  func answers() throws {
    let last = try prompt(Self.chain).step(3, answers: ["a {{b}}", "c"])
    #expect(try last.messages(inputs: [:], passages: []).messages.map(\.text) == ["a {{b}}|c|c"])
  }

  @Test("What steps are given is no variable of the prompt's, and no input takes its place")
  func variables() throws {
    let prompt = try prompt(Self.chain)
    #expect(prompt.variables == ["topic", "reader"])
    let second = prompt.step(2, answers: ["mine"])
    let filled = try second.messages(
      inputs: ["previous": "theirs", "reader": "you"], passages: [])
    #expect(filled.messages.map(\.text) == ["From mine for you"])
  }

  @Test("Text before the first tag is a step without a name; blank text is none")
  func unnamed() throws {
    let prompt = try prompt("Say {{x}}\n  {{!-- step: two --}}\nAgain: {{previous}}")
    #expect(prompt.steps.map(\.label) == ["1", "2 two"])
  }

  @Test(
    "A comment that shares its line, or says something else, divides nothing",
    arguments: ["a {{!-- step: b --}}\nc", "{{!-- step: --}}\nc", "{{! steps: b }}\nc", "plain"])
  func comments(text: String) throws {
    #expect(try prompt(text).steps.isEmpty)
  }

  @Test("Without tags, previous is a variable like any other")
  func plainPrevious() throws {
    #expect(try prompt("{{previous}} {{steps.a}}").variables == ["previous", "steps"])
  }

  @Test("A mistake in steps is told with its line")
  func mistakes() throws {
    for (text, line, problem) in [
      ("{{#if a}}\n{{!-- step: b --}}\n{{/if}}", 2, "inside of the block of line 1"),
      ("a\n{{!-- step: b --}}\nc\n{{!-- step: b --}}\nd", 4, "a second step is named 'b'"),
    ] {
      let error = #expect(throws: PromptError.self) { try prompt(text) }
      #expect(error?.line == line)
      #expect(error?.problem.contains(problem) == true)
    }
  }

  @Test("An error in filling a step in names the line of the file")
  func lines() throws {
    let prompt = try prompt("---\nname: x\n---\na\n{{!-- step: b --}}\n\n{{role who}}c")
    let error = #expect(throws: PromptError.self) {
      try prompt.step(2, answers: ["y"]).messages(inputs: ["who": "nobody"], passages: [])
    }
    #expect(error?.line == 7)
  }
}
