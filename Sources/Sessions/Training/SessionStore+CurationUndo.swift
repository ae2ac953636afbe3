// Taking back the actions on a set, the last one first, and doing them again. What each example was is
// in the log: to undo puts that back; to redo carries out the action on the same examples.

import Core
import FineTuning
import GRDB

extension SessionStore {
  /// Takes back the last action that holds.
  ///
  /// - Returns: that action, as it stands in the log now.
  ///
  /// Throws `nothingToUndo`, `noTrainingSet` and `trainingSetBusy`.
  @discardableResult
  public func undoCuration(of name: String) throws(SessionError) -> LoggedAction {
    try changeStanding(
      of: name, where: "standing = 'done' ORDER BY number DESC",
      otherwise: .nothingToUndo(set: name), to: .undone
    ) { (logged, set) throws(SessionError) in
      try restore(action: logged.number, of: set)
    }
  }

  /// Does the action again that was taken back last.
  ///
  /// Throws `nothingToRedo`, `noTrainingSet` and `trainingSetBusy`.
  @discardableResult
  public func redoCuration(of name: String) throws(SessionError) -> LoggedAction {
    try changeStanding(
      of: name, where: "standing = 'undone' ORDER BY number",
      otherwise: .nothingToRedo(set: name), to: .done
    ) { (logged, set) throws(SessionError) in
      try forEachSlice(ofAction: logged.number, set: set) { numbers, db in
        var tally = TrainingTally()
        for number in numbers {
          guard let old = try TrainingRow.stored(TrainingRow.id(number, in: set), in: db),
            let new = old.applying(logged.action.change, by: logged.editor)
          else { continue }
          try TrainingRow.update(new, withText: old.example != new.example, in: set, of: db)
          tally.change(from: old, to: new)
        }
        try tally.write(to: set, at: secondsSince1970(), in: db)
      }
    }
  }

  private func changeStanding(
    of name: String, where condition: String, otherwise problem: SessionError,
    to standing: LoggedAction.Standing,
    _ work: (LoggedAction, Int64) throws(SessionError) -> Void
  ) throws(SessionError) -> LoggedAction {
    let set = try beginWork(onSet: name)
    do throws(SessionError) {
      var logged = try write { db -> LoggedAction in
        let row = try Row.fetchOne(
          db,
          sql: """
            SELECT number, made_at, editor, affected, json, standing FROM training_action
            WHERE "set" = ? AND \(condition) LIMIT 1
            """, arguments: [set.id])
        guard let row else { throw problem }
        try db.execute(
          sql: "UPDATE training_action SET standing = 'changing' WHERE \"set\" = ? AND number = ?",
          arguments: [set.id, row[0] as Int])
        return LoggedAction(
          number: row[0], action: try Self.action(row[4]), editor: row[2], madeAt: row[1],
          affected: row[3], standing: LoggedAction.Standing(rawValue: row[5]) ?? .done)
      }
      try work(logged, set.id)
      logged.standing = standing
      try write { db in
        try db.execute(
          sql: "UPDATE training_action SET standing = ? WHERE \"set\" = ? AND number = ?",
          arguments: [standing.rawValue, set.id, logged.number])
      }
      try endWork(on: set.id, adding: TrainingTally())
      try refreshSearches(after: logged, of: set)
      return logged
    } catch {
      try abandonWork(on: set.id)
      throw error
    }
  }

  /// Looks again at the examples of a small action, in what earlier searches found; of a large one, the
  /// next search begins anew.
  private func refreshSearches(
    after logged: LoggedAction, of set: TrainingSetRow
  ) throws(SessionError) {
    guard logged.affected <= 100 else { return }
    let (numbers, revision) = try readToFind { db in
      (
        try Int.fetchAll(
          db, sql: "SELECT number FROM training_before WHERE \"set\" = ? AND action = ?",
          arguments: [set.id, logged.number]),
        try Int.fetchOne(
          db, sql: "SELECT revision FROM training_set WHERE id = ?", arguments: [set.id])
      )
    }
    guard let revision else { return }
    try refreshSearches(set: set.id, numbers: numbers, from: set.revision, to: revision)
  }

  /// Makes the examples of an action what they were before it. To do so twice changes nothing more.
  func restore(action: Int, of set: Int64) throws(SessionError) {
    try forEachSlice(ofAction: action, set: set) { numbers, db in
      var tally = TrainingTally()
      let statement = try db.cachedStatement(
        sql: """
          SELECT state, tags, lineage, json FROM training_before
          WHERE "set" = ? AND action = ? AND number = ?
          """)
      for number in numbers {
        guard let old = try TrainingRow.stored(TrainingRow.id(number, in: set), in: db),
          let row = try Row.fetchOne(statement, arguments: [set, action, number])
        else { continue }
        var new = old
        new.state = try TrainingRow.state(row[0])
        new.tags = try TrainingRow.tags(row[1])
        if let lineage = row[2] as String?, let line = row[3] as String? {
          new.lineage = try TrainingRow.lineage(lineage)
          new.example = try TrainingRow.example(line)
          new.tokens = new.example.tokenEstimate
        }
        guard new != old else { continue }
        try TrainingRow.update(new, withText: row[3] as String? != nil, in: set, of: db)
        tally.change(from: old, to: new)
      }
      try tally.write(to: set, at: secondsSince1970(), in: db)
    }
  }

  /// Does something with the numbers of the examples that an action changed, a transaction for each
  /// slice of them.
  private func forEachSlice(
    ofAction action: Int, set: Int64, _ body: ([Int], Database) throws -> Void
  ) throws(SessionError) {
    var last = 0
    while true {
      let numbers = try write { db in
        let numbers = try Int.fetchAll(
          db,
          sql: """
            SELECT number FROM training_before WHERE "set" = ? AND action = ? AND number > ?
            ORDER BY number LIMIT 1000
            """, arguments: [set, action, last])
        if !numbers.isEmpty { try body(numbers, db) }
        return numbers
      }
      guard numbers.count == 1000, let reached = numbers.last else { return }
      last = reached
      letOthersWrite()
    }
  }
}
