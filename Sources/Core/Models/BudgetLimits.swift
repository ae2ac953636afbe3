// How much money may be spent.

/// Amounts that must not be crossed; nil for no limit.
public struct BudgetLimits: Hashable, Sendable {
  /// Over all runs of a session.
  public var session: Money?
  /// Over all runs of one command, or of one start of the playground.
  public var command: Money?

  public init(session: Money? = nil, command: Money? = nil) {
    self.session = session
    self.command = command
  }
}
