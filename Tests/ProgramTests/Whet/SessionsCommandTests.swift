import Core
import Foundation
import Testing

// `whet sessions`: earlier runs shown, played again and carried to another machine.

@Suite struct SessionsCommandTests {
  private let home: WhetHome

  init() throws {
    home = try WhetHome(
      server: ModelServer([
        "hello": Scripted.says("Hel", "lo\n", "world"),
        "breaks": Scripted.breaksOff(after: "half a"),
      ]))
    try home.write("Greet {{name}}.", to: "greet.prompt")
    let result = try home.run(
      "run", "greet.prompt", "--var", "name=Ada", "-M", "test/hello", "-M", "test/breaks")
    try #require(result.status == 1)
  }

  private func runIdentifiers(in home: WhetHome) throws -> [String] {
    try home.run("sessions", "show", "greet").lines.map { String($0.prefix(26)) }
  }

  @Test func `sessions and runs are listed and shown`() throws {
    let list = try home.run("sessions", "list")
    #expect(list.lines.count == 1)
    #expect(list.output.hasSuffix("  2 runs\tgreet\n"))
    let session = String(list.output.prefix(26))

    let runs = try home.run("sessions", "show", String(session.lowercased()))
    #expect(runs.lines.count == 2)
    #expect(runs.lines.contains { $0.hasSuffix("  test/hello  stop\tHello") })
    #expect(runs.lines.contains { $0.hasSuffix("  test/breaks  truncated\thalf a") })

    let hello = try #require(runs.lines.first { $0.contains("test/hello") }).prefix(26)
    let run = try home.run("sessions", "show", String(hello))
    for piece in ["model    test/hello\n", "name = Ada\n", "── user\nGreet Ada.\n", "world\n"] {
      #expect(run.output.contains(piece))
    }
  }

