// Runs in the store: listed, found, and loaded whole.

import Core
import GRDB

extension SessionStore {
  /// The runs of a session, oldest first; none for a session that isn't there.
  public func runs(of session: Identifier) throws(SessionError) -> [RunSummary] {
    try read { db in
      try runSummaries(db, where: "session = ? ORDER BY started_at, id", [session])
    }
  }

  /// The run of a session that was started last with a version of a prompt; nil when there is none.
  ///
  /// - Parameter prompt: what its draft is kept under.
  public func lastRun(
    of prompt: String, in session: Identifier
  ) throws(SessionError) -> Identifier? {
    try read { db in
      try Identifier.fetchOne(
        db,
        sql: """
          SELECT run.id FROM run
            JOIN version ON version.hash = run.version AND version.prompt = ?
          WHERE run.session = ? ORDER BY run.started_at DESC, run.id DESC LIMIT 1
          """,
        arguments: [try Self.prompt(ofDraft: prompt, in: db), session])
    }
  }

  /// The run of that id, or whose id alone starts so.
  ///
  /// Throws `noRun`, and `ambiguous` when several start so.
  public func findRun(_ text: String) throws(SessionError) -> RunSummary {
    try read { db in
      for condition in ["id = ?", Self.idStartsWith] {
        let found = try runSummaries(db, where: condition + " LIMIT 5", [text])
        if found.count > 1 {
          throw SessionError.ambiguous(name: text, matches: found.map(\.id))
        }
        if let run = found.first { return run }
      }
      throw SessionError.noRun(id: text)
    }
  }

  /// A run with its raw stream. One that has not ended has an empty answer: what its events come
  /// to is for a decoder to say.
  public func loadRun(_ id: Identifier) throws(SessionError) -> RecordedRun {
    try read { db in
      guard let run = try Self.record(of: id, in: db) else { throw SessionError.noRun(id: id) }
      return run
    }
  }

  /// A run and those that were started together with it in its session, in the order of their
  /// columns, and of the repetitions and steps of these.
  public func loadBatch(of id: Identifier) throws(SessionError) -> [RecordedRun] {
    try read { db in
      let ids = try Identifier.fetchAll(
        db,
        sql: """
          SELECT other.id FROM run JOIN run AS other USING (batch, session)
          WHERE run.id = ? ORDER BY other."column", other.repetition, other.step, other.id
          """,
        arguments: [id])
      guard !ids.isEmpty else { throw SessionError.noRun(id: id) }
      return try ids.compactMap { try Self.record(of: $0, in: db) }
    }
  }

  /// - Parameter withEvents: whether its raw stream is read, too.
  static func record(
    of id: Identifier, in db: Database, withEvents: Bool = true
  ) throws -> RecordedRun? {
    let row = try Row.fetchOne(
      db,
      sql: """
        SELECT number, run_json, answer_json FROM run JOIN record ON run = number WHERE id = ?
        """,
      arguments: [id])
    guard let row else { return nil }
    let answerText: String? = row[2]
    guard let run = Run(json: try JSON(parsing: row[1] as String)),
      let answer = try answerText.map({ Answer(json: try JSON(parsing: $0)) }) ?? Answer()
    else { throw DatabaseError(resultCode: .SQLITE_CORRUPT) }
    return RecordedRun(
      run: run, events: withEvents ? try EventRow.fetchAll(run: row[0], from: db) : [],
      answer: answer,
      rating: try rating(of: row[0], in: db), remark: try remark(of: row[0], in: db),
      corrections: try corrections(of: row[0], in: db),
      correctionDraft: try correctionDraft(of: row[0], in: db))
  }

  /// - Parameter condition: SQL, with a place for each of the arguments.
  func runSummaries(
    _ db: Database, where condition: String, _ arguments: StatementArguments = []
  ) throws -> [RunSummary] {
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT id, session, parent, started_at, "column", model, writer, finish_reason,
          first_line, input_tokens, output_tokens, tokens_are_estimated, first_activity_ms,
          first_text_ms, total_ms, cost, cost_is_estimated,
          (SELECT value FROM rating WHERE run = run.number), step, repetition,
          (SELECT json FROM remark WHERE run = run.number), batch, version
        FROM run WHERE \(condition)
        """,
      arguments: arguments)
    var summaries: [RunSummary] = []
    while let row = try rows.next() { summaries.append(try summary(row)) }
    return summaries
  }

  private func summary(_ row: Row) throws -> RunSummary {
    guard let model = ModelReference(row[5] as String) else {
      throw DatabaseError(resultCode: .SQLITE_CORRUPT)
    }
    let inputTokens: Int? = row[9]
    return RunSummary(
      id: row[0], session: row[1], parent: row[2], batch: row[21], version: row[22], step: row[18],
      repetition: row[19],
      startedAt: row[3],
      column: row[4],
      model: model, state: try state(finishReason: row[7], writer: row[6]),
      firstLine: row[8] ?? "",
      usage: inputTokens.map {
        Usage(inputTokens: $0, outputTokens: row[10] ?? 0, isEstimated: row[11] ?? true)
      },
      timing: Timing(firstActivity: row[12], firstText: row[13], total: row[14] ?? 0),
      cost: Cost(picodollars: row[15], isEstimated: row[16]),
      rating: (row[17] as Int?).flatMap(Rating.init), remark: try Self.remark(row[20]))
  }

  private func state(finishReason: String?, writer: Int64?) throws -> RunSummary.State {
    if let finishReason {
      guard let reason = FinishReason(rawValue: finishReason) else {
        throw DatabaseError(resultCode: .SQLITE_CORRUPT)
      }
      return .ended(reason)
    }
    return writer.map(writerLock.isHeld) == true ? .streaming : .interrupted
  }
}
