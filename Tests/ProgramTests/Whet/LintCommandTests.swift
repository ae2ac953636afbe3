import Core
import Foundation
import Testing

// `whet lint` and `whet import`.

@Suite struct LintCommandTests {
  @Test func `findings are lines with their place and errors give 1`() throws {
    let home = try WhetHome()
    try home.write(
      "---\nconfig:\n  temperature: 3\n---\nHi {{> voice}}\n", to: "bad.prompt")
    let result = try home.run("lint", "bad.prompt")
    #expect(result.status == 1)
    #expect(result.lines.count == 2)
    #expect(result.lines.first?.hasPrefix("bad.prompt:3: error: 'temperature' must be") == true)
    #expect(result.lines.last?.hasPrefix("bad.prompt:5:4: error: there is no partial") == true)
  }

  @Test func `a good prompt says nothing and a warning counts when it is asked to`() throws {
    let home = try WhetHome()
    try home.write("Be brief.\n", to: "_voice.prompt")
    try home.write("Hi {{> voice}}\n", to: "good.prompt")
    let good = try home.run("lint", "good.prompt", "--strict")
    #expect(good.status == 0)
    #expect(good.output == "")
    try home.write("---\nmodel: x\n---\nHi\n", to: "warned.prompt")
    #expect(try home.run("lint", "warned.prompt").status == 0)
    #expect(try home.run("lint", "warned.prompt", "--strict").status == 1)
  }

  @Test func `the findings of several files are one list of JSON`() throws {
    let home = try WhetHome()
    try home.write("---\nmodel: x\n---\nHi\n", to: "a.prompt")
    try home.write("{{#if x}}\n", to: "b.prompt")
    let result = try home.run("lint", "a.prompt", "b.prompt", "--json")
    let list = try #require(try JSON(parsing: result.output).array)
    #expect(list.map { $0["file"] } == ["a.prompt", "b.prompt"])
    #expect(list.map { $0["rule"] } == ["model", "syntax"])
    #expect(list.map { $0["severity"] } == ["warning", "error"])
    #expect(list.map { $0["line"] } == [2, 1])
  }

  @Test func `a file that can't be read gives 2`() throws {
    let home = try WhetHome()
    let result = try home.run("lint", "none.prompt")
    #expect(result.status == 2)
    #expect(result.errors.contains("none.prompt"))
  }

  @Test func `the variables of a data file are known`() throws {
    let home = try WhetHome()
    try home.write("---\ninput: {schema: {a: string}}\n---\n{{a}} {{b}}\n", to: "x.prompt")
    try home.write("a,b\n1,2\n", to: "cases.csv")
    #expect(try home.run("lint", "x.prompt").status == 1)
    #expect(try home.run("lint", "x.prompt", "--data", "cases.csv").status == 0)
  }
}

@Suite struct ImportCommandTests {
  private let chat = "[{\"role\":\"user\",\"content\":\"Hi {{ name | upper }} {{name}}\"}]"

  @Test func `an imported prompt is written and renders and what was kept is told`() throws {
    let home = try WhetHome()
    try home.write(chat, to: "chat.json")
    let result = try home.run("import", "chat.json", "--output", "prompts")
    #expect(result.status == 0)
    #expect(result.output == "wrote prompts/chat.prompt\n")
    #expect(result.errors.contains("chat.json, message 1:1: '{{ name | upper }}' stays"))
    try home.write("{\"input\": {\"name\": \"Bo\"}}", to: "data.json")
    let rendered = try home.run("render", "prompts/chat.prompt", "--data", "data.json")
    #expect(rendered.output == "== user\nHi {{ name | upper }} Bo\n")
  }

  @Test func `a file that is there is replaced only by force`() throws {
    let home = try WhetHome()
    try home.write(chat, to: "chat.json")
    let mine = try home.write("mine", to: "chat.prompt")
    let result = try home.run("import", "chat.json")
    #expect(result.status == 1)
    #expect(result.errors.contains("chat.prompt is there already"))
    #expect(try String(contentsOfFile: mine, encoding: .utf8) == "mine")
    #expect(try home.run("import", "chat.json", "--force").status == 0)
    #expect(try String(contentsOfFile: mine, encoding: .utf8).contains("{{name}}"))
  }

  @Test func `a configuration brings its files and its tests`() throws {
    let home = try WhetHome()
    try home.write("Say {{x}}\n", to: "texts/a.txt")
    try home.write("Shout {{x}}\n", to: "texts/b.txt")
    try home.write(
      "prompts: file://texts/*.txt\nproviders: [openai:gpt-5]\ntests:\n  - vars: {x: 1}\n",
      to: "promptfooconfig.yaml")
    let result = try home.run("import", "promptfooconfig.yaml", "gen.py")
    #expect(result.status == 1)
    #expect(
      result.lines == [
        "wrote a.prompt", "wrote b.prompt", "wrote promptfooconfig-cases.jsonl",
      ])
    #expect(result.errors.contains("gen.py"))
  }
}
