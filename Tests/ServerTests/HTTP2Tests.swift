// Several streams on one HTTP/2 connection, which haproxy makes of a server that a script is.

import Completion
import Core
import LoopbackServer
import Synchronization
import Testing

@Suite("HTTP/2", .needsFaultServers)
struct HTTP2Tests {
  private static func chunk(_ text: String) -> String {
    "data: {\"choices\":[{\"delta\":{\"content\":\"\(text)\"}}]}\n\n"
  }

  private static let done = "data: [DONE]\n\n"

  /// The value of a header field that haproxy adds.
  private static func field(_ name: String, of request: String) -> String {
    let line = request.split(separator: "\r\n").first { $0.hasPrefix("\(name): ") }
    return line.map { String($0.dropFirst(name.count + 2)) } ?? ""
  }

  /// Runs a client against a script behind HTTP/2.
  private func serve(
    _ script: @escaping @Sendable (Connection, String) -> Void,
    body: (ServerLoop, Provider) throws -> Void
  ) throws {
    let server = try ScriptedServer { connection in
      let request = connection.readRequest()
      if !request.isEmpty { script(connection, request) }
    }
    try TestCertificates.make { certificates in
      try FaultServer.haproxy(
        bind: "ssl crt \(certificates.server) alpn h2,http/1.1",
        frontend: """
          option abortonclose
            http-request set-header x-client-port %[src_port]
            http-request set-header x-version %[req.ver]
          """, backend: "option abortonclose\n  http-reuse never", server: server.port
      ) { port in
        try body(
          ServerLoop(network: certificates.network), .model(at: port, scheme: "https"))
      }
    }
  }

  private func request(_ text: String) -> CompletionRequest {
    var request = CompletionRequest.story()
    request.messages[0].parts = [.text(text)]
    return request
  }

  @Test func `eight streams share one connection`() throws {
    let ports = Mutex<[String]>([])
    let allHaveBegun = Latch(count: 8)
    try serve { connection, request in
      ports.withLock { $0.append(Self.field("x-client-port", of: request)) }
      connection.sendHead()
      connection.send(Self.chunk("version \(Self.field("x-version", of: request))"))
      allHaveBegun.open()
      allHaveBegun.wait()
      connection.send(Self.done)
    } body: { loop, provider in
      for id in 0..<8 { loop.client.start(id: id, request: request("hi"), provider: provider) }
      try loop.run()
      for id in 0..<8 { #expect(try loop.answer(id).text == "version 2.0") }
      #expect(ports.withLock { $0.count } == 8)
      #expect(ports.withLock { Set($0).count } == 1)
    }
  }

  @Test func `a cancel resets its own stream at once and no other`() throws {
    let cancelled = Mutex(false)
    let mayGoOn = Latch()
    try serve { connection, request in
      connection.sendHead()
      connection.send(Self.chunk("a"))
      if request.contains("to be cancelled") {
        let closed = connection.waitForClose()
        cancelled.withLock { $0 = closed }
      } else {
        mayGoOn.wait()
        connection.send(Self.chunk("b") + Self.done)
      }
    } body: { loop, provider in
      loop.client.start(id: 0, request: request("to be cancelled"), provider: provider)
      loop.client.start(id: 1, request: request("to go on"), provider: provider)
      try loop.run { $0.answers[0]?.text == "a" && $0.answers[1]?.text == "a" }
      loop.client.stop(0)
      // The server is rid of it while the other stream still stands.
      try loop.run { $0.answers[0]?.isFinished == true && cancelled.withLock { $0 } }
      #expect(try loop.answer(0).finishReason == .cancelled)
      #expect(try !loop.answer(1).isFinished)
      mayGoOn.open()
      try loop.run()
      #expect(try loop.answer(1).text == "ab")
      #expect(try loop.answer(1).finishReason == .stop)
    }
  }

  @Test func `a stream that is cancelled before its answer frees the server too`() throws {
    let isOver = Mutex(false)
    let hasBegun = Mutex(false)
    try serve { connection, _ in
      hasBegun.withLock { $0 = true }
      let closed = connection.waitForClose()
      isOver.withLock { $0 = closed }
    } body: { loop, provider in
      loop.client.start(id: 0, request: request("hi"), provider: provider)
      try loop.run { _ in hasBegun.withLock { $0 } }
      loop.client.stop(0)
      try loop.run()
      try loop.run { _ in isOver.withLock { $0 } }
    }
  }

  @Test func `a flood on one stream holds up no other, and loses nothing`() throws {
    let piece = String(repeating: "x", count: 1000)
    let slowMayEnd = Latch()
    try serve { connection, request in
      connection.sendHead()
      if request.contains("flood") {
        for _ in 0..<6000 { connection.send(Self.chunk(piece)) }
        // The other stream has to get through before this one ends.
        slowMayEnd.wait()
        connection.send(Self.done)
      } else {
        for _ in 0..<20 { connection.send(Self.chunk("y")) }
        connection.send(Self.done)
      }
    } body: { loop, provider in
      loop.client.start(id: 0, request: request("flood"), provider: provider)
      for id in 1..<4 { loop.client.start(id: id, request: request("drops"), provider: provider) }
      try loop.run { loop in (1..<4).allSatisfy { loop.answers[$0]?.isFinished == true } }
      slowMayEnd.open()
      try loop.run()
      for id in 1..<4 { #expect(try loop.answer(id).text.count == 20) }
      #expect(try loop.answer(0).text.utf8.count == 6_000_000)
      #expect(try loop.answer(0).finishReason == .stop)
    }
  }
}
