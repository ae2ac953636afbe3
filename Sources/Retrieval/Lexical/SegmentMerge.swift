// Brings segments together, so that there are never many of them: a log-structured merge. A merge is
// done in steps, each a transaction; one that was stopped is taken up where it was. Until its last
// step the new segment can't be seen, and the old ones are searched. Levels go by size, so that a few
// new passages are merged with a few others, and not with all there are.

import GRDB

enum SegmentMerge {
  /// Neighbours of a level that are merged into one of the next.
  static let fanIn = 8
  /// Bytes of lists that a step writes.
  static let stepBytes = 4 << 20
  /// Rows that a step deletes.
  private static let stepRows = 20_000
  /// A segment may have as many ids for each passage, or this many: more would be holes.
  private static let holes = (factor: 16, least: 1 << 20)

  /// Does a piece of what there is to do; false when there is nothing.
  ///
  /// - Parameter bytes: of lists that are written at most, but for the last one.
  static func step(_ db: Database, bytes: Int = stepBytes) throws -> Bool {
    if let growing = try Segment.fetch("state = 'growing'", [], db).first {
      try grow(growing, bytes, db)
      return true
    }
    for chunking in try StoredChunking.all(db) {
      if let due = try due(chunking.id, db) {
        try start(due, chunking: chunking.id, db)
        return true
      }
    }
    return try deleteRetired(db)
  }

  // MARK: What is due

  private static func due(_ chunking: Int64, _ db: Database) throws -> ArraySlice<Segment>? {
    let segments = try Segment.live(chunking: chunking, db)
    var end = segments.endIndex
    while end > segments.startIndex {
      // A small one before a larger one belongs to the larger one's level: it would stay for ever.
      let level = segments[end - 1].level
      let start = segments[..<end].lastIndex { $0.level > level }.map { $0 + 1 } ?? 0
      let run = segments[start..<end]
      if run.count >= fanIn, !hasHoles(run.prefix(fanIn)) { return run.prefix(fanIn) }
      end = start
    }
    // One of which a quarter is gone is written anew without that.
    for place in segments.indices {
      let segment = segments[place]
      let gone = try Int.fetchOne(
        db.cachedStatement(
          sql: """
            SELECT count(*) FROM tombstone WHERE chunking = ? AND passage BETWEEN ? AND ?
            """), arguments: [chunking, segment.firstPassage, segment.lastPassage])
      if (gone ?? 0) * 4 > segment.passages { return segments[place...place] }
    }
    return nil
  }

  private static func hasHoles(_ segments: ArraySlice<Segment>) -> Bool {
    guard let first = segments.first, let last = segments.last else { return false }
    let span = Int(last.lastPassage - first.firstPassage)
    return span > max(segments.reduce(0) { $0 + $1.passages } * holes.factor, holes.least)
  }

  // MARK: Merging

  private static func start(
    _ segments: ArraySlice<Segment>, chunking: Int64, _ db: Database
  ) throws {
    guard let first = segments.first, let last = segments.last else { return }
    var lengths = [UInt8](repeating: 0, count: Int(last.lastPassage - first.firstPassage + 1))
    for segment in segments {
      let offset = Int(segment.firstPassage - first.firstPassage)
      lengths.replaceSubrange(offset..<offset + segment.span, with: try segment.lengths(db))
    }
    let gone = try Int64.fetchCursor(
      db, sql: "SELECT passage FROM tombstone WHERE chunking = ? AND passage BETWEEN ? AND ?",
      arguments: [chunking, first.firstPassage, last.lastPassage])
    while let passage = try gone.next() { lengths[Int(passage - first.firstPassage)] = 0 }
    let id = try Segment.insert(
      chunking: chunking, state: .growing, firstPassage: first.firstPassage, lengths: lengths, db)
    for segment in segments {
      try db.execute(
        sql: "UPDATE segment SET merged_into = ? WHERE id = ?", arguments: [id, segment.id])
    }
  }

  private static func grow(_ segment: Segment, _ bytes: Int, _ db: Database) throws {
    let last = try String.fetchOne(
      db, sql: "SELECT grown_to FROM segment WHERE id = ?", arguments: [segment.id])
    let parts = try Segment.fetch("merged_into = ? AND state = 'live'", [segment.id], db)
    var merged = MergedLists(segment, try segment.lengths(db))
    try merged.read(parts, after: last ?? "", upTo: bytes, db)
    let postings = PostingTable(db)
    try merged.withEach { term, count, list in
      try postings.insert(list, count: count, of: term, to: segment.id)
    }
    if let last = merged.lastTerm {
      try db.execute(
        sql: "UPDATE segment SET grown_to = ? WHERE id = ?", arguments: [last, segment.id])
    } else {
      try finish(segment, db)
    }
  }

