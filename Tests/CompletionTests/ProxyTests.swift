import Core
import LoopbackServer
import Synchronization
import Testing

@testable import Completion

@Suite("Proxies")
struct ProxyTests {
  private let canary = "sk-canary-0123456789abcdef"

  /// What a proxy was asked for first, and how it answers.
  private final class Proxy: Sendable {
    private let received = Mutex("")
    var request: String { received.withLock { $0 } }

    func server(answering status: String) throws -> ScriptedServer {
      try ScriptedServer { [self] connection in
        let request = connection.readRequest()
        received.withLock { $0 = request }
        connection.respond(status: status)
      }
    }
  }

  private func error(_ provider: Provider, _ environment: [String: String]) -> String? {
    let loop = ClientLoop(network: NetworkSettings { environment[$0] })
    loop.client.start(id: 0, request: .hello, provider: provider, credentials: .test(canary))
    loop.runUntilIdle()
    #expect(loop.retries().isEmpty)
    return loop.answers[0]?.error
  }

  @Test(arguments: [
    ("403 Forbidden", "The proxy refused a connection to model.invalid:443 with HTTP 403"),
    ("407 Proxy Authentication Required", "wants a name and a password for model.invalid:443"),
    (
      "503 Service Unavailable", "The proxy refused a connection to model.invalid:443 with HTTP 503"
    ),
  ])
  func `https goes through a tunnel, whose keeper sees no key`(status: String, words: String) throws
  {
    let proxy = Proxy()
    let server = try proxy.server(answering: status)
    let error = error(
      .test(at: "https://model.invalid/v1", key: .test),
      ["HTTPS_PROXY": "http://127.0.0.1:\(server.port)"])
    #expect(error?.contains(words) == true)
    #expect(proxy.request.hasPrefix("CONNECT model.invalid:443 HTTP/1.1\r\n"))
    #expect(!proxy.request.contains(canary))
  }

  @Test func `plain http goes through its own proxy, but for the hosts that it is not for`() throws
  {
    let target = try ScriptedServer { connection in
      _ = connection.readRequest()
      connection.respond(status: "400 Bad Request")
    }
    let proxy = Proxy()
    let server = try proxy.server(answering: "404 Not Found")
    // An address of this machine that isn't taken for one.
    let provider = Provider.test(at: "http://0.0.0.0:\(target.port)/v1")
    var environment = ["http_proxy": "127.0.0.1:\(server.port)", "HTTP_PROXY": "127.0.0.1:1"]
    #expect(error(provider, environment)?.hasPrefix("HTTP 404") == true)
    #expect(
      proxy.request.hasPrefix("POST http://0.0.0.0:\(target.port)/v1/chat/completions HTTP/1.1"))
    #expect(target.connections == 0)
    environment["NO_PROXY"] = "example.com,0.0.0.0"
    #expect(error(provider, environment)?.hasPrefix("HTTP 400") == true)
    #expect(target.connections == 1)
  }

  @Test func `what stays on this machine goes through no proxy`() throws {
    let proxy = Proxy()
    let server = try proxy.server(answering: "404 Not Found")
    let target = try ScriptedServer { connection in
      _ = connection.readRequest()
      connection.respond(status: "400 Bad Request")
    }
    let environment = ["http_proxy": "127.0.0.1:\(server.port)"]
    #expect(
      error(.test(at: target.baseURL, key: .test), environment)?.hasPrefix("HTTP 400") == true)
    #expect(server.connections == 0)
  }

  @Test func `a proxy that isn't there is told apart from a server`() throws {
    let port = try ScriptedServer.closedPort()
    let error = error(
      .test(at: "https://model.invalid/v1"),
      ["https_proxy": "http://name:hidden-password@127.0.0.1:\(port)"])
    #expect(error?.contains("check HTTPS_PROXY, NO_PROXY") == true)
    #expect(error?.contains("127.0.0.1 port \(port)") == true)
    #expect(error?.contains("hidden-password") == false)
  }

  @Test func `the variables are read as curl reads them`() {
    func settings(_ environment: [String: String]) -> NetworkSettings {
      NetworkSettings { environment[$0] }
    }
    let all = settings(["ALL_PROXY": "a", "HTTPS_PROXY": "b", "https_proxy": "", "HTTP_PROXY": "c"])
    #expect(all.secureProxy == "b" && all.plainProxy == "a")
    #expect(settings(["https_proxy": "x", "HTTPS_PROXY": "y"]).secureProxy == "x")
    let none = settings(["SSL_CERT_FILE": ""])
    #expect(none.secureProxy == nil && none.plainProxy == nil && none.certificateFile == nil)
  }
}
