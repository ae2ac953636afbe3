import Testing

@testable import Core

@Suite struct ModelCatalogTests {
  private let providers = [
    Provider(name: "gpt", baseURL: "https://API.openai.com/v1"),
    Provider(name: "openai", baseURL: "http://127.0.0.1:8080/v1"),
    Provider(name: "claude", baseURL: "https://user:x@api.anthropic.com:443"),
  ]

  private func model(_ name: String) throws -> ModelReference {
    try #require(ModelReference(name))
  }

  @Test func aKnownPriceIsThatOfAHostWhateverTheProviderIsCalled() throws {
    let catalog = ModelCatalog(providers: providers)
    let mini = catalog.profile(of: try model("gpt/gpt-5-mini"))
    #expect(mini.price?.input == Money(dollarsPerMillion: 0.25))
    #expect(mini.contextWindow == 400_000)
    #expect(catalog.profile(of: try model("openai/gpt-5-mini")) == ModelProfile())
    #expect(catalog.profile(of: try model("nowhere/gpt-5-mini")) == ModelProfile())
    #expect(ModelCatalog().profile(of: try model("gpt/gpt-5-mini")) == ModelProfile())
  }

  @Test func aSnapshotIsKnownByTheNameBeforeItsDate() throws {
    let catalog = ModelCatalog(providers: providers)
    for name in ["claude/claude-haiku-4-5-20251001", "gpt/gpt-4o-mini-2024-07-18"] {
      #expect(catalog.profile(of: try model(name)).price != nil)
    }
    for name in [
      "gpt/gpt-4o-mini-2024", "gpt/gpt-4o-mini-tts", "gpt/gpt-4o-mini-", "gpt/-20240718",
    ] {
      #expect(catalog.profile(of: try model(name)).price == nil)
    }
  }

  @Test func whatAPersonSaysComesBeforeWhatIsListedAndWhatIsKnown() throws {
    let name = try model("gpt/gpt-5-mini")
    let own = Price(input: Money(picodollars: 1), output: Money(picodollars: 2))
    var catalog = ModelCatalog(
      entries: [ModelCatalog.Entry("*/gpt-5*", ModelProfile(price: own))], providers: providers)
    catalog.listed[name] = ModelProfile(contextWindow: 1234, price: .free)
    let profile = catalog.profile(of: name)
    #expect(profile.price == own)
    #expect(profile.contextWindow == 1234)
    #expect(profile.maxOutputTokens == 128_000)
    #expect(profile.parameterNames["max_tokens"] == "max_completion_tokens")
  }

  @Test func modelsThatThinkTakeNoTemperature() throws {
    let catalog = ModelCatalog(providers: providers)
    for name in ["gpt/gpt-5-mini", "gpt/o4-mini", "gpt/gpt-6-luna"] {
      #expect(catalog.profile(of: try model(name)).parameterNames["temperature"] == "")
    }
    for name in ["gpt/gpt-4o", "gpt/gpt-5-chat-latest", "openai/o4-mini"] {
      #expect(catalog.profile(of: try model(name)).parameterNames.isEmpty)
    }
  }

  @Test func aBuiltInModelIsFreeAndOneOfThisMachineIsUnknown() throws {
    let catalog = ModelCatalog(providers: providers)
    #expect(catalog.profile(of: .echo).price == .free)
    #expect(!catalog.isBilled(.echo))
    #expect(!catalog.isBilled(try model("openai/gpt-5-mini")))
    #expect(!catalog.isBilled(try model("nowhere/x")))
    #expect(catalog.isBilled(try model("gpt/x")))
  }

  @Test(
    "what Anthropic's models take for sampling",
    arguments: [
      ("claude-opus-4-7", false), ("claude-opus-4-8", false), ("claude-opus-5", false),
      ("claude-opus-5-5", false), ("claude-sonnet-5", false), ("claude-sonnet-5-5", false),
      ("claude-fable-5-1", false), ("claude-haiku-5-5", false), ("claude-opus-4-6", true),
      ("claude-opus-4-5-20251101", true), ("claude-sonnet-4-6", true), ("claude-haiku-4-5", true),
    ])
  func sampling(name: String, isTaken: Bool) throws {
    let anthropic = Provider(name: "a", baseURL: "https://api.anthropic.com/v1", wire: .messages)
    let profile = ModelCatalog(providers: [anthropic]).profile(of: try model("a/" + name))
    #expect(profile.parameterNames.isEmpty == isTaken)
    #expect(profile.parameterNames["top_k"] == (isTaken ? nil : ""))
  }

  @Test(
    "hosts",
    arguments: [
      ("http://127.0.0.1:8080/v1", "127.0.0.1", true), ("http://localhost/v1", "localhost", true),
      ("http://[::1]:80/v1", "[::1]", true),
      ("https://127.example.com/v1", "127.example.com", false),
      ("http://+127.0.0.1/v1", "+127.0.0.1", false),
      ("http://127.0.0.256/v1", "127.0.0.256", false),
      ("https://Host.Example:443", "host.example", false), ("nonsense", "", false),
      ("https://localhost@evil.example/", "evil.example", false),
    ])
  func hosts(address: String, host: String, isLocal: Bool) {
    let provider = Provider(name: "p", baseURL: address)
    #expect(provider.host == host)
    #expect(provider.isLocal == isLocal)
  }

  @Test func whatServersCountIsLearned() throws {
    let name = try model("gpt/x")
    let messages = [Message(role: .user, text: String(repeating: "word ", count: 400))]
    let request = CompletionRequest(model: name, messages: messages)
    var answer = Answer()
    answer.apply(.text("Hi"), at: 1)
    answer.apply(.usage(Usage(inputTokens: 1008, outputTokens: 5)), at: 2)
    var catalog = ModelCatalog()
    var hasLearned = catalog.learn(from: answer, to: request)
    #expect(!hasLearned, "it has not ended")
    answer.apply(.finish(.stop), at: 3)
    hasLearned = catalog.learn(from: answer, to: request)
    #expect(hasLearned)
    #expect(catalog.emptyAnswer(to: request).usage.inputTokens == 1008)
    #expect(catalog.tokenRatio(of: .echo).scale == 1)
    var withTools = request
    withTools.parameters.tools = [["name": "look"]]
    hasLearned = catalog.learn(from: answer, to: withTools)
    #expect(!hasLearned)
  }
}
