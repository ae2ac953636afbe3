// Examples on their way into a training set, however many: in bounded memory, in transactions that let
// others write in between, and all of them or none.

import Core
import FineTuning
import GRDB

extension SessionStore {
  /// Adds examples to the end of a set, which is made where there is none.
  ///
  /// They are there once all of them are: where `next` throws or the process is killed, none is.
  ///
  /// - Parameters:
  ///   - keepsDuplicates: whether what says the same as an example of the set, or an earlier one of
  ///     these, is added all the same.
  ///   - next: the next example; nil after the last. It may use the store.
  ///
  /// Throws `trainingSetBusy`, and what `next` throws.
  public func appendExamples(
    to name: String, keepsDuplicates: Bool = false, _ next: () throws -> IncomingExample?
  ) throws -> AppendReport {
    let set = try beginWork(onSet: name, makesIt: true)
    do {
      var appending = Appending(set: set, keepsDuplicates: keepsDuplicates)
      var slice: [IncomingExample] = []
      var isLast = false
      while !isLast {
        slice.removeAll(keepingCapacity: true)
        var room = Appending.roomOfSlice
        while room > 0 {
          guard let incoming = try next() else {
            isLast = true
            break
          }
          room -= Appending.room(of: incoming)
          slice.append(incoming)
        }
        guard !slice.isEmpty else { break }
        let prepared = slice.map(PreparedExample.init)
        appending = try write { db in
          var after = appending
          for incoming in prepared { try after.insert(incoming, into: db) }
          return after
        }
        if !isLast { letOthersWrite() }
      }
      try endWork(on: set.id, adding: appending.tally)
      return appending.report
    } catch {
      try abandonWork(on: set.id)
      throw error
    }
  }
}

/// An example with all that can be made of it while nobody waits for the store.
private struct PreparedExample {
  var incoming: IncomingExample
  var line: String
  var hash: String

  init(_ incoming: IncomingExample) {
    self.incoming = incoming
    line = incoming.example.json.text
    hash = ContentHash.of(line)
  }
}

/// How far an append has come.
private struct Appending {
  let set: Int64
  let keepsDuplicates: Bool
  private(set) var tally = TrainingTally()
  private(set) var report = AppendReport()
  private var last: Int
  private var seen = 0

  /// Bytes of texts in one transaction, about: it takes a part of a second.
  static let roomOfSlice = 8 << 20

  init(set: TrainingSetRow, keepsDuplicates: Bool) {
    self.set = set.id
    self.keepsDuplicates = keepsDuplicates
    last = set.summary.count
  }

  static func room(of incoming: IncomingExample) -> Int {
    let example = incoming.example
    return (example.messages + (example.rejected ?? [])).reduce(1000) { room, message in
      room + (message.content?.string?.utf8.count ?? 1000)
    }
  }

  mutating func insert(_ prepared: PreparedExample, into db: Database) throws {
    seen += 1
    guard let hash = TrainingRow.half(ofHash: prepared.hash) else { return }
    let known = try Int64.fetchOne(
      db.cachedStatement(
        sql: "SELECT id FROM training_example WHERE hash = ? AND id BETWEEN ? AND ? LIMIT 1"),
      arguments: [hash, TrainingRow.id(1, in: set), TrainingRow.id(last, in: set)])
    if let known {
      report.note(.init(incoming: seen, number: TrainingRow.number(of: known)))
      guard keepsDuplicates else { return }
    }
    guard last < TrainingRow.mostExamples else {
      throw DatabaseError(resultCode: .SQLITE_TOOBIG, message: "a training set can't be larger")
    }
    last += 1
    let incoming = prepared.incoming
    let stored = StoredExample(
      number: last, example: incoming.example, state: incoming.state,
      tags: Set(incoming.tags).sorted(), lineage: incoming.lineage,
      tokens: incoming.example.tokenEstimate)
    try TrainingRow.insert(stored, line: prepared.line, hash: hash, in: set, into: db)
    tally.add(stored.state, tokens: stored.tokens)
    report.added += 1
  }
}
