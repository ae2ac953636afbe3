import Core
import Evaluation
import GRDB

// Evaluations on their way into the store, and out of it.

extension SessionStore {
  /// Begins an evaluation, before anything of it is asked.
  ///
  /// - Parameters:
  ///   - record: without results.
  ///   - planHash: known again by it, so that it can be gone on with.
  public func begin(_ record: EvaluationRecord, planHash: String) throws(SessionError) {
    try writeDurably { db in
      try db.execute(
        sql: """
          INSERT INTO evaluation
            (id, name, path, started_at, dataset_hash, plan_hash, repeats, variants_json, cases_json)
          VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
          """,
        arguments: [
          record.id, record.name, record.path, record.startedAt, record.datasetHash, planHash,
          record.repeatCount, JSON.array(record.variants.map(\.json)).text,
          JSON.array(record.cases.map(\.json)).text,
        ])
    }
  }

  /// The last evaluation of a plan that was not ended; nil for none.
  public func unfinishedEvaluation(ofPlan hash: String) throws(SessionError) -> Identifier? {
    try read { db in
      try String.fetchOne(
        db,
        sql: """
          SELECT id FROM evaluation WHERE plan_hash = ? AND ended_at IS NULL
          ORDER BY started_at DESC LIMIT 1
          """, arguments: [hash])
    }
  }

  /// Keeps what came in since the last call, all in one transaction: answers, and what they are worth.
  public func keep(
    _ answers: [KeptAnswer], _ results: [StoredResult], of evaluation: Identifier?,
    at seconds: Double
  ) throws(SessionError) {
    guard !answers.isEmpty || !results.isEmpty else { return }
    try write { db in
      for kept in answers { try Self.insert(kept, at: seconds, into: db) }
      guard let evaluation else { return }
      let statement = try db.cachedStatement(
        sql: """
          INSERT OR REPLACE INTO evaluation_result
            (evaluation, "case", variant, repetition, request, grade_json, error)
          VALUES (?, ?, ?, ?, ?, ?, ?)
          """)
      for result in results {
        try statement.execute(arguments: [
          evaluation, result.place.testCase, result.place.variant, result.place.repetition,
          result.request,
          result.grade?.json.text, result.error,
        ])
      }
    }
  }

  private static func insert(_ kept: KeptAnswer, at seconds: Double, into db: Database) throws {
    try db.cachedStatement(sql: "INSERT OR IGNORE INTO kept_request (hash, json) VALUES (?, ?)")
      .execute(arguments: [kept.hash, kept.request.json.text])
    try db.cachedStatement(
      sql: """
        INSERT OR REPLACE INTO kept_answer (request, repetition, made_at, cost, answer_json)
        VALUES (?, ?, ?, ?, ?)
        """
    ).execute(arguments: [
      kept.hash, kept.repetition, seconds, kept.cost?.picodollars,
      JSON.object(kept.answer.json).text,
    ])
  }

  /// The answer that was kept to an exact request; nil for none. Asked for thousands of times in a row.
  public func keptAnswer(
    to hash: String, repetition: Int
  ) throws(SessionError) -> (answer: Answer, cost: Money?)? {
    try readToFind { db in
      let row = try Row.fetchOne(
        db.cachedStatement(
          sql: "SELECT answer_json, cost FROM kept_answer WHERE request = ? AND repetition = ?"),
        arguments: [hash, repetition])
      return try row.flatMap { row in
        try Answer(json: JSON(parsing: row[0] as String)).map {
          ($0, (row[1] as Int?).map(Money.init(picodollars:)))
        }
      }
    }
  }

  /// A request that was kept; nil for none.
  public func keptRequest(_ hash: String) throws(SessionError) -> CompletionRequest? {
    try read { db in
      let text = try String.fetchOne(
        db, sql: "SELECT json FROM kept_request WHERE hash = ?", arguments: [hash])
      return try text.flatMap { CompletionRequest(json: try JSON(parsing: $0)) }
    }
  }

  /// Says that nothing of an evaluation is missing any more.
  public func end(_ evaluation: Identifier, at seconds: Double) throws(SessionError) {
    try writeDurably { db in
      try db.execute(
        sql: "UPDATE evaluation SET ended_at = ? WHERE id = ?", arguments: [seconds, evaluation])
    }
  }

