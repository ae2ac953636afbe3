import Core
import Foundation
import LoopbackServer
import Playground
import Testing

// A day's use with keys from every place that can hold one, played by a script; then the keys are
// looked for in all that it left behind: files, logs, exports, screens, the clipboard, errors.

@Suite struct DayOfUseTests {
  /// A key for each place, and none a part of another.
  private enum Key {
    static let variable = "canary-variable-0123456789"
    static let command = "canary-command-9876543210"
    static let field = "canary-field-abcdefghij"
    static let all = [variable, command, field]
  }

  /// A server that quotes all that it was sent, in every way in which a server says anything.
  private static func indiscreetServer(redirectingTo other: String) throws -> ModelServer {
    @Sendable func quoted(_ request: ModelServer.Request) -> String { "You sent: \(request.head)" }
    return try ModelServer([
      "says": { connection, request in
        connection.sendHead()
        connection.send(Scripted.chunk(quoted(request)))
        connection.send(Scripted.stop)
      },
      "says-slowly": { connection, request in
        connection.sendHead()
        for byte in Scripted.chunk(quoted(request)).utf8 { connection.send([byte]) }
        connection.send(Scripted.stop)
      },
      "thinks": { connection, request in
        Scripted.thinks(quoted(request), thenSays: "Well.")(connection, request)
      },
      "calls": { connection, request in
        Scripted.calls("tell", JSON.string(quoted(request)).text)(connection, request)
      },
      "refuses": { connection, request in
        let message = JSON.string("Incorrect API key: \(quoted(request))").text
        connection.respond("{\"error\":{\"message\":\(message)}}", status: "401 Unauthorized")
      },
      "limits": { connection, request in
        guard request.number.isMultiple(of: 2) else {
          return Scripted.says("At last.")(connection, request)
        }
        connection.sendHead(
          "429 Too Many Requests", type: "text/plain", "Retry-After: 0",
          "X-Quoted: \(request.head.replacing("\r\n", with: " "))")
        connection.send(quoted(request))
      },
      "breaks": { connection, request in
        Scripted.breaksOff(after: quoted(request))(connection, request)
      },
      "fails": { connection, request in
        connection.sendHead()
        connection.send(
          "data: {\"error\":{\"message\":\(JSON.string(quoted(request)).text)}}\n\n")
      },
      "moves": { connection, _ in
        connection.sendHead(
          "307 Temporary Redirect", "Location: \(other)/chat/completions", "Content-Length: 0")
      },
      "garbles": { connection, request in
        connection.sendHead()
        connection.send("data: {\"choices\": \(quoted(request))\n\n: \(quoted(request))\n\n")
        connection.send(Scripted.stop)
      },
    ])
  }

  private static let models = [
    "says", "says-slowly", "thinks", "calls", "refuses", "limits", "breaks", "fails", "moves",
    "garbles",
  ]

