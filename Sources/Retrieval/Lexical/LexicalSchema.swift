// The tables of the words of passages. docs/retrieval.md describes them.

import GRDB

enum LexicalSchema {
  static func create(_ db: Database) throws {
    try db.execute(
      sql: """
        -- The words of some passages of a chunking, written at once: those with ids from
        -- first_passage to last_passage. The ranges of a chunking's segments don't overlap. lengths
        -- has a byte for each id (PassageLength), 0 for one that isn't in the segment; passages and
        -- length are its sums.
        CREATE TABLE segment (
          id INTEGER PRIMARY KEY AUTOINCREMENT,
          chunking INTEGER NOT NULL REFERENCES chunking (id),
          level INTEGER NOT NULL,
          -- live, growing (being merged of others) or retired (to be deleted)
          state TEXT NOT NULL,
          -- Of a growing segment: the last term that it has. Of a live one: the segment that it is
          -- merged into.
          grown_to TEXT,
          merged_into INTEGER,
          first_passage INTEGER NOT NULL,
          last_passage INTEGER NOT NULL,
          passages INTEGER NOT NULL,
          length INTEGER NOT NULL,
          lengths BLOB NOT NULL
        ) STRICT;

        -- In which passages of a segment a term stands, and how often (PostingList).
        CREATE TABLE posting (
          segment INTEGER NOT NULL,
          term TEXT NOT NULL,
          frequency INTEGER NOT NULL,
          data BLOB NOT NULL,
          PRIMARY KEY (segment, term)
        ) STRICT, WITHOUT ROWID;

        -- Passages that are gone, and whose words are still in a segment.
        CREATE TABLE tombstone (
          chunking INTEGER NOT NULL,
          passage INTEGER NOT NULL,
          PRIMARY KEY (chunking, passage)
        ) STRICT, WITHOUT ROWID;
        """)
  }
}
