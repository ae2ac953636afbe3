import RandomSource
import Testing

@testable import Core

@Suite struct BudgetLedgerTests {
  private func dollars(_ amount: Double) -> Money { Money(dollars: amount) }

  @Test func whatCouldCrossTheLimitIsRefused() {
    var ledger = BudgetLedger(limit: dollars(1), spent: dollars(0.25))
    let reserved = [0.5, 0.26, 0.25].enumerated().map { run, amount in
      ledger.reserve(dollars(amount), for: run + 1)
    }
    #expect(reserved == [true, false, true])
    #expect(ledger.left == .zero)
    ledger.settle(1, bill: dollars(0.125))
    #expect(ledger.left == dollars(0.375))
    ledger.settle(3, bill: nil)
    #expect(ledger.spent == dollars(0.625))
  }

  @Test func whatCostsNothingIsNeverRefused() {
    var ledger = BudgetLedger(limit: .zero, spent: dollars(1))
    #expect(ledger.left == .zero)
    let reserved = [0, 1].map { ledger.reserve(Money(picodollars: $0), for: $0) }
    #expect(reserved == [true, false])
  }

  @Test func aRunIsSettledOnce() {
    var ledger = BudgetLedger(limit: nil)
    let isReserved = ledger.reserve(dollars(9e6), for: 1)
    #expect(isReserved)
    ledger.settle(1, bill: dollars(2))
    ledger.settle(1, bill: dollars(2))
    ledger.settle(7, bill: nil)
    #expect(ledger.spent == dollars(2))
    #expect(ledger.left == nil)
  }

  /// A run as its server sees it: what it really bills, which the ledger may never learn.
  private struct Scripted {
    var bound: Money
    var tries: Int
  }

  @Test(
    "the bills of runs at once never cross the limit, whatever becomes of them",
    arguments: 1...40)
  func property(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    func amount(upTo most: Money) -> Money {
      Money(picodollars: Int.random(in: 0...max(0, most.picodollars), using: &random))
    }
    let limit = amount(upTo: dollars(2))
    var ledger = BudgetLedger(limit: limit)
    var billed = Money.zero
    var refused = 0
    var open: [Int: Scripted] = [:]
    for number in 0..<5_000 {
      if Bool.random(using: &random) || open.isEmpty {
        let bound = amount(upTo: dollars([0.001, 0.01, 0.1].randomElement(using: &random) ?? 1))
        if ledger.reserve(bound, for: number) {
          open[number] = Scripted(bound: bound, tries: 0)
        } else {
          refused += 1
        }
      } else if let run = open.keys.sorted().randomElement(using: &random), let script = open[run] {
        // A bill is up to the bound, and more often all of it than chance would have it.
        let bill = Bool.random(using: &random) ? script.bound : amount(upTo: script.bound)
        switch Int.random(in: 0..<5, using: &random) {
        case 0, 1:
          billed += bill
          ledger.settle(run, bill: bill)
          open[run] = nil
        case 2:
          // Cancelled or broken off: the server bills all the same, and doesn't say.
          billed += bill
          ledger.settle(run, bill: nil)
          open[run] = nil
        case 3:
          // Refused by the server, with no bill.
          ledger.settle(run, bill: .zero)
          open[run] = nil
        default:
          // A try that failed, with or without a bill; the next is reserved like a run.
          if Bool.random(using: &random) {
            ledger.settle(run, bill: .zero)
          } else {
            billed += bill
            ledger.settle(run, bill: nil)
          }
          if ledger.reserve(script.bound, for: run) {
            open[run]?.tries += 1
          } else {
            open[run] = nil
          }
        }
      }
      #expect(billed <= limit)
    }
    #expect(refused > 0)
    #expect(ledger.spent >= billed)
  }

  @Test func aRefusalSaysWhatToDo() throws {
    let model = try #require(ModelReference("openai/gpt-x"))
    #expect(
      BudgetRefusal.exceeded(model, bound: dollars(0.05), left: dollars(0.02), .session).description
        == "openai/gpt-x was not asked: it may cost up to $0.05, and $0.02 of this session's budget "
        + "is left. Lower 'maxOutputTokens', shorten the prompt, or raise the budget.")
    for cause in [UnboundedCost.unknownPrice, .unknownLength] {
      #expect("\(BudgetRefusal.unbounded(model, cause))".contains("'model_settings'"))
    }
  }
}
