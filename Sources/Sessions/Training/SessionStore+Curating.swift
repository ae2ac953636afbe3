// Actions on the examples of a set: carried out, logged with what each example was before, taken back
// and done again. An action on many examples takes many transactions, and is all of it or none.

import Core
import FineTuning
import GRDB

/// What came of an action.
public struct CurationReport: Hashable, Sendable {
  /// The action's place in the log; nil where nothing changed, which isn't logged.
  public var number: Int?
  /// How many examples it changed.
  public var affected: Int

  public init(number: Int?, affected: Int) {
    self.number = number
    self.affected = affected
  }
}

extension SessionStore {
  /// Carries out an action on a set, and logs it.
  ///
  /// - Parameters:
  ///   - editor: who does it, as the machine calls them.
  ///   - progress: told of how many examples were looked at and changed, after each transaction;
  ///     throwing takes all of it back.
  ///
  /// Throws `noTrainingSet`, `trainingSetBusy`, and `ExampleFilterError` for a selection that can't be
  /// read.
  @discardableResult
  public func perform(
    _ action: CurationAction, on name: String, by editor: String? = nil,
    progress: (_ looked: Int, _ changed: Int) throws -> Void = { _, _ in }
  ) throws -> CurationReport {
    switch action.selection {
    case .examples(let hashes):
      return try performAtOnce(action, hashes: hashes, on: name, by: editor)
    case .filter(let line):
      let filter = try ExampleFilter(line)
      let set = try beginWork(onSet: name)
      do {
        let report = try perform(action, filter, on: set, by: editor, progress)
        try endWork(on: set.id, adding: TrainingTally())
        return report
      } catch {
        try abandonWork(on: set.id)
        throw error
      }
    }
  }

  /// The log of a set, oldest first. Throws `noTrainingSet`.
  public func actions(of name: String) throws(SessionError) -> [LoggedAction] {
    try readAside { db in
      let set = try TrainingSetRow.find(name, in: db)
      let rows = try Row.fetchCursor(
        db,
        sql: """
          SELECT number, standing, made_at, editor, affected, json FROM training_action
          WHERE "set" = ? ORDER BY number
          """, arguments: [set.id])
      var actions: [LoggedAction] = []
      while let row = try rows.next() {
        // One that goes on right now isn't in the log yet.
        guard let standing = LoggedAction.Standing(rawValue: row[1]) else { continue }
        actions.append(
          LoggedAction(
            number: row[0], action: try Self.action(row[5]), editor: row[3], madeAt: row[2],
            affected: row[4], standing: standing))
      }
      return actions
    }
  }

  /// Carries out the actions of a log, one after the other, as actions of this set.
  ///
  /// - Returns: what came of each, in their order.
  public func replay(
    _ actions: [CurationAction], on name: String, by editor: String? = nil
  ) throws -> [CurationReport] {
    // Nothing is begun that can't be read to its end.
    for action in actions {
      if case .filter(let line) = action.selection { _ = try ExampleFilter(line) }
    }
    return try actions.map { try perform($0, on: name, by: editor) }
  }

  static func action(_ column: String) throws -> CurationAction {
    guard let action = CurationAction(json: try JSON(parsing: column)) else {
      throw DatabaseError(resultCode: .SQLITE_CORRUPT)
    }
    return action
  }

  // MARK: Carrying out

  /// In one transaction: what one key does.
  private func performAtOnce(
    _ action: CurationAction, hashes: [String], on name: String, by editor: String?
  ) throws -> CurationReport {
    if try read({ db in try TrainingSetRow.find(name, in: db).writer }) != nil {
      // What a whet that is gone left unfinished is taken back first: later, it would take this along.
      try endWork(on: try beginWork(onSet: name).id, adding: TrainingTally())
    }
    let done = try write { db -> (set: TrainingSetRow, report: CurationReport, numbers: [Int]) in
      let set = try TrainingSetRow.find(name, in: db)
      guard set.writer == nil else { throw SessionError.trainingSetBusy(named: name) }
      var changes: [(old: StoredExample, new: StoredExample)] = []
      for id in try Self.ids(ofHashes: hashes, in: set, of: db) {
        guard let old = try TrainingRow.stored(id, in: db),
          let new = old.applying(action.change, by: editor)
        else { continue }
        changes.append((old, new))
      }
      guard !changes.isEmpty else { return (set, CurationReport(number: nil, affected: 0), []) }
      let number = try Self.log(action, of: set.id, by: editor, standing: "performing", in: db)
      try Self.write(changes, action: number, of: set.id, in: db)
      try Self.finish(action: number, of: set.id, in: db)
      return (
        set, CurationReport(number: number, affected: changes.count), changes.map(\.old.number)
      )
    }
    if !done.numbers.isEmpty {
      try refreshSearches(
        set: done.set.id, numbers: done.numbers, from: done.set.revision,
        to: done.set.revision + 1)
    }
    return done.report
  }

