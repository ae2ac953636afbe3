import Core
import LoopbackServer
import StreamFixtures
import Synchronization
import Testing

@testable import Completion

@Suite("Requests that are sent again")
struct RetryTests {
  /// A server that treats its first requests in the given ways, and answers the rest.
  private func server(
    _ failures: (@Sendable (Connection) -> Void)...
  ) throws -> ScriptedServer {
    let served = Mutex(0)
    return try ScriptedServer { connection in
      while !connection.readRequest().isEmpty {
        let number = served.withLock { served in
          served += 1
          return served - 1
        }
        guard number < failures.count else {
          return connection.respond(textChunk("Hi") + done, type: "text/event-stream")
        }
        failures[number](connection)
      }
    }
  }

  private func kinds(_ events: [TimedWireEvent]?) -> [String] {
    (events ?? []).map {
      switch $0.event {
      case .request: "request"
      case .head(let status, _): "head \(status)"
      case .body: "body"
      case .retry(let retry): "retry \(retry.attempt)/\(retry.attemptLimit) \(retry.delay)"
      case .end(.complete): "complete"
      case .end(.failed): "failed"
      case .end(.cancelled): "cancelled"
      }
    }
  }

  @Test func `each failed try is recorded with its response, then the next request`() throws {
    let server = try server(
      { $0.respond("{\"error\":\"slow down\"}", status: "429 Too Many Requests") },
      { $0.respond("<html><title>Bad gateway</title></html>", status: "502 Bad Gateway") },
      { $0.respond(status: "503 Service Unavailable") })
    let loop = ClientLoop()
    let outcome = loop.outcome(of: server, attemptLimit: 4)
    #expect(outcome == Outcome(text: "Hi", finishReason: .stop))
    #expect(
      kinds(loop.wire[0]) == [
        "request", "head 429", "body", "retry 1/4 250.0",
        "request", "head 502", "body", "retry 2/4 500.0",
        "request", "head 503", "retry 3/4 1000.0",
        "request", "head 200", "body", "complete",
      ])
    #expect(
      loop.retries().map(\.reason) == [
        "HTTP 429 (too many requests), the server says \"slow down\".",
        "HTTP 502 (bad gateway), the server says \"Bad gateway\".", "HTTP 503 (unavailable).",
      ])
    #expect(Set(loop.requests()).count == 1)
    let times = (loop.wire[0] ?? []).map(\.time)
    #expect(times == times.sorted())
    #expect((times.last ?? 0) >= 1750)
  }

  @Test func `a recording with failed tries comes to the same answer`() throws {
    let server = try server({ $0.respond(status: "503 Service Unavailable") })
    let loop = ClientLoop()
    _ = loop.outcome(of: server, attemptLimit: 4)
    loop.client.replay(id: 1, events: loop.wire[0] ?? [], speed: .infinity)
    loop.runUntilIdle()
    #expect(loop.wire[1] == loop.wire[0])
    #expect(loop.answers[1] == loop.answers[0])
  }

  @Test func `connections that are lost before an answer are made anew`() throws {
    let server = try server({ $0.reset() }, { $0.close() })
    let loop = ClientLoop()
    #expect(
      loop.outcome(of: server, attemptLimit: 4) == Outcome(text: "Hi", finishReason: .stop))
    #expect(
      loop.retries().map(\.reason) == [
        "The connection to 127.0.0.1:\(server.port) broke before the answer was finished.",
        "127.0.0.1:\(server.port) closed the connection without an answer.",
      ])
  }

  @Test func `when all tries have failed the error says how many there were`() throws {
    let server = try ScriptedServer { connection in
      _ = connection.readRequest()
      connection.respond("{\"error\":\"busy\"}", status: "503 Service Unavailable")
    }
    let loop = ClientLoop()
    let outcome = loop.outcome(of: server, attemptLimit: 3)
    #expect(outcome.finishReason == .error)
    #expect(
      outcome.error
        == "HTTP 503 (unavailable), the server says \"busy\": it is overloaded or still loading "
        + "the model; wait a little and run it again. It was tried 3 times.")
    #expect(server.connections == 3)
  }

  @Test func `a server's wish is granted to the second, or ends the run at once`() throws {
    let server = try ScriptedServer { connection in
      let isFirst = !connection.readRequest().contains("patient")
      connection.sendHead(
        "429 Too Many Requests", "Retry-After: \(isFirst ? 3600 : 7)", "Content-Length: 0")
    }
    let loop = ClientLoop()
    let outcome = loop.outcome(of: server, attemptLimit: 4)
    #expect(
      outcome.error?.hasSuffix(
        "The server asks to wait 60 min, which is longer than whet waits by itself: run it again "
          + "then.") == true)
    #expect(server.connections == 1)
    var request = CompletionRequest.hello
    request.messages[0].parts = [.text("patient")]
    _ = loop.outcome(of: server, request: request, attemptLimit: 2)
    #expect(loop.retries().map(\.delay) == [7000])
  }

  @Test func `nothing is sent again once a part of the answer was seen`() throws {
    let server = try ScriptedServer { connection in
      _ = connection.readRequest()
      connection.send("HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n" + textChunk("Hi"))
    }
    let loop = ClientLoop()
    let outcome = loop.outcome(of: server, attemptLimit: 4)
    #expect(outcome.text == "Hi")
    #expect(outcome.finishReason == .truncated)
    #expect(outcome.error?.contains("tried") == false)
    #expect(server.connections == 1)
  }

  @Test(arguments: ["400 Bad Request", "401 Unauthorized", "404 Not Found", "307 Moved"])
  func `what is wrong for good is not sent again`(status: String) throws {
    let server = try ScriptedServer { connection in
      _ = connection.readRequest()
      connection.respond("{\"error\":\"no\"}", status: status)
    }
    let loop = ClientLoop()
    #expect(loop.outcome(of: server, attemptLimit: 4).finishReason == .error)
    #expect(server.connections == 1)
  }

  @Test func `a server that is not there, or speaks no HTTP, is not asked again`() throws {
    let loop = ClientLoop()
    var provider = Provider.test(at: "http://127.0.0.1:\(try ScriptedServer.closedPort())/v1")
    loop.client.start(id: 0, request: .hello, provider: provider)
    let server = try ScriptedServer { $0.send("SSH-2.0-OpenSSH_9.2\r\n") }
    provider.baseURL = "https://127.0.0.1:\(server.port)/v1"
    loop.client.start(id: 1, request: .hello, provider: provider)
    loop.runUntilIdle()
    #expect(loop.retries(0).isEmpty && loop.retries(1).isEmpty)
    #expect(loop.answers[0]?.error?.hasPrefix("Nothing answers") == true)
    #expect(loop.answers[1]?.error?.contains("https") == false)
  }

  @Test func `to be asked in other words takes no try away and no time`() throws {
    let asked = Mutex(0)
    let server = try ScriptedServer { connection in
      let hasOptions = connection.readRequest().contains("stream_options")
      let number = asked.withLock { asked in
        asked += 1
        return asked
      }
      if hasOptions {
        connection.respond("{\"error\":\"stream_options?\"}", status: "400 Bad Request")
      } else if number < 4 {
        connection.respond(status: "503 Service Unavailable")
      } else {
        connection.respond(textChunk("Hi") + done, type: "text/event-stream")
      }
    }
    let loop = ClientLoop()
    #expect(loop.outcome(of: server, attemptLimit: 3).text == "Hi")
    #expect(loop.retries().map(\.delay) == [0, 250, 500])
    #expect(loop.retries().map(\.attempt) == [1, 1, 2])
  }

  @Test func `a cancel ends a wait at once, and nothing is sent any more`() throws {
    let server = try ScriptedServer { connection in
      _ = connection.readRequest()
      connection.sendHead("429 Too Many Requests", "Retry-After: 60", "Content-Length: 0")
    }
    let loop = ClientLoop()
    loop.client.start(id: 0, request: .hello, provider: .test(at: server.baseURL))
    loop.run { !$0.retries().isEmpty }
    #expect(!loop.client.isIdle && !loop.client.hasConnections)
    loop.client.stop(0)
    loop.advance()
    #expect(loop.client.isIdle)
    #expect(loop.wire[0]?.last?.event == .end(.cancelled))
    #expect(loop.answers[0].map(Outcome.init) == Outcome(finishReason: .cancelled))
    #expect(server.connections == 1)
  }

  @Test func `chance spreads the waits of requests that failed together`() throws {
    let server = try ScriptedServer { connection in
      _ = connection.readRequest()
      connection.respond(status: "503 Service Unavailable")
    }
    var chances = [0.0, 0.5, 1.0]
    let loop = ClientLoop(jitter: { chances.removeFirst() })
    var provider = Provider.test(at: server.baseURL)
    provider.attemptLimit = 4
    loop.client.start(id: 0, request: .hello, provider: provider)
    loop.run { $0.retries().count == 3 }
    loop.client.stop(0)
    loop.runUntilIdle()
    #expect(loop.retries().map(\.delay) == [250, 750, 2000])
  }
}
