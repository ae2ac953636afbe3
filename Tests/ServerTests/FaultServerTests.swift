// The client behind faults that nginx and haproxy make, in front of a real model server: every stream
// that can finish finishes, every other ends with the right word and all its text.

import Completion
import Core
import Foundation
import LoopbackServer
import Synchronization
import Testing

extension FaultServer {
  /// The port of a real server with a model that writes text; nil when none was named.
  static let modelPort = ProcessInfo.processInfo.environment["WHET_TEST_SERVERS"].flatMap {
    UInt16($0)
  }

  static let isAvailable =
    modelPort != nil && ["nginx", "haproxy", "openssl"].allSatisfy { path(of: $0) != nil }
}

extension Trait where Self == ConditionTrait {
  static var needsFaultServers: Self {
    .enabled(
      if: FaultServer.isAvailable,
      "nginx, haproxy or WHET_TEST_SERVERS is missing: servers with faults are not tried")
  }
}

extension Provider {
  /// A server of this machine whose model goes on to the limit, always with the same words.
  static func model(
    at port: UInt16, scheme: String = "http", host: String = "127.0.0.1", path: String = "/v1"
  ) -> Provider {
    var provider = Provider(name: "model", baseURL: "\(scheme)://\(host):\(port)\(path)")
    provider.bodyPatch = ["ignore_eos": true]
    return provider
  }
}

extension CompletionRequest {
  static func story(maxTokens: Int = 60) -> CompletionRequest {
    CompletionRequest(
      model: ModelReference(provider: "model", model: "any"),
      messages: [Message(role: .user, text: "hi")],
      parameters: Parameters(temperature: 0, maxTokens: maxTokens, seed: 1))
  }
}

@Suite("Faults of nginx and haproxy", .needsFaultServers)
struct FaultServerTests {
  private let model: UInt16