  private func perform(
    _ action: CurationAction, _ filter: ExampleFilter, on set: TrainingSetRow, by editor: String?,
    _ progress: (Int, Int) throws -> Void
  ) throws -> CurationReport {
    let number = try write { db in
      try Self.log(action, of: set.id, by: editor, standing: "performing", in: db)
    }
    var last = 0
    var affected = 0
    while true {
      let slice = try readToFind { db in
        try Self.fitting(filter, after: last, in: set, limit: Self.sliceOfChanges, of: db)
      }
      let changes = slice.examples.compactMap { old in
        old.applying(action.change, by: editor).map { (old: old, new: $0) }
      }
      if !changes.isEmpty {
        try write { db in try Self.write(changes, action: number, of: set.id, in: db) }
        affected += changes.count
      }
      try progress(slice.reached ?? set.summary.count, affected)
      guard let reached = slice.reached else { break }
      last = reached
      if !changes.isEmpty { letOthersWrite() }
    }
    try write { db in
      if affected > 0 {
        try Self.finish(action: number, of: set.id, in: db)
      } else {
        try db.execute(
          sql: "DELETE FROM training_action WHERE \"set\" = ? AND number = ?",
          arguments: [set.id, number])
      }
    }
    return CurationReport(number: affected > 0 ? number : nil, affected: affected)
  }

  /// As many examples are changed in one transaction.
  private static let sliceOfChanges = 1000

  private static func ids(
    ofHashes hashes: [String], in set: TrainingSetRow, of db: Database
  ) throws -> [Int64] {
    guard let ids = set.ids else { return [] }
    let statement = try db.cachedStatement(
      sql: "SELECT id FROM training_example WHERE hash = ? AND id BETWEEN ? AND ?")
    var found = Set<Int64>()
    for hash in hashes {
      guard let half = TrainingRow.half(ofHash: hash) else { continue }
      found.formUnion(
        try Int64.fetchAll(statement, arguments: [half, ids.lowerBound, ids.upperBound]))
    }
    return found.sorted()
  }

  /// Writes what examples have become, and what they were.
  private static func write(
    _ changes: [(old: StoredExample, new: StoredExample)], action: Int, of set: Int64,
    in db: Database
  ) throws {
    let before = try db.cachedStatement(
      sql: """
        INSERT INTO training_before ("set", action, number, state, tags, lineage, json)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        """)
    var tally = TrainingTally()
    for (old, new) in changes {
      let isRewritten = old.example != new.example
      try before.execute(arguments: [
        set, action, old.number, TrainingRow.column(old.state), TrainingRow.column(old.tags),
        isRewritten ? old.lineage.json.text : nil, isRewritten ? old.example.json.text : nil,
      ])
      try TrainingRow.update(new, withText: isRewritten, in: set, of: db)
      tally.change(from: old, to: new)
    }
    try tally.write(to: set, at: secondsSince1970(), in: db)
    try db.execute(
      sql: """
        UPDATE training_action SET affected = affected + ? WHERE "set" = ? AND number = ?
        """, arguments: [changes.count, set, action])
  }

  // MARK: The log

  /// - Returns: the action's number.
  private static func log(
    _ action: CurationAction, of set: Int64, by editor: String?, standing: String, in db: Database
  ) throws -> Int {
    let number =
      1
      + (try Int.fetchOne(
        db, sql: "SELECT max(number) FROM training_action WHERE \"set\" = ?", arguments: [set])
        ?? 0)
    try db.execute(
      sql: """
        INSERT INTO training_action ("set", number, standing, made_at, editor, affected, json)
        VALUES (?, ?, ?, ?, ?, 0, ?)
        """,
      arguments: [set, number, standing, secondsSince1970(), editor, action.json.text])
    return number
  }

  /// Says that an action is done; those that were undone can't be done again after it. What the
  /// examples were before those is what they are without them, so that it need not be kept twice.
  private static func finish(action: Int, of set: Int64, in db: Database) throws {
    try db.execute(
      sql: """
        DELETE FROM training_before WHERE "set" = :set AND action IN (
          SELECT number FROM training_action WHERE "set" = :set AND standing = 'undone');
        UPDATE training_action SET standing = 'dropped'
          WHERE "set" = :set AND standing = 'undone';
        UPDATE training_action SET standing = 'done' WHERE "set" = :set AND number = :action;
        """, arguments: ["set": set, "action": action])
  }
}
