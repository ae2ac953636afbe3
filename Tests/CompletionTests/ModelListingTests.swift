import Core
import LoopbackServer
import Synchronization
import Testing

@testable import Completion

@Suite("Finding servers and their models")
struct ModelListingTests {
  private func list(
    _ server: ScriptedServer, timeLimit: Duration = .seconds(2)
  ) -> Result<[String], CompletionError>? {
    let loop = ClientLoop(listTimeLimit: timeLimit)
    loop.client.listModels(of: Provider(name: "test", baseURL: server.baseURL), id: 0)
    loop.runUntilIdle()
    return loop.models[0]
  }

  @Test func `models are listed in the server's order`() throws {
    let received = Mutex("")
    let server = try ScriptedServer { connection in
      let request = connection.readRequest()
      received.withLock { $0 = request }
      connection.respond("{\"data\":[{\"id\":\"b\"},{\"id\":\"a/c:3b\"},{\"id\":\"\"},{}]}")
    }
    #expect(list(server) == .success(["b", "a/c:3b"]))
    #expect(received.withLock { $0.hasPrefix("GET /v1/models HTTP/1.1\r\n") })
  }

  @Test func `a bare array is a list too`() throws {
    let server = try ScriptedServer { connection in
      _ = connection.readRequest()
      connection.respond("[{\"id\":\"a\"}]")
    }
    #expect(list(server) == .success(["a"]))
  }

  @Test func `a list of a megabyte is read whole`() throws {
    let names = (0..<20_000).map { "model-with-a-rather-long-name-number-\($0)" }
    let server = try ScriptedServer { connection in
      _ = connection.readRequest()
      let items = names.map { "{\"id\":\"\($0)\"}" }.joined(separator: ",")
      connection.respond("{\"data\":[\(items)]}")
    }
    let listed = try list(server, timeLimit: .seconds(30))?.get()
    #expect((listed == names) == true)
  }

  @Test(arguments: [
    ("404 Not Found", "", "HTTP 404"), ("401 Unauthorized", "", "HTTP 401"),
    ("200 OK", "<html></html>", "no list of models"), ("200 OK", "{}", "no list of models"),
  ])
  func `what is no list is a sentence`(status: String, body: String, words: String) throws {
    let server = try ScriptedServer { connection in
      _ = connection.readRequest()
      connection.respond(body, status: status)
    }
    guard case .failure(let error) = list(server) else {
      Issue.record("a list came of it")
      return
    }
    #expect("\(error)".contains(words))
  }

  @Test func `a server that takes too long is given up`() throws {
    let server = try ScriptedServer { _ = $0.waitForClose() }
    #expect(
      list(server, timeLimit: .milliseconds(200))
        == .failure(
          CompletionError(
            "127.0.0.1:\(server.port) did not answer within 0.2 s: is it overloaded?")))
  }

  @Test func `the usual servers of this machine are looked for`() {
    let providers = ServerDiscovery.providers(environment: [:])
    #expect(
      providers.map { "\($0.name) \($0.baseURL)" } == [
        "ollama http://127.0.0.1:11434/v1", "llamacpp http://127.0.0.1:8080/v1",
        "lmstudio http://127.0.0.1:1234/v1", "vllm http://127.0.0.1:8000/v1",
      ])
    #expect(providers.allSatisfy { $0.key == nil && $0.origin == .found })
  }

  @Test(arguments: [
    (["OPENAI_API_KEY": "k"], "https://api.openai.com/v1"),
    (["OPENAI_BASE_URL": "http://127.0.0.1:9/v1/"], "http://127.0.0.1:9/v1"),
    (["OPENAI_BASE_URL": "", "OPENAI_API_KEY": ""], nil), (["OPENAI_API_KEY": " "], nil),
  ])
  func `OpenAI is there when the environment names it`(
    environment: [String: String], baseURL: String?
  ) {
    let openAI = ServerDiscovery.providers(environment: environment).first { $0.name == "openai" }
    #expect(openAI?.baseURL == baseURL)
    #expect(openAI.map { $0.key == .environment("OPENAI_API_KEY") } != false)
  }

  @Test(arguments: [
    ("", "http://127.0.0.1:11434"), ("0.0.0.0", "http://127.0.0.1:11434"),
    ("0.0.0.0:8000", "http://127.0.0.1:8000"), (":9000", "http://127.0.0.1:9000"),
    ("box", "http://box:11434"), ("box:1", "http://box:1"), ("http://box", "http://box:80"),
    ("https://box/ollama/", "https://box:443/ollama"), ("https://box:1", "https://box:1"),
    ("[::1]", "http://[::1]:11434"), ("[::1]:9", "http://[::1]:9"), ("::1", "http://[::1]:11434"),
    ("[::]:9", "http://127.0.0.1:9"), (" \"box\" ", "http://box:11434"),
    ("box:port", "http://box:11434"),
  ])
  func `OLLAMA_HOST is read by Ollama's rules`(variable: String, address: String) {
    #expect(ServerDiscovery.ollamaAddress(variable) == address)
  }
}
