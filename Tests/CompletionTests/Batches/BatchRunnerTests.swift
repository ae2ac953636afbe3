import Core
import Foundation
import Testing

@testable import Completion

@Suite struct BatchRunnerTests {
  private struct Killed: Error {}
  private static let key = "secret-key-of-the-tests"

  private var credentials: Credentials {
    var credentials = Credentials()
    credentials[.environment("KEY")] = Self.key
    return credentials
  }

  private func runner(_ server: BatchServer) -> BatchRunner {
    var runner = BatchRunner(server.provider, credentials: credentials)
    runner.pace = 0
    return runner
  }

  private func file(_ text: String = "{}\n") throws -> String {
    let url = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).jsonl")
    try Data(text.utf8).write(to: url)
    return url.path
  }

  private func journey() throws -> BatchJourney { try #require(BatchJourney(name: "whet-1")) }

  private func run(
    _ server: BatchServer, store: (BatchJourney) throws -> Void = { _ in }
  ) throws -> BatchJourney {
    let path = try file()
    defer { try? FileManager.default.removeItem(atPath: path) }
    return try runner(server).run(
      journey(), path: path, store: store, onProgress: { _ in }, isInterrupted: { false })
  }

  private func line(_ id: String, _ text: String, status: Int = 200) -> String {
    #"{"custom_id":"\#(id)","response":{"status_code":\#(status),"body":{"choices":[{"index":0,"#
      + #""message":{"content":"\#(text)","reasoning_content":"hm"},"finish_reason":"stop"}],"#
      + #""usage":{"prompt_tokens":7,"completion_tokens":3,"prompt_tokens_details":"#
      + #"{"cached_tokens":2}}}},"error":null}"# + "\n"
  }

  @Test(arguments: [
    ["POST /v1/files": [BatchServer.Fault.cut]],
    ["POST /v1/files": [.lostAnswer]],
    ["POST /v1/files": [.status("429 Too Many Requests", header: "Retry-After: 1")]],
    ["POST /v1/files": [.status("500 Internal Server Error"), .lostAnswer]],
    ["POST /v1/batches": [.lostAnswer]],
    ["POST /v1/files": [.garbage], "POST /v1/batches": [.garbage]],
    ["POST /v1/files": [.silence], "POST /v1/batches": [.silence]],
    ["POST /v1/batches": [.cut, .status("503 Service Unavailable"), .lostAnswer]],
    ["GET /v1/batches/batch-1": [.status("500 Internal Server Error")]],
  ])
  func `whatever fails, one file and one batch are made`(
    faults: [String: [BatchServer.Fault]]
  ) throws {
    let server = try BatchServer(.init(faults: faults))
    let journey = try run(server)
    guard case .ended(let state) = journey.stage else {
      Issue.record("\(journey.stage)")
      return
    }
    #expect(state.status == "completed")
    #expect(server.seen.files == ["whet-1.jsonl"])
    #expect(server.seen.batches == ["whet-1"])
  }

  @Test func `a program killed at any step goes on and sends nothing twice`() throws {
    for step in 1...6 {
      let server = try BatchServer(.init(states: ["validating", "in_progress", "completed"]))
      var stored = ""
      var steps = 0
      _ = try? run(server) {
        stored = $0.json.text
        steps += 1
        if steps == step { throw Killed() }
      }
      #expect(!stored.contains(Self.key))
      let resumed = try #require(BatchJourney(json: JSON(parsing: stored)))
      let path = try file()
      let ended = try runner(server).run(
        resumed, path: path, store: { _ in }, onProgress: { _ in }, isInterrupted: { false })
      guard case .ended = ended.stage else {
        Issue.record("step \(step): \(ended.stage)")
        continue
      }
      #expect(server.seen.files.count == 1, "step \(step)")
      #expect(server.seen.batches.count == 1, "step \(step)")
    }
  }

  @Test func `results come once each, whatever their order, and failures are no answers`() throws {
    let output =
      line("b", "two") + line("a", "one") + "not JSON\n" + line("b", "again")
      + #"{"custom_id":"c","response":{"status_code":400,"body":{"error":{"message":"bad"}}}}"#
    let errors = #"{"custom_id":"d","response":null,"error":{"message":"expired"}}"# + "\n"
    let server = try BatchServer(.init(states: ["expired"], output: output, errors: errors))
    let journey = try run(server)
    var results: [String: Result<Answer, CompletionError>] = [:]
    var order: [String] = []
    try runner(server).results(
      of: journey, isInterrupted: { false },
      each: {
        results[$0.customID] = $0.outcome
        order.append($0.customID)
      })
    #expect(order == ["b", "a", "c", "d"])
    let answer = try #require(try results["b"]?.get())
    #expect(answer.text == "two")
    #expect(answer.thinking == "hm")
    #expect(answer.usage.cachedInputTokens == 2)
    #expect(throws: CompletionError.self) { try results["c"]?.get() }
    #expect(throws: CompletionError.self) { try results["d"]?.get() }
  }

  @Test func `no key stands in an error, also where the server repeats it`() throws {
    let server = try BatchServer(
      .init(faults: ["POST /v1/files": [.status("400 Bad Request")]]))
    let error = #expect(throws: CompletionError.self) { try run(server) }
    #expect(error?.description.contains("no such key") == true)
    #expect(error?.description.contains(Self.key) == false)
    #expect(server.seen.files.isEmpty)
  }

  @Test func `a file goes up whole, and its progress is told to the end`() throws {
    let server = try BatchServer(.init())
    let path = try file(String(repeating: "{\"a\":1}\n", count: 200_000))
    defer { try? FileManager.default.removeItem(atPath: path) }
    var told: [Int] = []
    var all = 0
    let id = try FilesClient(server.provider, credentials: credentials).upload(
      path, fileName: "f.jsonl", purpose: "batch",
      onSent: {
        told.append($0)
        all = $1
      }, isCancelled: { false })
    #expect(id == "file-1")
    #expect(told.last == all)
    #expect(told == told.sorted())
    #expect(server.seen.uploadedBytes > all && all > 1_600_000)
  }

  @Test func `a server without batches is named with what to do`() throws {
    let server = try BatchServer(
      .init(faults: ["POST /v1/batches": [.status("404 Not Found")]]))
    let error = #expect(throws: CompletionError.self) { try run(server) }
    #expect(error?.description.contains("leave out --batch") == true)
  }

  @Test func `lines are what a stream would be asked without asking for one, and files are split`()
    throws
  {
    let provider = Provider(
      name: "test", baseURL: "http://127.0.0.1:1/v1", wire: .chatCompletions)
    var writer = try BatchWriter(to: provider, requestLimit: 2)
    let request = CompletionRequest(
      model: ModelReference(provider: "test", model: "m"),
      messages: [Message(role: .user, text: "Hi")], parameters: Parameters(maxTokens: 5))
    let lines = try (0..<5).map { try writer.line(for: request, customID: "\($0)") }
    #expect(lines.map(\.file) == [0, 0, 1, 1, 2])
    let json = try JSON(parsing: lines[0].bytes)
    var streamed = try #require(
      JSON(parsing: SentRequest(request, to: provider, profile: ModelProfile()).body).object)
    streamed["stream"] = nil
    streamed["stream_options"] = nil
    #expect(json["body"] == .object(streamed))
    #expect(json["url"] == "/v1/chat/completions")
  }
}
