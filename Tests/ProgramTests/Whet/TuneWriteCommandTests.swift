import Core
import Foundation
import Testing

// Training sets as files: what is written, the same each time, and what never is.

@Suite struct TuneWriteCommandTests {
  private static func line(_ asked: String, _ answered: String) -> String {
    JSON.object([
      "messages": [
        ["role": "user", "content": .string(asked)],
        ["role": "assistant", "content": .string(answered)],
      ]
    ]).text + "\n"
  }

  private static func lines(_ numbers: ClosedRange<Int>) -> String {
    numbers.map {
      line("what costs article \($0 * 7919) of shelf \($0 * 104_729)?", "\($0) crowns")
    }.joined()
  }

  private func text(_ home: WhetHome, _ path: String) throws -> String {
    try String(contentsOfFile: home.path(path), encoding: .utf8)
  }

  /// All files under a folder, joined.
  private func everything(_ home: WhetHome, _ folder: String) throws -> String {
    let names = try FileManager.default.subpathsOfDirectory(atPath: home.path(folder))
    return try names.sorted().compactMap { name in
      var isFolder: ObjCBool = false
      let path = home.path("\(folder)/\(name)")
      guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder),
        !isFolder.boolValue
      else { return nil }
      return name + "\n" + (try String(contentsOfFile: path, encoding: .utf8))
    }.joined(separator: "\n")
  }

  @Test func `the same set and seed give the same bytes, another seed another split`() throws {
    let home = try WhetHome()
    try home.write(Self.lines(1...200), to: "a.jsonl")
    _ = try home.run("tune", "import", "a.jsonl", "--set", "gold")
    for folder in ["one", "two"] {
      let written = try home.run("tune", "write", "gold", "--to", folder, "--split", "80/10/10")
      #expect(written.status == 0, "\(written.errors)")
    }
    #expect(try everything(home, "one") == everything(home, "two"))
    _ = try home.run(
      "tune", "write", "gold", "--to", "three", "--split", "80/10/10", "--seed", "1")
    #expect(try text(home, "one/train.jsonl") != text(home, "three/train.jsonl"))
    let parts = try ["train", "validation", "test"].map {
      Set(try text(home, "one/\($0).jsonl").split(separator: "\n"))
    }
    #expect(parts.reduce(0) { $0 + $1.count } == 200)
    #expect(parts[0].isDisjoint(with: parts[1]) && parts[0].isDisjoint(with: parts[2]))
    // What is there isn't replaced without a word.
    let again = try home.run("tune", "write", "gold", "--to", "one", "--split", "80/10/10")
    #expect(again.status != 0)
    #expect(again.errors.contains("--force"))
  }

  @Test(arguments: ["sft", "dpo", "prompt-completion", "sharegpt"])
  func `no key, no rejected example and no evaluation case is in any file`(format: String) throws {
    let home = try WhetHome()
    let key = "sk-proj-" + "Zq7Xw2Lm9Rt4Yb8Kc3Vn6Hd1Gf5Js0Pa"
    try home.write("say {{q}}", to: "say.prompt")
    let asked = "which of the ferries to the northern island carries bicycles on sundays"
    try home.write(
      "prompts: [say.prompt]\nproviders: [echo]\ntests: [{vars: {q: \(asked)}}]", to: "eval.yaml")
    #expect(try home.run("eval", "eval.yaml").status == 0)
    try home.write(
      #"{"question": "how long does the lamp of the second lighthouse burn in winter nights"}"#
        + "\n", to: "held-out.jsonl")
    let records: [(String, String)] = [
      ("what is the first thing?", "GOOD"), ("what is the second thing?", "REJECTED-1"),
      ("what is the third thing?", "the key is \(key)"), ("\(asked)?", "LEAK-1"),
      ("Please tell me: \(asked)!", "LEAK-2"),
      ("How long does the lamp of the second lighthouse burn in winter nights?", "LEAK-3"),
      ("my key is \(key), what now?", "ROTATE-IT"),
    ]
    let isPair = format == "dpo"
    let lines = records.map { asked, answered -> String in
      guard isPair else { return Self.line(asked, answered) }
      return JSON.object([
        "input": ["messages": [["role": "user", "content": .string(asked)]]],
        "preferred_output": [["role": "assistant", "content": .string(answered)]],
        "non_preferred_output": [["role": "assistant", "content": "WORSE"]],
      ]).text + "\n"
    }.joined()
    try home.write(lines, to: "a.jsonl")
    #expect(try home.run("tune", "import", "a.jsonl", "--set", "s").status == 0)
    #expect(try home.run("tune", "mark", "s", "--number", "2", "--reject").status == 0)
    let written = try home.run(
      "tune", "write", "s", "--to", "out", "--split", "50/50", "--format", format, "--not-in",
      "held-out.jsonl")
    #expect(written.status == 0, "\(written.errors)")
    let recipes = isPair || format == "sft" ? ["trl", "axolotl", "llama-factory", "unsloth"] : []
    try home.write(lines, to: "raw/train.jsonl")
    for trainer in recipes {
      let made = try home.run(
        "tune", "recipe", trainer, "raw", "--model", "m", "--to", "out/\(trainer)", "--method",
        isPair ? "dpo" : "supervised")
      #expect(made.status == 0, "\(made.errors)")
      // A recipe is made of a file that was checked; it leaves out what is secret all the same.
      #expect(try !everything(home, "out/\(trainer)").contains(key))
      #expect(!made.output.contains(key) && !made.errors.contains(key))
      try FileManager.default.removeItem(atPath: home.path("out/\(trainer)"))
    }
    let all = try everything(home, "out")
    #expect(all.contains("GOOD"))
    for word in [key, "REJECTED", "LEAK", "ROTATE"] { #expect(!all.contains(word), "\(word)") }
    #expect(!written.errors.contains(key))
    #expect(written.errors.contains("Left out"))
  }

  @Test func `what is written comes in again as it was`() throws {
    let home = try WhetHome()
    try home.write(Self.lines(1...20), to: "a.jsonl")
    _ = try home.run("tune", "import", "a.jsonl", "--set", "gold")
    for format in ["sft", "prompt-completion", "sharegpt"] {
      #expect(
        try home.run("tune", "write", "gold", "--to", "\(format).jsonl", "--format", format).status
          == 0)
      let back = try home.run("tune", "import", "\(format).jsonl", "--set", "gold", "--json")
      #expect(try JSON(parsing: back.output)["duplicates"] == 20, "\(back.errors)")
    }
  }

  @Test(arguments: [
    (["nobody", "--to", "x.jsonl"], "nobody"),
    (["gold", "--to", "x.jsonl", "--split", "90/20"], "100"),
    (["gold", "--to", "x.jsonl", "--weight", "a"], "TAG=COUNT"),
    (["gold", "other", "--to", "x.jsonl"], "share"),
    (["gold", "--to", "x.jsonl", "--format", "csv"], "csv"),
    (["gold", "--to", "x.jsonl", "--not-in", "none.jsonl"], "none.jsonl"),
  ])
  func `what means nothing says what does`(arguments: [String], part: String) throws {
    let home = try WhetHome()
    try home.write(Self.lines(1...20), to: "a.jsonl")
    _ = try home.run("tune", "import", "a.jsonl", "--set", "gold")
    let result = try home.command(["tune", "write"] + arguments).finish()
    #expect(result.status != 0)
    #expect(result.errors.contains(part), "\(result.errors)")
    #expect(!FileManager.default.fileExists(atPath: home.path("x.jsonl")))
  }

  // MARK: Files that come in

  @Test func `every format comes in, lists and tables, too`() throws {
    let home = try WhetHome()
    let files = [
      (
        "a.json",
        #"[{"conversations":[{"from":"human","value":"Q1"},{"from":"gpt","value":"A1"}]},"#
          + "\n"
          + #" {"conversations":[{"from":"human","value":"Q2"},{"from":"gpt","value":"A2"}]}]"#
      ),
      ("b.csv", "question,answer,who\n\"Q3, \"\"so\"\"\",A3,me\nQ4,\"A4\nand more\",you\n"),
      (
        "c.jsonl",
        #"{"prompt":"Q5","completion":"A5"}"# + "\n\n"
          + #"{"instruction":"Q6","input":"","output":"A6"}"# + "\n"
      ),
      ("d.jsonl", #"{"prompt":"Q7","chosen":"A7","rejected":"no"}"# + "\n"),
    ]
    for (name, text) in files {
      try home.write(text, to: name)
      let result = try home.run("tune", "import", name, "--set", "all", "--json")
      #expect(result.status == 0, "\(name): \(result.errors)")
      #expect(try JSON(parsing: result.output)["added"] == (name == "d.jsonl" ? 1 : 2))
      if name == "b.csv" {
        #expect(try JSON(parsing: result.output)["left_out"]?["who"] == 2)
      }
    }
    let shown = try home.run("tune", "show", "all", "--json").output.split(separator: "\n").map {
      try JSON(parsing: String($0))
    }
    #expect(shown.count == 7)
    #expect(shown[2]["example"]?["messages"]?[0]?["content"] == "Q3, \"so\"")
    #expect(shown.map { $0["lineage"]?["line"] } == [1, 2, 2, 3, 1, 3, 1])
  }

  @Test(arguments: [
    (
      "a.json",
      #"[{"messages":[{"role":"user","content":"Q"},{"role":"assistant","content":"A"}]}"#,
      "cut off"
    ),
    ("a.csv", "one,two\n1,2\n", "a.csv:2"), ("a.csv", "", "empty"),
    ("a.csv", "question,answer\n\"Q,A\n", "never closed"),
    ("a.jsonl", "{\"hello\": 1}\n", "can't be told"), ("a.jsonl", "{\n", "no JSON"),
    ("a.jsonl", "[1]\n", "no object"),
  ])
  func `a file that is none says where, and nothing is taken in`(
    name: String, text: String, part: String
  ) throws {
    let home = try WhetHome()
    try home.write(text, to: name)
    let result = try home.run("tune", "import", name, "--set", "all")
    #expect(result.status != 0)
    #expect(result.errors.contains(part), "\(result.errors)")
    #expect(try !home.run("tune", "show", "all").output.contains("1"))
  }
}
