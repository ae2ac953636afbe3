import Core
import GRDB

// What this machine has of a collection: an ordinary index, and which of its passages is which record.
// It asks no server.

/// Joins the passages of an index to the records of a collection.
///
/// A passage is this machine's own when its file was added here; all others were fetched, and their
/// files have names instead of paths. Every call that writes is one transaction.
struct CollectionMirror: Sendable {
  let index: PassageIndex
  /// The table of listed ids is this connection's own.
  private let database: DatabaseQueue

  /// Before the names of fetched files; no absolute path begins like this.
  static let fetched = "chroma:"
  /// A record that is no passage: it is remembered, so that it isn't fetched again.
  static let noPassage: Int64 = 0

  init(_ index: PassageIndex) throws {
    self.index = index
    database = try index.openWriter()
    try writer.write { db in
      try db.execute(
        sql: """
          -- Which passages are which records. Two files alike share one; a passage of 0 is none.
          CREATE TABLE IF NOT EXISTS record (
            id TEXT NOT NULL,
            passage INTEGER NOT NULL,
            is_own INTEGER NOT NULL,
            PRIMARY KEY (id, passage)
          ) STRICT, WITHOUT ROWID;
          CREATE INDEX IF NOT EXISTS record_of_passage ON record (passage);

          -- What the collection said of itself when it was last compared.
          CREATE TABLE IF NOT EXISTS collection (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            description TEXT NOT NULL
          ) STRICT;
          """)
    }
  }

  /// For one transaction at a time.
  var writer: IndexWriter { IndexWriter(database) }

  // MARK: What the collection said

  /// The description that the passages are from; nil before anything was fetched.
  func description() throws -> CollectionDescription? {
    try index.read { db in
      try String.fetchOne(db, sql: "SELECT description FROM collection")
        .flatMap { try? JSON(parsing: $0) }.flatMap(CollectionDescription.init)
    }
  }

  func note(_ description: CollectionDescription) throws {
    try writer.write { db in
      try db.execute(
        sql: "INSERT OR REPLACE INTO collection (id, description) VALUES (1, ?)",
        arguments: [description.json.text])
    }
  }

  // MARK: Comparing ids

  /// Cuts documents in these ways, too; one that holds nothing yet has only these.
  func add(_ chunkings: [Chunking]) throws {
    let known = try index.chunkings()
    if !chunkings.allSatisfy(known.contains) { _ = try writer.add(chunkings) }
  }

  /// Begins a comparison with all ids that the collection has; `list` gives them.
  func beginListing() throws {
    try writer.write { db in
      try db.execute(
        sql: """
          CREATE TEMP TABLE IF NOT EXISTS listed (
            number INTEGER PRIMARY KEY,
            id TEXT NOT NULL UNIQUE
          ) STRICT;
          DELETE FROM listed;
          """)
    }
  }

  func list(_ ids: [String]) throws {
    try writer.write { db in
      let insert = try db.cachedStatement(sql: "INSERT OR IGNORE INTO listed (id) VALUES (?)")
      for id in ids { try insert.execute(arguments: [id]) }
    }
  }

  /// Listed ids that aren't known, in the order of the list, so that passages come to all machines in
  /// the order in which they were written.
  func unknown(limit: Int) throws -> [String] {
    try writer.read { db in
      try String.fetchAll(
        db,
        sql: """
          SELECT id FROM listed WHERE NOT EXISTS (SELECT 1 FROM record WHERE record.id = listed.id)
          ORDER BY number LIMIT ?
          """,
        arguments: [limit])
    }
  }

  /// Drops the fetched passages whose records weren't listed; own ones are to be written again.
  func dropUnlisted() throws {
    try writer.write { db in
      let gone = try Int64.fetchAll(
        db,
        sql: """
          SELECT passage FROM record
          WHERE NOT is_own AND passage > 0 AND id NOT IN (SELECT id FROM listed)
          """)
      for passage in gone { try Self.remove(passage, db) }
      try db.execute(sql: "DELETE FROM record WHERE id NOT IN (SELECT id FROM listed)")
    }
  }

  /// Forgets all records, so that they are fetched anew.
  func forgetRecords() throws {
    try beginListing()
    try dropUnlisted()
  }
}

extension CollectionDescription {
  /// As the mirror keeps it.
  fileprivate var json: JSON {
    [
      "id": .string(id), "space": .string(space), "dimensions": JSON(dimensions),
      "metadata": .object(metadata),
    ]
  }

  fileprivate init?(_ json: JSON) {
    guard let id = json["id"]?.string, let space = json["space"]?.string else { return nil }
    self.init(
      id: id, space: space, dimensions: json["dimensions"]?.integer,
      metadata: json["metadata"]?.object ?? [:])
  }
}
