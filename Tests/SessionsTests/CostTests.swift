import Core
import Foundation
import GRDB
import RandomSource
import Testing

@testable import Sessions

/// What runs cost, in the store.
@Suite struct CostTests {
  private let folder: TemporaryFolder
  private let store: SessionStore
  private let session: Session

  init() throws {
    folder = try TemporaryFolder()
    store = try SessionStore(path: folder.file("sessions.sqlite"))
    session = try store.createSession(name: "s")
  }

  private static let price = Price(
    input: Money(dollarsPerMillion: 1), output: Money(dollarsPerMillion: 10))

  private func begin(_ id: Identifier, price: Price? = price) throws {
    var run = Run.sample(id, session: session.id)
    run.price = price
    try store.begin(run)
  }

  private func answer(
    _ input: Int, _ output: Int, _ reason: FinishReason = .stop
  ) -> Answer {
    var answer = Answer()
    answer.apply(.text("Hi"), at: 1)
    answer.apply(.usage(Usage(inputTokens: input, outputTokens: output)), at: 2)
    answer.end(reason, at: 3)
    return answer
  }

  @Test func aSessionCostsWhatItsRunsDo() throws {
    try begin("A")
    try begin("B")
    #expect(try store.cost(of: session.id) == .zero)
    try store.finish("A", answer: answer(100, 10))
    try store.finish("B", answer: answer(300, 0))
    let cost = Cost(Money(dollarsPerMillion: 500))
    #expect(try store.cost(of: session.id) == cost)
    #expect(try store.sessions().map(\.cost) == [cost])
    #expect(try store.findRun("A").cost == Cost(Money(dollarsPerMillion: 200)))
    #expect(try store.loadRun("A").run.price == Self.price)
  }

