// A segment of a chunking's words, as its row has it.

import Foundation
import GRDB

struct Segment: Equatable {
  let id: Int64
  /// How large it was written: 0 for less than 1,024 passages, then one more for eight times as many.
  let level: Int
  let firstPassage: Int64
  let lastPassage: Int64
  /// How many passages it has, those with tombstones included, and their lengths.
  let passages: Int
  let length: Int

  /// Its passages, counted from the first, are less than this.
  var span: Int { Int(lastPassage - firstPassage + 1) }

  /// What can be searched, in the order of the passages.
  static func live(chunking: Int64, _ db: Database) throws -> [Segment] {
    try fetch("state = 'live' AND chunking = ?", [chunking], db)
  }

  /// The segments that a condition holds for, in the order of their passages.
  static func fetch(
    _ condition: String, _ arguments: StatementArguments, _ db: Database
  ) throws -> [Segment] {
    let statement = try db.cachedStatement(
      sql: """
        SELECT id, level, first_passage, last_passage, passages, length FROM segment
        WHERE \(condition) ORDER BY first_passage
        """)
    return try Row.fetchAll(statement, arguments: arguments).map { row in
      let segment = Segment(
        id: row[0], level: row[1], firstPassage: row[2], lastPassage: row[3], passages: row[4],
        length: row[5])
      guard 0 < segment.firstPassage, segment.firstPassage <= segment.lastPassage,
        segment.span <= UInt32.max
      else {
        throw DatabaseError(resultCode: .SQLITE_CORRUPT)
      }
      return segment
    }
  }

  /// The lengths of its passages; see `PassageLength`.
  func lengths(_ db: Database) throws -> [UInt8] {
    let statement = RawStatement(
      try db.cachedStatement(sql: "SELECT lengths FROM segment WHERE id = ?"), db)
    statement.bind(id, at: 1)
    defer { statement.reset() }
    let lengths = try statement.step() ? [UInt8](statement.blob(at: 0)) : []
    guard lengths.count == span else { throw DatabaseError(resultCode: .SQLITE_CORRUPT) }
    return lengths
  }

  /// Writes the row of a new segment, and gives its id.
  static func insert(
    chunking: Int64, state: State, firstPassage: Int64, lengths: [UInt8], _ db: Database
  ) throws -> Int64 {
    let present = lengths.filter { $0 > 0 }
    try db.cachedStatement(
      sql: """
        INSERT INTO segment
          (chunking, level, state, grown_to, first_passage, last_passage, passages, length, lengths)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
        """
    ).execute(
      arguments: [
        chunking, level(ofPassages: present.count), state.rawValue, state == .growing ? "" : nil,
        firstPassage,
        firstPassage + Int64(lengths.count) - 1, present.count,
        present.reduce(0) { $0 + PassageLength.length($1) }, lengths.withUnsafeBytes { Data($0) },
      ])
    return db.lastInsertedRowID
  }

  private static func level(ofPassages count: Int) -> Int {
    var (level, rest) = (0, count / 1024)
    while rest > 0 { (level, rest) = (level + 1, rest / SegmentMerge.fanIn) }
    return level
  }

  enum State: String {
    /// It can be searched.
    case live
    /// It is being merged of others.
    case growing
    /// It waits to be deleted.
    case retired
  }
}
