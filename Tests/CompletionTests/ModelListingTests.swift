import Core
import LoopbackServer
import Synchronization
import Testing

@testable import Completion

@Suite("Finding servers and their models")
struct ModelListingTests {
  private func list(
    _ server: ScriptedServer, timeLimit: Duration = .seconds(2)
  ) -> Result<[ListedModel], CompletionError>? {
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
    #expect(list(server) == .success([ListedModel(name: "b"), ListedModel(name: "a/c:3b")]))
    #expect(received.withLock { $0.hasPrefix("GET /v1/models HTTP/1.1\r\n") })
  }

  @Test func `a bare array is a list too`() throws {
    let server = try ScriptedServer { connection in
      _ = connection.readRequest()
      connection.respond("[{\"id\":\"a\"}]")
    }
    #expect(list(server) == .success([ListedModel(name: "a")]))
  }

  @Test func `a list of a megabyte is read whole`() throws {
    let names = (0..<20_000).map { "model-with-a-rather-long-name-number-\($0)" }
    let server = try ScriptedServer { connection in
      _ = connection.readRequest()
      let items = names.map { "{\"id\":\"\($0)\"}" }.joined(separator: ",")
      connection.respond("{\"data\":[\(items)]}")
    }
    let listed = try list(server, timeLimit: .seconds(30))?.get().map(\.name)
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

  @Test(arguments: [
    // vLLM
    (#"{"data":[{"id":"m","object":"model","max_model_len":32768}]}"#, 32768, nil),
    // Groq
    (
      #"{"data":[{"id":"m","context_window":131072,"max_completion_tokens":32768}]}"#, 131_072, nil
    ),
    // OpenRouter and Vercel, which may choose a host with another limit
    (
      #"{"data":[{"id":"m","context_length":9,"top_provider":{"max_completion_tokens":5}}]}"#, 9,
      nil
    ),
    (#"{"data":[{"id":"m","context_window":9,"max_tokens":5}]}"#, 9, nil),
    // Mistral
    (#"{"data":[{"id":"m","max_context_length":40960}]}"#, 40960, nil),
    // Anthropic
    (#"{"data":[{"id":"m","max_input_tokens":200000,"max_tokens":64000}]}"#, 200_000, 64000),
    // llama.cpp
    (#"{"data":[{"id":"m","meta":{"n_ctx":2048,"n_ctx_train":4096}}]}"#, 2048, nil),
    (#"{"data":[{"id":"m","meta":{"n_ctx_train":4096}}]}"#, 4096, nil),
    // Together
    (#"[{"id":"m","context_length":8192,"pricing":{"input":0,"output":0}}]"#, 8192, nil),
    (#"{"data":[{"id":"m","context_length":0,"max_model_len":null}]}"#, nil, nil),
    (#"{"data":[{"id":"m","context_length":"many"}]}"#, nil, nil),
  ])
  func `window and length are read in every server's words`(
    body: String, window: Int?, output: Int?
  ) throws {
    let models = ListedModel.list(try JSON(parsing: body))
    let profile = ModelProfile(contextWindow: window, maxOutputTokens: output)
    #expect(models == [ListedModel(name: "m", profile: profile)])
  }

  @Test(arguments: [
    // OpenRouter: dollars for a token
    (
      #"{"prompt":"0.000003","completion":"0.000015","input_cache_read":"0.0000003","#
        + #""input_cache_write":"0.00000375","request":"0"}"#,
      Price(
        input: Money(dollars: 3e-6), cachedInput: Money(dollars: 3e-7),
        cacheWrite: Money(dollars: 3.75e-6), output: Money(dollars: 1.5e-5))
    ),
    (#"{"prompt":"0","completion":"0"}"#, Price(input: .zero, output: .zero)),
    (#"{"prompt":"-1","completion":"-1"}"#, nil),
    (#"{"prompt":"0.000003","completion":"0.000015","request":"0.01"}"#, nil),
    // Together: dollars for a million tokens
    (
      #"{"hourly":0,"input":0.6,"output":1.7,"base":0}"#,
      Price(input: Money(dollars: 6e-7), output: Money(dollars: 1.7e-6))
    ), (#"{"input":0,"output":0}"#, nil), (#"{"prompt":"free"}"#, nil), (#""free""#, nil),
  ])
  func `a price is read where it is one of tokens`(pricing: String, price: Price?) throws {
    let json = try JSON(parsing: #"{"data":[{"id":"m","pricing":\#(pricing)}]}"#)
    #expect(ListedModel.list(json)?.first?.profile.price == price)
  }

  @Test func `Anthropic's list is read to its last page`() throws {
    let requests = Mutex<[String]>([])
    let server = try ScriptedServer { connection in
      let request = connection.readRequest()
      requests.withLock { $0.append(request) }
      connection.respond(
        request.lowercased().contains("after_id=a%2fb")
          ? #"{"data":[{"id":"c"}],"has_more":false,"last_id":"c"}"#
          : #"{"data":[{"id":"a/b"}],"has_more":true,"last_id":"a/b"}"#)
    }
    let loop = ClientLoop(listTimeLimit: .seconds(30))
    let provider = Provider(name: "test", baseURL: server.baseURL, wire: .messages, key: .test)
    loop.client.listModels(of: provider, credentials: .test("a-key"), id: 0)
    loop.runUntilIdle()
    #expect(loop.models[0] == .success([ListedModel(name: "a/b"), ListedModel(name: "c")]))
    let sent = requests.withLock { $0 }
    #expect(sent.count == 2)
    #expect(
      sent.allSatisfy {
        $0.hasPrefix("GET /v1/models?") && $0.contains("limit=1000")
          && $0.contains("\r\nanthropic-version: 2023-06-01\r\n")
          && $0.contains("\r\nx-api-key: a-key\r\n")
      })
  }

  @Test func `the pages before one that fails are kept`() throws {
    let server = try ScriptedServer { connection in
      if connection.readRequest().contains("after_id=b") {
        connection.respond(status: "500 Internal Server Error")
      } else {
        connection.respond(#"{"data":[{"id":"a"},{"id":"b"}],"has_more":true,"last_id":"b"}"#)
      }
    }
    let loop = ClientLoop(listTimeLimit: .seconds(30))
    let provider = Provider(name: "test", baseURL: server.baseURL, wire: .messages)
    loop.client.listModels(of: provider, id: 0)
    loop.runUntilIdle()
    #expect(loop.models[0] == .success([ListedModel(name: "a"), ListedModel(name: "b")]))
  }

  @Test func `a list whose pages never end is given up`() throws {
    let server = try ScriptedServer { connection in
      _ = connection.readRequest()
      connection.respond(#"{"data":[{"id":"a"}],"has_more":true,"last_id":"a"}"#)
    }
    let loop = ClientLoop(listTimeLimit: .seconds(30))
    let provider = Provider(name: "test", baseURL: server.baseURL, wire: .messages)
    loop.client.listModels(of: provider, id: 0)
    loop.runUntilIdle()
    #expect(try loop.models[0]?.get().count == 20)
  }

  @Test func `Ollama is asked about each model`() throws {
    let server = try ScriptedServer { connection in
      let request = connection.readRequest()
      if request.hasPrefix("GET /api/tags ") {
        let models = (0..<20).map { #"{"name":"m\#($0)","size":1}"# }.joined(separator: ",")
        connection.respond(#"{"models":[\#(models)]}"#)
      } else if request.hasSuffix(#"{"model":"m3"}"#) {
        connection.respond(status: "500 Internal Server Error")
      } else if request.hasSuffix(#"{"model":"m4"}"#) {
        connection.respond(#"{"parameters":"num_keep   24\nnum_ctx    16384","model_info":{}}"#)
      } else if request.hasPrefix("POST /api/show ") {
        connection.respond(
          #"{"model_info":{"general.architecture":"llama","llama.context_length":8192}}"#)
      }
    }
    let loop = ClientLoop(listTimeLimit: .seconds(30))
    let provider = Provider(
      name: "test", baseURL: String(server.baseURL.dropLast(3)), wire: .ollamaChat)
    loop.client.listModels(of: provider, id: 0)
    loop.runUntilIdle()
    let models = try #require(try loop.models[0]?.get())
    #expect(models.map(\.name) == (0..<20).map { "m\($0)" })
    #expect(
      models.map(\.profile.contextWindow)
        == (0..<20).map { $0 == 3 ? nil : $0 == 4 ? 16384 : 8192 })
  }

  @Test func `Ollama's models are listed though it says nothing of them in time`() throws {
    let server = try ScriptedServer { connection in
      if connection.readRequest().hasPrefix("GET") {
        connection.respond(#"{"models":[{"name":"a"},{"name":"b"}]}"#)
      } else {
        _ = connection.waitForClose()
      }
    }
    let loop = ClientLoop(listTimeLimit: .milliseconds(500))
    let provider = Provider(
      name: "test", baseURL: String(server.baseURL.dropLast(3)), wire: .ollamaChat)
    loop.client.listModels(of: provider, id: 0)
    loop.runUntilIdle()
    #expect(loop.models[0] == .success([ListedModel(name: "a"), ListedModel(name: "b")]))
  }

  @Test func `what a server says of its models is known of them`() {
    var catalog = ModelCatalog(entries: [
      ModelCatalog.Entry("p/*", ModelProfile(contextWindow: 100))
    ])
    let said = ModelProfile(contextWindow: 200, maxOutputTokens: 50)
    catalog.add(
      [ListedModel(name: "a", profile: said), ListedModel(name: "b")],
      of: Provider(name: "p", baseURL: "http://127.0.0.1"))
    let profile = catalog.profile(of: ModelReference(provider: "p", model: "a"))
    #expect(profile == ModelProfile(contextWindow: 100, maxOutputTokens: 50))
  }

  @Test(arguments: [
    (["ANTHROPIC_API_KEY": "k"], "https://api.anthropic.com/v1"),
    (["ANTHROPIC_API_KEY": "k", "ANTHROPIC_BASE_URL": ""], "https://api.anthropic.com/v1"),
    (
      ["ANTHROPIC_API_KEY": "k", "ANTHROPIC_BASE_URL": "http://127.0.0.1:9/"],
      "http://127.0.0.1:9/v1"
    ),
    (
      ["ANTHROPIC_API_KEY": "k", "ANTHROPIC_BASE_URL": "http://127.0.0.1:9/v1"],
      "http://127.0.0.1:9/v1"
    ), (["ANTHROPIC_BASE_URL": "http://127.0.0.1:9"], nil), (["ANTHROPIC_API_KEY": " "], nil),
  ])
  func `Anthropic is there when the environment has its key`(
    environment: [String: String], baseURL: String?
  ) {
    let found = ServerDiscovery.providers(environment: environment)
    let anthropic = found.first { $0.name == "anthropic" }
    #expect(anthropic?.baseURL == baseURL)
    #expect(anthropic.map { $0.wire == .messages } != false)
    #expect(anthropic.map { $0.key == .environment("ANTHROPIC_API_KEY") } != false)
  }

  @Test func `Ollama is spoken to in its own words, and llama.cpp is asked for its progress`() {
    let found = ServerDiscovery.providers(environment: [:])
    #expect(found.first { $0.name == "ollama" }?.wire == .ollamaChat)
    #expect(
      found.first { $0.name == "llamacpp" }?.bodyPatch == .object(["return_progress": true]))
  }

  @Test func `the usual servers of this machine are looked for`() {
    let providers = ServerDiscovery.providers(environment: [:])
    #expect(
      providers.map { "\($0.name) \($0.baseURL)" } == [
        "ollama http://127.0.0.1:11434", "llamacpp http://127.0.0.1:8080/v1",
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
