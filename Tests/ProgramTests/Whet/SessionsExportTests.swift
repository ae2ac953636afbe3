import Core
import Foundation
import LoopbackServer
import Playground
import Sessions
import Testing

// `whet sessions export` in every form: what it holds, what it must never hold, and that it is looked at
// with nothing else.

@Suite struct SessionsExportTests {
  private static let formats = ["jsonl", "md", "html", "cast", "svg"]
  private static let key = "canary-0123456789-abcdefghij"

  private func exports(
    of session: String, from home: WhetHome, _ options: String...
  ) throws -> [String: String] {
    var texts: [String: String] = [:]
    for format in Self.formats {
      let file = "out-\(UUID().uuidString).\(format)"
      let result = try home.command(["sessions", "export", session, file] + options).finish()
      try #require(result.status == 0, "\(format): \(result.errors)")
      texts[format] = try String(contentsOfFile: home.path(file), encoding: .utf8)
    }
    return texts
  }

  @Test func `no form holds a key, whatever the server sends back`() throws {
    let server = try ModelServer([
      "echoes": { connection, request in
        connection.sendHead()
        let bytes = Array(Scripted.chunk("You sent: \(request.head)").utf8)
        for byte in bytes { connection.send([byte]) }
        connection.send(Scripted.stop)
      },
      "refuses": { connection, request in
        let message = JSON.string("Incorrect API key: \(request.head)").text
        connection.respond(
          "{\"error\":{\"message\":\(message)}}", status: "401 Unauthorized\r\nX-Key: \(Self.key)")
      },
    ])
    let home = try WhetHome()
    home.environment["OPENAI_API_KEY"] = Self.key
    home.environment["OPENAI_BASE_URL"] = server.baseURL
    // As a keyring's command prints it, in two pieces so that the configuration doesn't hold it.
    let command = "printf %s%s \(Self.key.prefix(10)) \(Self.key.dropFirst(10))"
    try home.write(
      try WhetHome.configuration(server: nil)
        + "  - {name: ring, base_url: '\(server.baseURL)', key_command: '\(command)'}\n",
      to: "config/whet/config.yaml")
    try home.write("Hello?", to: "a.prompt")
    let models = ["openai", "ring"].flatMap { ["-M", "\($0)/echoes", "-M", "\($0)/refuses"] }
    _ = try home.command(["run", "a.prompt"] + models).finish()
    #expect(server.requests.count { $0.head.contains("Bearer \(Self.key)") } >= 4)
    for (format, text) in try exports(of: "a", from: home) {
      #expect(!text.contains(Self.key), "\(format)")
      let digits = Base64.encode(Array(Self.key.utf8)).prefix(24)
      #expect(!text.contains(digits), "\(format)")
    }
  }

