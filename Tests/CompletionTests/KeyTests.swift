import Core
import LoopbackServer
import StreamFixtures
import Synchronization
import Testing

@testable import Completion

@Suite("A key goes to its server and nowhere else")
struct KeyTests {
  private let canary = "sk-canary-0123456789abcdef"

  @Test func `a key is sent as a bearer token`() throws {
    let received = Mutex("")
    let server = try ScriptedServer { connection in
      let request = connection.readRequest()
      received.withLock { $0 = request }
      connection.respond(textChunk("Hi") + done, type: "text/event-stream")
    }
    _ = ClientLoop().outcome(of: server, key: canary)
    #expect(received.withLock { $0.contains("\r\nAuthorization: Bearer \(canary)\r\n") })
  }

  @Test(arguments: [
    "http://example.invalid/v1", "http://127.0.0.1.example.invalid/v1",
    "http://localhost.example.invalid/v1", "http://10.0.0.1:8080/v1", "http://[2001:db8::1]/v1",
    "http://0.0.0.0:8080/v1", "http://128.0.0.1/v1",
  ])
  func `over plain http a key is refused before any connection`(baseURL: String) {
    let loop = ClientLoop()
    let provider = Provider.test(at: baseURL, key: .test)
    loop.client.start(id: 0, request: .hello, provider: provider, credentials: .test(canary))
    loop.client.listModels(of: provider, credentials: .test(canary), id: 1)
    // One step and no wait: nothing was asked of the network.
    loop.advance()
    #expect(loop.client.isIdle)
    #expect(loop.answers[0]?.error?.contains("The key in TEST_KEY was not sent") == true)
    #expect(loop.answers[0]?.error?.contains(canary) == false)
    #expect(throws: CompletionError.self) { try loop.models[1]?.get() }
  }

  @Test(arguments: [
    ("http://127.0.0.1:8080/v1", true), ("http://127.3.2.1/v1", true), ("http://[::1]:1/v1", true),
    ("http://localhost/v1", true), ("http://127.1/v1", true), ("http://2130706433/v1", true),
    ("http://LOCALHOST/v1", true), ("https://127.0.0.1/v1", true), ("http://1.127.0.0/v1", false),
    ("http://127.0.0.1.x/v1", false), ("http://example.com/#127.0.0.1", false),
  ])
  func `only this machine counts as this machine`(baseURL: String, isLoopback: Bool) throws {
    let endpoint = try Endpoint(
      .test(at: baseURL), path: "/models", credentials: Credentials())
    #expect(endpoint.isLoopback == isLoopback)
  }