  @Test func whatIsNotKnownOrEstimatedIsSaid() throws {
    try begin("A", price: nil)
    try begin("B")
    try store.finish("A", answer: answer(100, 10))
    try store.finish("B", answer: answer(100, 10, .cancelled))
    #expect(try store.findRun("A").cost.isUnknown)
    #expect(
      try store.cost(of: session.id)
        == Cost(Money(dollarsPerMillion: 200), isEstimated: true, isPartial: true))
  }

  @Test func theLargestCostsCanBeAddedUp() throws {
    let dear = Price(input: Money(dollarsPerMillion: 1_000_000), output: .zero)
    for id in ["A", "B", "C"] {
      var run = Run.sample(id, session: session.id)
      run.price = dear
      try store.begin(run)
      #expect(try store.reserve(Money(picodollars: .max), for: id, limit: nil) == nil)
      try store.finish(id, answer: answer(1 << 40, 0))
    }
    #expect(try store.cost(of: session.id).amount == Money(picodollars: .max))
    try begin("D")
    #expect(try store.reserve(Money(picodollars: 1), for: "D", limit: .init(dollars: 1)) == .zero)
  }

  // MARK: Budgets

  @Test func whatCouldCrossTheLimitIsNotReserved() throws {
    let limit = Money(dollars: 1)
    try begin("A")
    try begin("B")
    #expect(try store.reserve(Money(dollars: 0.75), for: "A", limit: limit) == nil)
    #expect(try store.reserve(Money(dollars: 0.5), for: "B", limit: limit) == Money(dollars: 0.25))
    try store.finish("A", answer: answer(100, 0), charge: Money(dollars: 0.5))
    #expect(try store.reserve(Money(dollars: 0.5), for: "B", limit: limit) == nil)
    // Another try of the same run.
    #expect(try store.reserve(Money(dollars: 0.1), for: "B", limit: limit) == .zero)
    #expect(try store.reserve(.zero, for: "B", limit: limit) == nil)
  }

  @Test func otherSessionsHaveTheirOwnLimit() throws {
    let other = try store.createSession(name: "other")
    try begin("A")
    try store.begin(Run.sample("B", session: other.id))
    for id in ["A", "B"] {
      #expect(try store.reserve(Money(dollars: 1), for: id, limit: Money(dollars: 1)) == nil)
    }
  }

  @Test func aRunThatWasKilledCountsAsAllThatItCouldCost() throws {
    try begin("A")
    #expect(try store.reserve(Money(dollars: 0.75), for: "A", limit: nil) == nil)
    try store.markInterrupted("A", answer: Answer())
    try store.finish("A", answer: answer(5, 5, .interrupted))
    try begin("B")
    #expect(
      try store.reserve(Money(dollars: 0.5), for: "B", limit: Money(dollars: 1))
        == Money(dollars: 0.25))
  }

  @Test func aRunOfNoBudgetCountsWithItsCostAfterwards() throws {
    try begin("A")
    try store.finish("A", answer: answer(1_000_000, 0))
    try begin("B")
    #expect(
      try store.reserve(Money(dollars: 1), for: "B", limit: Money(dollars: 1.5))
        == Money(dollars: 0.5))
  }

  @Test("Stores that work in one session at once stay within its limit together")
  func manyStores() async throws {
    let limit = Money(dollars: 1)
    let path = store.path
    let session = session.id
    let reserved = try await withThrowingTaskGroup(of: Money.self) { group in
      for writer in 0..<4 {
        group.addTask {
          let store = try SessionStore(path: path)
          var random = SeededRandom(seed: UInt64(writer))
          var total = Money.zero
          for number in 0..<50 {
            let id = "W\(writer)N\(number)"
            try store.begin(Run.sample(id, session: session))
            let bound = Money(dollars: Double.random(in: 0.001...0.05, using: &random))
            guard try store.reserve(bound, for: id, limit: limit) == nil else { continue }
            let bill = Bool.random(using: &random) ? bound : Money(picodollars: 1)
            try store.finish(id, answer: Answer(), charge: bill)
            total += bill
          }
          return total
        }
      }
      return try await group.reduce(Money.zero, +)
    }
    #expect(reserved <= limit)
    #expect(reserved > Money(dollars: 0.9))
  }

  // MARK: Files and older stores

  @Test func aPriceGoesWithTheRunIntoAFile() throws {
    try begin("A")
    try store.finish("A", answer: answer(100, 10))
    try store.exportSession(session.id, to: folder.file("out.jsonl"))
    let other = try SessionStore(path: folder.file("other.sqlite"))
    #expect(try other.importSession(from: folder.file("out.jsonl")).added == 1)
    #expect(try other.cost(of: session.id) == Cost(Money(dollarsPerMillion: 200)))
    let loaded = try store.loadRun("A")
    #expect(try other.loadRun("A") == loaded)
  }

  @Test func aStoreFromBeforeThereWereCostsKeepsWhatItHas() throws {
    let path = folder.file("old.sqlite")
    let queue = try DatabaseQueue(path: path)
    try StoreSchema.migrator.migrate(queue, upTo: "sessions and runs")
    let answer = JSON.object(answer(5, 5).json).text
    try queue.write { db in
      try db.execute(sql: "PRAGMA application_id = 0x77686574")
      try db.execute(sql: "INSERT INTO session VALUES ('S', 'old', 1000)")
      for (number, model) in [(1, "builtin/echo"), (2, "openai/gpt-x")] {
        var run = Run.sample("R\(number)", session: "S")
        run.request.model = ModelReference(model) ?? .echo
        try db.execute(
          sql: """
            INSERT INTO run (number, id, session, batch, started_at, "column", model,
              finish_reason, input_tokens, output_tokens, tokens_are_estimated)
            VALUES (?, ?, 'S', 'B', 1000, 0, ?, 'stop', 5, 5, 0)
            """,
          arguments: [number, run.id, model])
        try db.execute(
          sql: "INSERT INTO record VALUES (?, ?, ?)", arguments: [number, run.json.text, answer])
      }
    }
    try queue.close()
    let store = try SessionStore(path: path)
    #expect(try store.runs(of: "S").map(\.cost) == [.zero, .unknown])
    #expect(try store.loadRun("R2").run.price == nil)
    #expect(try store.loadRun("R2").answer.usage.inputTokens == 5)
    #expect(try store.cost(of: "S") == .unknown)
    try store.begin(Run.sample("R3", session: "S"))
    #expect(try store.reserve(Money(dollars: 1), for: "R3", limit: Money(dollars: 1)) == nil)
  }

  // MARK: Token ratios

  @Test func whatWasLearnedOfAModelIsKept() throws {
    let model = ModelReference(provider: "openai", model: "gpt/x")
    #expect(try store.tokenRatios().isEmpty)
    var ratio = TokenRatio()
    for count in [110, 120] {
      _ = ratio.learn(estimated: 100, counted: count)
      try store.keep(ratio, of: model)
    }
    #expect(try SessionStore(path: store.path).tokenRatios() == [model: ratio])
  }
}
