import Core
import Foundation
import LoopbackServer
import Playground
import Testing

// A key in the environment reaches the server that it is for, and nothing else.

@Suite struct KeyTests {
  private static let key = "canary-0123456789-abcdefghij"

  @Test func `a key is sent to its server and kept nowhere`() throws {
    let server = try ModelServer([
      "echoes": { connection, request in
        connection.sendHead()
        connection.send(Scripted.chunk("You sent: \(request.head)"))
        connection.send(Scripted.stop)
      },
      "splits": { connection, request in
        connection.sendHead()
        let bytes = Array(Scripted.chunk("You sent: \(request.head)").utf8)
        for byte in bytes { connection.send([byte]) }
        connection.send(Scripted.stop)
      },
      "refuses": { connection, request in
        let message = JSON.string("Incorrect API key: \(request.head)").text
        connection.respond("{\"error\":{\"message\":\(message)}}", status: "401 Unauthorized")
      },
    ])
    let home = try WhetHome(server: server)
    home.environment["OPENAI_API_KEY"] = Self.key
    home.environment["OPENAI_BASE_URL"] = server.baseURL
    try home.write("Hello?", to: "a.prompt")

    var outputs: [String] = []
    let models = ["echoes", "splits", "refuses"].flatMap { ["-M", "openai/" + $0] }
    let commands = [
      ["run", "a.prompt", "--json"] + models, ["run", "a.prompt"] + models, ["models"], ["doctor"],
      ["sessions", "list"], ["sessions", "show", "a"],
      ["sessions", "replay", "a", "--speed", "0"], ["sessions", "export", "a", "a.jsonl"],
    ]
    for words in commands {
      let result = try home.command(words).finish()
      outputs += [result.output, result.errors]
    }
    // The same in the playground.
    let size = Size(width: 250, height: 70)
    let terminal = try home.start(["open", "a.prompt"] + models, size: size)
    try terminal.wait(for: "C openai/refuses")
    try terminal.press("ctrl-r")
    try terminal.wait(for: "Incorrect API key")
    try terminal.wait("all have answered") { $0.row(size.height - 1).hasPrefix(" ^R run") }
    try terminal.press("ctrl-q")
    #expect(try terminal.waitForExit() == .exited(0))
    outputs.append(String(decoding: terminal.output, as: UTF8.self))

    let asked = server.requests.filter { $0.head.contains("Authorization: Bearer \(Self.key)") }
    #expect(asked.contains { $0.head.hasPrefix("POST /v1/chat/completions") })
    #expect(asked.contains { $0.head.hasPrefix("GET /v1/models") })
    #expect(outputs.joined().contains("[key]"))
    #expect(outputs.filter { $0.contains(Self.key) } == [])
    #expect(try home.files(holding: Self.key) == [])
    #expect(try home.files(holding: "Incorrect API key") != [], "the search finds what is there")
  }

  @Test func `a server of the configuration gets no other server's key`() throws {
    let server = try ModelServer(["m": Scripted.says("Hello.")])
    let home = try WhetHome(server: server)
    home.environment["OPENAI_API_KEY"] = Self.key
    // Or the program would ask the real one for its models.
    home.environment["OPENAI_BASE_URL"] = server.baseURL
    try home.write("Hello?", to: "a.prompt")
    #expect(try home.run("run", "a.prompt", "-M", "test/m").output == "Hello.\n")
    #expect(server.requests.count == 1)
    #expect(server.requests.allSatisfy { !$0.head.lowercased().contains("authorization") })
  }

  @Test func `a key of one's own variable goes to an address of one's own`() throws {
    let server = try ModelServer(["m": Scripted.says("Hello.")])
    let home = try WhetHome()
    home.environment["MY_KEY"] = Self.key
    try home.write("Hello?", to: "a.prompt")
    let words = ["run", "a.prompt", "--base-url", server.baseURL, "-M", "m"]
    #expect(try home.command(words).finish().status == 0)
    #expect(try home.command(words + ["--key-env", "MY_KEY"]).finish().status == 0)
    #expect(
      server.requests.map { $0.head.contains("Authorization: Bearer \(Self.key)") }
        == [false, true])
    #expect(try home.files(holding: Self.key) == [])
  }

  @Test func `a crash leaves no core with the key in it`() throws {
    let home = try WhetHome()
    home.environment["OPENAI_API_KEY"] = Self.key
    home.environment["OPENAI_BASE_URL"] = "http://127.0.0.1:\(try ScriptedServer.closedPort())/v1"
    home.launcher = ["/bin/sh", "-c", "ulimit -c unlimited && exec \"$@\"", "sh"]
    // Whether cores are written here at all: a program that is not whet leaves one.
    let other = try Command(
      "/bin/sh", ["-c", "cd \"$0\" && ulimit -c unlimited && kill -SEGV $$", home.path("")],
      environment: home.environment
    ).finish()
    guard other.status == -SIGSEGV, try !home.files(holding: Self.key).isEmpty else {
      print("Skipped: this machine writes no core beside a program that crashes.")
      return
    }
    for name in try home.files(holding: Self.key) {
      try FileManager.default.removeItem(atPath: home.path(name))
    }
    // The toolchain's own report of a crash would wait for a key.
    home.environment["SWIFT_BACKTRACE"] = "enable=no"
    let terminal = try home.open()
    terminal.signal(SIGSEGV)
    #expect(try terminal.waitForExit() == .killed(signal: SIGSEGV))
    #expect(try home.files(holding: Self.key) == [])
  }
}

extension WhetHome {
  /// The files of the home that hold a text.
  func files(holding text: String) throws -> [String] {
    let sought = Data(text.utf8)
    return try FileManager.default.subpathsOfDirectory(atPath: directory.path).filter { name in
      let data = FileManager.default.contents(atPath: path(name))
      return data?.range(of: sought) != nil
    }
  }
}
