import GRDB

// The tables of vectors. A vector is known by its embedder and by the hash of the text that was
// embedded, so that a document that is read anew, or cut another way, finds those that it can use.

enum VectorSchema {
  static func create(_ db: Database) throws {
    try db.execute(
      sql: """
        CREATE TABLE embedder (
          id INTEGER PRIMARY KEY,
          name TEXT NOT NULL UNIQUE,
          dimensions INTEGER NOT NULL
        ) STRICT;

        -- As 8-bit codes, for the scan: a value is its code times the scale; error is the length
        -- of what the codes leave out.
        CREATE TABLE vector (
          id INTEGER PRIMARY KEY,
          embedder INTEGER NOT NULL REFERENCES embedder (id),
          hash TEXT NOT NULL,
          scale REAL NOT NULL,
          error REAL NOT NULL,
          codes BLOB NOT NULL,
          UNIQUE (embedder, hash)
        ) STRICT;

        -- As 32-bit numbers, little endian, for the few that a search looks at twice.
        CREATE TABLE full_vector (
          id INTEGER PRIMARY KEY REFERENCES vector (id) ON DELETE CASCADE,
          numbers BLOB NOT NULL
        ) STRICT;

        -- In the order in which a search reads them: the chunking is the passage's.
        CREATE TABLE passage_vector (
          embedder INTEGER NOT NULL REFERENCES embedder (id),
          chunking INTEGER NOT NULL REFERENCES chunking (id),
          passage INTEGER NOT NULL REFERENCES passage (id) ON DELETE CASCADE,
          vector INTEGER NOT NULL REFERENCES vector (id),
          PRIMARY KEY (embedder, chunking, passage)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX vector_of_passage ON passage_vector (passage);
        CREATE INDEX passage_of_vector ON passage_vector (vector);
        """)
  }
}
