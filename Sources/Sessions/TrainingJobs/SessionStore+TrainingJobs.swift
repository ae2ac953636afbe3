// Training jobs: how far each is, what its server told, and which models came of them. No key is among
// what is kept, and no example.

import Core
import GRDB

extension SessionStore {
  /// Remembers a new job, and waits for the disk.
  public func add(_ job: TrainingJobRecord) throws(SessionError) {
    try writeDurably { db in
      try db.execute(
        sql: """
          INSERT INTO training_job (
            name, provider, created_at, request_json, data_json, journey_json)
          VALUES (?, ?, ?, ?, ?, ?)
          """,
        arguments: [
          job.name, job.provider, job.createdAt, job.request.json.text, job.data.json.text,
          job.journey.json.text,
        ])
    }
  }

  /// Keeps how far a job is and what its server told, all of it or nothing, and waits for the disk.
  ///
  /// - Parameters:
  ///   - events: each is kept once, however often it comes.
  ///   - now: seconds since 1970.
  public func keep(
    _ journey: TrainingJobJourney, events: [TrainingEvent] = [],
    checkpoints: [TrainingCheckpoint] = [], at now: Double
  ) throws(SessionError) {
    try writeDurably { db in
      try db.execute(
        sql: """
          UPDATE training_job SET journey_json = ?,
            ended_at = CASE WHEN ? THEN coalesce(ended_at, ?) END WHERE name = ?
          """, arguments: [journey.json.text, journey.hasEnded, now, journey.name])
      if case .ended(let state) = journey.stage { try Self.set(state, of: journey.name, in: db) }
      for event in events {
        try db.execute(
          sql: """
            INSERT INTO training_event (job, id, json) VALUES (?, ?, ?)
            ON CONFLICT (job, id) DO NOTHING
            """, arguments: [journey.name, event.id, event.json.text])
      }
      for checkpoint in checkpoints {
        try db.execute(
          sql: """
            INSERT OR REPLACE INTO training_checkpoint (job, name, step, json)
            VALUES (?, ?, ?, ?)
            """,
          arguments: [journey.name, checkpoint.name, checkpoint.step, checkpoint.json.text])
      }
    }
  }

  /// Keeps what the server said last.
  public func note(_ state: TrainingJobState, ofJob name: String) throws(SessionError) {
    try write { db in try Self.set(state, of: name, in: db) }
  }

  private static func set(
    _ state: TrainingJobState, of name: String, in db: Database
  ) throws {
    try db.execute(
      sql: "UPDATE training_job SET state_json = ? WHERE name = ?",
      arguments: [state.json.text, name])
  }

  /// Remembers that a job is to be ended; whoever watches it sees to that.
  public func requestCancel(ofJob name: String) throws(SessionError) {
    try writeDurably { db in
      try db.execute(
        sql: "UPDATE training_job SET is_cancel_requested = 1 WHERE name = ?", arguments: [name])
    }
  }

  public func isCancelRequested(ofJob name: String) throws(SessionError) -> Bool {
    try read { db in
      try Bool.fetchOne(
        db, sql: "SELECT is_cancel_requested FROM training_job WHERE name = ?", arguments: [name])
        ?? false
    }
  }

  /// All jobs, the newest first.
  public func trainingJobs() throws(SessionError) -> [TrainingJobRecord] {
    try read { db in
      try Row.fetchAll(
        db, sql: "SELECT \(Self.jobColumns) FROM training_job ORDER BY created_at DESC, name DESC"
      ).compactMap(Self.job)
    }
  }

  /// A job by our name of it; nil when there is none.
  public func trainingJob(_ name: String) throws(SessionError) -> TrainingJobRecord? {
    try read { db in
      try Row.fetchOne(
        db, sql: "SELECT \(Self.jobColumns) FROM training_job WHERE name = ?", arguments: [name]
      ).flatMap(Self.job)
    }
  }

  private static let jobColumns = """
    name, provider, created_at, ended_at, is_cancel_requested, request_json, data_json,
    journey_json, state_json
    """

  /// Nil for a row that can't be read: it was damaged, and keeps nobody from the others.
  private static func job(_ row: Row) -> TrainingJobRecord? {
    func json(_ column: Int) -> JSON? {
      (row[column] as String?).flatMap { try? JSON(parsing: $0) }
    }
    guard let request = json(5).flatMap(TrainingJobRequest.init(json:)),
      let data = json(6).flatMap(TrainingData.init(json:)),
      let journey = json(7).flatMap(TrainingJobJourney.init(json:))
    else { return nil }
    return TrainingJobRecord(
      name: row[0], provider: row[1], createdAt: row[2], request: request, data: data,
      journey: journey, state: json(8).flatMap(TrainingJobState.init(json:)),
      isCancelRequested: row[4], endedAt: row[3])
  }

  /// A job's events in the order in which they came, each with its number.
  ///
  /// - Parameter number: only those after it.
  public func trainingEvents(
    ofJob name: String, after number: Int = 0
  ) throws(SessionError) -> [(number: Int, event: TrainingEvent)] {
    try read { db in
      try Row.fetchAll(
        db,
        sql: "SELECT number, json FROM training_event WHERE job = ? AND number > ? ORDER BY number",
        arguments: [name, number]
      ).compactMap { row in
        (try? JSON(parsing: row[1] as String)).flatMap(TrainingEvent.init(json:)).map {
          (row[0], $0)
        }
      }
    }
  }

  /// A job's checkpoints in the order of their steps.
  public func trainingCheckpoints(
    ofJob name: String
  ) throws(SessionError) -> [TrainingCheckpoint] {
    try read { db in
      try String.fetchAll(
        db, sql: "SELECT json FROM training_checkpoint WHERE job = ? ORDER BY step, name",
        arguments: [name]
      ).compactMap { (try? JSON(parsing: $0)).flatMap(TrainingCheckpoint.init(json:)) }
    }
  }

  /// Which sets have examples of some hashes, and where those come from; rejected ones are looked over.
  ///
  /// - Parameter hashes: of examples, as `TrainingExample.hash` makes them.
  public func origins(
    ofExamples hashes: [String]
  ) throws(SessionError) -> (sets: [String: Int], sources: [String: Int]) {
    try readAside { db in
      var sets: [String: Int] = [:]
      var sources: [String: Int] = [:]
      let statement = try db.cachedStatement(
        sql: """
          SELECT training_set.name, training_example.lineage ->> '$.source'
          FROM training_example JOIN training_set ON training_set.id = training_example.id >> 32
          WHERE hash = ? AND state >= 0 AND life = 'here'
          """)
      for hash in hashes {
        guard let half = TrainingRow.half(ofHash: hash) else { continue }
        var names: Set<String> = []
        var source: String?
        for row in try Row.fetchAll(statement, arguments: [half]) {
          names.insert(row[0])
          source = source ?? row[1]
        }
        for name in names { sets[name, default: 0] += 1 }
        if let source { sources[source, default: 0] += 1 }
      }
      return (sets, sources)
    }
  }
}