  private static func finish(_ segment: Segment, _ db: Database) throws {
    let lengths = try segment.lengths(db)
    let chunking = try Int64.fetchOne(
      db, sql: "SELECT chunking FROM segment WHERE id = ?", arguments: [segment.id])
    // Those that came while it grew are still in it.
    let tombstones = try Int64.fetchAll(
      db, sql: "SELECT passage FROM tombstone WHERE chunking = ? AND passage BETWEEN ? AND ?",
      arguments: [chunking, segment.firstPassage, segment.lastPassage])
    let delete = try db.makeStatement(
      sql: "DELETE FROM tombstone WHERE chunking = ? AND passage = ?")
    for passage in tombstones where lengths[Int(passage - segment.firstPassage)] == 0 {
      try delete.execute(arguments: [chunking, passage])
    }
    try db.execute(
      sql: """
        UPDATE segment SET state = 'retired', merged_into = NULL WHERE merged_into = :id;
        UPDATE segment SET state = iif(passages > 0, 'live', 'retired'), grown_to = NULL
          WHERE id = :id
        """,
      arguments: ["id": segment.id])
  }

  /// Deletes some lists of a segment that nobody needs any more; false when there is none.
  private static func deleteRetired(_ db: Database) throws -> Bool {
    guard let segment = try Segment.fetch("state = 'retired'", [], db).first else { return false }
    let next = try String.fetchOne(
      db, sql: "SELECT term FROM posting WHERE segment = ? ORDER BY term LIMIT 1 OFFSET ?",
      arguments: [segment.id, stepRows])
    if let next {
      try db.execute(
        sql: "DELETE FROM posting WHERE segment = ? AND term < ?", arguments: [segment.id, next])
    } else {
      try db.execute(
        sql: "DELETE FROM posting WHERE segment = :id; DELETE FROM segment WHERE id = :id",
        arguments: ["id": segment.id])
    }
    return true
  }
}

/// Some of the lists of a segment that grows, before they are written: reading and writing the same
/// table in turn would make SQLite look for its place again each time.
private struct MergedLists {
  private let segment: Segment
  private let lengths: [UInt8]
  private var encoder = PostingEncoder()
  private var bytes: [UInt8] = []
  private var lists: [(term: Range<Int>, count: Int, list: Range<Int>)] = []
  /// The last term that was read; nil when there was none.
  private(set) var lastTerm: String?

  init(_ segment: Segment, _ lengths: [UInt8]) {
    self.segment = segment
    self.lengths = lengths
  }

  /// Reads the lists of the next terms.
  mutating func read(
    _ parts: [Segment], after term: String, upTo limit: Int, _ db: Database
  ) throws {
    let table = PostingTable(db)
    var cursors = try parts.map { try table.cursor(over: $0, after: term) }
    while bytes.count < limit, let next = Self.first(cursors) {
      let start = bytes.count
      bytes.append(contentsOf: next)
      let term = start..<bytes.count
      encoder.removeAll()
      for place in cursors.indices {
        guard let its = cursors[place].term, Self.isEqual(its, bytes[term]) else { continue }
        let offset = Int(parts[place].firstPassage - segment.firstPassage)
        try append(cursors[place].list(), offset: offset)
        try cursors[place].advance()
      }
      lastTerm = String(decoding: bytes[term], as: UTF8.self)
      guard encoder.count > 0 else { continue }
      lengths.withUnsafeBufferPointer { encoder.encode(lengths: $0) }
      bytes += encoder.bytes
      lists.append((term, encoder.count, term.upperBound..<bytes.count))
    }
  }

  func withEach(
    _ body: (_ term: UnsafeRawBufferPointer, _ count: Int, _ list: UnsafeRawBufferPointer) throws
      -> Void
  ) rethrows {
    try bytes.withUnsafeBytes { bytes in
      for (term, count, list) in lists {
        try body(
          UnsafeRawBufferPointer(rebasing: bytes[term]), count,
          UnsafeRawBufferPointer(rebasing: bytes[list]))
      }
    }
  }

  /// Takes the postings of passages that are still there.
  private mutating func append(_ list: PostingList, offset: Int) throws {
    for block in 0..<list.blockCount {
      try list.decode(block)
      for place in 0..<list.filled {
        let passage = Int(list.passages[place]) + offset
        guard passage < lengths.count, lengths[passage] > 0 else { continue }
        encoder.append(UInt32(passage), frequency: list.frequencies[place])
      }
    }
  }

  /// The first of the terms at which some cursors stand.
  private static func first(_ cursors: [PostingCursor]) -> UnsafeRawBufferPointer? {
    cursors.lazy.compactMap(\.term).min { $0.lexicographicallyPrecedes($1) }
  }

  private static func isEqual(_ term: UnsafeRawBufferPointer, _ other: ArraySlice<UInt8>) -> Bool {
    term.count == other.count && term.elementsEqual(other)
  }
}
