// What sessions cost, what of a budget they have used up, and how models' servers count tokens.

import Core
import GRDB

extension SessionStore {
  /// What a session's runs that have ended cost together; zero for a session that isn't there.
  public func cost(of session: Identifier) throws(SessionError) -> Cost {
    try read { db in try Self.cost(of: session, in: db) }
  }

  /// Sets aside what a run may cost at most, unless its session could then cross a limit.
  ///
  /// It is one transaction: of several programs that work in one session, none can reserve what
  /// another has. What was reserved stays when the program is killed.
  ///
  /// - Parameters:
  ///   - amount: added to what is reserved for the run already.
  ///   - limit: of all runs of its session; nil for none.
  /// - Returns: nil when it was reserved, else what is left of the limit.
  public func reserve(
    _ amount: Money, for run: Identifier, limit: Money?
  ) throws(SessionError) -> Money? {
    try write { db in
      let number = try Self.number(of: run, in: db)
      if let limit, amount > .zero {
        let left = limit - (try Self.charges(inSessionOf: number, in: db))
        if amount > left { return max(.zero, left) }
      }
      try db.execute(
        sql: "UPDATE run SET charge = ? WHERE number = ?",
        arguments: [(try Self.charge(of: number, in: db) + amount).picodollars, number])
      return nil
    }
  }

  /// What is known of how models' servers count tokens.
  public func tokenRatios() throws(SessionError) -> [ModelReference: TokenRatio] {
    try read { db in
      let rows = try Row.fetchCursor(
        db, sql: "SELECT model, estimated, counted FROM token_ratio")
      var ratios: [ModelReference: TokenRatio] = [:]
      while let row = try rows.next() {
        guard let model = ModelReference(row[0] as String) else { continue }
        ratios[model] = TokenRatio(estimated: row[1], counted: row[2])
      }
      return ratios
    }
  }

  /// Keeps what was learned of a model, in place of what was known.
  public func keep(_ ratio: TokenRatio, of model: ModelReference) throws(SessionError) {
    try write { db in
      try db.execute(
        sql: "INSERT OR REPLACE INTO token_ratio (model, estimated, counted) VALUES (?, ?, ?)",
        arguments: [model.description, ratio.estimated, ratio.counted])
    }
  }

  /// For people to read: sums of more than some thousand dollars are rounded.
  static func cost(of session: Identifier, in db: Database) throws -> Cost {
    let row = try Row.fetchOne(
      db,
      sql: """
        SELECT total(cost), max(cost_is_estimated), max(cost IS NULL) FROM run
        WHERE session = ? AND finish_reason IS NOT NULL
        """,
      arguments: [session])
    return Cost(
      Money(dollars: (row?[0] ?? 0) / 1e12), isEstimated: row?[1] ?? false,
      isPartial: row?[2] ?? false)
  }

  /// What counts against a budget of a run's session: bills, and what is reserved.
  private static func charges(inSessionOf run: Int64, in db: Database) throws -> Money {
    let rows = try Int.fetchCursor(
      db,
      sql: """
        SELECT charge FROM run
        WHERE session = (SELECT session FROM run WHERE number = ?) AND charge > 0
        """,
      arguments: [run])
    // SQLite's own sum is inexact, or ends in an error when it grows too large.
    var total = Money.zero
    while let charge = try rows.next() { total += Money(picodollars: charge) }
    return total
  }

  private static func charge(of run: Int64, in db: Database) throws -> Money {
    let charge = try Int.fetchOne(
      db, sql: "SELECT ifnull(charge, 0) FROM run WHERE number = ?", arguments: [run])
    return Money(picodollars: charge ?? 0)
  }
}

extension Cost {
  /// As a row has it: null is unknown.
  init(picodollars: Int?, isEstimated: Bool?) {
    guard let picodollars else {
      self = .unknown
      return
    }
    self.init(Money(picodollars: picodollars), isEstimated: isEstimated ?? false)
  }
}
