import Core
import Foundation
import Testing

// `whet run --wire`: the request that was sent can be sent again from a shell, and nothing that
// went over the wire is hidden but the key.

@Suite struct WireOptionTests {
  private static let key = "canary-0123456789-abcdefghij"
  private static let prompt = """
    ---
    config: {temperature: 0.9, maxOutputTokens: 12, seed: 7}
    ---
    It's "quoted" & costs $HOME: `ls` \\ 検索 ! %s
    """

  @Test func `the curl command sends the same request, with the key out of the environment`() throws
  {
    let server = try ModelServer(["m": Scripted.says("Hel", "lo.")])
    let home = try WhetHome()
    home.environment["MY_KEY"] = Self.key
    try home.write(Self.prompt, to: "a.prompt")
    let result = try home.run(
      "run", "a.prompt", "--base-url", server.baseURL, "-M", "m", "--key-env", "MY_KEY", "--wire")
    #expect(result.status == 0)
    #expect(result.output == "Hello.\n", "the answer stands alone where answers go")
    let lines = result.errors.split(separator: "\n").map(String.init)
    #expect(lines.contains { $0.hasSuffix("← HTTP 200 · text/event-stream") })
    #expect(lines.contains { $0.contains(#""delta":{"content":"Hel"}"#) })
    #expect(lines.contains { $0.hasSuffix("■ The response ended in good order.") })
    #expect(!result.errors.contains(Self.key))

    let shell = try Command(
      "/bin/sh", ["-c", try Self.curlCommand(in: lines)], environment: home.environment
    ).finish()
    #expect(shell.status == 0)
    #expect(shell.output.contains("[DONE]"))
    try #require(server.requests.count == 2)
    let (ours, curls) = (server.requests[0], server.requests[1])
    #expect(ours.body == curls.body)
    for name in ["Authorization", "Content-Type", "Accept"] {
      #expect(Self.field(name, of: ours) == Self.field(name, of: curls))
    }
    #expect(Self.field("Authorization", of: curls) == "Bearer \(Self.key)")
  }

