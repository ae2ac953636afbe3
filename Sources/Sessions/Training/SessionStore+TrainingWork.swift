// Long work on a training set: it takes many transactions, so that others write in between, and is none
// at all when it is cut off. Whoever is at work has a byte of the writers' file locked, and the set names
// that byte: where nobody holds it any more, what was begun is taken back.

import Core
import FineTuning
import GRDB

extension SessionStore {
  /// As many rows are taken away, or put back, in one transaction.
  static let sliceOfTrainingRows = 4000

  /// Says that this store is at work on a set, having taken back what another left unfinished.
  ///
  /// Throws `trainingSetBusy` while another one is at work on it.
  ///
  /// - Parameter makesIt: whether a set that isn't there is made; it is seen once it is let go of.
  func beginWork(onSet name: String, makesIt: Bool = false) throws(SessionError) -> TrainingSetRow {
    if makesIt { try Self.checkSetName(name) }
    let found = try write { db -> TrainingSetRow in
      if makesIt, try TrainingSetRow.fetch(name, in: db) == nil {
        try TrainingSetRow.insert(name, life: .coming, at: secondsSince1970(), into: db)
      }
      guard let set = try TrainingSetRow.fetch(name, in: db), makesIt || set.life == .here else {
        throw SessionError.noTrainingSet(named: name)
      }
      guard set.writer.map(writerLock.isHeld) != true else {
        throw SessionError.trainingSetBusy(named: name)
      }
      try db.execute(
        sql: "UPDATE training_set SET writer = ? WHERE id = ?",
        arguments: [writerLock.offset, set.id])
      return set
    }
    try takeBackUnfinished(found.id)
    return try read { db in
      guard let set = try TrainingSetRow.fetchAll(where: "id = ?", [found.id], in: db).first else {
        throw SessionError.noTrainingSet(named: name)
      }
      return set
    }
  }

  /// Lets go of a set, with its figures changed by what was added; from now on that is there.
  func endWork(on set: Int64, adding tally: TrainingTally) throws(SessionError) {
    func end(_ db: Database) throws {
      if tally.count > 0 { try tally.write(to: set, at: secondsSince1970(), in: db) }
      try db.execute(
        sql: "UPDATE training_set SET writer = NULL, life = 'here' WHERE id = ?", arguments: [set])
    }
    // What was added may have taken hours to collect; what was marked is a key's work.
    if tally.count > 0 { try writeDurably(end) } else { try write(end) }
  }

  /// Lets go of a set with all that was begun taken back; one that it was made for is gone.
  func abandonWork(on set: Int64) throws(SessionError) {
    try takeBackUnfinished(set)
    try write { db in
      try db.execute(sql: "UPDATE training_set SET writer = NULL WHERE id = ?", arguments: [set])
      try db.execute(
        sql: "DELETE FROM training_set WHERE id = ? AND life = 'coming'", arguments: [set])
    }
  }

  /// Takes back an append that wasn't ended, and an action that wasn't carried out on all it was for.
  private func takeBackUnfinished(_ set: Int64) throws(SessionError) {
    while try removeExamples(of: set) { letOthersWrite() }
    let open = try read { db in
      try Row.fetchOne(
        db,
        sql: """
          SELECT number, standing FROM training_action
          WHERE "set" = ? AND standing IN ('performing', 'changing')
          """, arguments: [set]
      ).map { row in (number: row[0] as Int, standing: row[1] as String) }
    }
    guard let open else { return }
    try restore(action: open.number, of: set)
    try write { db in
      if open.standing == "performing" {
        try db.execute(
          sql: "DELETE FROM training_action WHERE \"set\" = ? AND number = ?",
          arguments: [set, open.number])
      } else {
        try db.execute(
          sql: """
            UPDATE training_action SET standing = 'undone' WHERE "set" = ? AND number = ?
            """, arguments: [set, open.number])
      }
    }
  }

  /// Takes away what is left of sets that were removed, and of work that was cut off.
  public func removeTrainingRemains() throws(SessionError) {
    let left = try read { db in
      try TrainingSetRow.fetchAll(where: "life <> 'here' OR writer IS NOT NULL", in: db)
    }
    for set in left where !isWorkedOnByOthers(set) {
      switch set.life {
      case .going:
        while try removeExamples(of: set.id) { letOthersWrite() }
        while try removeActions(of: set.id) { letOthersWrite() }
        try write { db in
          try db.execute(sql: "DELETE FROM training_set WHERE id = ?", arguments: [set.id])
        }
      case .here, .coming:
        // One's own byte is held as long as one is at work.
        guard set.writer != writerLock.offset else { continue }
        try abandonWork(on: set.id)
      }
    }
  }

  /// Takes away a slice of a set's rows that its count doesn't tell of.
  ///
  /// - Returns: whether there may be more.
  private func removeExamples(of set: Int64) throws(SessionError) -> Bool {
    try write { db in
      let count =
        try Int.fetchOne(db, sql: "SELECT count FROM training_set WHERE id = ?", arguments: [set])
        ?? 0
      let ids = try Int64.fetchAll(
        db,
        sql: "SELECT id FROM training_example WHERE id > ? AND id < ? ORDER BY id LIMIT ?",
        arguments: [
          TrainingRow.id(count, in: set), TrainingRow.id(0, in: set + 1), Self.sliceOfTrainingRows,
        ])
      guard let first = ids.first, let last = ids.last else { return false }
      for table in ["training_text", "training_example"] {
        try db.execute(
          sql: "DELETE FROM \(table) WHERE id BETWEEN ? AND ?", arguments: [first, last])
      }
      return ids.count == Self.sliceOfTrainingRows
    }
  }

  private func removeActions(of set: Int64) throws(SessionError) -> Bool {
    try write { db in
      try db.execute(
        sql: """
          DELETE FROM training_before WHERE ("set", action, number) IN (
            SELECT "set", action, number FROM training_before WHERE "set" = ? LIMIT ?)
          """, arguments: [set, Self.sliceOfTrainingRows])
      return db.changesCount == Self.sliceOfTrainingRows
    }
  }
}