  @Test func `a run with a picture is kept and shown`() throws {
    try home.write("See {{media url=u contentType=\"image/png\"}}", to: "see.prompt")
    let ran = try home.run(
      "run", "see.prompt", "--var", "u=https://a.example/b", "-M", "builtin/echo")
    try #require(ran.status == 0)
    let id = String(try home.run("sessions", "show", "see").output.prefix(26))
    #expect(
      try home.run("sessions", "show", id).output
        .contains("── user\nSee [media image/png https://a.example/b]\n"))
  }

  @Test func `a replay goes step by step where it is asked to`() throws {
    let id = try #require(
      home.run("sessions", "show", "greet").lines.first { $0.contains("test/hello") }
    ).prefix(26)
    let events = try home.run("sessions", "replay", String(id), "--step", "event").lines
    #expect(events.first?.contains("request http://127.0.0.1:") == true)
    #expect(events.contains { $0.contains("text \"Hel") })
    #expect(events.contains { $0.contains("finish stop") })
    #expect(events.last?.hasSuffix("  end") == true)
    let tokens = try home.run("sessions", "replay", String(id), "--step", "token")
    #expect(tokens.output == "Hello\nworld\n")
    #expect(try home.run("sessions", "replay", String(id), "--step", "word").status != 0)
  }

  @Test func `a run is run again with something else and told apart from what it was`() throws {
    let id = String(
      try #require(
        home.run("sessions", "show", "greet").lines.first { $0.contains("test/hello") }
      ).prefix(26))
    let same = try home.run("sessions", "rerun", id)
    #expect(same.status == 0)
    #expect(same.output.hasPrefix("Hello\nworld\n"))
    #expect(same.output.hasSuffix("── what differs from what it was\nnothing\n"))
    let other = try home.run("sessions", "rerun", id, "-M", "builtin/echo")
    // The inputs are those of then.
    #expect(other.output.contains("Greet Ada."))
    #expect(other.lines.contains("- Hello"))
    try home.write("Praise {{name}}.", to: "praise.prompt")
    let prompt = try home.run(
      "sessions", "rerun", id, "--prompt", "praise.prompt", "-M", "builtin/echo", "--no-save")
    #expect(prompt.output.contains("Praise Ada."))

    // Those that were kept are made from it, in its session.
    let branch = try home.run("sessions", "replay", "greet", "--branch", "--speed", "0")
    #expect(branch.output.hasPrefix("Hello\nworld\n"))
    #expect(branch.output.contains("Greet Ada."))
    #expect(branch.errors.contains("builtin/echo"))
    #expect(try home.run("sessions", "show", "greet").lines.count == 4)
    #expect(try home.run("sessions", "list").lines.count == 1)

    #expect(try home.run("sessions", "rerun", "nothing").status == 2)
    #expect(try home.run("sessions", "rerun", id, "--version", "v9").status == 2)
    #expect(try home.run("sessions", "rerun", id, "-M", "nameless").status != 0)
  }

  @Test func `a replay says the same again and asks nobody`() throws {
    for id in try runIdentifiers(in: home) {
      let shown = try home.run("sessions", "show", id)
      let replay = try home.run("sessions", "replay", id, "--speed", "0")
      if shown.output.contains("test/hello") {
        #expect(replay.output == "Hello\nworld\n")
        #expect(replay.errors == "")
      } else {
        #expect(replay.output == "half a\n")
        #expect(replay.errors.hasPrefix("whet: truncated: "))
      }
      #expect(replay.status == 0)
    }
    #expect(try home.run("sessions", "replay", "greet", "--speed", "-1").status == 2)
  }

  @Test func `a session is the same in another home`() throws {
    let other = try WhetHome()
    let file = home.path("greet.jsonl")
    #expect(try home.run("sessions", "export", "greet", file).status == 0)
    let imported = try other.run("sessions", "import", file)
    #expect(imported.output == "2 runs added to 'greet'.\n")
    #expect(
      try other.run("sessions", "import", file).output
        == "0 runs added to 'greet', 2 there already.\n")
    #expect(
      try other.run("sessions", "list").output == (try home.run("sessions", "list").output))
    for id in try runIdentifiers(in: home) {
      for words in [["sessions", "show", id], ["sessions", "replay", id, "--speed", "0"]] {
        let here = try home.command(words).finish()
        let there = try other.command(words).finish()
        #expect(here.output == there.output && here.errors == there.errors)
      }
    }
    let back = other.path("back.jsonl")
    #expect(try other.run("sessions", "export", "greet", back).status == 0)
    #expect(FileManager.default.contentsEqual(atPath: file, andPath: back))
  }

  @Test func `an export writes over no file`() throws {
    let file = try home.write("mine", to: "taken.jsonl")
    let result = try home.run("sessions", "export", "greet", "taken.jsonl")
    #expect(result.status == 1)
    #expect(result.errors.hasPrefix("whet: taken.jsonl exists already"))
    #expect(try String(contentsOfFile: file, encoding: .utf8) == "mine")
    #expect(try home.run("sessions", "rename", "greet", "hello").status == 0)
    #expect(try home.run("sessions", "export", "hello", "taken.jsonl", "--force").status == 0)
    let kept = try String(contentsOfFile: home.path("taken.jsonl"), encoding: .utf8)
    #expect(kept.hasPrefix("{\"whet\":\"session\""))
    #expect(kept.prefix { $0 != "\n" }.contains("\"name\":\"hello\""))
  }

  @Test(arguments: [
    ("", "file.jsonl can't be imported: it is empty."), ("{\"whet\":\"session\"", "file.jsonl:1: "),
    ("{\"whet\":\"session\",\"version\":99}\n", "file.jsonl is a session file of version 99"),
    (
      "{\"whet\":\"session\",\"version\":1,\"id\":\"x\",\"name\":\"n\",\"created_at\":1}\n{]\n",
      "file.jsonl:2: "
    ),
  ])
  func `a session file that can't be read changes nothing`(
    text: String, sentence: String
  ) throws {
    let before = try home.run("sessions", "list").output
    try home.write(text, to: "file.jsonl")
    let result = try home.run("sessions", "import", "file.jsonl")
    #expect(result.status == 1)
    #expect(result.errors.hasPrefix("whet: " + sentence))
    #expect(result.errors.split(separator: "\n").count == 1)
    #expect(try home.run("sessions", "list").output == before)
    #expect(try String(contentsOfFile: home.path("file.jsonl"), encoding: .utf8) == text)
  }

  @Test func `what is not there is told`() throws {
    for words in [
      ["show", "nothing"], ["replay", "nothing"], ["export", "nothing", "a.jsonl"],
      ["import", "nothing"],
    ] {
      let result = try home.command(["sessions"] + words).finish()
      #expect(result.status == 1)
      #expect(result.output == "")
      #expect(result.errors.contains("nothing"))
    }
  }
}