  /// The cells of an evaluation that are there, without what was answered.
  public func results(of evaluation: Identifier) throws(SessionError) -> [StoredResult] {
    try read { db in
      let rows = try Row.fetchCursor(
        db,
        sql: """
          SELECT "case", variant, repetition, request, grade_json, error FROM evaluation_result
          WHERE evaluation = ?
          """, arguments: [evaluation])
      var results: [StoredResult] = []
      while let row = try rows.next() {
        results.append(
          StoredResult(
            .init(testCase: row[0], variant: row[1], repetition: row[2]), request: row[3],
            grade: try (row[4] as String?).flatMap { Grade(json: try JSON(parsing: $0)) },
            error: row[5]))
      }
      return results
    }
  }

  /// A whole evaluation, with all that was answered; nil when it isn't there.
  public func evaluation(_ id: Identifier) throws(SessionError) -> EvaluationRecord? {
    try readAside { db in
      guard
        let row = try Row.fetchOne(
          db,
          sql: """
            SELECT name, started_at, dataset_hash, repeats, variants_json, cases_json, path
            FROM evaluation WHERE id = ?
            """, arguments: [id])
      else { return nil }
      let variants = try JSON(parsing: row[4] as String).array ?? []
      let cases = try JSON(parsing: row[5] as String).array ?? []
      var record = EvaluationRecord(
        id: id, name: row[0], path: row[6], startedAt: row[1], datasetHash: row[2],
        cases: cases.compactMap { EvaluationCase(json: $0) },
        variants: variants.compactMap { EvaluationVariant(json: $0) }, repeatCount: row[3])
      // What can't be read is of a later whet: places would be those of other cases.
      guard record.cases.count == cases.count, record.variants.count == variants.count else {
        throw SessionError.laterStore(path: path)
      }
      record.results = try Self.results(of: record, in: db)
      return record
    }
  }

  private static func results(
    of record: EvaluationRecord, in db: Database
  ) throws -> [EvaluationResult] {
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT "case", variant, evaluation_result.repetition, grade_json, error, answer_json, cost
        FROM evaluation_result
        LEFT JOIN kept_answer ON kept_answer.request = evaluation_result.request
          AND kept_answer.repetition = evaluation_result.repetition
        WHERE evaluation = ? ORDER BY "case", variant, evaluation_result.repetition
        """, arguments: [record.id])
    var results: [EvaluationResult] = []
    while let row = try rows.next() {
      let (testCase, variant): (Int, Int) = (row[0], row[1])
      guard record.cases.indices.contains(testCase), record.variants.indices.contains(variant)
      else { continue }
      var result = EvaluationResult(
        caseID: record.cases[testCase].id, variant: record.variants[variant].name,
        repetition: row[2], error: row[4])
      result.grade = try (row[3] as String?).flatMap { Grade(json: try JSON(parsing: $0)) }
      if let text = row[5] as String?, let answer = Answer(json: try JSON(parsing: text)) {
        result.take(answer, cost: (row[6] as Int?).map(Money.init(picodollars:)))
      }
      results.append(result)
    }
    return results
  }

  /// All evaluations, the newest first.
  public func evaluations() throws(SessionError) -> [EvaluationSummary] {
    try read { db in
      let rows = try Row.fetchAll(
        db,
        sql: """
          SELECT id, name, started_at, dataset_hash, variants_json,
            json_array_length(cases_json) * json_array_length(variants_json) * repeats,
            (SELECT count(*) FROM evaluation_result WHERE evaluation = id AND grade_json IS NOT NULL),
            (SELECT count(*) FROM evaluation_result
             WHERE evaluation = id AND json_extract(grade_json, '$.pass')),
            (SELECT count(*) FROM evaluation_result WHERE evaluation = id AND error IS NOT NULL)
          FROM evaluation ORDER BY started_at DESC, id DESC
          """)
      return try rows.map { row in
        EvaluationSummary(
          id: row[0], name: row[1], startedAt: row[2], datasetHash: row[3],
          variants: (try JSON(parsing: row[4] as String).array ?? []).compactMap {
            $0["name"]?.string
          },
          total: row[5], graded: row[6], passed: row[7], unmeasured: row[8])
      }
    }
  }
}