  @Test func `a base URL with a password in it is refused without showing it`() {
    #expect {
      try Endpoint(
        .test(at: "http://me:pass@127.0.0.1/v1"), path: "/x", credentials: Credentials())
    } throws: { error in
      let sentence = "\(error)"
      return sentence.contains("base URL of test") && !sentence.contains("pass@")
    }
    #expect(throws: CompletionError.self) {
      try Endpoint(
        .test(at: "http://127.0.0.1@example.com/"), path: "/x", credentials: Credentials())
    }
  }

  @Test func `the path is added before a query and without a second slash`() throws {
    let endpoint = try Endpoint(
      .test(at: "https://example.com/openai/v1/?api-version=2024-10-21"), path: "/models",
      credentials: Credentials())
    #expect(endpoint.url == "https://example.com/openai/v1/models?api-version=2024-10-21")
    #expect(endpoint.authority == "example.com:443")
  }

  @Test(arguments: ["two\nlines-of-a-key", "tab\tin-the-key", "space in-the-key"])
  func `a key that would break the header is refused`(key: String) throws {
    let server = try ScriptedServer { $0.respond() }
    let outcome = ClientLoop().outcome(of: server, key: key)
    #expect(outcome.error?.contains("The key in TEST_KEY holds a space or a line break") == true)
    #expect(server.connections == 0)
  }

  @Test func `a server that quotes the key in an error has it taken out`() throws {
    let canary = canary
    let server = try ScriptedServer { connection in
      _ = connection.readRequest()
      connection.respond(
        "{\"error\":{\"message\":\"Bad key: \(canary)!\"}}", status: "401 Unauthorized")
    }
    let loop = ClientLoop()
    let outcome = loop.outcome(of: server, key: canary)
    #expect(outcome.error?.contains("\"Bad key: [key]!\"") == true)
    #expect(!String(decoding: loop.body(), as: UTF8.self).contains(canary))
    let provider = Provider.test(at: server.baseURL, key: .test)
    loop.client.listModels(of: provider, credentials: .test(canary), id: 1)
    loop.runUntilIdle()
    #expect("\(loop.models)".contains("[key]") && !"\(loop.models)".contains(canary))
  }

  @Test func `a key in a stream is taken out at any cut`() {
    let text = Array("sk-sk-canary and \(canary), \(canary)\(canary) sk-canary-01234".utf8)
    let expected = "sk-sk-canary and [key], [key][key] sk-canary-01234"
    for first in text.indices {
      for second in [first, min(first + 1, text.count), min(first + 9, text.count)] {
        var redactor = KeyRedactor(.test(canary))
        var result = redactor.redact(Array(text[..<first]))
        result += redactor.redact(Array(text[first..<second]))
        result += redactor.redact(Array(text[second...]))
        result += redactor.finish()
        #expect(String(decoding: result, as: UTF8.self) == expected, "cut at \(first), \(second)")
      }
    }
  }

  @Test func `a key that begins with another one is taken out whole`() {
    var credentials = Credentials.test(canary)
    credentials[.environment("LONGER")] = canary + "-and-more"
    #expect(credentials.redacting("\(canary)-and-more \(canary)-and") == "[key] [key]-and")
  }

  @Test func `a key is taken out also as JSON spells it`() {
    let key = "base64/with+slashes=="
    let credentials = Credentials.test(key)
    #expect(
      credentials.redacting("{\"error\":\"base64\\/with+slashes==\"}") == "{\"error\":\"[key]\"}")
  }

  @Test func `a content type that quotes the key has it taken out`() throws {
    let canary = canary
    let server = try ScriptedServer { connection in
      _ = connection.readRequest()
      connection.respond("no", status: "400 Bad Request", type: "text/plain; key=\(canary)")
    }
    let loop = ClientLoop()
    _ = loop.outcome(of: server, key: canary)
    #expect(
      loop.wire[0]?.contains {
        $0.event == .head(status: 400, contentType: "text/plain; key=[key]")
      }
        == true)
  }

  @Test func `a key never follows a redirect to another host`() throws {
    let stolen = Mutex("")
    let thief = try ScriptedServer { connection in
      let request = connection.readRequest()
      stolen.withLock { $0 = request }
    }
    let server = try ScriptedServer { connection in
      _ = connection.readRequest()
      connection.sendHead("308 Permanent Redirect", "Location: \(thief.baseURL)")
    }
    _ = ClientLoop().outcome(of: server, key: canary, attemptLimit: 4)
    #expect(thief.connections == 0 && stolen.withLock { $0.isEmpty })
  }

  @Test func `a made-up key of a local server is a word that answers may hold`() {
    var redactor = KeyRedactor(.test("ollama"))
    #expect(redactor.redact(Array("I am ollama".utf8)) == Array("I am ollama".utf8))
  }

  @Test func `the use of a key counts those in header fields`() {
    var provider = Provider.test(at: "https://example.com/v1")
    #expect(KeyUse(of: provider, credentials: Credentials()) == .unnamed)
    provider.fields = [HTTPField(name: "X-Gateway", value: "Key ", secret: .test)]
    #expect(KeyUse(of: provider, credentials: Credentials()) == .missing(.test))
    #expect(KeyUse(of: provider, credentials: .test(canary)) == .sent(.test))
  }

  @Test func `a key is read from its variable when it is asked for`() {
    func key(_ key: Secret?, in environment: [String: String]) -> String? {
      Credentials(of: .test(at: "http://x", key: key), environment: environment)[.test]
    }
    #expect(key(.test, in: ["TEST_KEY": " secret\n"]) == "secret")
    #expect(key(.test, in: ["TEST_KEY": " \n"]) == nil)
    #expect(key(.test, in: [:]) == nil)
    #expect(key(nil, in: ["TEST_KEY": "secret"]) == nil)
  }
}
