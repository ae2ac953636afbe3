import Core
import Testing

@Suite("Going on from the beginning of an answer")
struct ContinuationTests {
  private static let model = ModelReference(provider: "p", model: "m")

  private func catalog(_ url: String, _ wire: WireProtocol = .chatCompletions) -> ModelCatalog {
    ModelCatalog(providers: [Provider(name: "p", baseURL: url, wire: wire)])
  }

  private func request(_ model: ModelReference = model) -> CompletionRequest {
    CompletionRequest(model: model, messages: [Message(role: .user, text: "Say")])
  }

  @Test(arguments: [
    ("https://api.openai.com/v1", WireProtocol.chatCompletions),
    ("https://me.openai.azure.com/openai/deployments/{model}", .chatCompletions),
    ("http://127.0.0.1:8080/v1", .responses),
  ])
  func `a server that always begins anew is refused before anything is sent`(
    _ url: String, _ wire: WireProtocol
  ) {
    #expect(throws: ContinuationRefusal.self) {
      try catalog(url, wire).request(request(), continuing: "You can")
    }
  }

  @Test(arguments: [
    ("http://127.0.0.1:8080/v1", WireProtocol.chatCompletions, ContinuationForm.flags),
    ("https://api.mistral.ai/v1", .chatCompletions, .prefixMember),
    ("https://openrouter.ai/api/v1", .chatCompletions, .lastMessage),
    ("https://api.anthropic.com/v1", .messages, .lastMessage),
    ("http://127.0.0.1:11434", .ollamaChat, .lastMessage),
  ])
  func `others are told in their own way`(
    _ url: String, _ wire: WireProtocol, _ form: ContinuationForm
  ) {
    #expect(Provider(name: "p", baseURL: url, wire: wire).continuationForm == form)
  }

  @Test func `the beginning is the last message, once, and comes back from JSON`() throws {
    let catalog = catalog("http://127.0.0.1:8080/v1")
    let first = try catalog.request(request(), continuing: "You can ")
    let second = try catalog.request(first, continuing: "You can not")
    #expect(second.messages.map(\.role) == [.user, .assistant])
    #expect(second.givenBeginning == "You can not")
    #expect(CompletionRequest(json: second.json) == second)
    #expect(request().givenBeginning.isEmpty)
    var prompt = request()
    prompt.messages.append(Message(role: .assistant, text: "{"))
    #expect(prompt.givenBeginning.isEmpty)
  }

  @Test func `Anthropic is given no white space at the end`() throws {
    let catalog = catalog("https://api.anthropic.com/v1", .messages)
    #expect(try catalog.request(request(), continuing: "You can \n").givenBeginning == "You can")
  }

  @Test(arguments: ["", " \n"])
  func `there has to be a beginning`(_ text: String) {
    #expect(throws: ContinuationRefusal.self) {
      try catalog("http://127.0.0.1:8080/v1").request(request(), continuing: text)
    }
  }

  @Test func `the model that repeats its prompt can't go on, the one that quotes can`() throws {
    #expect(throws: ContinuationRefusal.self) {
      try ModelCatalog().request(request(.echo), continuing: "You can")
    }
    #expect(
      try ModelCatalog().request(request(.extractive), continuing: "You can").givenBeginning
        == "You can")
  }

  @Test func `an answer holds the beginning that it was given, and keeps it in JSON`() throws {
    var answer = Answer(given: "You can")
    answer.apply(.text(" not."), at: 1)
    answer.apply(.finish(.stop), at: 2)
    #expect(answer.text == "You can not.")
    let read = try #require(Answer(json: .object(answer.json)))
    #expect(read.given == "You can")
    #expect(read == answer)
    // Files are written by anyone.
    var json = answer.json
    json["given"] = "something else"
    #expect(Answer(json: .object(json))?.given == "")
  }
}
