// Keeps spending within a limit when bills come only after the fact: what a run may cost at most is
// reserved before it starts. As long as no bill is larger than what was reserved for it, the sum of
// all bills never crosses the limit, however many runs are under way.

/// What was spent, and what may still come of the runs under way.
public struct BudgetLedger: Hashable, Sendable {
  /// Nil for no limit.
  public let limit: Money?
  /// The bills so far; where one never came, what had been reserved.
  public private(set) var spent: Money
  /// By the runs that are under way.
  private var reserved: [Int: Money] = [:]

  /// - Parameter spent: what counts against the limit from the start.
  public init(limit: Money?, spent: Money = .zero) {
    self.limit = limit
    self.spent = spent
  }

  /// What a new run may cost; nil without a limit.
  public var left: Money? {
    limit.map { max(.zero, $0 - spent - reserved.values.reduce(.zero, +)) }
  }

  /// Sets aside what a run may cost at most, before it starts; false when it could cross the limit,
  /// and then nothing is set aside. What costs nothing is never refused.
  ///
  /// A run has one reservation at a time: of one that tries again, the last is settled first.
  public mutating func reserve(_ bound: Money, for run: Int) -> Bool {
    if let left, bound > left { return false }
    reserved[run] = bound
    return true
  }

  /// Puts a run's bill in place of its reservation.
  ///
  /// - Parameter bill: zero where none can come; nil where one may come that nobody knows, which
  ///   counts as all that was reserved.
  public mutating func settle(_ run: Int, bill: Money?) {
    guard let bound = reserved.removeValue(forKey: run) else { return }
    spent += bill ?? bound
  }
}

/// Why a run was not started; its description says what to do.
public enum BudgetRefusal: Error, Hashable, Sendable, CustomStringConvertible {
  /// Whose limit it is.
  public enum Account: String, Hashable, Sendable {
    case session, command
  }

  case unbounded(ModelReference, UnboundedCost)
  case exceeded(ModelReference, bound: Money, left: Money, Account)
  /// What the session has spent can't be read or written down, with the reason.
  case unaccountable(ModelReference, reason: String)

  public var description: String {
    switch self {
    case .unbounded(let model, .unknownPrice):
      "\(model) was not asked, since a budget is set and its price is not known: set 'price' for it "
        + "under 'model_settings' in the configuration, with 0 for what costs nothing."
    case .unbounded(let model, .unknownLength):
      "\(model) was not asked, since a budget is set and nothing limits its answer: set "
        + "'maxOutputTokens' in the prompt, or 'max_output' for it under 'model_settings'."
    case .exceeded(let model, let bound, let left, let account):
      "\(model) was not asked: it may cost up to \(Numbers.money(bound)), and "
        + "\(Numbers.money(left)) of this \(account.rawValue)'s budget is left. Lower "
        + "'maxOutputTokens', shorten the prompt, or raise the budget."
    case .unaccountable(let model, let reason):
      "\(model) was not asked, since the session's budget can't be kept: \(reason)"
    }
  }
}
