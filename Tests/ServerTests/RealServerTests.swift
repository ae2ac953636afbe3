// The client against servers that nobody here wrote. They are asked for by environment variable:
// WHET_TEST_SERVERS holds the port of an OpenAI-compatible server with a model that writes text; the
// next port has one that calls a tool, the one after that one that thinks, and the fourth one that
// embeds.

import Completion
import Core
import Foundation
import Testing

private let basePort = ProcessInfo.processInfo.environment["WHET_TEST_SERVERS"].flatMap {
  UInt16($0)
}

@Suite(
  "Real servers",
  .enabled(if: basePort != nil, "WHET_TEST_SERVERS names no port: real servers are not tried"))
struct RealServerTests {
  private enum Server: UInt16 {
    case text, tool, think

    var provider: Provider { provider(speaking: .chatCompletions) }

    func provider(speaking wire: WireProtocol) -> Provider {
      Provider(
        name: "real", baseURL: "http://127.0.0.1:\((basePort ?? 0) + rawValue)/v1", wire: wire)
    }
  }

  /// What the client brings of requests that all run at once.
  private struct Recording {
    var answers: [Int: Answer] = [:]
    var wire: [Int: [TimedWireEvent]] = [:]
    var models: [Int: Result<[ListedModel], CompletionError>] = [:]
  }

  /// Runs until all is over, and gives up on what takes more than a minute.
  private func run(_ client: CompletionClient) throws -> Recording {
    var recording = Recording()
    let deadline = MonotonicClock.milliseconds + 60_000
    while !client.isIdle {
      try #require(MonotonicClock.milliseconds < deadline, "the servers took too long")
      client.wait(for: [], timeoutMilliseconds: 100)
      for update in client.advance() {
        switch update {
        case .stream(let id, let time, let wire, let events):
          recording.wire[id, default: []].append(TimedWireEvent(time: time, event: wire))
          for event in events { recording.answers[id, default: Answer()].apply(event, at: time) }
        case .models(let id, let result): recording.models[id] = result
        }
      }
    }
    return recording
  }

  private func request(_ text: String = "hi", maxTokens: Int) -> CompletionRequest {
    CompletionRequest(
      model: ModelReference(provider: "real", model: "any"),
      messages: [Message(role: .user, text: text)],
      parameters: Parameters(temperature: 0, maxTokens: maxTokens, seed: 1))
  }

  @Test func `text streams, is counted by the server, and ends at the limit`() throws {
    let client = CompletionClient()
    client.start(id: 0, request: request(maxTokens: 4), provider: Server.text.provider)
    let recording = try run(client)
    let answer = try #require(recording.answers[0])
    #expect(answer.finishReason == .length)
    #expect(answer.error == nil)
    #expect(!answer.text.isEmpty)
    #expect(answer.usage.outputTokens == 4)
    #expect(answer.usage.inputTokens > 0)
    #expect(!answer.usage.isEstimated)
  }

  @Test func `thinking comes apart from the text`() throws {
    let client = CompletionClient()
    client.start(id: 0, request: request(maxTokens: 30), provider: Server.think.provider)
    let answer = try #require(try run(client).answers[0])
    #expect(answer.thinking.hasPrefix("The user says hi."))
    #expect(answer.text.hasPrefix("Hello, world."))
    #expect(answer.timing.firstActivity ?? 0 <= answer.timing.firstText ?? 0)
  }

  @Test func `a tool call that was not offered is text`() throws {
    let client = CompletionClient()
    client.start(id: 0, request: request(maxTokens: 9), provider: Server.tool.provider)
    let answer = try #require(try run(client).answers[0])
    #expect(answer.text.contains("get_weather"))
    #expect(answer.isFinished)
  }

