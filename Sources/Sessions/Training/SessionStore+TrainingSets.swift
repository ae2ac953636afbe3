// Training sets by name: made, listed, renamed, removed. What is in them stands in files of its own.

import Core
import FineTuning
import GRDB

extension SessionStore {
  /// All training sets, in the order of their names.
  public func trainingSets() throws(SessionError) -> [TrainingSetSummary] {
    try read { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT name, count, approved, rejected, tokens, changed_at FROM training_set
          WHERE life = 'here' ORDER BY name
          """
      ).map(Self.summary)
    }
  }

  /// A set by its name. Throws `noTrainingSet`.
  public func trainingSet(_ name: String) throws(SessionError) -> TrainingSetSummary {
    try read { db in try TrainingSetRow.find(name, in: db).summary }
  }

  private static func summary(_ row: Row) -> TrainingSetSummary {
    TrainingSetSummary(
      name: row[0], count: row[1], approved: row[2], rejected: row[3], tokens: row[4],
      changedAt: row[5])
  }

  /// Makes a set without examples. Throws `trainingSetExists` and `badTrainingSetName`.
  public func createTrainingSet(_ name: String) throws(SessionError) {
    try Self.checkSetName(name)
    try write { db in
      guard try TrainingSetRow.fetch(name, in: db) == nil else {
        throw SessionError.trainingSetExists(named: name)
      }
      try TrainingSetRow.insert(name, life: .here, at: secondsSince1970(), into: db)
    }
  }

  /// Gives a set another name. Throws `noTrainingSet`, `trainingSetExists` and `badTrainingSetName`.
  public func renameTrainingSet(_ name: String, to new: String) throws(SessionError) {
    try Self.checkSetName(new)
    try write { db in
      let set = try TrainingSetRow.find(name, in: db)
      if let other = try TrainingSetRow.fetch(new, in: db), other.id != set.id {
        throw SessionError.trainingSetExists(named: new)
      }
      try db.execute(
        sql: "UPDATE training_set SET name = ? WHERE id = ?", arguments: [new, set.id])
    }
  }

  /// Takes a set away with its examples and its log; it is gone at once, and its rows little by little.
  ///
  /// Throws `noTrainingSet`, and `trainingSetBusy` while another whet works on it.
  public func removeTrainingSet(_ name: String) throws(SessionError) {
    try write { db in
      let set = try TrainingSetRow.find(name, in: db)
      guard !isWorkedOnByOthers(set) else { throw SessionError.trainingSetBusy(named: name) }
      // Its name is free from now on; no set that a person makes has a control character in it.
      try db.execute(
        sql: """
          UPDATE training_set SET life = 'going', name = char(1) || id, count = 0, writer = ?
          WHERE id = ?
          """, arguments: [writerLock.offset, set.id])
    }
    try removeTrainingRemains()
  }

  static func checkSetName(_ name: String) throws(SessionError) {
    let isPlain = name.unicodeScalars.allSatisfy { scalar in
      scalar.properties.generalCategory != .control && !scalar.properties.isNoncharacterCodePoint
    }
    guard isPlain, 1...100 ~= name.count, name.contains(where: { !$0.isWhitespace }) else {
      throw .badTrainingSetName(name)
    }
  }

  /// Whether another store is in the midst of long work on a set.
  func isWorkedOnByOthers(_ set: TrainingSetRow) -> Bool {
    set.writer.map { $0 != writerLock.offset && writerLock.isHeld($0) } ?? false
  }
}

/// A training set's row.
struct TrainingSetRow {
  enum Life: String { case here, coming, going }

  var id: Int64
  var life: Life
  var summary: TrainingSetSummary
  var revision: Int
  var writer: Int64?

  /// The rows of all examples that its count tells of.
  var ids: ClosedRange<Int64>? {
    summary.count > 0
      ? TrainingRow.id(1, in: id)...TrainingRow.id(summary.count, in: id) : nil
  }

  /// A set that is there. Throws `noTrainingSet`.
  static func find(_ name: String, in db: Database) throws -> TrainingSetRow {
    guard let set = try fetch(name, in: db), set.life == .here else {
      throw SessionError.noTrainingSet(named: name)
    }
    return set
  }

  /// A set by its name, whatever its life.
  static func fetch(_ name: String, in db: Database) throws -> TrainingSetRow? {
    try fetchAll(where: "name = ?", [name], in: db).first
  }

  static func fetchAll(
    where condition: String, _ arguments: StatementArguments = [], in db: Database
  ) throws -> [TrainingSetRow] {
    try Row.fetchAll(
      db,
      sql: """
        SELECT id, life, name, count, approved, rejected, tokens, changed_at, revision, writer
        FROM training_set WHERE \(condition)
        """, arguments: arguments
    ).map { row in
      guard let life = Life(rawValue: row[1]) else {
        throw DatabaseError(resultCode: .SQLITE_CORRUPT)
      }
      return TrainingSetRow(
        id: row[0], life: life,
        summary: TrainingSetSummary(
          name: row[2], count: row[3], approved: row[4], rejected: row[5], tokens: row[6],
          changedAt: row[7]), revision: row[8], writer: row[9])
    }
  }

  static func insert(
    _ name: String, life: Life, at seconds: Double, into db: Database
  ) throws {
    try db.execute(
      sql: "INSERT INTO training_set (name, life, created_at, changed_at) VALUES (?, ?, ?, ?)",
      arguments: [name, life.rawValue, seconds, seconds])
  }
}

/// By how much a set's figures change.
struct TrainingTally {
  var count = 0
  var approved = 0
  var rejected = 0
  var tokens = 0

  /// Counts an example in, or out with a sign of -1.
  mutating func add(_ state: ExampleState, tokens: Int, sign: Int = 1) {
    count += sign
    switch state {
    case .pending: break
    case .approved: approved += sign
    case .rejected: rejected += sign
    }
    if state != .rejected { self.tokens += sign * tokens }
  }

  mutating func change(from old: StoredExample, to new: StoredExample) {
    add(old.state, tokens: old.tokens, sign: -1)
    add(new.state, tokens: new.tokens)
  }

  func write(to set: Int64, at seconds: Double, in db: Database) throws {
    try db.execute(
      sql: """
        UPDATE training_set SET count = count + ?, approved = approved + ?, rejected = rejected + ?,
          tokens = tokens + ?, changed_at = ?, revision = revision + 1
        WHERE id = ?
        """, arguments: [count, approved, rejected, tokens, seconds, set])
  }
}
