import Core
import Testing

// `whet run`: values from files and from cases.

@Suite struct RunInputsTests {
  private let home: WhetHome

  init() throws {
    home = try WhetHome()
    try home.write("{{#each items}}{{this}};{{/each}}{{question}} {{tone}}", to: "ask.prompt")
    try home.write("the text\n", to: "note.txt")
    try home.write(
      """
      {"question":"Why?","tone":"mild","items":["a","b"],"ticket":1}
      {"question":"How?","tone":"@home","items":[]}
      """, to: "cases.jsonl")
  }

  private func run(_ arguments: String...) throws -> Command.Result {
    try home.command(["run", "ask.prompt", "-M", "builtin/echo", "--no-save"] + arguments).finish()
  }

  @Test func `a value that begins with @ is the text of a file`() throws {
    let result = try run("--var", "question=@note.txt", "--var", "tone=@@x", "--var", "items=[1]")
    #expect(result.output == "1;the text\n @x\n")
    #expect(result.status == 0)
  }

  @Test func `a file that isn't there is told of, and nothing is run`() throws {
    let result = try run("--var", "question=@absent", "--var", "tone=x")
    #expect(result.status == 2)
    #expect(result.output == "")
    #expect(result.errors.contains("There is no file absent."))
  }

  @Test func `a case fills the variables, and --var stands above it`() throws {
    let first = try run("--data", "cases.jsonl")
    #expect(first.output == "a;b;Why? mild\n")
    #expect(first.errors.contains("ask.prompt takes nothing from ticket of cases.jsonl."))
    #expect(try run("--data", "cases.jsonl", "--case", "2").output == "How? @home\n")
    let result = try run("--data", "cases.jsonl", "--case", "2", "--var", "tone=x")
    #expect(result.output == "How? x\n")
  }

  @Test func `a case that isn't there is told of, and nothing is run`() throws {
    let result = try run("--data", "cases.jsonl", "--case", "3")
    #expect(result.status == 2)
    #expect(result.errors.contains("has the cases 1 to 2: there is no case 3."))
    #expect(try run("--data", "ask.prompt").status == 2)
    #expect(try run("--case", "1").status == 2)
  }
}
