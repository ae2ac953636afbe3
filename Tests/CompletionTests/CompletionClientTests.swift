import Core
import Foundation
import LoopbackServer
import StreamFixtures
import Synchronization
import Testing

@testable import Completion

@Suite("The client and a server")
struct CompletionClientTests {
  @Test func `streams an answer that comes in chunks, cut anywhere`() throws {
    let received = Mutex("")
    let server = try ScriptedServer { connection in
      let request = connection.readRequest()
      received.withLock { $0 = request }
      connection.send(
        "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n")
      for byte in (textChunk("né 検索") + chunk("{}", finish: "stop") + done).utf8 {
        connection.send("1\r\n".utf8 + [byte] + "\r\n".utf8)
      }
      connection.send("0\r\n\r\n")
    }
    let loop = ClientLoop()
    var request = CompletionRequest.hello
    request.parameters = Parameters(temperature: 0.5, maxTokens: 7, stop: ["x"], seed: 1)
    #expect(
      loop.outcome(of: server, request: request) == Outcome(text: "né 検索", finishReason: .stop))
    let events = loop.wire[0] ?? []
    #expect(events.dropFirst().first?.event == .head(status: 200, contentType: "text/event-stream"))
    #expect(events.last?.event == .end(.complete))
    #expect(events.map(\.time) == events.map(\.time).sorted())

    let sent = received.withLock { $0 }
    #expect(sent.hasPrefix("POST /v1/chat/completions HTTP/1.1\r\n"))
    #expect(
      sent.hasSuffix(
        "\r\n\r\n"
          + #"{"model":"m","messages":[{"role":"user","content":"Hello?"}],"temperature":0.5,"#
          + #""max_tokens":7,"stop":["x"],"seed":1,"stream":true,"#
          + #""stream_options":{"include_usage":true}}"#))
    let head = sent.lowercased()
    #expect(head.contains("\r\ncontent-type: application/json\r\n"))
    #expect(!head.contains("authorization") && !head.contains("accept-encoding"))
  }