  @Test func `what is redacted is in no form, though it came in pieces`() throws {
    let home = try WhetHome(
      server: ModelServer(["m": Scripted.says("Ask An", "na Be", "rg or A", "nna Berg.")]))
    try home.write("Who is {{name}}?", to: "a.prompt")
    _ = try home.run("run", "a.prompt", "--var", "name=Anna Berg", "-M", "test/m")
    for (format, text) in try exports(of: "a", from: home) where format != "cast" {
      #expect(text.contains("Anna"), "\(format)")
    }
    let redacted = try exports(of: "a", from: home, "--redact", "Anna\\s+B\\w+")
    for (format, text) in redacted {
      for piece in ["Anna", "Berg", "na Be", "rg or"] {
        #expect(!text.contains(piece), "\(piece) in \(format)")
      }
    }
    #expect(redacted["jsonl"]?.contains("Ask ████ or ████.") == true)
    // What is left is a session like any other.
    let other = try WhetHome()
    try other.write(redacted["jsonl"] ?? "", to: "r.jsonl")
    #expect(try other.run("sessions", "import", "r.jsonl").status == 0)
    let id = String(try other.run("sessions", "show", "a").output.prefix(26))
    #expect(
      try other.run("sessions", "replay", id, "--speed", "0").output == "Ask ████ or ████.\n")
  }

  @Test func `a pattern that can't be used leaves no file`() throws {
    let home = try WhetHome(server: ModelServer(["m": Scripted.says("Hello.")]))
    try home.write("Hello?", to: "a.prompt")
    _ = try home.run("run", "a.prompt", "-M", "test/m")
    let result = try home.run("sessions", "export", "a", "a.md", "--redact", "(")
    #expect(result.status != 0 && result.errors.contains("no regular expression"))
    #expect(!FileManager.default.fileExists(atPath: home.path("a.md")))
  }

  @Test func `the form is the name's, or what is asked for`() throws {
    let home = try WhetHome(server: ModelServer(["m": Scripted.says("Hello.")]))
    try home.write("Hello?", to: "a.prompt")
    _ = try home.run("run", "a.prompt", "-M", "test/m")
    let printed = try home.run("sessions", "export", "a", "-", "--format", "md")
    #expect(printed.output.hasPrefix("<!-- whet session -->"))
    #expect(try home.run("sessions", "export", "a", "-").status != 0)
    #expect(try home.run("sessions", "export", "a", "a.pdf").errors.contains("should end in"))
    #expect(try home.run("sessions", "export", "a", "a.pdf", "--format", "html").status == 0)
    #expect(
      try String(contentsOfFile: home.path("a.pdf"), encoding: .utf8).hasPrefix("<!doctype html>"))
    #expect(try home.run("sessions", "export", "a", "a.pdf", "--format", "md").status != 0)
    #expect(
      try home.run("sessions", "export", "a", "a.pdf", "--format", "md", "--force").status == 0)
    // The same bytes as in the file.
    let lines = try home.run("sessions", "export", "a", "-", "--format", "jsonl").output
    _ = try home.run("sessions", "export", "a", "a.jsonl")
    #expect(try String(contentsOfFile: home.path("a.jsonl"), encoding: .utf8) == lines)
  }

  @Test func `hostile text reaches no terminal, browser or viewer`() throws {
    let home = try WhetHome()
    let hostile = "\u{1B}]0;owned\u{7}\u{1B}[2J\u{9B}31m</text><script>x</script>]]>\u{202E}\u{0}"
    var answer = Answer()
    answer.apply(.text(hostile), at: 5)
    answer.apply(.finish(.stop), at: 10)
    let chunk: JSON = [
      "choices": [["delta": ["content": .string(hostile)], "finish_reason": "stop"]]
    ]
    try SessionFile.write(
      Session(id: "S", name: "evil \(hostile)", createdAt: 1),
      runs: [
        RecordedRun(
          run: Run(
            id: "R", session: "S", startedAt: 1, column: 0, promptText: hostile,
            inputs: ["a": hostile],
            request: CompletionRequest(
              model: .echo, messages: [Message(role: .user, text: hostile)])),
          events: [
            TimedWireEvent(time: 0, event: .head(status: 200, contentType: "text/event-stream")),
            TimedWireEvent(
              time: 5, event: .body(Array("data: \(chunk.text)\n\ndata: [DONE]\n\n".utf8))),
            TimedWireEvent(time: 10, event: .end(.complete)),
          ], answer: answer)
      ], to: home.path("s.jsonl"))
    _ = try home.run("sessions", "import", "s.jsonl")
    for (format, text) in try exports(of: "S", from: home) {
      let controls = text.unicodeScalars.filter { scalar in
        (scalar.value < 0x20 && scalar != "\n") || 0x7F..<0xA0 ~= scalar.value
          || scalar == "\u{202E}"
      }
      // A session file holds texts as they are, in JSON's own escapes where they are controls.
      if format != "jsonl" { #expect(controls.isEmpty, "\(format)") }
      if format == "html" || format == "svg" { #expect(!text.contains("<script"), "\(format)") }
      guard format == "cast" else { continue }
      let screen = try Self.play(text)
      #expect(screen.contains("owned"))
      #expect(!screen.commands.contains { $0.contains("owned") })
    }
  }

  /// The screen at the end of a recording.
  private static func play(_ cast: String) throws -> EmulatedScreen {
    let lines = cast.split(separator: "\n")
    let header = try JSON(parsing: Array(lines[0].utf8))
    #expect(header["version"]?.integer == 2)
    var screen = EmulatedScreen(
      size: Size(width: header["width"]?.integer ?? 0, height: header["height"]?.integer ?? 0))
    for line in lines.dropFirst() {
      screen.feed((try JSON(parsing: Array(line.utf8))[2]?.string ?? "").utf8)
    }
    return screen
  }

  @Test func `a recording shows each answer as it came, and no pause is longer than two seconds`()
    throws
  {
    let home = try WhetHome()
    var answer = Answer()
    var events = [
      TimedWireEvent(time: 0, event: .head(status: 200, contentType: "text/event-stream"))
    ]
    for (place, time) in [500.0, 700, 90_000, 90_100].enumerated() {
      let chunk = "data: {\"choices\":[{\"delta\":{\"content\":\"word\(place) \"}}]}\n\n"
      events.append(TimedWireEvent(time: time, event: .body(Array(chunk.utf8))))
      answer.apply(.text("word\(place) "), at: time)
    }
    let end = "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n"
    events.append(TimedWireEvent(time: 90_200, event: .body(Array(end.utf8))))
    events.append(TimedWireEvent(time: 90_200, event: .end(.complete)))
    answer.apply(.finish(.stop), at: 90_200)
    let runs = ["R1", "R2"].enumerated().map { place, id in
      RecordedRun(
        run: Run(
          id: id, session: "S", parent: place == 0 ? nil : "R1",
          startedAt: Double(place * 3600 + 1),
          column: 0, promptText: "Prompt \(id).", inputs: [:],
          request: CompletionRequest(model: .echo, messages: [])),
        events: events, answer: answer)
    }
    try SessionFile.write(
      Session(id: "S", name: "words", createdAt: 1), runs: runs, to: home.path("s.jsonl"))
    _ = try home.run("sessions", "import", "s.jsonl")
    try #require(try home.run("sessions", "export", "S", "s.cast").status == 0)
    let cast = try String(contentsOfFile: home.path("s.cast"), encoding: .utf8)
    let times = try cast.split(separator: "\n").dropFirst().map {
      try JSON(parsing: Array($0.utf8))[0]?.double ?? -1
    }
    #expect(times == times.sorted())
    #expect(zip(times, times.dropFirst()).allSatisfy { $1 - $0 <= 2.001 })
    let last = try #require(times.last)
    #expect(last > 8 && last < 14, "\(last)")
    let screen = try Self.play(cast)
    #expect(screen.contains("word0 word1 word2 word3"))
    #expect(screen.contains("Prompt R2."))
  }

  @Test func `a picture is of the newest moment, or of a run's`() throws {
    let home = try WhetHome(
      server: ModelServer(["one": Scripted.says("First."), "two": Scripted.says("Second.")]))
    try home.write("Hello?", to: "a.prompt")
    for model in ["one", "two"] {
      _ = try home.run("run", "a.prompt", "-M", "test/\(model)", "--session", "pictures")
    }
    func picture(_ options: String...) throws -> String {
      let words = ["sessions", "export", "pictures", "-", "--format", "svg"]
      return try home.command(words + options).finish().output
    }
    #expect(try picture().contains("Second.") && !picture().contains("First."))
    let first = try home.run("sessions", "show", "pictures").output.prefix(26)
    #expect(try picture("--run", String(first)).contains("First."))
  }

  @Test func `the program writes the form that the name asks for`() throws {
    let home = try WhetHome(server: ModelServer(["m": Scripted.says("Hello there.")]))
    try home.write("Hello?", to: "a.prompt")
    let terminal = try home.open("open", "a.prompt", "-M", "test/m")
    try terminal.press("ctrl-r")
    try terminal.wait(for: "Hello there.")
    for ending in ["md", "html", "svg", "cast"] {
      try terminal.press("alt-e")
      try terminal.wait(for: "Export the session to")
      for _ in "jsonl" { try terminal.press("backspace") }
      for letter in ending { try terminal.press(String(letter)) }
      try terminal.press("enter")
      try terminal.wait(for: "a.\(ending).")
      let text = try String(contentsOfFile: home.path("a.\(ending)"), encoding: .utf8)
      #expect(text.contains("Hello"), "\(ending)")
    }
    try terminal.press("ctrl-q")
    #expect(try terminal.waitForExit() == .exited(0))
  }
}
