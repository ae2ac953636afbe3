import GRDBSQLite
import Synchronization

// What holds a query to its limits while it runs. SQLite counts the memory of the whole process, so
// that only one query runs at a time, and what is in use beforehand is not counted against it.

/// A query that is under way, as SQLite asks about it every few instructions.
final class RunningQuery {
  let limits: SQLLimits
  /// Which limit it was stopped at; nil as long as it was not.
  private(set) var excess: SQLFailure?
  private let deadline: ContinuousClock.Instant
  private let memoryBefore = sqlite3_memory_used()

  private init(_ limits: SQLLimits) {
    self.limits = limits
    deadline = .now + .seconds(limits.seconds)
  }

  /// A value may take a megabyte, and half a second, and is made in a few instructions.
  private static let instructionsBetweenLooks: CInt = 20
  private static let turn = Mutex(())

  /// Carries out what compiles and runs a query.
  static func run<Value>(
    on connection: OpaquePointer, limits: SQLLimits,
    _ body: (RunningQuery) throws(SQLFailure) -> Value
  ) -> Result<Value, SQLFailure> {
    var outcome: Result<Value, SQLFailure> = .failure(.query("it was not run"))
    turn.withLock { _ in
      let running = RunningQuery(limits)
      // SQLite does not ask while it compiles, or within an instruction. Where those take too much, an
      // allocation fails, as it would in any other part of the program that uses SQLite at that
      // moment; so this limit is wider than the one that queries are stopped at.
      let limitBefore = sqlite3_hard_heap_limit64(
        running.memoryBefore + 2 * sqlite3_int64(limits.bytes))
      running.watch(connection)
      outcome = withExtendedLifetime(running) {
        Result { () throws(SQLFailure) in try body(running) }
      }
      sqlite3_progress_handler(connection, 0, nil, nil)
      sqlite3_hard_heap_limit64(limitBefore)
    }
    return outcome
  }

  private func watch(_ connection: OpaquePointer) {
    sqlite3_progress_handler(
      connection, Self.instructionsBetweenLooks,
      { context in
        let running = context.map {
          Unmanaged<RunningQuery>.fromOpaque($0).takeUnretainedValue()
        }
        return running?.isWithinLimits == false ? 1 : 0
      }, Unmanaged.passUnretained(self).toOpaque())
  }

  private var isWithinLimits: Bool {
    if sqlite3_memory_used() - memoryBefore > limits.bytes {
      excess = .tooMuchMemory(bytes: limits.bytes)
    } else if ContinuousClock.now > deadline {
      excess = .tooLong(seconds: limits.seconds)
    }
    return excess == nil
  }
}
