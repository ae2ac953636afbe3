import Core
import Foundation
import Testing

// `whet tune check`: its exit status, its output, and what it reads.

@Suite struct TuneCheckCommandTests {
  private func line(_ number: Int, role: String = "user") -> String {
    """
    {"messages":[{"role":"\(role)","content":"How many days has month \(number)?"},\
    {"role":"assistant","content":"Number \(number) has \(27 + number * 7 % 5) days, give or take."}]}
    """
  }

  private func file(_ count: Int, wrong: Int? = nil) -> String {
    (1...count).map { line($0, role: $0 == wrong ? "friend" : "user") + "\n" }.joined()
  }

  @Test func `an error gives 1, and a note when it is asked to`() throws {
    let home = try WhetHome()
    try home.write(file(20, wrong: 7), to: "wrong.jsonl")
    let wrong = try home.run("tune", "check", "wrong.jsonl")
    #expect(wrong.status == 1)
    #expect(wrong.output.contains("  line 7: Turn 1 has the role 'friend'."))
    #expect(wrong.output.contains("score 49 of 100"))
    try home.write(file(20), to: "few.jsonl")
    #expect(try home.run("tune", "check", "few.jsonl").status == 0)
    #expect(try home.run("tune", "check", "few.jsonl", "--fail-on", "note").status == 1)
  }

  @Test func `one JSON object says the same`() throws {
    let home = try WhetHome()
    try home.write(file(20, wrong: 7), to: "wrong.jsonl")
    let result = try home.run("tune", "check", "wrong.jsonl", "--json", "--window", "20")
    let json = try JSON(parsing: result.output)
    #expect(json["examples"] == 20)
    #expect(json["counts"]?["unrecognized_role"] == 1)
    #expect(json["counts"]?["truncated"] == 20)
    #expect(json["measures"]?["truncation"]?["window"] == 20)
  }

  @Test func `a set of the store is held against its evaluations, and may mix formats`() throws {
    let home = try WhetHome()
    try home.write("say {{q}}", to: "say.prompt")
    let asked = "which of the ferries to the northern island carries bicycles on sundays"
    try home.write(
      "prompts: [say.prompt]\nproviders: [echo]\ntests: [{vars: {q: \(asked)}}]", to: "eval.yaml")
    #expect(try home.run("eval", "eval.yaml").status == 0)
    try home.write(
      #"{"prompt":"\#(asked)","completion":"None."}"# + "\n"
        + #"{"prompt":"Is it far?","chosen":"No.","rejected":"Yes."}"# + "\n", to: "a.jsonl")
    _ = try home.run("tune", "import", "a.jsonl", "--set", "gold")
    let checked = try home.run("tune", "check", "set:gold", "--json")
    let findings = try JSON(parsing: checked.output)["findings"]?.array ?? []
    #expect(findings.contains { $0["code"] == "leak" }, "\(checked.output)")
    #expect(findings.first { $0["code"] == "mixed-formats" }?["severity"] == "note")
  }

  @Test func `the cookbook's rules are its own`() throws {
    let home = try WhetHome()
    try home.write(
      file(20).replacing("\"role\":\"user\"", with: "\"role\":\"developer\""), to: "a.jsonl")
    #expect(try home.run("tune", "check", "a.jsonl").status == 0)
    #expect(try home.run("tune", "check", "a.jsonl", "--rules", "cookbook").status == 1)
  }

  @Test func `a file that can't be read, or a window that isn't known, gives 2`() throws {
    let home = try WhetHome()
    let none = try home.run("tune", "check", "none.jsonl")
    #expect(none.status == 2)
    #expect(none.errors.contains("none.jsonl can't be read: no such file or directory."))
    try home.write(file(20), to: "a.jsonl")
    let model = try home.run("tune", "check", "a.jsonl", "--model", "builtin/nobody")
    #expect(model.status == 2)
    #expect(model.errors.contains("--window"))
  }
}