  @Test func `the keys of a day's use are nowhere but on their way to their server`() throws {
    let stranger = try ModelServer([:])
    let server = try Self.indiscreetServer(redirectingTo: stranger.baseURL)
    let (home, safe) = try Self.home(of: server)
    var outputs: [String] = []

    // In the morning, commands.
    for provider in ["plain", "fetched", "fielded"] {
      let models = Self.models.flatMap { ["-M", "\(provider)/\($0)"] }
      for options in [[], ["--wire"], ["--json"], ["--json", "--wire"], ["--no-save"]] {
        let result = try home.command(["run", "a.prompt"] + options + models).finish(within: 60)
        outputs += [result.output, result.errors]
      }
    }
    for words in [
      ["models"], ["doctor"], ["sessions", "list"], ["sessions", "show", "a"],
      ["sessions", "replay", "a", "--speed", "0"], ["sessions", "export", "a", "a.jsonl"],
      ["sessions", "import", "a.jsonl"], ["run", "a.prompt", "-M", "broken/says"],
      ["run", "a.prompt", "-M", "far/says"],
    ] {
      let result = try home.command(words).finish()
      outputs += [result.output, result.errors]
    }
    // In the afternoon, the playground.
    for provider in ["plain", "fetched", "fielded"] {
      outputs.append(
        try Self.play(in: home, models: Self.models.prefix(6).map { "\(provider)/\($0)" }))
      outputs.append(
        try Self.play(in: home, models: Self.models.suffix(4).map { "\(provider)/\($0)" }))
    }

    let heads = server.requests.map(\.head)
    for key in Key.all { #expect(heads.contains { $0.contains(key) }, "it was sent") }
    #expect(stranger.requests.isEmpty, "no redirect was followed")
    let copied = outputs.flatMap(Self.copiedTexts)
    #expect(copied.contains { $0.hasPrefix("curl ") }, "a request was copied")
    for key in Key.all {
      for text in outputs + copied { #expect(!text.contains(key)) }
      #expect(try home.files(holding: key) == [])
      #expect(try safe.files(holding: key) == (key == Key.command ? ["key"] : []))
    }
    #expect(outputs.joined().contains("[key]"))
    #expect(try home.files(holding: "Incorrect API key") != [], "the search finds what is there")
  }

  /// A home with a provider for each place of a key, and a folder of which one is read.
  private static func home(of server: ModelServer) throws -> (WhetHome, safe: WhetHome) {
    let home = try WhetHome(server: server)
    let safe = try WhetHome()
    let keyFile = try safe.write(Key.command + "\n", to: "key")
    home.environment["PLAIN_KEY"] = Key.variable
    home.environment["FIELD_KEY"] = Key.field
    let url = server.baseURL
    var text = try String(contentsOfFile: home.configurationFile, encoding: .utf8)
    text += """
        - {name: plain, base_url: '\(url)', key_env: PLAIN_KEY, retries: 1}
        - {name: fetched, base_url: '\(url)', key_command: 'cat \(keyFile)', retries: 1}
        - {name: broken, base_url: '\(url)', key_command: 'cat \(keyFile) >&2; exit 1'}
        - {name: far, base_url: 'http://192.0.2.1/v1', key_env: PLAIN_KEY}
        - name: fielded
          base_url: '\(url)'
          retries: 1
          headers: {X-Gateway-Key: $FIELD_KEY, X-Other: Bearer $FIELD_KEY}

      """
    try home.write(text, to: "config/whet/config.yaml")
    try home.write("Hello?", to: "a.prompt")
    return (home, safe)
  }

  /// Runs all columns, looks at the wire of each, copies its request and its stream, exports the
  /// session, is killed in the middle of the next run and opened again.
  private static func play(in home: WhetHome, models: [String]) throws -> String {
    let size = Size(width: 250, height: 70)
    let arguments = ["open", "a.prompt"] + models.flatMap { ["-M", $0] }
    let terminal = try home.start(arguments, size: size)
    func waitForEnd() throws {
      try terminal.wait("all have answered", within: 60) {
        $0.row(size.height - 1).hasPrefix(" ^R run")
      }
    }
    try terminal.wait(for: models[0])
    try terminal.press("ctrl-r")
    try terminal.wait(for: "session a")
    try waitForEnd()
    try terminal.press("tab")
    for _ in models {
      try terminal.press("tab")
      for key in ["w", "1", "y", "2", "Y", "3", "G", "q"] { try terminal.press(key) }
    }
    try terminal.press("alt-e", "ctrl-u")
    try terminal.type("\(models[0].replacing("/", with: "-")).jsonl\r")
    try terminal.wait(for: "xported")
    try terminal.press("ctrl-r")
    try terminal.wait("it runs again") { !$0.row(size.height - 1).hasPrefix(" ^R run") }
    terminal.signal(SIGKILL)
    _ = try terminal.waitForExit()
    let again = try home.start(["open", "a.prompt"], size: size)
    try again.wait("it is open again") { !$0.row(size.height - 1).isEmpty }
    try again.press("ctrl-q")
    _ = try again.waitForExit()
    return String(decoding: terminal.output + again.output, as: UTF8.self)
  }

  /// What was put on the clipboard (OSC 52).
  private static func copiedTexts(_ output: String) -> [String] {
    output.split(separator: "\u{1B}]52;").dropFirst().compactMap { part in
      let payload = part.prefix { $0 != "\u{07}" && $0 != "\u{1B}" }
      guard let start = payload.firstIndex(of: ";"),
        let data = Data(base64Encoded: String(payload[payload.index(after: start)...]))
      else { return nil }
      return String(decoding: data, as: UTF8.self)
    }
  }
}
