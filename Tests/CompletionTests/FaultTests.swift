import Core
import Foundation
import LoopbackServer
import StreamFixtures
import Synchronization
import Testing

@testable import Completion

@Suite("Servers and connections that fail")
struct FaultTests {
  @Test func `a connection that is closed half way keeps the text and says how it ended`() throws {
    let server = try ScriptedServer { connection in
      _ = connection.readRequest()
      connection.send("HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n" + textChunk("Hi"))
    }
    let loop = ClientLoop()
    #expect(
      loop.outcome(of: server)
        == Outcome(
          text: "Hi", finishReason: .truncated,
          error: "The connection to 127.0.0.1:\(server.port) broke before the answer was finished: "
            + "run it again."))
  }

  @Test func `a stream that ends in good order but too early is truncated`() throws {
    let server = try ScriptedServer { connection in
      _ = connection.readRequest()
      connection.sendHead()
      connection.send(textChunk("Hi"))
    }
    let outcome = ClientLoop().outcome(of: server)
    #expect(outcome.text == "Hi")
    #expect(outcome.finishReason == .truncated)
  }

  @Test func `a reset in mid-stream keeps the text`() throws {
    let hasText = Latch()
    let server = try ScriptedServer { connection in
      _ = connection.readRequest()
      connection.sendHead()
      connection.send(textChunk("Hi"))
      // A reset discards what the client has not read yet.
      hasText.wait()
      connection.reset()
    }
    let loop = ClientLoop()
    let provider = Provider(name: "test", baseURL: server.baseURL)
    loop.client.start(id: 0, request: .hello, provider: provider)
    loop.run { $0.answers[0]?.text == "Hi" }
    hasText.open()
    loop.runUntilIdle()
    #expect(loop.answers[0]?.finishReason == .truncated)
    #expect(loop.answers[0]?.error?.contains("broke") == true)
  }

  @Test func `a reset before any answer is an error`() throws {
    let server = try ScriptedServer { connection in
      _ = connection.readRequest()
      connection.reset()
    }
    let outcome = ClientLoop().outcome(of: server)
    #expect(outcome.finishReason == .error)
    #expect(outcome.error?.contains("127.0.0.1:\(server.port)") == true)
  }

  @Test func `a server that falls silent is given up, and its text kept`() throws {
    let server = try ScriptedServer { connection in
      _ = connection.readRequest()
      connection.sendHead()
      connection.send(textChunk("Hi"))
      _ = connection.waitForClose()
    }
    #expect(
      ClientLoop().outcome(of: server, timeLimits: TimeLimits(idle: .milliseconds(300)))
        == Outcome(
          text: "Hi", finishReason: .truncated,
          error: "127.0.0.1:\(server.port) fell silent in the middle of its answer for 0.3 s "
            + "('timeouts: idle'): is it overloaded, or does it need a higher limit?"))
  }

  @Test func `a server that never answers is given up`() throws {
    let server = try ScriptedServer { _ = $0.waitForClose() }
    let outcome = ClientLoop().outcome(
      of: server, timeLimits: TimeLimits(firstByte: .milliseconds(300)))
    #expect(
      outcome
        == Outcome(
          finishReason: .error,
          error: "127.0.0.1:\(server.port) took the request, and did not begin to answer within "
            + "0.3 s ('timeouts: first_byte'): is it overloaded, or does so long a prompt need a "
            + "higher limit?"))
  }

  @Test func `comments are a sign of life`() throws {
    let server = try ScriptedServer { connection in
      _ = connection.readRequest()
      connection.sendHead()
      // Longer in all than the limit, each pause far shorter.
      for _ in 0..<30 {
        connection.send(": keep-alive\n\n")
        usleep(50_000)
      }
      connection.send(textChunk("Hi") + done)
    }
    let outcome = ClientLoop().outcome(of: server, timeLimits: TimeLimits(idle: .seconds(1)))
    #expect(outcome == Outcome(text: "Hi", finishReason: .stop))
  }

  @Test func `nothing listens there`() throws {
    let port = try ScriptedServer.closedPort()
    let loop = ClientLoop()
    let provider = Provider(name: "test", baseURL: "http://127.0.0.1:\(port)/v1")
    loop.client.start(id: 0, request: .hello, provider: provider)
    loop.client.listModels(of: provider, id: 1)
    loop.runUntilIdle()
    let sentence = "Nothing answers at 127.0.0.1:\(port): is the server running?"
    #expect(loop.answers[0].map(Outcome.init) == Outcome(finishReason: .error, error: sentence))
    #expect(loop.models[1] == .failure(CompletionError(sentence)))
  }

  @Test(arguments: [
    ("401 Unauthorized", "{\"error\":{\"message\":\"Missing key\"}}", "Missing key"),
    ("429 Too Many Requests", "{\"error\":\"slow down\"}", "slow down"),
    ("500 Internal Server Error", "<html><title>Oops</title></html>", "Oops"),
    ("503 Service Unavailable", "", "loading the model"),
  ])
  func `an HTTP error is a sentence`(status: String, body: String, words: String) throws {
    let server = try ScriptedServer { connection in
      _ = connection.readRequest()
      connection.respond(body, status: status)
    }
    let loop = ClientLoop()
    let outcome = loop.outcome(of: server)
    #expect(outcome.finishReason == .error)
    #expect(outcome.error?.hasPrefix("HTTP \(status.prefix(3))") == true)
    #expect(outcome.error?.contains(words) == true)
    #expect(loop.body() == Array(body.utf8))
  }

  @Test func `an endless error page is given up in time and cut short`() throws {
    let server = try ScriptedServer { connection in
      _ = connection.readRequest()
      connection.sendHead("500 Oops")
      for _ in 0..<1000 { connection.send(String(repeating: "x", count: 1000)) }
    }
    let loop = ClientLoop()
    #expect(loop.outcome(of: server).error?.hasPrefix("HTTP 500") == true)
    #expect(loop.body().count == 64 << 10)
  }

  @Test func `a redirect is not followed`() throws {
    let other = try ScriptedServer { $0.respond() }
    let server = try ScriptedServer { connection in
      _ = connection.readRequest()
      connection.sendHead("307 Temporary Redirect", "Location: \(other.baseURL)")
    }
    let outcome = ClientLoop().outcome(of: server)
    #expect(outcome.error?.hasPrefix("HTTP 307") == true)
    #expect(other.connections == 0)
  }

  @Test func `a server that does not speak HTTP is named`() throws {
    let server = try ScriptedServer { $0.send("SSH-2.0-OpenSSH_9.2\r\n") }
    let outcome = ClientLoop().outcome(of: server)
    #expect(outcome.error?.contains("does not speak HTTP") == true)
  }

  @Test func `https to a server that speaks http says so`() throws {
    let server = try ScriptedServer { connection in
      connection.send("HTTP/1.1 400 Bad Request\r\n\r\n")
      _ = connection.waitForClose()
    }
    let loop = ClientLoop()
    let provider = Provider(name: "test", baseURL: "https://127.0.0.1:\(server.port)/v1")
    loop.client.start(id: 0, request: .hello, provider: provider)
    loop.runUntilIdle()
    #expect(loop.answers[0]?.error?.contains("should its base URL start with http://") == true)
  }

  @Test func `a secure connection that does not come about is given up`() throws {
    let server = try ScriptedServer { _ = $0.waitForClose() }
    let loop = ClientLoop()
    var provider = Provider.test(at: "https://127.0.0.1:\(server.port)/v1")
    provider.timeLimits.connect = .milliseconds(300)
    loop.client.start(id: 0, request: .hello, provider: provider)
    loop.runUntilIdle()
    #expect(
      loop.answers[0]?.error
        == "No connection to 127.0.0.1:\(server.port) came about within 0.3 s "
        + "('timeouts: connect'): check the base URL and the network.")
  }

  @Test func `a web page with status 200 is no answer and says so`() throws {
    let server = try ScriptedServer { connection in
      _ = connection.readRequest()
      connection.respond("<html><title>Log in</title></html>", type: "text/html")
    }
    let loop = ClientLoop()
    let outcome = loop.outcome(of: server, attemptLimit: 4)
    #expect(outcome.finishReason == .error)
    #expect(outcome.error?.contains("answered with a web page") == true)
    #expect(server.connections == 1)
  }

  @Test func `the time for the first byte runs from the request, not from the connection`() throws {
    // It never says what it is, so that there is no secure connection on which to ask.
    let server = try ScriptedServer { _ = $0.waitForClose() }
    let loop = ClientLoop()
    var provider = Provider.test(at: "https://127.0.0.1:\(server.port)/v1")
    provider.timeLimits = TimeLimits(connect: .milliseconds(400), firstByte: .milliseconds(1))
    loop.client.start(id: 0, request: .hello, provider: provider)
    loop.runUntilIdle()
    #expect(loop.answers[0]?.error?.contains("'timeouts: connect'") == true)
  }

  @Test func `of many that wait for one connection none waits longer than its own limit`() throws {
    let server = try ScriptedServer { _ = $0.waitForClose() }
    let loop = ClientLoop()
    var provider = Provider.test(at: "https://127.0.0.1:\(server.port)/v1")
    provider.timeLimits.connect = .milliseconds(300)
    for id in 0..<8 { loop.client.start(id: id, request: .hello, provider: provider) }
    loop.runUntilIdle()
    for id in 0..<8 {
      #expect(loop.answers[id]?.error?.contains("'timeouts: connect'") == true)
      // One after the other would have taken eight times as long.
      #expect((loop.wire[id]?.last?.time ?? .infinity) < 8 * 300)
    }
  }

  @Test func `a huge time limit is as good as none`() throws {
    let server = try ScriptedServer { connection in
      _ = connection.readRequest()
      connection.respond(textChunk("Hi") + done, type: "text/event-stream")
    }
    let forever = Duration.seconds(Int64.max)
    let limits = TimeLimits(connect: forever, firstByte: forever, idle: forever)
    #expect(ClientLoop().outcome(of: server, timeLimits: limits).text == "Hi")
  }

  @Test(arguments: ["", "127.0.0.1:80", "ftp://127.0.0.1/v1", "http://", "http://a b/", "::::"])
  func `a base URL that is none fails with the provider's name`(baseURL: String) {
    let loop = ClientLoop()
    loop.client.start(
      id: 0, request: .hello, provider: Provider(name: "shop", baseURL: baseURL))
    loop.client.listModels(of: Provider(name: "shop", baseURL: baseURL), id: 1)
    loop.runUntilIdle()
    #expect(loop.answers[0]?.error?.contains("base URL of shop") == true)
    #expect(throws: CompletionError.self) { try loop.models[1]?.get() }
  }

  @Test func `a model of an unknown provider fails with its name`() {
    let loop = ClientLoop()
    loop.client.start(id: 0, request: .hello, provider: nil)
    loop.runUntilIdle()
    #expect(loop.answers[0]?.error?.contains("\"test\"") == true)
  }
}
