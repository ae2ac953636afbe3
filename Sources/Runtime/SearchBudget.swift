import Core
import Synchronization

// What the models that a search asks may cost in all: counted before each request, so that the one
// that could cross the limit is not sent.

/// A limit of dollars for embedding, reranking and rewriting.
public final class SearchBudget: Sendable {
  private let ledger: Mutex<BudgetLedger>

  public init(_ limit: Money) { ledger = Mutex(BudgetLedger(limit: limit)) }

  /// By the catalog's prices and our own count of tokens.
  public var spent: Money { ledger.withLock { $0.spent } }

  /// Counts requests that are about to be sent.
  ///
  /// What they may cost at most, a token a byte, must be left; what is counted is our estimate of
  /// their tokens. Throws `SearchBudgetError`, and then nothing may be sent.
  ///
  /// - Parameters:
  ///   - texts: all that is sent.
  ///   - answerTokens: of all answers together, at most.
  func spend(
    on texts: [String], answerTokens: Int = 0, by model: ModelReference, _ catalog: ModelCatalog
  ) throws(SearchBudgetError) {
    let price = catalog.profile(of: model).price
    guard let price = price ?? (catalog.isBilled(model) ? nil : .free) else {
      throw .unknownPrice(model)
    }
    let bytes = texts.reduce(0) { $0 + $1.utf8.count }
    let tokens = texts.reduce(0) { $0 + TokenEstimate.tokens(in: $1) }
    let bound = price.largestCost(inputTokens: bytes, outputTokens: answerTokens)
    let bill = price.largestCost(inputTokens: tokens, outputTokens: answerTokens)
    let isWithin = ledger.withLock { ledger in
      guard ledger.reserve(bound, for: 0) else { return false }
      ledger.settle(0, bill: bill)
      return true
    }
    guard isWithin else { throw .exceeded(model) }
  }
}

/// Why a model was not asked.
public enum SearchBudgetError: Error, Hashable, CustomStringConvertible {
  case unknownPrice(ModelReference)
  case exceeded(ModelReference)

  /// Whether there was enough for what came before.
  public var isEndOfBudget: Bool { if case .exceeded = self { true } else { false } }

  public var description: String {
    switch self {
    case .unknownPrice(let model):
      "\(BudgetRefusal.unbounded(model, .unknownPrice))"
    case .exceeded(let model):
      "the next request to \(model) could cross the limit of dollars"
    }
  }
}
