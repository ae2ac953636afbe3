import Completion
import Core

// Follows the money of the runs under way: what each may cost is counted before it is sent, and its
// bill is read off its stream. It sends nothing and stores nothing.

/// What the runs of one command may cost, and did.
struct Spending {
  private var ledger: BudgetLedger
  private let keepsSessionBudget: Bool
  private var open: [Int: OpenRun] = [:]

  /// A run under way.
  private struct OpenRun {
    let model: ModelReference
    var price: Price?
    /// The most that one try can cost; nil when that can't be told, and no budget asks for it.
    var bound: Money?
    /// Of the tries that failed.
    var spent = Money.zero
    var bill = Bill()
  }

  /// - Parameter limits: the session's is kept by the store, where its other runs are.
  init(limits: BudgetLimits) {
    ledger = BudgetLedger(limit: limits.command)
    keepsSessionBudget = limits.session != nil
  }

  /// Reserves what a run may cost before it is sent, and tells how much that is; nil when nobody
  /// can tell, and no budget asks.
  mutating func admit(
    _ run: Int, request: CompletionRequest, to provider: Provider?, profile: ModelProfile
  ) throws(BudgetRefusal) -> Money? {
    var opened = OpenRun(model: request.model, price: profile.price)
    do throws(UnboundedCost) {
      // What has no address is not sent.
      let sent = provider.flatMap { try? SentRequest(request, to: $0, profile: profile) }
      opened.bound =
        try sent.map { sent throws(UnboundedCost) in
          try profile.largestCost(of: sent)
        } ?? .zero
    } catch {
      if ledger.limit != nil || keepsSessionBudget { throw .unbounded(request.model, error) }
    }
    if let bound = opened.bound, !ledger.reserve(bound, for: run) {
      throw .exceeded(request.model, bound: bound, left: ledger.left ?? .zero, .command)
    }
    open[run] = opened
    return opened.bound
  }

  /// Gives back what was reserved for a run that is not sent after all.
  mutating func withdraw(_ run: Int) {
    ledger.settle(run, bill: .zero)
    open[run] = nil
  }

  /// Takes in what a run's stream brought.
  mutating func follow(_ run: Int, wire: WireEvent, events: [StreamEvent]) {
    open[run]?.bill.follow(wire, events)
  }

  /// Closes a try that failed, and reserves what the next one may cost.
  ///
  /// - Returns: what the failed one may have cost.
  mutating func retry(_ run: Int) throws(BudgetRefusal) -> Money {
    guard var tried = open[run] else { return .zero }
    let bill = tried.bill.amount(at: tried.price)
    let spent = bill ?? tried.bound ?? .zero
    ledger.settle(run, bill: bill)
    tried.spent += spent
    tried.bill = Bill()
    open[run] = tried
    if let bound = tried.bound, !ledger.reserve(bound, for: run) {
      throw .exceeded(tried.model, bound: bound, left: ledger.left ?? .zero, .command)
    }
    return spent
  }

  /// Closes a run that has ended, and tells what it counts against a budget; nil when nobody knows.
  mutating func close(_ run: Int) -> Money? {
    guard let closed = open.removeValue(forKey: run) else { return nil }
    let bill = closed.bill.amount(at: closed.price)
    ledger.settle(run, bill: bill)
    return (bill ?? closed.bound).map { $0 + closed.spent }
  }
}

/// What one try of a run is billed, as far as its stream tells.
private struct Bill {
  private var isSent = false
  private var status: Int?
  private var usage: Usage?
  private var reason: FinishReason?

  mutating func follow(_ wire: WireEvent, _ events: [StreamEvent]) {
    switch wire {
    case .request: isSent = true
    case .head(let status, _): self.status = status
    case .body, .retry, .end: break
    }
    for event in events {
      switch event {
      case .usage(let counted): usage = counted
      case .finish(let reason): self.reason = reason
      default: break
      }
    }
  }

  /// Nil when there may be a bill that nobody knows: it was cancelled, it broke off, or the server
  /// does not count.
  func amount(at price: Price?) -> Money? {
    if !isSent { return .zero }
    if let status, !(200..<300).contains(status) { return .zero }
    guard let price else { return nil }
    if price.isFree { return .zero }
    guard let usage, reason?.isSuccess == true else { return nil }
    return price.cost(of: usage)
  }
}
