import Core
import Foundation
import Sessions
import Testing

// Training sets as a person or a script works with them.

@Suite struct TuneSetsCommandTests {
  private static func lines(_ numbers: ClosedRange<Int>) -> String {
    numbers.map { number in
      #"{"messages":[{"role":"user","content":"question \#(number)"},"#
        + #"{"role":"assistant","content":"answer \#(number)"}]}"# + "\n"
    }.joined()
  }

  private func json(_ text: String) throws -> [JSON] {
    try text.split(separator: "\n").map { try JSON(parsing: String($0)) }
  }

  @Test func `a file is taken in, marked, undone, and its log carried out on a larger set`() throws
  {
    let home = try WhetHome()
    try home.write(Self.lines(1...20), to: "a.jsonl")
    try home.write(Self.lines(1...30), to: "b.jsonl")
    let imported = try home.run("tune", "import", "a.jsonl", "--set", "gold", "--json")
    #expect(imported.status == 0, "\(imported.errors)")
    #expect(try json(imported.output).first?["added"] == 20)
    #expect(
      try home.run("tune", "mark", "gold", "--filter", "\"question 1\"", "--approve").output
        == "11 examples changed, action 1.\n")
    #expect(try home.run("tune", "mark", "gold", "--number", "2", "3", "--tag", "x").status == 0)
    #expect(
      try home.run("tune", "replace", "gold", "answer", "reply", "--filter", "tag:x").status == 0)
    #expect(try home.run("tune", "system", "gold", "Be brief.", "--filter", "").status == 0)
    #expect(try home.run("tune", "undo", "gold").output.hasPrefix("Action 4 was taken back"))

    let log = try home.run("tune", "log", "gold", "--json")
    try home.write(log.output, to: "log.jsonl")
    _ = try home.run("tune", "import", "b.jsonl", "--set", "more")
    let replayed = try home.run("tune", "replay", "log.jsonl", "--set", "more")
    #expect(replayed.status == 0, "\(replayed.errors)")
    #expect(replayed.output.hasPrefix("11 examples"))
    let shown = try json(
      try home.run("tune", "show", "more", "--filter", "state:approved or tag:x", "--json").output)
    #expect(shown.count == 13)
    #expect(
      shown.first { $0["number"] == 2 }?["example"]?["messages"]?[1]?["content"] == "reply 2")
    #expect(shown.allSatisfy { $0["lineage"]?["line"] == $0["number"] })

    let sets = try json(try home.run("tune", "sets", "--json").output)
    #expect(sets.map { $0["name"] } == ["gold", "more"])
    #expect(sets.map { $0["approved"] } == [11, 11])
    #expect(try home.run("tune", "remove", "gold", "--yes").status == 0)
    #expect(try home.run("tune", "sets").output.contains("gold") == false)
  }

  @Test func `an example is edited in the editor, and what is no example changes nothing`() throws {
    let home = try WhetHome()
    try home.write(Self.lines(1...2), to: "a.jsonl")
    _ = try home.run("tune", "import", "a.jsonl", "--set", "gold")
    home.environment["EDITOR"] = "sed -i s/answer/better/"
    let edited = try home.run("tune", "edit", "gold", "2")
    #expect(edited.status == 0, "\(edited.errors)")
    #expect(try home.run("tune", "show", "gold", "2").output.contains("better 2"))
    for script in ["sed -i s/messages/massages/", "sed -i s/{//", "false"] {
      home.environment["EDITOR"] = script
      let failed = try home.run("tune", "edit", "gold", "2")
      #expect(failed.status == 1 && !failed.errors.isEmpty)
    }
    #expect(try home.run("tune", "show", "gold", "2").output.contains("better 2"))
    #expect(try home.run("tune", "undo", "gold").status == 0)
    #expect(try home.run("tune", "show", "gold", "2").output.contains("answer 2"))
  }

  @Test func `a run that was rated becomes an example, one that asks a test doesn't`() throws {
    let home = try WhetHome()
    try home.write("say {{n}}", to: "say.prompt")
    try home.write(
      "prompts: [say.prompt]\nproviders: [echo]\ntests: [{vars: {n: one}}]", to: "eval.yaml")
    #expect(try home.run("eval", "eval.yaml").status == 0)
    for value in ["one", "two"] {
      #expect(
        try home.run("run", "say.prompt", "-M", "builtin/echo", "--var", "n=\(value)").status == 0)
    }
    let store = try SessionStore(path: home.store)
    for session in try store.sessions() {
      for run in try store.runs(of: session.session.id) { try store.rate(run.id, .good) }
    }
    let collected = try home.run("tune", "collect", "--set", "gold", "--rated", "good", "--json")
    #expect(collected.status == 0, "\(collected.errors)")
    let report = try #require(try json(collected.output).first)
    #expect(report["added"] == 1)
    #expect(report["left_out"]?["evaluation_case"] == 1)
    #expect(try home.run("tune", "show", "gold", "1").output.contains("say two"))
    let evaluation = try #require(try store.evaluations().first).id
    let taken = try home.run("tune", "collect", "--set", "test", "--from-evaluation", evaluation)
    #expect(taken.status == 0, "\(taken.errors)")
    #expect(
      try home.run("tune", "show", "test", "--filter", "source:evaluation").output.contains(
        "say one"))
  }

  @Test(arguments: [
    (["tune", "import", "none.jsonl", "--set", "s"], "none.jsonl"),
    (["tune", "import", "bad.jsonl", "--set", "s"], "bad.jsonl:2"),
    (["tune", "show", "nowhere"], "nowhere"),
    (["tune", "show", "s", "--filter", "state:x"], "state:"),
    (["tune", "mark", "s", "--approve"], "--filter"),
    (["tune", "mark", "s", "--filter", "x"], "--approve"),
    (["tune", "collect", "--set", "s"], "--rated"),
    (["tune", "collect", "--set", "s", "--from-evaluation", "X"], "no evaluation"),
    (["tune", "remove", "nowhere", "--yes"], "nowhere"), (["tune", "undo", "nowhere"], "nowhere"),
  ])
  func `what means nothing says what does`(arguments: [String], part: String) throws {
    let home = try WhetHome()
    try home.write(Self.lines(1...1) + "{\n", to: "bad.jsonl")
    let result = try home.command(arguments).finish()
    #expect(result.status != 0)
    #expect(
      result.errors.lowercased().contains(part.lowercased()), "\(arguments): \(result.errors)")
    #expect(try home.run("tune", "sets").output.hasPrefix("There are none yet"))
  }
}