  @Test(arguments: fixtures.filter { $0.status != nil })
  func `gives of every fixture what the decoder gives`(fixture: Fixture) throws {
    let server = try ScriptedServer { connection in
      _ = connection.readRequest()
      connection.sendHead("\(fixture.status ?? 0) Whatever")
      connection.send(fixture.body)
    }
    let loop = ClientLoop()
    var request = CompletionRequest.hello
    request.parameters = Parameters(temperature: 0.2, maxTokens: 100)
    #expect(
      loop.outcome(of: server, wire: fixture.wire, request: request) == fixture.outcome)
    // What comes after the end of the answer need not be kept.
    #expect(fixture.body.starts(with: loop.body()))
  }

  @Test func `eight answers stream at once on one loop`() throws {
    let allHaveBegun = Latch(count: 8)
    let server = try ScriptedServer { connection in
      let request = connection.readRequest()
      connection.sendHead()
      connection.send(textChunk("first "))
      // None goes on before all have begun: they are served at once or not at all.
      allHaveBegun.open()
      allHaveBegun.wait()
      let number = request.split(separator: "#").last?.prefix(1) ?? ""
      for _ in 0..<50 { connection.send(textChunk(String(number))) }
      connection.send(done)
    }
    let loop = ClientLoop()
    let provider = Provider(name: "test", baseURL: server.baseURL)
    for id in 0..<8 {
      var request = CompletionRequest.hello
      request.messages[0].parts = [.text("#\(id)")]
      loop.client.start(id: id, request: request, provider: provider)
    }
    loop.runUntilIdle()
    for id in 0..<8 {
      #expect(loop.answers[id]?.text == "first " + String(repeating: "\(id)", count: 50))
      #expect(loop.answers[id]?.finishReason == .stop)
    }
  }

  @Test func `a server that is faster than the reader loses nothing`() throws {
    let piece = textChunk(String(repeating: "x", count: 1000))
    let server = try ScriptedServer { connection in
      _ = connection.readRequest()
      connection.sendHead()
      for _ in 0..<8000 { connection.send(piece) }
      connection.send(done)
    }
    let loop = ClientLoop()
    let outcome = loop.outcome(of: server)
    #expect(outcome.text.utf8.count == 8_000_000)
    #expect(outcome.finishReason == .stop)
    #expect(loop.body().count == piece.utf8.count * 8000 + done.utf8.count)
  }

  @Test func `plain JSON and a wrong content type are read too`() throws {
    let server = try ScriptedServer { connection in
      _ = connection.readRequest()
      connection.respond(
        "{\"choices\":[{\"message\":{\"content\":\"Hi\"}}]}", type: "text/html")
    }
    #expect(ClientLoop().outcome(of: server) == Outcome(text: "Hi", finishReason: .stop))
  }

  @Test func `a server that keeps the connection open after [DONE] has it closed`() throws {
    let wasClosed = Mutex(false)
    let server = try ScriptedServer { connection in
      _ = connection.readRequest()
      connection.sendHead()
      connection.send(textChunk("Hi") + done)
      let closed = connection.waitForClose()
      wasClosed.withLock { $0 = closed }
    }
    let loop = ClientLoop()
    #expect(loop.outcome(of: server) == Outcome(text: "Hi", finishReason: .stop))
    #expect(loop.wire[0]?.last?.event == .end(.complete))
    loop.run { _ in wasClosed.withLock { $0 } }
  }

  @Test func `a second request goes over the same connection`() throws {
    let server = try ScriptedServer { connection in
      while !connection.readRequest().isEmpty {
        let body = textChunk("Hi") + done
        connection.send("HTTP/1.1 200 OK\r\nContent-Length: \(body.utf8.count)\r\n\r\n" + body)
      }
    }
    let loop = ClientLoop()
    _ = loop.outcome(of: server)
    #expect(loop.outcome(of: server).text == "Hi")
    #expect(server.connections == 1)
  }

  @Test func `a server that refuses stream_options is asked without, and that is remembered`()
    throws
  {
    let bodies = Mutex<[Bool]>([])
    let server = try ScriptedServer { connection in
      let asksForUsage = connection.readRequest().contains("stream_options")
      bodies.withLock { $0.append(asksForUsage) }
      if asksForUsage {
        connection.respond(
          "{\"error\":{\"message\":\"Unknown parameter: stream_options\"}}",
          status: "400 Bad Request")
      } else {
        connection.respond(textChunk("Hi") + done, type: "text/event-stream")
      }
    }
    let loop = ClientLoop()
    #expect(loop.outcome(of: server) == Outcome(text: "Hi", finishReason: .stop))
    #expect(loop.retries().map(\.delay) == [0])
    #expect(loop.requests().map { $0.body.contains("stream_options") } == [true, false])
    _ = loop.outcome(of: server)
    #expect(bodies.withLock { $0 } == [true, false, false])
  }

  @Test(arguments: ["400 Bad Request", "422 Unprocessable Entity"])
  func `runs that are refused stream_options together are all asked again`(
    status: String
  ) throws {
    let server = try ScriptedServer { connection in
      if connection.readRequest().contains("stream_options") {
        connection.respond(
          "{\"detail\":[{\"loc\":[\"body\",\"stream_options\"],\"msg\":\"Extra inputs\"}]}",
          status: status)
      } else {
        connection.respond(textChunk("Hi") + done, type: "text/event-stream")
      }
    }
    let loop = ClientLoop()
    for id in 0..<3 {
      loop.client.start(id: id, request: .hello, provider: .test(at: server.baseURL))
    }
    loop.runUntilIdle()
    for id in 0..<3 { #expect(loop.answers[id]?.text == "Hi") }
  }

  @Test func `a server that refuses stream_options for ever is not asked for ever`() throws {
    let server = try ScriptedServer { connection in
      _ = connection.readRequest()
      connection.respond("stream_options? I don't know stream_options.", status: "400 Bad Request")
    }
    let outcome = ClientLoop().outcome(of: server)
    #expect(outcome.error?.hasPrefix("HTTP 400") == true)
    #expect(server.connections == 2)
  }

  @Test func `a cancel closes the connection at once and keeps the text`() throws {
    let wasClosed = Mutex(false)
    let server = try ScriptedServer { connection in
      _ = connection.readRequest()
      connection.sendHead()
      connection.send(textChunk("Hi"))
      let closed = connection.waitForClose()
      wasClosed.withLock { $0 = closed }
    }
    let loop = ClientLoop()
    let provider = Provider(name: "test", baseURL: server.baseURL)
    loop.client.start(id: 3, request: .hello, provider: provider)
    loop.run { $0.answers[3]?.text == "Hi" }
    loop.client.stop(3)
    loop.advance()
    #expect(loop.client.isIdle)
    #expect(loop.wire[3]?.last?.event == .end(.cancelled))
    #expect(loop.answers[3].map(Outcome.init) == Outcome(text: "Hi", finishReason: .cancelled))
    loop.run { _ in wasClosed.withLock { $0 } }
  }

  @Test func `a cancel while the connection is being made closes it at once`() throws {
    let wasClosed = Mutex(false)
    let server = try ScriptedServer { connection in
      // The client says its first words of TLS and is not answered.
      let closed = connection.waitForClose()
      wasClosed.withLock { $0 = closed }
    }
    let loop = ClientLoop()
    let provider = Provider.test(at: "https://127.0.0.1:\(server.port)/v1")
    loop.client.start(id: 0, request: .hello, provider: provider)
    loop.run { _ in server.connections == 1 }
    loop.client.stop(0)
    loop.advance()
    #expect(loop.client.isIdle)
    #expect(loop.answers[0].map(Outcome.init) == Outcome(finishReason: .cancelled))
    loop.run { _ in wasClosed.withLock { $0 } }
  }

  @Test func `a cancel before anything has come is a cancel`() throws {
    let server = try ScriptedServer { _ = $0.waitForClose() }
    let loop = ClientLoop()
    let provider = Provider(name: "test", baseURL: server.baseURL)
    loop.client.start(id: 0, request: .hello, provider: provider)
    loop.client.stop(0)
    loop.runUntilIdle()
    #expect(loop.answers[0].map(Outcome.init) == Outcome(finishReason: .cancelled))
  }

  @Test func `the wait tells which descriptors can be read, with and without transfers`() throws {
    let server = try ScriptedServer { _ = $0.waitForClose() }
    var ends: [CInt] = [0, 0]
    try #require(pipe(&ends) == 0)
    defer { for end in ends { close(end) } }
    let loop = ClientLoop()
    #expect(loop.client.wait(for: [ends[0]], timeoutMilliseconds: 0) == [])
    write(ends[1], "x", 1)
    #expect(loop.client.wait(for: [ends[0]]) == [ends[0]])
    let provider = Provider(name: "test", baseURL: server.baseURL)
    loop.client.start(id: 0, request: .hello, provider: provider)
    loop.run { _ in server.connections == 1 }
    #expect(loop.client.wait(for: [ends[0]]) == [ends[0]])
    loop.client.stop(0)
    loop.runUntilIdle()
  }
}
