// The tables of an index, and how to tell an index from other files. docs/retrieval.md describes
// them; a change is a new migration at the end, never an edit of one that has been released.

import Core
import GRDB

enum IndexSchema {
  /// "whpi" in ASCII, in SQLite's header field for it.
  static let applicationID: Int64 = 0x7768_7069

  enum State {
    case empty, current, outdated, later, foreign
  }

  static func state(_ db: Database) throws -> State {
    if try Int64.fetchOne(db, sql: "PRAGMA application_id") == applicationID {
      if try migrator.hasBeenSuperseded(db) { return .later }
      return try migrator.hasCompletedMigrations(db) ? .current : .outdated
    }
    // The list of migrations is made before the first of them: an index whose making was cut short,
    // or is under way elsewhere, holds no more than that.
    let hasTables = try Bool.fetchOne(
      db, sql: "SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE tbl_name <> 'grdb_migrations')")
    return hasTables == true ? .foreign : .empty
  }

  static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("documents and passages") { db in
      try db.execute(
        sql: """
          PRAGMA application_id = \(applicationID);

          -- A file that has been read. One with a skip_reason holds no passages; it is remembered
          -- so that it isn't read again.
          CREATE TABLE document (
            id INTEGER PRIMARY KEY,
            path TEXT NOT NULL UNIQUE,
            source TEXT NOT NULL,
            size INTEGER NOT NULL,
            modified INTEGER NOT NULL,
            inode INTEGER NOT NULL,
            hash INTEGER NOT NULL,
            skip_reason TEXT,
            passages INTEGER NOT NULL,
            tokens INTEGER NOT NULL
          ) STRICT;

          -- Row ids are never used twice, so that a passage once pinned can't become another.
          CREATE TABLE passage (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            document INTEGER NOT NULL REFERENCES document (id),
            start_byte INTEGER NOT NULL,
            end_byte INTEGER NOT NULL,
            first_line INTEGER NOT NULL,
            last_line INTEGER NOT NULL,
            tokens INTEGER NOT NULL,
            headings TEXT NOT NULL,
            text TEXT NOT NULL
          ) STRICT;
          CREATE UNIQUE INDEX passage_place ON passage (document, start_byte);

          -- Holds no text of its own: what it indexes is made of the two tables above by IndexedText.
          CREATE VIRTUAL TABLE passage_text USING fts5 (
            name, headings, text, parts, content = '',
            tokenize = '\(Tokenizer.descriptor.components.joined(separator: " "))'
          );
          """)
    }
    migrator.registerMigration("files, rows, pages and chunkings") { db in
      try db.execute(
        sql: """
          ALTER TABLE document RENAME TO earlier_document;
          ALTER TABLE passage RENAME TO earlier_passage;
          DROP INDEX passage_place;

          -- A file that has been read. One with a skip_reason holds no documents; it is remembered
          -- so that it isn't read again.
          CREATE TABLE file (
            id INTEGER PRIMARY KEY,
            path TEXT NOT NULL UNIQUE,
            source TEXT NOT NULL,
            size INTEGER NOT NULL,
            modified INTEGER NOT NULL,
            inode INTEGER NOT NULL,
            hash INTEGER NOT NULL,
            skip_reason TEXT
          ) STRICT;

          -- What a file holds: one document without a row, or one for each of its rows. Passages
          -- and tokens are those of the first chunking.
          CREATE TABLE document (
            id INTEGER PRIMARY KEY,
            file INTEGER NOT NULL REFERENCES file (id),
            row TEXT,
            hash INTEGER NOT NULL,
            title TEXT,
            metadata TEXT NOT NULL,
            passages INTEGER NOT NULL,
            tokens INTEGER NOT NULL
          ) STRICT;
          CREATE UNIQUE INDEX document_place ON document (file, row);

          -- The ways in which each document is cut, by Chunking.name; the first is searched when
          -- nobody names one.
          CREATE TABLE chunking (
            id INTEGER PRIMARY KEY,
            name TEXT NOT NULL UNIQUE
          ) STRICT;
          INSERT INTO chunking SELECT 1, CASE
            WHEN EXISTS (SELECT 1 FROM earlier_document) THEN 'structure-240'
            ELSE '\(Chunking().name)' END;

          -- Row ids are never used twice, so that a passage once pinned can't become another.
          CREATE TABLE passage (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            document INTEGER NOT NULL REFERENCES document (id),
            chunking INTEGER NOT NULL REFERENCES chunking (id),
            start_byte INTEGER NOT NULL,
            end_byte INTEGER NOT NULL,
            first_line INTEGER NOT NULL,
            last_line INTEGER NOT NULL,
            page INTEGER,
            tokens INTEGER NOT NULL,
            headings TEXT NOT NULL,
            text TEXT NOT NULL
          ) STRICT;
          CREATE UNIQUE INDEX passage_place ON passage (document, chunking, start_byte);

          -- Until now each file was one document.
          INSERT INTO file
            SELECT id, path, source, size, modified, inode, hash, skip_reason
            FROM earlier_document;
          INSERT INTO document
            SELECT id, id, NULL, hash, NULL, '{}', passages, tokens
            FROM earlier_document WHERE skip_reason IS NULL;
          INSERT INTO passage
            SELECT id, document, 1, start_byte, end_byte, first_line, last_line, NULL, tokens,
              headings, text
            FROM earlier_passage;
          INSERT INTO sqlite_sequence (name, seq)
            SELECT 'passage', 0 WHERE NOT EXISTS (
              SELECT 1 FROM sqlite_sequence WHERE name = 'passage');
          UPDATE sqlite_sequence SET seq = max(seq, ifnull(
            (SELECT seq FROM sqlite_sequence WHERE name = 'earlier_passage'), 0))
            WHERE name = 'passage';
          DROP TABLE earlier_passage;
          DROP TABLE earlier_document;
          """)
    }
    migrator.registerMigration("reading settings") { db in
      try db.execute(
        sql: """
          -- The paths that were added, and how the files below each are read (ReadingSettings).
          CREATE TABLE root (
            path TEXT PRIMARY KEY,
            settings TEXT NOT NULL
          ) STRICT, WITHOUT ROWID;
          """)
    }
    migrator.registerMigration("vectors", migrate: VectorSchema.create)
    migrator.registerMigration("lexical index") { db in
      try db.execute(sql: "DROP TABLE passage_text")
      try LexicalSchema.create(db)
      try LexicalBatch.addAll(db)
    }
    return migrator
  }
}
