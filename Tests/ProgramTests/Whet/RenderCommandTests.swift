import Core
import Foundation
import PromptConformance
import Testing

// `whet render`, the built program.

@Suite struct RenderCommandTests {
  /// What a case gives to the program, as files in its home.
  private static func write(
    _ suite: ConformanceSuite, _ test: ConformanceCase, in home: WhetHome
  ) throws {
    try home.write(suite.template, to: "prompt/a.prompt")
    try home.write(test.data.text, to: "data.json")
    try home.write(test.options.text, to: "options.json")
    for (name, text) in suite.files { try home.write(text, to: "prompt/_\(name).prompt") }
  }

  @Test(arguments: ConformanceSuite.fileNames)
  func `every case of a conformance file comes to what is expected`(file: String) throws {
    for suite in try ConformanceSuite.suites(in: file) {
      let home = try WhetHome()
      for test in suite.cases {
        try Self.write(suite, test, in: home)
        let result = try home.run(
          "render", home.path("prompt/a.prompt"), "--data", home.path("data.json"), "--options",
          home.path("options.json"), "--json")
        let place = "\(file) / \(suite.name) / \(test.name)"
        guard result.status == 0, let json = try? JSON(parsing: result.output) else {
          Issue.record("\(place): status \(result.status), \(result.errors)")
          continue
        }
        for difference in test.differences(from: json) { Issue.record("\(place): \(difference)") }
      }
    }
  }

  @Test func `a prompt is shown to a reader by its roles`() throws {
    let home = try WhetHome()
    let prompt = try home.write(
      "{{role \"system\"}}Sort {{what}}.{{role \"user\"}}{{media url=u}}{{section \"s\"}} Now",
      to: "a.txt")
    let data = try home.write(
      #"{"input": {"what": "mail", "u": "https://a.example/b"}}"#, to: "data.json")
    let result = try home.run("render", prompt, "--data", data)
    #expect(
      result.output
        == "== system\nSort mail.\n\n== user\n[media https://a.example/b][section s] Now\n")
    #expect(result.errors.isEmpty)
    #expect(result.status == 0)
  }

  @Test func `a missing variable is told and rendered as nothing`() throws {
    let home = try WhetHome()
    let prompt = try home.write("Hi {{name}}!", to: "a.md")
    let result = try home.run("render", prompt)
    #expect(result.output == "== user\nHi !\n")
    #expect(result.errors == "whet: no value for the variable 'name'\n")
    #expect(result.status == 0)
  }

  @Test(arguments: [
    ("a\n{{#if x}}", "a.prompt:2:1: '{{#if x}}' has no '{{/if}}'"),
    ("---\nmodel: m\n---\n\nx {{> gone}}", "a.prompt:5:3: there is no partial 'gone'"),
    ("{{> bad}}", "a.prompt:1:1: in the partial 'bad', line 1, column 3: a name was expected"),
    ("---\noutput:\n  schema:\n    a: strng\n---\nx", "a.prompt:4: 'strng' is no type"),
    ("---\noutput: {schema: Person}\n---\nx", "a.prompt:2: 'Person' is no type"),
    ("{{> loop}}", "a.prompt:1:1: in the partial 'loop', line 1, column 2: partials are nested"),
  ])
  func `a mistake is told with its place`(text: String, expected: String) throws {
    let home = try WhetHome()
    let prompt = try home.write(text, to: "a.prompt")
    try home.write("{{}}", to: "_bad.prompt")
    try home.write("({{> loop}})", to: "loop.prompt")
    let result = try home.run("render", prompt, "--json")
    #expect(result.errors.hasPrefix("\(home.path(expected))"))
    #expect(result.output.isEmpty)
    #expect(result.status == 2)
  }

