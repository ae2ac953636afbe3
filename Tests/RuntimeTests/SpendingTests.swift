import Completion
import Core
import Testing

@testable import Runtime

@Suite("Spending")
struct SpendingTests {
  private static let price = Price(
    input: Money(dollarsPerMillion: 1), output: Money(dollarsPerMillion: 10))

  private let model = ModelReference(provider: "paid", model: "model")
  private let sent = SentRequest(wire: .chatCompletions, url: "http://127.0.0.1/v1", body: "{}")

  /// Admits a run and tells what it may cost.
  private func admit(_ run: Int, to spending: inout Spending) throws -> Money {
    var request = CompletionRequest(
      model: model, messages: [Message(role: .user, text: "Hi")])
    request.parameters.maxTokens = 100
    let bound = try spending.admit(
      run, request: request, to: Provider(name: "paid", baseURL: "http://127.0.0.1:9/v1"),
      profile: ModelProfile(price: Self.price))
    return try #require(bound)
  }

  /// The budget for so many tries of that run.
  private func budget(ofTries count: Int) throws -> Spending {
    var unlimited = Spending(limits: BudgetLimits())
    let bound = try admit(1, to: &unlimited)
    return Spending(limits: BudgetLimits(command: bound * count))
  }

  @Test("A try that failed with an error of the server's is not spent")
  func unbilledTries() throws {
    var spending = try budget(ofTries: 1)
    _ = try admit(1, to: &spending)
    for _ in 0..<5 {
      spending.follow(1, wire: .request(sent), events: [])
      spending.follow(1, wire: .head(status: 429, contentType: ""), events: [])
      let spent = try spending.retry(1)
      #expect(spent == .zero)
    }
    spending.follow(1, wire: .request(sent), events: [])
    spending.follow(
      1, wire: .head(status: 200, contentType: ""),
      events: [.usage(Usage(inputTokens: 5, outputTokens: 2)), .finish(.stop)])
    let charge = spending.close(1)
    #expect(charge == Money(dollarsPerMillion: 25))
  }

  @Test("A try whose bill nobody knows is spent, and the next must fit beside it")
  func unknownTries() throws {
    var spending = try budget(ofTries: 2)
    let bound = try admit(1, to: &spending)
    spending.follow(1, wire: .request(sent), events: [])
    let spent = try spending.retry(1)
    #expect(spent == bound)
    spending.follow(1, wire: .request(sent), events: [])
    spending.follow(1, wire: .head(status: 200, contentType: ""), events: [])
    #expect(throws: BudgetRefusal.exceeded(model, bound: bound, left: .zero, .command)) {
      try spending.retry(1)
    }
    let charge = spending.close(1)
    #expect(charge == bound * 2)
    #expect(throws: BudgetRefusal.self) { try admit(2, to: &spending) }
  }

  @Test("A count that comes before the end is no bill")
  func partialCounts() throws {
    var spending = try budget(ofTries: 1)
    let bound = try admit(1, to: &spending)
    spending.follow(1, wire: .request(sent), events: [])
    spending.follow(
      1, wire: .head(status: 200, contentType: ""),
      events: [.usage(Usage(inputTokens: 5, outputTokens: 1)), .finish(.cancelled)])
    let charge = spending.close(1)
    #expect(charge == bound)
  }

  @Test("A run that is withdrawn leaves room for another")
  func withdrawn() throws {
    var spending = try budget(ofTries: 1)
    _ = try admit(1, to: &spending)
    spending.withdraw(1)
    _ = try admit(2, to: &spending)
    #expect(spending.close(1) == nil)
  }
}
