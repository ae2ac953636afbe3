// What the tests of the store and of session files share: a temporary folder, and runs that hold
// something of everything.

import Core
import Foundation
import Testing

@testable import Sessions

/// A folder that goes when the test does.
final class TemporaryFolder {
  let path: String

  init() throws {
    let url = FileManager.default.temporaryDirectory.appending(path: "whet-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    path = url.path
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func file(_ name: String) -> String { path + "/" + name }

  @discardableResult
  func write(_ text: String, to name: String) throws -> String {
    try Data(text.utf8).write(to: URL(filePath: file(name)))
    return file(name)
  }

  var contents: [String] {
    get throws { try FileManager.default.contentsOfDirectory(atPath: path).sorted() }
  }
}

func text(ofFile path: String) throws -> String {
  try String(contentsOfFile: path, encoding: .utf8)
}

extension Run {
  static func sample(
    _ id: Identifier, session: Identifier, parent: Identifier? = nil, startedAt: Double = 1000.25
  ) -> Run {
    Run(
      id: id, session: session, parent: parent, startedAt: startedAt, column: 2,
      promptText: "Say {{what}}\n\u{1B}[31m \"quoted\" 日本語 \u{0}", promptPath: "greet.prompt",
      inputs: ["what": "hello", "empty": ""],
      request: CompletionRequest(
        model: ModelReference(provider: "ollama", model: "llama3.2:3b"),
        messages: [Message(role: .system, text: "Be brief."), Message(role: .user, text: "hello")],
        parameters: Parameters(temperature: 0.1, topP: 1, maxTokens: 64, stop: ["\n\n"], seed: -7),
        question: "hello?",
        passages: [
          Passage(
            source: "docs/returns.md", headings: ["Returns", "Refunds"], bytes: 10..<37,
            lines: 3...4, text: "A refund takes thirty days.", score: 0.1 + 0.2,
            standings: [
              .bm25: Standing(rank: 1, score: 2.5), .fused: Standing(rank: 2, score: 0.5),
            ], matches: [2..<8], tokens: 7)
        ]))
  }
}

extension TimedWireEvent {
  /// A stream with a character that is split between two bodies, and bytes that are no UTF-8.
  static let sampleStream = [
    TimedWireEvent(time: 12.5, event: .head(status: 200, contentType: "text/event-stream")),
    TimedWireEvent(time: 20, event: .body(Array("data: {\"a\":\"caf".utf8) + [0xC3])),
    TimedWireEvent(time: 20.001, event: .body([0xA9])),
    TimedWireEvent(time: 21, event: .body([])),
    TimedWireEvent(time: 22, event: .body([0, 0xFF, 0x0A])),
    TimedWireEvent(time: 1e6 / 3, event: .end(.complete)),
  ]
}

extension Answer {
  static func sample(_ text: String = "\n\nHello there.\nBye.") -> Answer {
    var answer = Answer(estimatedInputTokens: 12)
    answer.apply(.thinking("Well…"), at: 20)
    answer.apply(.text(text), at: 21.5)
    answer.apply(
      .toolCall(ToolCallFragment(index: 0, id: "1", name: "look", arguments: "{}")), at: 22)
    answer.apply(.finish(.stop), at: 30)
    return answer
  }

  static var counted: Answer {
    var answer = sample("counted")
    answer.apply(.usage(Usage(inputTokens: 900, outputTokens: 44)), at: 31)
    return answer
  }

  static var failed: Answer {
    var answer = Answer()
    answer.apply(.failure("the server is busy"), at: 5)
    return answer
  }
}

extension SessionStore {
  /// Records a run that has ended.
  func record(_ recorded: RecordedRun) throws {
    try begin(recorded.run)
    try append(recorded.events, to: recorded.run.id)
    try finish(recorded.run.id, answer: recorded.answer)
  }

  /// A session with three runs, the last made from the first.
  func makeSampleSession() throws -> (session: Session, runs: [RecordedRun]) {
    let session = try createSession(name: "refund policy")
    let runs = [
      RecordedRun(
        run: .sample("A1", session: session.id), events: TimedWireEvent.sampleStream,
        answer: .sample()),
      RecordedRun(
        run: .sample("A2", session: session.id, startedAt: 2000), events: [], answer: .failed),
      RecordedRun(
        run: .sample("A3", session: session.id, parent: "A1", startedAt: 2000),
        events: [TimedWireEvent(time: 1, event: .end(.failed("refused")))], answer: .counted),
    ]
    for run in runs { try record(run) }
    return (session, runs)
  }
}

/// The error that a piece of work throws.
func sessionError<Value>(_ work: () throws -> Value) -> SessionError? {
  do {
    _ = try work()
    return nil
  } catch {
    return error as? SessionError
  }
}