  init() throws { model = try #require(FaultServer.modelPort) }

  /// What a provider's answer comes to when nothing else is asked of it.
  private func loop(_ provider: Provider, maxTokens: Int = 60) throws -> ServerLoop {
    let loop = ServerLoop()
    loop.client.start(id: 0, request: .story(maxTokens: maxTokens), provider: provider)
    try loop.run()
    return loop
  }

  private var location: String { "proxy_pass http://127.0.0.1:\(model);" }

  @Test func `a slow line brings all of the answer`() throws {
    let whole = try loop(.model(at: model)).answer()
    #expect(whole.finishReason == .length)
    #expect(!whole.text.isEmpty)
    try FaultServer.nginx(
      "location / { limit_rate 8k; proxy_buffering on; \(location) proxy_ignore_headers "
        + "X-Accel-Buffering; }"
    ) { port in
      let slow = try loop(.model(at: port)).answer()
      #expect(slow.text == whole.text)
      #expect(slow.finishReason == .length)
    }
  }

  @Test func `a line that is cut keeps all the text that came`() throws {
    let whole = try loop(.model(at: model)).answer()
    try FaultServer.nginx(
      "location / { limit_rate 4k; proxy_buffering on; \(location) proxy_ignore_headers "
        + "X-Accel-Buffering; }"
    ) { slow in
      // nginx pauses for longer than haproxy waits.
      try FaultServer.haproxy(backend: "timeout server 200ms", server: slow) { port in
        let loop = try loop(.model(at: port))
        let answer = try loop.answer()
        #expect(answer.finishReason == .truncated)
        #expect(answer.error?.contains("broke before the answer was finished") == true)
        #expect(!answer.text.isEmpty && answer.text != whole.text)
        #expect(whole.text.hasPrefix(answer.text))
        #expect(loop.retries().isEmpty)
      }
    }
  }

  @Test func `of more requests than the limit lets in each gets its answer in time`() throws {
    try FaultServer.nginx(
      http: "limit_req_zone $binary_remote_addr zone=one:1m rate=1r/s;",
      """
      location / { limit_req zone=one; limit_req_status 429; error_page 429 @limit; \(location) }
      location @limit {
        internal; default_type application/json; add_header Retry-After 1 always;
        return 429 '{"error":{"message":"Rate limit reached","code":"rate_limit_exceeded"}}';
      }
      """
    ) { port in
      // Time passes at the server too, so that it can't be leapt over.
      let loop = ServerLoop(leaps: false)
      var provider = Provider.model(at: port)
      provider.attemptLimit = 20
      for id in 0..<3 { loop.client.start(id: id, request: .story(), provider: provider) }
      try loop.run()
      for id in 0..<3 { #expect(try loop.answer(id).finishReason == .length) }
      let retries = (0..<3).flatMap(loop.retries)
      #expect(retries.count >= 2)
      #expect(retries.allSatisfy { $0.delay >= 1000 && $0.reason.contains("Rate limit reached") })
    }
  }

  @Test(arguments: [
    (
      "default_type application/json; return 529 "
        + "'{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"Overloaded\"}}';",
      "HTTP 529 (overloaded), the server says \"Overloaded\""
    ),
    (
      "default_type text/html; return 502 '<html><title>502 Bad Gateway</title></html>';",
      "HTTP 502 (bad gateway), the server says \"502 Bad Gateway\""
    ),
    (
      "return 503;",
      "HTTP 503 (unavailable), the server says \"503 Service Temporarily Unavailable\""
    ),
    ("return 444;", "closed the connection without an answer"),
    ("proxy_read_timeout 300ms; proxy_pass http://SILENT;", "HTTP 504 (gateway timeout)"),
    ("proxy_pass http://CLOSED;", "HTTP 502 (bad gateway)"),
  ])
  func `nginx: what may pass is tried four times, then named`(fault: String, words: String) throws {
    let silent = try ScriptedServer { _ = $0.waitForClose() }
    let fault = fault.replacing("SILENT", with: "127.0.0.1:\(silent.port)")
      .replacing("CLOSED", with: "127.0.0.1:\(try ScriptedServer.closedPort())")
    try FaultServer.nginx("location / { \(fault) }") { port in
      try expectFourTries(.model(at: port), words)
    }
  }

  @Test(arguments: [
    (
      "http-request return status 429 content-type application/json hdr Retry-After 1 lf-string "
        + "'{\"error\":{\"message\":\"slow down\",\"type\":\"rate_limit_error\"}}'",
      "HTTP 429 (too many requests), the server says \"slow down\""
    ),
    ("http-request return status 529 content-type text/plain string busy", "HTTP 529 (overloaded)"),
    ("timeout tarpit 100ms\n  http-request tarpit deny_status 503", "HTTP 503 (unavailable)"),
    ("http-request reject", "closed the connection without an answer"),
  ])
  func `haproxy: what may pass is tried four times, then named`(
    fault: String, words: String
  ) throws {
    try FaultServer.haproxy(frontend: fault, server: model) { port in
      try expectFourTries(.model(at: port), words)
    }
  }

  private func expectFourTries(_ provider: Provider, _ words: String) throws {
    let loop = try loop(provider)
    let answer = try loop.answer()
    #expect(answer.finishReason == .error)
    #expect(answer.error?.contains(words) == true)
    #expect(answer.error?.hasSuffix("It was tried 4 times.") == true)
    #expect(loop.retries().map(\.attempt) == [1, 2, 3])
    #expect(loop.retries().allSatisfy { $0.reason.contains(words) })
  }

  @Test func `a fault that passes is not seen in the answer`() throws {
    let whole = try loop(.model(at: model)).answer()
    try FaultServer.haproxy(
      frontend: """
        stick-table type ip size 1k expire 60s store gpc0
          http-request track-sc0 dst
          http-request sc-inc-gpc0(0)
          http-request return status 503 if { sc_get_gpc0(0) le 2 }
        """, server: model
    ) { port in
      let loop = try loop(.model(at: port))
      #expect(loop.retries().count == 2)
      #expect(try loop.answer().text == whole.text)
      #expect(try loop.answer().finishReason == .length)
    }
  }

  @Test func `a redirect is not followed`() throws {
    try FaultServer.nginx("location / { return 307 http://127.0.0.1:\(model)$request_uri; }") {
      let loop = try loop(.model(at: $0))
      #expect(try loop.answer().error?.hasPrefix("HTTP 307") == true)
      #expect(loop.retries().isEmpty)
    }
  }

  @Test func `a connection that is dropped in silence is given up`() throws {
    try FaultServer.haproxy(frontend: "http-request silent-drop", server: model) { port in
      var provider = Provider.model(at: port)
      provider.timeLimits.firstByte = .milliseconds(500)
      let answer = try loop(provider).answer()
      #expect(answer.finishReason == .error)
      // In a container haproxy may not be let to drop it in silence; it then resets it.
      let isNamed = ["'timeouts: first_byte'", "broke before", "closed the connection"]
        .contains { answer.error?.contains($0) == true }
      #expect(isNamed, "\(answer.error ?? "")")
    }
  }

  @Test func `a cancel ends the connection behind a proxy too`() throws {
    let isOver = Mutex(false)
    let server = try ScriptedServer { connection in
      _ = connection.readRequest()
      connection.sendHead()
      connection.send("data: {\"choices\":[{\"delta\":{\"content\":\"Hi\"}}]}\n\n")
      let closed = connection.waitForClose()
      isOver.withLock { $0 = closed }
    }
    try FaultServer.nginx("location / { proxy_pass http://127.0.0.1:\(server.port); }") { port in
      let loop = ServerLoop()
      loop.client.start(id: 0, request: .story(), provider: .model(at: port))
      try loop.run { $0.answers[0]?.text == "Hi" }
      loop.client.stop(0)
      try loop.run()
      #expect(try loop.answer().finishReason == .cancelled)
      try loop.run { _ in isOver.withLock { $0 } }
    }
  }
}