  @Test func `each try, its answer and what was noticed are shown`() throws {
    let server = try ModelServer([
      "m": { connection, request in
        guard request.number > 0 else {
          connection.sendHead("429 Too Many Requests", type: "text/plain", "Retry-After: 0")
          connection.send("slow down")
          return
        }
        connection.sendHead()
        connection.send(": keep-alive\n\n" + Scripted.chunk("Hi") + Scripted.stop)
      }
    ])
    let home = try WhetHome(server: server)
    try home.write("Hello?", to: "a.prompt")
    let result = try home.run("run", "a.prompt", "-M", "test/m", "--wire")
    #expect(result.output == "Hi\n")
    for part in [
      "← HTTP 429 · text/plain", "slow down", "↻ Try 1 of 4 failed: HTTP 429", "# The same request",
      ": keep-alive", "doctor: ", "row 1 of docs/streams.md", "row 25 of docs/streams.md",
    ] {
      #expect(result.errors.contains(part), "\(part)")
    }
    let json = try JSON(
      parsing: try home.run("run", "a.prompt", "-M", "test/m", "--wire", "--json").output)
    let wire = try #require(json["wire"])
    #expect(wire["requests"]?[0]?["curl"]?.string?.hasPrefix("curl ") == true)
    let events = try #require(wire["events"]?.array).compactMap(TimedWireEvent.init)
    #expect(events.last?.event == .end(.complete))
    #expect(events.count == wire["events"]?.array?.count)
    #expect(wire["findings"]?.array?.contains { $0["row"] == 1 } == true)
    // The same of a run that was kept.
    let kept = try home.run(
      "sessions", "show", try #require(home.recordedRuns().first).run.id, "--wire")
    #expect(kept.output.contains("↻ Try 1 of 4 failed: HTTP 429"))
  }

  @Test func `the wires of several models follow their answers, each under its name`() throws {
    let server = try ModelServer(["m": Scripted.says("One."), "n": Scripted.says("Two.")])
    let home = try WhetHome(server: server)
    try home.write("Hello?", to: "a.prompt")
    let result = try home.run("run", "a.prompt", "-M", "test/m", "-M", "test/n", "--wire")
    #expect(result.output == "== test/m\nOne.\n== test/n\nTwo.\n")
    let lines = result.errors.split(separator: "\n").filter {
      $0.hasPrefix("==") || $0.hasPrefix("curl ")
    }
    #expect(lines.map { $0.prefix(5) } == ["== wi", "curl ", "== wi", "curl "])
    #expect(lines[0] == "== wire of test/m" && lines[2] == "== wire of test/n")
  }

  @Test func `each step of a chain has its request shown`() throws {
    let server = try ModelServer(["m": Scripted.says("One.")])
    let home = try WhetHome(server: server)
    try home.write(
      "{{!-- step: a --}}\nFirst\n{{!-- step: b --}}\nThen {{previous}}", to: "a.prompt")
    let words = ["run", "a.prompt", "-M", "test/m", "--wire"]
    let result = try home.command(words).finish()
    #expect(result.output == "One.\n")
    let lines = result.errors.split(separator: "\n").filter {
      $0.hasPrefix("==") || $0.hasPrefix("curl ")
    }
    #expect(lines.map { $0.prefix(5) } == ["== wi", "curl ", "== wi", "curl "])
    #expect(lines[0] == "== wire of test/m, step 1 a" && lines[2] == "== wire of test/m, step 2 b")
    let json = try JSON(parsing: try home.command(words + ["--json"]).finish().output)
    let requests = [json["earlier_steps"]?[0]?["wire"], json["wire"]].map { $0?["requests"]?[0] }
    #expect(requests[0]?["curl"]?.string?.contains("First") == true)
    #expect(requests[1]?["curl"]?.string?.contains("Then One.") == true)
  }

  @Test func `the key is in no part of it, also when the server sends it back`() throws {
    let server = try ModelServer([
      "m": { connection, request in
        let head = request.head.split(separator: "\r\n").joined(separator: " ")
        connection.sendHead()
        connection.send(": \(head)\n\n" + Scripted.chunk("You sent: \(head)") + Scripted.stop)
      }
    ])
    let home = try WhetHome()
    home.environment["MY_KEY"] = Self.key
    try home.write(Self.prompt, to: "a.prompt")
    let words = ["run", "a.prompt", "--base-url", server.baseURL, "-M", "m", "--key-env", "MY_KEY"]
    for options in [["--wire"], ["--wire", "--json"]] {
      let result = try home.command(words + options).finish()
      let printed = result.output + result.errors
      #expect(printed.contains("Bearer [key]") && printed.contains("Bearer $MY_KEY"))
      #expect(!printed.contains(Self.key))
    }
  }

  @Test(
    "A real server gives the same answer to the curl command",
    .enabled(if: ProcessInfo.processInfo.environment["WHET_TEST_SERVERS"] != nil))
  func realServer() throws {
    let port = ProcessInfo.processInfo.environment["WHET_TEST_SERVERS"] ?? ""
    let home = try WhetHome()
    try home.write(Self.prompt, to: "a.prompt")
    let result = try home.run(
      "run", "a.prompt", "--base-url", "http://127.0.0.1:\(port)/v1", "-M", "text", "--wire")
    let lines = result.errors.split(separator: "\n").map(String.init)
    let shell = try Command(
      "/bin/sh", ["-c", try Self.curlCommand(in: lines)], environment: home.environment
    ).finish()
    let chunks = shell.lines.compactMap { line in
      line.hasPrefix("data: {") ? try? JSON(parsing: String(line.dropFirst(6))) : nil
    }
    let text = chunks.compactMap { $0["choices"]?[0]?["delta"]?["content"]?.string }.joined()
    #expect(!text.isEmpty)
    #expect(result.output == text + "\n")
  }

  /// The lines of the first command, which end in a backslash but for the last.
  private static func curlCommand(in lines: [String]) throws -> String {
    let start = try #require(lines.firstIndex { $0.hasPrefix("curl ") })
    let end = try #require(lines[start...].firstIndex { !$0.hasSuffix("\\") })
    return lines[start...end].joined(separator: "\n")
  }

  private static func field(_ name: String, of request: ModelServer.Request) -> String? {
    request.head.split(separator: "\r\n").first { $0.hasPrefix(name + ": ") }
      .map { String($0.dropFirst(name.count + 2)) }
  }
}
