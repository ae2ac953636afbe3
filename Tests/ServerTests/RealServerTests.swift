// The client against servers that nobody here wrote. They are asked for by environment variable:
// WHET_TEST_SERVERS holds the port of an OpenAI-compatible server with a model that writes text; the
// next port has one that calls a tool, and the one after that one that thinks.

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

    var provider: Provider {
      Provider(name: "real", baseURL: "http://127.0.0.1:\((basePort ?? 0) + rawValue)/v1")
    }
  }

  /// What the client brings of requests that all run at once.
  private struct Recording {
    var answers: [Int: Answer] = [:]
    var wire: [Int: [TimedWireEvent]] = [:]
    var models: [Int: Result<[String], CompletionError>] = [:]
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
    for id in 0..<8 { client.cancel(id) }
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

  @Test func `models are listed, and a path that is none is a sentence`() throws {
    let client = CompletionClient()
    client.listModels(of: Server.think.provider, id: 0)
    var wrong = Server.text.provider
    wrong.baseURL += "/nowhere"
    client.listModels(of: wrong, id: 1)
    let recording = try run(client)
    #expect(recording.models[0] == .success(["think"]))
    guard case .failure(let error) = recording.models[1] else {
      Issue.record("a list came of a wrong path")
      return
    }
    #expect("\(error)".hasPrefix("HTTP 404"))
  }
}
