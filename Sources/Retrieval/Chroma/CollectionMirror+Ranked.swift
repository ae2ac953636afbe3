import Core
import GRDB

// From the records that a collection finds to passages, and back.

extension CollectionMirror {
  /// The passages of some records, by the records' ids: those of a chunking that fit a filter.
  /// `unknown` tells of how many there is nothing here.
  func passages(
    of ids: [String], chunking: Chunking?, filter: PassageFilter
  ) throws -> (passages: [String: [Int64]], unknown: Int) {
    try index.read { db in
      let chunking = try StoredChunking.named(chunking, db)
      let included = try IncludedPassages(filter, chunking: chunking.id, db)
      let statement = try db.cachedStatement(
        sql: """
          SELECT record.passage, passage.chunking FROM record
          LEFT JOIN passage ON passage.id = record.passage WHERE record.id = ?
          """)
      var found: [String: [Int64]] = [:]
      var unknown = 0
      for id in ids {
        let rows = try Row.fetchAll(statement, arguments: [id])
        if rows.isEmpty { unknown += 1 }
        found[id] = rows.filter { ($0[1] as Int64?) == chunking.id && included.fitsFilter($0[0]) }
          .map { $0[0] }
      }
      return (found, unknown)
    }
  }

  /// The records of the passages of a chunking that fit a filter; nil when there are more than so
  /// many.
  func ids(
    chunking: Chunking?, filter: PassageFilter, limit: Int, isCancelled: () -> Bool
  ) throws -> [String]? {
    try index.read { db in
      try db.interrupting(when: isCancelled) {
        let chunking = try StoredChunking.named(chunking, db)
        let included = try IncludedPassages(filter, chunking: chunking.id, db)
        let rows = try Row.fetchCursor(
          db,
          sql: """
            SELECT record.id, record.passage FROM record
            JOIN passage ON passage.id = record.passage WHERE passage.chunking = ?
            """,
          arguments: [chunking.id])
        var ids: Set<String> = []
        while let row = try rows.next() {
          guard included.fitsFilter(row[1]) else { continue }
          ids.insert(row[0])
          if ids.count > limit { return nil }
        }
        return ids.sorted()
      }
    }
  }

  /// Passages that are records, in all chunkings.
  func passageCount() throws -> Int {
    try index.read { db in
      try Int.fetchOne(db, sql: "SELECT count(*) FROM record WHERE passage > 0") ?? 0
    }
  }

  /// The record and chunking of a passage; nil when it is none.
  func record(of passage: Int64) throws -> (id: String, chunking: Chunking)? {
    try index.read { db in
      let row = try Row.fetchOne(
        db,
        sql: """
          SELECT record.id, chunking.name FROM record JOIN passage ON passage.id = record.passage
          JOIN chunking ON chunking.id = passage.chunking WHERE record.passage = ?
          """,
        arguments: [passage])
      guard let row, let chunking = Chunking(row[1] as String) else { return nil }
      return (row[0], chunking)
    }
  }
}
