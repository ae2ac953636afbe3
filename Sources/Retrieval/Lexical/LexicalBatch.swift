// What one transaction of the index writer adds to the words of the passages, and takes from them.

import GRDB

/// The changes of a transaction to the lexical index.
final class LexicalBatch {
  private var builders: [Int64: SegmentBuilder] = [:]

  /// Takes the words of a passage that was written in this transaction.
  func add(_ passage: Int64, chunking: Int64, _ text: IndexedText, _ tokenizer: Tokenizer) {
    builders[chunking, default: SegmentBuilder()].add(passage, text, tokenizer: tokenizer)
  }

  /// Says that the passages of a document are gone. They must still be in their table.
  func remove(passagesOf document: Int64, _ db: Database) throws {
    try db.cachedStatement(
      sql: """
        INSERT OR IGNORE INTO tombstone SELECT chunking, id FROM passage WHERE document = ?
        """
    ).execute(arguments: [document])
  }

  /// Writes a segment for each chunking that has new passages.
  func write(_ db: Database) throws {
    defer { discard() }
    let postings = PostingTable(db)
    for (chunking, builder) in builders.sorted(by: { $0.key < $1.key }) {
      let segment = try Segment.insert(
        chunking: chunking, state: .live, firstPassage: builder.firstPassage,
        lengths: builder.lengths, db)
      try builder.forEachList { term, count, list in
        try postings.insert(list, count: count, of: term, to: segment)
      }
    }
  }

  /// Adds the words of all passages: those of an index from before there were segments.
  static func addAll(_ db: Database) throws {
    let batch = LexicalBatch()
    let tokenizer = try Tokenizer(db)
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT passage.id, passage.chunking, file.source, document.title, passage.headings,
          passage.text
        FROM passage JOIN document ON document.id = passage.document
        JOIN file ON file.id = document.file ORDER BY passage.id
        """)
    var bytes = 0
    while let row = try rows.next() {
      let text = IndexedText(source: row[2], title: row[3], headings: row[4], text: row[5])
      batch.add(row[0], chunking: row[1], text, tokenizer)
      bytes += text.text.utf8.count
      if bytes > 4 << 20 {
        try batch.write(db)
        bytes = 0
      }
    }
    try batch.write(db)
  }

  /// Forgets what was not written.
  func discard() { builders = [:] }
}
