import Core
import LoopbackServer
import StreamFixtures
import Synchronization
import Testing

@testable import Completion

@Suite("A request in the words of its provider")
struct ProviderRequestTests {
  private let canary = "sk-canary-0123456789abcdef"

  private func sent(
    _ provider: Provider, _ request: CompletionRequest = .hello,
    credentials: Credentials = Credentials()
  ) throws -> SentRequest {
    try ProviderRequest(
      request, to: provider, profile: ModelProfile(), credentials: credentials
    ).sent(asksForUsage: true)
  }

  private func fields(_ sent: SentRequest) -> [String] {
    sent.fields.map { "\($0.name): \($0.shownValue)" }
  }

  @Test func `Azure is asked by deployment, version and its own key field`() throws {
    var azure = Provider(
      name: "azure", baseURL: "https://x.openai.azure.com/openai/deployments/{model}", key: .test)
    azure.keyField = "api-key"
    azure.query = ["api-version": "2024-10-21"]
    var request = CompletionRequest.hello
    request.model = ModelReference(provider: "azure", model: "gpt 4/o")
    let sent = try sent(azure, request, credentials: .test(canary))
    #expect(
      sent.url
        == "https://x.openai.azure.com/openai/deployments/gpt%204%2fo/chat/completions"
        + "?api-version=2024-10-21")
    #expect(
      fields(sent) == [
        "Content-Type: application/json", "Accept: text/event-stream", "api-key: $TEST_KEY",
      ])
    let loop = ClientLoop()
    loop.client.listModels(of: azure, credentials: .test(canary), id: 0)
    loop.runUntilIdle()
    #expect("\(loop.models)".contains("name them in the configuration"))
  }

  @Test func `own fields come last and take the place of those by the same name`() throws {
    var provider = Provider.test(at: "https://example.com/v1", key: .test)
    let other = Secret.command("pass show gateway")
    provider.fields = [
      HTTPField(name: "HTTP-Referer", value: "https://example.com"),
      HTTPField(name: "authorization", value: "Basic ", secret: other),
      HTTPField(name: "ACCEPT", value: "*/*"),
      HTTPField(name: "X-Unset", secret: .environment("NO")),
    ]
    var credentials = Credentials.test(canary)
    credentials[other] = "dXNlcjpwYXNz"
    #expect(
      fields(try sent(provider, credentials: credentials)) == [
        "Content-Type: application/json", "HTTP-Referer: https://example.com",
        "authorization: Basic $(pass show gateway)", "ACCEPT: */*",
      ])
  }

  @Test func `fields go over the wire as they are, an empty one too`() throws {
    let received = Mutex("")
    let server = try ScriptedServer { connection in
      let request = connection.readRequest()
      received.withLock { $0 = request }
      connection.respond(textChunk("Hi") + done, type: "text/event-stream")
    }
    var provider = Provider.test(at: server.baseURL)
    provider.fields = [
      HTTPField(name: "X-Title", value: "whet: a test"), HTTPField(name: "X-Empty"),
      HTTPField(name: "X-Gateway", value: "Key ", secret: .test),
    ]
    provider.query = ["q": "a b&c"]
    let loop = ClientLoop()
    loop.client.start(
      id: 0, request: .hello, provider: provider, credentials: .test("two words"))
    loop.runUntilIdle()
    let head = received.withLock { $0 }
    #expect(head.hasPrefix("POST /v1/chat/completions?q=a%20b%26c HTTP/1.1\r\n"))
    for line in ["X-Title: whet: a test", "X-Empty:", "X-Gateway: Key two words"] {
      #expect(head.contains("\r\n\(line)\r\n"), "\(line)")
    }
  }

  @Test(arguments: [
    HTTPField(name: "X-A", value: "1\r\nX-B: 2"), HTTPField(name: "X-A\r\nX-B", value: "1"),
    HTTPField(name: "", value: "1"), HTTPField(name: "X A", value: "1"),
    HTTPField(name: "X-A:", value: "1"), HTTPField(name: "X-A", value: "1\u{0}2"),
  ])
  func `a field that would break the head is refused`(field: HTTPField) {
    var provider = Provider.test(at: "https://example.com/v1")
    provider.fields = [field]
    #expect(throws: CompletionError.self) { try sent(provider) }
  }

  @Test func `a secret with a line break is refused in any field`() {
    var provider = Provider.test(at: "https://example.com/v1")
    provider.fields = [HTTPField(name: "X-A", secret: .test)]
    #expect(throws: CompletionError.self) {
      try sent(provider, credentials: .test("two\r\nlines-of-a-key"))
    }
  }

  @Test func `a secret in any field obeys the rule of the key over plain http`() throws {
    var provider = Provider.test(at: "http://example.com/v1")
    provider.fields = [HTTPField(name: "X-A", secret: .test)]
    #expect(throws: CompletionError.self) { try sent(provider, credentials: .test(canary)) }
    #expect(fields(try sent(provider)).count == 2)
    provider.allowsPlainHTTP = true
    #expect(fields(try sent(provider, credentials: .test(canary))).last == "X-A: $TEST_KEY")
  }

  @Test func `the body is patched by the provider's rules`() throws {
    var provider = Provider.test(at: "https://example.com/v1")
    provider.bodyPatch = [
      "stream_options": nil, "provider": ["order": ["a", "b"]], "temperature": 1,
    ]
    #expect(
      try sent(provider).body
        == #"{"model":"m","messages":[{"role":"user","content":"Hello?"}],"stream":true,"#
        + #""provider":{"order":["a","b"]},"temperature":1}"#)
  }

  @Test func `no secret can stand in what is recorded of a request`() throws {
    let credentials = Credentials.test(canary)
    var provider = Provider.test(at: "https://example.com/v1", key: .test)
    var request = CompletionRequest.hello
    request.messages[0].parts = [.text("What is \(canary)?")]
    provider.bodyPatch = ["user": .string(canary)]
    let sent = try sent(provider, request, credentials: credentials)
    #expect(!sent.json.text.contains(canary))
    #expect(sent.body.contains("What is [key]?"))

    for spoil in [
      { $0.query = ["key": canary] }, { $0.baseURL += "/\(canary)" },
      { $0.fields = [HTTPField(name: "X-A", value: canary)] },
    ] as [(inout Provider) -> Void] {
      var spoilt = provider
      spoil(&spoilt)
      #expect {
        try self.sent(spoilt, credentials: credentials)
      } throws: {
        !"\($0)".contains(canary)
      }
    }
  }
}
