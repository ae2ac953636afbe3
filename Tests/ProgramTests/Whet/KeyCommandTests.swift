import Core
import Foundation
import Playground
import Testing

// A key that a command prints reaches the server that it is for, and nothing else: no output, no
// file, no process's arguments or environment.

@Suite struct KeyCommandTests {
  private static let key = "canary-9876543210-zyxwvutsrq"
  private let home: WhetHome
  private let server: ModelServer
  /// Where the key is kept, outside of the home; `$KEY_FILE` for the commands.
  private let safe: TemporaryDirectory

  init() throws {
    safe = try TemporaryDirectory()
    let keyFile = safe.path + "/key"
    try Data("\(Self.key)\nlogin: somebody\n".utf8).write(to: URL(filePath: keyFile))
    server = try ModelServer([
      "echoes": { connection, request in
        let seen = Self.processes(holding: Self.key)
        connection.sendHead()
        connection.send(Scripted.chunk("You sent: \(request.head), seen in \(seen)."))
        connection.send(Scripted.stop)
      },
      "refuses": { connection, request in
        let message = JSON.string("Incorrect API key: \(request.head)").text
        connection.respond("{\"error\":{\"message\":\(message)}}", status: "401 Unauthorized")
      },
    ])
    home = try WhetHome()
    home.environment["KEY_FILE"] = keyFile
    try home.write("Hello?", to: "a.prompt")
  }

  /// The processes whose arguments or variables hold a text.
  private static func processes(holding text: String) -> [String] {
    let sought = Data(text.utf8)
    let processes = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    return processes.filter { $0.allSatisfy(\.isNumber) }.filter { process in
      ["cmdline", "environ"].contains { name in
        FileManager.default.contents(atPath: "/proc/\(process)/\(name)")?.range(of: sought) != nil
      }
    }
  }

  @Test func `a key that a command prints is sent to its server and kept nowhere`() throws {
    try home.write(
      try WhetHome.configuration(server: nil)
        + "  - {name: test, base_url: '\(server.baseURL)', key_command: 'cat \"$KEY_FILE\"'}\n",
      to: "config/whet/config.yaml")
    var outputs: [String] = []
    let models = ["echoes", "refuses"].flatMap { ["-M", "test/" + $0] }
    let commands = [
      ["run", "a.prompt", "--json"] + models, ["run", "a.prompt"] + models, ["models"], ["doctor"],
      ["sessions", "show", "a"], ["sessions", "replay", "a", "--speed", "0"],
      ["sessions", "export", "a", "a.jsonl"],
    ]
    for words in commands {
      let result = try home.command(words).finish()
      outputs += [result.output, result.errors]
    }
    #expect(outputs.contains { $0.contains("'cat \"$KEY_FILE\"' printed a key") })
    let size = Size(width: 250, height: 70)
    let terminal = try home.start(["open", "a.prompt"] + models, size: size)
    try terminal.wait(for: "B test/refuses")
    try terminal.press("ctrl-r")
    try terminal.wait(for: "Incorrect API key")
    try terminal.wait("all have answered") { $0.row(size.height - 1).hasPrefix(" ^R run") }
    try terminal.press("ctrl-q")
    #expect(try terminal.waitForExit() == .exited(0))
    outputs.append(String(decoding: terminal.output, as: UTF8.self))

    let asked = server.requests.filter { $0.head.contains("Authorization: Bearer \(Self.key)") }
    #expect(asked.count { $0.head.hasPrefix("POST /v1/chat/completions") } == 6)
    #expect(asked.contains { $0.head.hasPrefix("GET /v1/models") })
    #expect(outputs.joined().contains("Bearer [key]"))
    #expect(outputs.joined().contains("seen in []"))
    #expect(!outputs.joined().contains("seen in [\""))
    #expect(outputs.filter { $0.contains(Self.key) } == [])
    #expect(try home.files(holding: Self.key) == [])
    #expect(try home.files(holding: "Incorrect API key") != [], "the search finds what is there")
  }

  @Test func `a command on the command line gives the key for an address of one's own`() throws {
    let words = [
      "run", "a.prompt", "--base-url", server.baseURL, "-M", "echoes", "--key-command",
    ]
    let result = try home.command(words + ["cat \"$KEY_FILE\""]).finish()
    #expect(result.status == 0)
    #expect(result.output.contains("You sent: POST /v1/chat/completions"))
    #expect(server.requests.map { $0.head.contains("Bearer \(Self.key)") } == [true])
    #expect(![result.output, result.errors].joined().contains(Self.key))
    #expect(try home.files(holding: Self.key) == [])

    let failing = try home.command(words + ["cat \"$KEY_FILE\"; echo 'is locked' >&2; exit 7"])
      .finish()
    #expect(failing.status == 1)
    #expect(failing.errors.contains("it failed with status 7. Try"))
    #expect(!failing.errors.contains(Self.key))
    #expect(server.requests.count == 1)
  }

  @Test(arguments: [SIGINT, SIGTERM])
  func `a signal ends a run that waits for its key`(number: CInt) throws {
    let pipe = home.path("pipe")
    try #require(mkfifo(pipe, 0o600) == 0)
    let waiting = try home.command([
      "run", "a.prompt", "--base-url", server.baseURL, "-M", "echoes",
      "--key-command", "echo begun > '\(pipe)'; exec cat '\(pipe)'",
    ])
    // Opening it waits until the command does the same.
    let begun = try #require(FileHandle(forReadingAtPath: pipe)).readDataToEndOfFile()
    #expect(begun == Data("begun\n".utf8))
    waiting.signal(number)
    let result = try waiting.finish()
    #expect(result.status == 1)
    #expect(result.errors == "whet: echoes: cancelled\n")
    #expect(server.requests.isEmpty)
  }

  @Test func `the secret of a header field is sent and kept nowhere`() throws {
    try home.write(
      try WhetHome.configuration(server: nil)
        + "  - {name: test, base_url: '\(server.baseURL)', headers: {X-Gateway: 'Bearer $GATEWAY'}}\n",
      to: "config/whet/config.yaml")
    // Another one: a variable of whet's own is seen in its environment.
    let secret = "canary-of-the-gateway-13579"
    home.environment["GATEWAY"] = secret
    let result = try home.run("run", "a.prompt", "-M", "test/echoes", "--json")
    #expect(result.status == 0)
    #expect(
      server.requests.map { $0.head.contains("X-Gateway: Bearer \(secret)") } == [true])
    #expect(!result.output.contains(secret))
    #expect(try home.files(holding: secret) == [])
  }
}
