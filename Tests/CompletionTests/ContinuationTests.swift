import Core
import LoopbackServer
import StreamFixtures
import Synchronization
import Testing

@testable import Completion

@Suite("Going on from the beginning of an answer")
struct ContinuationTests {
  private static let request = CompletionRequest(
    model: ModelReference(provider: "p", model: "m"),
    messages: [Message(role: .user, text: "Where?")]
  ).continuing("You can")

  private func body(_ url: String, _ wire: WireProtocol = .chatCompletions) throws -> JSON {
    let provider = Provider(name: "p", baseURL: url, wire: wire)
    let sent = try SentRequest(Self.request, to: provider, profile: ModelProfile())
    return try JSON(parsing: sent.body)
  }

  @Test func `vLLM, llama.cpp and their like are told by two flags`() throws {
    let body = try body("http://127.0.0.1:8000/v1")
    #expect(body["messages"]?.array?.last == ["role": "assistant", "content": "You can"])
    #expect(body["add_generation_prompt"] == false)
    #expect(body["continue_final_message"] == true)
  }

  @Test func `Mistral is told by a member of the message`() throws {
    let body = try body("https://api.mistral.ai/v1")
    #expect(
      body["messages"]?.array?.last
        == ["role": "assistant", "content": "You can", "prefix": true])
    #expect(body["continue_final_message"] == nil)
  }

  @Test(arguments: [
    ("https://api.anthropic.com/v1", WireProtocol.messages),
    ("http://127.0.0.1:11434", .ollamaChat),
    ("https://openrouter.ai/api/v1", .chatCompletions),
  ])
  func `for others the last message says it all`(_ url: String, _ wire: WireProtocol) throws {
    let body = try body(url, wire)
    #expect(body["messages"]?.array?.last?["role"] == "assistant")
    #expect(body["messages"]?.array?.last?["prefix"] == nil)
    #expect(body["continue_final_message"] == nil)
  }

  @Test func `a prompt that ends with the assistant's turn is sent as it always was`() throws {
    var request = Self.request
    request.messages[1].metadata = [:]
    let provider = Provider(name: "p", baseURL: "http://127.0.0.1:8000/v1")
    let sent = try SentRequest(request, to: provider, profile: ModelProfile())
    #expect(try JSON(parsing: sent.body)["continue_final_message"] == nil)
  }

  // MARK: What comes back

  private func newText(_ pieces: [String], given: String) -> String {
    var decoder = StreamDecoder(given: given)
    var events = decoder.decode(.head(status: 200, contentType: "text/event-stream"))
    for piece in pieces {
      let delta = JSON.object(["choices": [["index": 0, "delta": ["content": .string(piece)]]]])
      events += decoder.decode(.body(Array("data: \(delta.text)\n\n".utf8)))
    }
    events += decoder.decode(.body(Array("data: [DONE]\n\n".utf8)))
    events += decoder.decode(.end(.complete))
    #expect(events.count(where: \.endsAnswer) == 1 && events.endAnswer)
    return events.reduce(into: "") { if case .text(let piece) = $1 { $0 += piece } }
  }

  @Test(arguments: [
    ([" ask", " for"], " ask for"), (["You can ask", " for"], " ask for"),
    (["Yo", "u c", "an", " ask", " for"], " ask for"), (["You", " may"], "You may"),
    (["You c"], "You c"), (["You can"], ""), ([], ""), (["You canyon"], "yon"),
  ])
  func `what the server repeats of the beginning is not taken twice`(
    _ pieces: [String], _ expected: String
  ) {
    #expect(newText(pieces, given: "You can") == expected)
  }

  @Test func `characters may be cut anywhere`() {
    #expect(newText(["Caf", "é ", "noir"], given: "Café ") == "noir")
    #expect(newText(["Cafe\u{301}"], given: "Cafe") == "\u{301}")
  }

  @Test func `what a server repeats does not reach the answer, from the first to the last try`()
    throws
  {
    let requests = Mutex("")
    let server = try ScriptedServer { connection in
      let request = connection.readRequest()
      requests.withLock { $0 = request }
      connection.sendHead()
      connection.send(textChunk("You ") + textChunk("can ask."))
      connection.send(chunk("{}", finish: "stop") + done)
    }
    let outcome = ClientLoop().outcome(of: server, request: Self.request)
    #expect(outcome.text == " ask.")
    #expect(requests.withLock { $0.contains(#""continue_final_message":true"#) })
  }

  @Test func `a model that can't be given a beginning is refused in the server's words`() throws {
    let server = try ScriptedServer { connection in
      _ = connection.readRequest()
      connection.sendHead("400 Bad Request")
      connection.send(
        #"{"type":"error","error":{"type":"invalid_request_error","message":"#
          + #""This model does not support assistant message prefill."}}"#)
    }
    let outcome = ClientLoop().outcome(of: server, wire: .messages, request: Self.request)
    #expect(outcome.error?.contains("does not support assistant message prefill") == true)
  }

  @Test func `the built-in model that quotes goes on with what it has not said`() throws {
    let passages = [
      Passage(
        source: "a.md", bytes: 0..<5, lines: 1...1, text: "Wheels come back in thirty days.",
        score: 1),
      Passage(
        source: "b.md", bytes: 0..<5, lines: 1...1, text: "Wheels are round.", score: 1),
    ]
    var request = CompletionRequest(
      model: .extractive, messages: [Message(role: .user, text: "wheels")], question: "wheels",
      passages: passages)
    let loop = ClientLoop()
    loop.client.start(id: 1, request: request, provider: nil)
    loop.runUntilIdle()
    let whole = try #require(loop.answers[1]?.text)
    let first = try #require(whole.split(separator: "\n").first)
    request = request.continuing(String(first))
    loop.client.start(id: 2, request: request, provider: nil)
    loop.runUntilIdle()
    #expect(String(first) + (loop.answers[2]?.text ?? "") == whole)
  }
}
