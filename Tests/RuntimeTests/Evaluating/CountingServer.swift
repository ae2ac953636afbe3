import Core
import Foundation
import LoopbackServer
import Synchronization

/// A model server that counts how often it was asked each question, and answers as a script says.
final class CountingServer: Sendable {
  /// What becomes of a request, by the last question in it and how often that was asked before.
  typealias Behaviour = @Sendable (_ question: String, _ askedBefore: Int) -> Reply

  enum Reply {
    case answer(String)
    case status(String)
    /// Breaks off in the middle of the answer.
    case cut
    /// Waits until the latch opens, then answers.
    case answerAfter(Latch, String)
  }

  private struct Books {
    var counts: [String: Int] = [:]
    var inFlight = 0
    var mostInFlight = 0
  }

  private let books = Mutex(Books())
  private let server: Mutex<ScriptedServer?> = Mutex(nil)

  init(_ behaviour: @escaping Behaviour) throws {
    let server = try ScriptedServer { [self] connection in
      let request = connection.readRequest()
      let body = request.split(separator: "\r\n\r\n", maxSplits: 1).last.map(String.init) ?? ""
      let messages = (try? JSON(parsing: Array(body.utf8)))?["messages"]?.array ?? []
      let question = messages.last?["content"]?.string ?? ""
      let before = books.withLock { books in
        books.inFlight += 1
        books.mostInFlight = max(books.mostInFlight, books.inFlight)
        defer { books.counts[question, default: 0] += 1 }
        return books.counts[question] ?? 0
      }
      defer { books.withLock { $0.inFlight -= 1 } }
      switch behaviour(question, before) {
      case .answer(let text): Self.send(text, on: connection)
      case .answerAfter(let latch, let text):
        latch.wait()
        Self.send(text, on: connection)
      case .status(let status):
        connection.respond(#"{"error":{"message":"not now"}}"#, status: status)
      case .cut:
        connection.sendHead()
        connection.send(#"data: {"choices":[{"delta":{"content":"half an "}}]}"# + "\n\n")
        connection.reset()
      }
    }
    self.server.withLock { $0 = server }
  }

  private static func send(_ text: String, on connection: Connection) {
    let chunk: JSON = ["choices": [["delta": ["content": .string(text)]]]]
    connection.sendHead()
    connection.send("data: \(chunk.text)\n\n")
    connection.send(#"data: {"choices":[{"delta":{},"finish_reason":"stop"}]}"# + "\n\n")
    connection.send(
      #"data: {"choices":[],"usage":{"prompt_tokens":10,"completion_tokens":2}}"# + "\n\n")
    connection.send("data: [DONE]\n\n")
  }

  /// How often each question was asked.
  var counts: [String: Int] { books.withLock { $0.counts } }
  var requests: Int { counts.values.reduce(0, +) }
  var mostInFlight: Int { books.withLock { $0.mostInFlight } }

  /// As `test` in a configuration.
  func provider(attempts: Int = 1) -> Provider {
    var provider = Provider(name: "test", baseURL: server.withLock { $0?.baseURL } ?? "")
    provider.attemptLimit = attempts
    return provider
  }
}
