import Core
import Foundation
import LoopbackServer
import RandomSource
import Synchronization

// A server that bills: it decides what each request costs, within what it was asked for, and tells
// it, or breaks off and doesn't.

/// Answers completions as it likes, and remembers what it billed.
final class BillingServer: Sendable {
  static let price = Price(
    input: Money(dollarsPerMillion: 100), cachedInput: Money(dollarsPerMillion: 10),
    output: Money(dollarsPerMillion: 500))

  /// What becomes of a request.
  enum Behaviour: CaseIterable {
    /// Answered, and the tokens counted.
    case counts
    /// Answered, and nobody says what it was.
    case countsNothing
    /// Breaks off in the middle, with a count that is too low.
    case breaksOff
    /// The connection breaks before any answer.
    case hangsUp
    /// Refused with an error, for which nothing is billed.
    case refuses
  }

  private struct Books {
    var random: SeededRandom
    var billed = Money.zero
    var requests = 0
  }

  private let books: Mutex<Books>
  private let server: Mutex<ScriptedServer?> = Mutex(nil)

  init(seed: UInt64, behaviours: [Behaviour] = Behaviour.allCases) throws {
    books = Mutex(Books(random: SeededRandom(seed: seed)))
    let server = try ScriptedServer { [self] connection in
      answer(connection.readRequest(), on: connection, behaviours)
    }
    self.server.withLock { $0 = server }
  }

  /// The sum of all bills.
  var billed: Money { books.withLock { $0.billed } }
  var requests: Int { books.withLock { $0.requests } }

  func provider(_ name: String) -> Provider {
    let address = server.withLock { $0?.baseURL } ?? ""
    var provider = Provider(name: name, baseURL: address)
    provider.attemptLimit = 1
    return provider
  }

  private func answer(_ request: String, on connection: Connection, _ behaviours: [Behaviour]) {
    let body = request.split(separator: "\r\n\r\n", maxSplits: 1).last.map(String.init) ?? ""
    let limit = (try? JSON(parsing: Array(body.utf8)))?["max_tokens"]?.integer ?? 0
    let (behaviour, usage) = books.withLock { books in
      let behaviour = behaviours.randomElement(using: &books.random) ?? .counts
      // As much as can be, more often than chance would have it.
      let takesAll = Bool.random(using: &books.random)
      let input =
        takesAll ? body.utf8.count : Int.random(in: 0...body.utf8.count, using: &books.random)
      let output = takesAll ? limit : Int.random(in: 0...limit, using: &books.random)
      let usage = Usage(
        inputTokens: input, outputTokens: output,
        cachedInputTokens: takesAll ? 0 : Int.random(in: 0...input, using: &books.random))
      books.requests += 1
      if behaviour != .refuses { books.billed += Self.price.cost(of: usage) }
      return (behaviour, usage)
    }
    let text = #"data: {"choices":[{"delta":{"content":"word "}}]}"# + "\n\n"
    switch behaviour {
    case .counts, .countsNothing:
      connection.sendHead()
      connection.send(text)
      connection.send(#"data: {"choices":[{"delta":{},"finish_reason":"stop"}]}"# + "\n\n")
      if behaviour == .counts { connection.send("data: \(Self.count(usage))\n\n") }
      connection.send("data: [DONE]\n\n")
    case .breaksOff:
      connection.sendHead()
      connection.send("data: \(Self.count(Usage(inputTokens: 1, outputTokens: 1)))\n\n" + text)
      connection.reset()
    case .hangsUp: connection.reset()
    case .refuses: connection.respond(#"{"error":{"message":"no"}}"#, status: "403 Forbidden")
    }
  }

  private static func count(_ usage: Usage) -> String {
    let json: JSON = [
      "choices": [],
      "usage": [
        "prompt_tokens": .integer(usage.inputTokens),
        "completion_tokens": .integer(usage.outputTokens),
        "prompt_tokens_details": ["cached_tokens": .integer(usage.cachedInputTokens)],
      ],
    ]
    return json.text
  }
}
