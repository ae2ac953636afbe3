import Core
import Foundation
import Testing

// `whet wins`, on runs of the program's own and preferences that came with a session file.

@Suite struct WinsCommandTests {
  @Test func `the table of wins of a prompt is printed, also as JSON`() throws {
    let home = try WhetHome()
    try home.write("{{question}}", to: "ask.prompt")
    for model in ["builtin/echo", "builtin/extractive"] {
      let run = try home.run("run", "ask.prompt", "--var", "question=Why?", "-M", model)
      #expect(run.status == 0, "\(run.errors)")
    }
    let nothing = try home.run("wins", "ask.prompt")
    #expect(nothing.status == 0)
    #expect(nothing.output.contains("compared yet"))
    let session = try #require(
      home.run("sessions", "list").output.split(separator: "\n").last?.split(separator: " ").first)
    #expect(try home.run("sessions", "export", String(session), "s.jsonl").status == 0)
    let path = home.directory.path + "/s.jsonl"
    var text = try String(contentsOfFile: path, encoding: .utf8)
    let run = try #require(
      try text.split(separator: "\n").map { try JSON(parsing: String($0)) }
        .first { $0["record"] == "run" }?["id"]?.string)
    for (number, outcome) in ["first", "first", "both_bad"].enumerated() {
      let sides = ["echo", "extractive"].enumerated().map { place, model in
        #"{"run":"\#(place == 0 ? run : "OTHER\(number)")","variant":{"model":"builtin/\#(model)"}}"#
      }
      text +=
        #"{"record":"preference","id":"P\#(number)","made_at":\#(number),"first":\#(sides[0]),"#
        + #""second":\#(sides[1]),"outcome":"\#(outcome)","judge":"person"}"# + "\n"
    }
    try home.write(text, to: "judged.jsonl")
    #expect(try home.run("sessions", "import", "judged.jsonl").status == 0)
    for arguments in [["ask.prompt"], ["--session", String(session)]] {
      let table = try home.command(["wins"] + arguments).finish()
      #expect(table.lines.first == "People, blind · 3 pairs")
      #expect(
        table.lines.contains { $0.hasPrefix("    2     0     1") && $0.hasSuffix("builtin/echo") })
      let json = try JSON(parsing: home.command(["wins", "--json"] + arguments).finish().output)
      let variants = try #require(json.array?.first?["variants"]?.array)
      #expect(variants.map { $0["wins"] } == [2, 0])
    }
  }

  @Test func `a prompt that was never run, and no prompt at all, are told of`() throws {
    let home = try WhetHome()
    let unknown = try home.run("wins", "none.prompt")
    #expect(unknown.status == 1 && unknown.errors.contains("none.prompt"))
    #expect(try home.run("wins").status == 2)
  }
}