  @Test(arguments: [
    ("[1]", "A JSON object was expected for the data."),
    (#"{"input": 3}"#, "/data.json: A JSON object was expected for 'input'."),
    (#"{"messages": [{"role": "boss"}]}"#, "A message of 'messages' has no role"),
    (#"{"messages": [{"role": "user", "content": 1}]}"#, "A JSON list was expected for 'content'."),
    ("{\n  \"input\": {a}}", "/data.json:2:13: this is not JSON: a member's name"),
  ])
  func `data that is none is refused`(data: String, expected: String) throws {
    let home = try WhetHome()
    let prompt = try home.write("x", to: "a.prompt")
    let result = try home.run("render", prompt, "--data", home.write(data, to: "data.json"))
    #expect(result.errors.contains(expected))
    #expect(result.status == 2)
  }

  @Test func `a step of a chain is filled in by itself`() throws {
    let home = try WhetHome()
    let chain =
      "{{!-- step: facts --}}\nList {{what}}\n{{!-- step: letter --}}\nWrite: {{previous}}"
    try home.write(chain, to: "a.prompt")
    try home.write(#"{"input": {"what": "rivers", "previous": "Po"}}"#, to: "data.json")
    let first = try home.run("render", "a.prompt", "--data", "data.json")
    #expect(first.output == "== user\nList rivers\n")
    #expect(
      first.errors
        == "whet: a.prompt is a chain of 2 steps, and this is step 1 facts: --step picks another.\n"
    )
    let second = try home.run("render", "a.prompt", "--data", "data.json", "--step", "2")
    #expect(second.output == "== user\nWrite: Po\n")
    #expect(second.errors.isEmpty)
    let third = try home.run("render", "a.prompt", "--step", "3")
    #expect(third.errors == "whet: a.prompt has the steps 1 to 2: there is no step 3.\n")
    #expect(third.status == 2)
    try home.write("Hi", to: "b.prompt")
    #expect(try home.run("render", "b.prompt", "--step", "1").output == "== user\nHi\n")
    #expect(try home.run("render", "b.prompt", "--step", "2").status == 2)
  }

  @Test func `a value that the schema has another type for is told and put in`() throws {
    let home = try WhetHome()
    try home.write("---\ninput: {schema: {n: integer}}\n---\n{{n}}", to: "a.prompt")
    try home.write(#"{"input": {"n": "many"}}"#, to: "data.json")
    let expected = "whet: a.prompt: input.schema says that 'n' is of type integer, not string\n"
    let rendered = try home.run("render", "a.prompt", "--data", "data.json")
    #expect(rendered.output == "== user\nmany\n")
    #expect(rendered.errors == expected)
    #expect(rendered.status == 0)
    let run = try home.run("run", "a.prompt", "-M", "builtin/echo", "--var", "n=many", "--no-save")
    #expect(run.errors == expected)
    #expect(run.status == 0)
  }

  @Test func `an empty cell leaves the default of the prompt`() throws {
    let home = try WhetHome()
    try home.write("---\ninput: {default: {tone: mild}}\n---\nBe {{tone}}: {{q}}", to: "a.prompt")
    try home.write("q,tone\nWhy?,\n,sharp\n", to: "cases.csv")
    let words = ["run", "a.prompt", "-M", "builtin/echo", "--no-save", "--data", "cases.csv"]
    #expect(try home.command(words).finish().output.contains("Be mild: Why?"))
    let missing = try home.command(words + ["--case", "2"]).finish()
    #expect(missing.errors.contains("a.prompt needs q"))
  }

  @Test func `a run takes the partials beside its prompt`() throws {
    let home = try WhetHome()
    let prompt = try home.write("{{> rules}} {{q}}", to: "a.prompt")
    try home.write("---\nmodel: x/y\n---\nBe {{tone}}.\n", to: "_rules.prompt")
    let result = try home.run(
      "run", prompt, "-M", "builtin/echo", "--var", "q=Why?", "--var", "tone=kind", "--no-save")
    #expect(result.output.contains("Be kind. Why?"))
    #expect(result.status == 0)
  }
}
