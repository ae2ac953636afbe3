// A run on its way into the store: begun, its raw events added as they come, finished; or found
// without an end after its writer was killed.

import Core
import GRDB

extension SessionStore {
  /// Records a run that starts to stream, and its text as a version of its prompt. Its session must
  /// be in the store.
  ///
  /// - Parameters:
  ///   - prompt: what the prompt's draft is kept under; nil takes the run's path.
  ///   - parent: the hash of the version that the text was made from.
  /// - Returns: the version, with its score before this run; nil for a prompt without a name.
  @discardableResult
  public func begin(
    _ run: Run, of prompt: String? = nil, parent: String? = nil
  ) throws(SessionError) -> VersionSummary? {
    try write { db in
      _ = try Self.insert(run, writer: writerLock.offset, into: db)
      try Self.moveBranches(to: run, in: db)
      guard let prompt = prompt ?? run.promptPath else { return nil }
      return try Self.record(
        text: run.promptText, of: try Self.prompt(ofDraft: prompt, in: db), at: run.startedAt,
        parent: parent, in: db)
    }
  }

  /// Adds the events that have come since the last call, all in one transaction.
  ///
  /// To call it about every 250 ms, with what came in between, costs little and loses little.
  public func append(_ events: [TimedWireEvent], to run: Identifier) throws(SessionError) {
    guard !events.isEmpty else { return }
    try writeOften { db in
      let number = try Self.number(of: run, in: db)
      let last = try Int.fetchOne(
        db, sql: "SELECT max(number) FROM event WHERE run = ?", arguments: [number])
      try EventRow.insert(events, run: number, from: last.map { $0 + 1 } ?? 0, into: db)
    }
  }

  /// Records what a run came to, and that nobody writes it any more.
  ///
  /// With an answer that has no finish reason the run stays one without an end.
  ///
  /// - Parameter charge: what it counts against a budget; nil for what was reserved for it, and
  ///   where nothing was, for its cost.
  public func finish(
    _ run: Identifier, answer: Answer, charge: Money? = nil
  ) throws(SessionError) {
    try writeDurably { db in
      try Self.finish(
        try Self.number(of: run, in: db), answer: answer, charge: charge, in: db)
    }
  }

  /// The runs that have no end and whose writer is gone, oldest first.
  public func interruptedRuns() throws(SessionError) -> [RunSummary] {
    try read { db in
      try runSummaries(db, where: "finish_reason IS NULL ORDER BY started_at, id")
        .filter { $0.state == .interrupted }
    }
  }

  /// Ends a run that was interrupted, with what had arrived; one that has ended, or that another
  /// program writes, stays as it is.
  ///
  /// - Parameter answer: what the run's events come to; it is ended as interrupted unless they
  ///   have an end.
  public func markInterrupted(_ run: Identifier, answer: Answer) throws(SessionError) {
    var answer = answer
    answer.end(.interrupted, at: answer.timing.total)
    try write { db in
      let number = try Self.number(of: run, in: db)
      let summary = try runSummaries(db, where: "number = ?", [number]).first
      guard summary?.state == .interrupted else { return }
      try Self.finish(number, answer: answer, in: db)
    }
  }

  static func insert(_ run: Run, writer: Int64?, into db: Database) throws -> Int64 {
    guard
      try Bool.fetchOne(
        db, sql: "SELECT true FROM session WHERE id = ?", arguments: [run.session]) == true
    else { throw SessionError.noSession(named: run.session) }
    // Runs that were recorded before there were prices.
    let price = run.knownPrice
    try db.execute(
      sql: """
        INSERT INTO run
          (id, session, parent, batch, started_at, "column", model, writer, price, version, step,
            repetition)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
      arguments: [
        run.id, run.session, run.parent, run.batch, run.startedAt, run.column,
        run.request.model.description, writer, price?.json.text,
        ContentHash.of(run.promptText), run.step, run.repetition,
      ])
    let number = db.lastInsertedRowID
    try db.execute(
      sql: "INSERT INTO record (run, run_json) VALUES (?, ?)", arguments: [number, run.json.text])
    return number
  }

  static func finish(
    _ run: Int64, answer: Answer, charge: Money? = nil, in db: Database
  ) throws {
    let (usage, timing) = (answer.usage, answer.timing)
    let price = try String.fetchOne(
      db, sql: "SELECT price FROM run WHERE number = ?", arguments: [run])
    let cost = Cost(of: answer, at: try price.flatMap { Price(json: try JSON(parsing: $0)) })
    let amount = cost.isPartial ? nil : cost.amount.picodollars
    try db.execute(
      sql: """
        UPDATE run SET writer = NULL, finish_reason = ?, first_line = ?, input_tokens = ?,
          output_tokens = ?, tokens_are_estimated = ?, first_activity_ms = ?, first_text_ms = ?,
          total_ms = ?, cost = ?, cost_is_estimated = ?, charge = coalesce(?, charge, ?)
        WHERE number = ?
        """,
      arguments: [
        answer.finishReason?.rawValue, RunSummary.firstLine(of: answer), usage.inputTokens,
        usage.outputTokens, usage.isEstimated, timing.firstActivity, timing.firstText,
        timing.total, amount, cost.isEstimated, charge?.picodollars, amount, run,
      ])
    try reindexing(run, in: db) {
      try db.execute(
        sql: "UPDATE record SET answer_json = ? WHERE run = ?",
        arguments: [JSON.object(answer.json).text, run])
    }
    if answer.isFinished { try index(run, in: db) }
  }

  static func number(of run: Identifier, in db: Database) throws -> Int64 {
    let number = try Int64.fetchOne(
      db, sql: "SELECT number FROM run WHERE id = ?", arguments: [run])
    guard let number else { throw SessionError.noRun(id: run) }
    return number
  }
}