  @Test func `eight answers at once are each what they are alone`() throws {
    let client = CompletionClient()
    for id in 0..<8 {
      client.start(id: id, request: request(maxTokens: 30), provider: Server.think.provider)
    }
    let recording = try run(client)
    #expect(recording.answers.count == 8)
    for answer in recording.answers.values { #expect(answer.text.hasPrefix("Hello, world.")) }
  }

  @Test func `a replay comes to the same answer`() throws {
    let client = CompletionClient()
    client.start(id: 0, request: request(maxTokens: 40), provider: Server.text.provider)
    let live = try run(client)
    client.replay(
      id: 0, events: live.wire[0] ?? [], speed: .infinity)
    let replayed = try run(client)
    #expect(replayed.wire[0] == live.wire[0])
    #expect(replayed.answers[0] == live.answers[0])
  }

  @Test func `cancelled requests end at once, and the server answers the next one`() throws {
    let client = CompletionClient()
    for id in 0..<8 {
      client.start(id: id, request: request(maxTokens: 1000), provider: Server.text.provider)
    }
    _ = client.advance()
    for id in 0..<8 { client.stop(id) }
    _ = client.advance()
    #expect(client.isIdle)
    client.start(id: 8, request: request(maxTokens: 4), provider: Server.text.provider)
    #expect(try run(client).answers[8]?.finishReason == .length)
  }

  @Test func `a prompt beyond the window is refused with a sentence`() throws {
    let client = CompletionClient()
    let long = String(repeating: "word ", count: 100_000)
    client.start(id: 0, request: request(long, maxTokens: 4), provider: Server.text.provider)
    let answer = try #require(try run(client).answers[0])
    #expect(answer.finishReason == .error)
    #expect(answer.error?.hasPrefix("HTTP 400") == true)
  }

  @Test func `models are listed with their windows, and a path that is none is a sentence`() throws
  {
    let client = CompletionClient()
    client.listModels(of: Server.think.provider, id: 0)
    var wrong = Server.text.provider
    wrong.baseURL += "/nowhere"
    client.listModels(of: wrong, id: 1)
    let recording = try run(client)
    let profile = ModelProfile(contextWindow: 2048)
    #expect(recording.models[0] == .success([ListedModel(name: "think", profile: profile)]))
    guard case .failure(let error) = recording.models[1] else {
      Issue.record("a list came of a wrong path")
      return
    }
    #expect("\(error)".hasPrefix("HTTP 404"))
  }

  @Test func `texts are embedded by their meaning, and one that is too long is cut`() throws {
    let provider = Provider(name: "real", baseURL: "http://127.0.0.1:\((basePort ?? 0) + 3)/v1")
    let texts = [
      "A cat sleeps on the sofa.", "The kitten is taking a nap.", "Taxes are due in April.",
      String(repeating: "word ", count: 2000),
    ]
    let embedding = try EmbeddingClient(
      ModelReference(provider: "real", model: "minilm"), of: provider
    ).embedding(of: texts, isCancelled: { false })
    #expect(embedding.cutTexts == 1)
    #expect(Set(embedding.vectors.map(\.count)).count == 1)
    func likeness(_ one: Int, _ other: Int) -> Float {
      zip(embedding.vectors[one], embedding.vectors[other]).reduce(0) { $0 + $1.0 * $1.1 }
    }
    #expect(likeness(0, 1) > likeness(0, 2))
  }

  // MARK: Every protocol that the server speaks

  private static let protocols = [WireProtocol.chatCompletions, .responses, .messages]

  /// Asks one server in one protocol, and gives its answer.
  private func answer(
    _ request: CompletionRequest, from server: Server, speaking wire: WireProtocol
  ) throws -> Answer {
    let client = CompletionClient()
    client.start(id: 0, request: request, provider: server.provider(speaking: wire))
    let answer = try #require(try run(client).answers[0])
    #expect(answer.error == nil)
    return answer
  }

  @Test(arguments: protocols)
  func `every protocol brings text and the server's count`(wire: WireProtocol) throws {
    var request = request(maxTokens: 30)
    request.messages.insert(Message(role: .system, text: "Be brief."), at: 0)
    let answer = try answer(request, from: .text, speaking: wire)
    #expect(!answer.text.isEmpty)
    #expect(answer.finishReason == .stop)
    #expect(answer.usage.inputTokens > 0 && answer.usage.outputTokens > 0)
    #expect(!answer.usage.isEstimated)
  }

  @Test(arguments: protocols)
  func `every protocol brings a tool call`(wire: WireProtocol) throws {
    var request = request(maxTokens: 60)
    request.parameters.tools = [
      [
        "name": "get_weather", "description": "Tells the weather.",
        "parameters": [
          "type": "object",
          "properties": ["city": ["type": "string"], "days": ["type": "integer"]],
          "required": ["city", "days"], "additionalProperties": false,
        ],
      ]
    ]
    let answer = try answer(request, from: .tool, speaking: wire)
    #expect(answer.finishReason == .toolCalls)
    #expect(answer.toolCalls.map(\.name) == ["get_weather"])
    let arguments = try JSON(parsing: answer.toolCalls.first?.arguments ?? "")
    #expect(arguments == ["city": "Paris", "days": 3])
    #expect(answer.toolCalls.first?.id.isEmpty == false)
  }

  @Test(arguments: protocols)
  func `every protocol brings thinking apart from the text`(wire: WireProtocol) throws {
    let answer = try answer(request(maxTokens: 30), from: .think, speaking: wire)
    #expect(answer.thinking == "The user says hi.")
    #expect(answer.text == "Hello, world.")
  }

  /// In Responses and Messages this server has no words for a schema.
  @Test func `an answer that follows a schema is JSON of its form`() throws {
    var request = request(maxTokens: 200)
    request.parameters.responseSchema = [
      "type": "object", "properties": ["a": ["enum": ["x"]]], "required": ["a"],
      "additionalProperties": false,
    ]
    let answer = try answer(request, from: .text, speaking: .chatCompletions)
    #expect(try JSON(parsing: answer.text) == ["a": "x"])
  }

  @Test func `probabilities, progress and the server's rate come with chat completions`() throws {
    var request = request(maxTokens: 4)
    request.parameters.topLogprobs = 2
    let answer = try answer(request, from: .text, speaking: .chatCompletions)
    #expect(answer.logprobs.map(\.token).joined() == answer.text)
    #expect(answer.logprobs.allSatisfy { $0.logprob <= 0 && $0.top.count == 2 })
    #expect(!answer.isRateEstimated)
  }

  @Test func `the limit ends a message with its own word`() throws {
    let answer = try answer(request(maxTokens: 3), from: .text, speaking: .messages)
    #expect(answer.finishReason == .length)
    #expect(answer.usage.outputTokens == 3)
  }
}
