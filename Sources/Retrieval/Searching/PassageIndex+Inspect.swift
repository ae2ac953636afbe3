// What the inspector asks of an index: why a passage stands where it stands, what is around it, and
// which passage somebody means.

import Core
import GRDB

extension PassageIndex {
  /// What each term of a query adds to the scores of some passages, by the passages' ids; nothing
  /// for those that hold none of them. Terms come in the order of the query.
  ///
  /// Throws `IndexError`.
  public func explanations(
    of passages: [Int64], for query: String, chunking: Chunking? = nil
  ) throws -> [Int64: [TermWeight]] {
    try read { db in
      let chunking = try StoredChunking.named(chunking, db)
      let terms = QueryTerms(query, tokenizer: try Tokenizer(db))
      return try LexicalQuery(terms, chunking: chunking.id, lengths: lengths, db).explanations(
        of: passages)
    }
  }

  /// Where a passage stands in a search by words, however far down; nil when it holds no word of the
  /// query, or the index no longer has it. It need not fit the filter itself.
  ///
  /// Throws `IndexError`, and `CancellationError` once `isCancelled` says so.
  public func standing(
    of passage: Int64, for query: String, filter: PassageFilter = PassageFilter(),
    isCancelled: () -> Bool = { false }
  ) throws -> Standing? {
    try read { db in
      try db.interrupting(when: isCancelled) {
        let chunking = try Int64.fetchOne(
          db, sql: "SELECT chunking FROM passage WHERE id = ?", arguments: [passage])
        guard let chunking else { return nil }
        let terms = QueryTerms(query, tokenizer: try Tokenizer(db))
        let included = try IncludedPassages(filter, chunking: chunking, db)
        return try LexicalQuery(terms, chunking: chunking, lengths: lengths, db)
          .standing(of: passage, where: included.contains, isCancelled: isCancelled)
      }
    }
  }

  /// The passages of the same document and chunking before and after one; nil at its ends.
  public func neighbours(of passage: Int64) throws -> (before: Passage?, after: Passage?) {
    try read { db in
      func neighbour(_ comparison: String, _ order: String) throws -> Passage? {
        try StoredPassage.fetch(
          where: """
            (passage.document, passage.chunking) =
                (SELECT document, chunking FROM passage WHERE id = :id)
              AND passage.start_byte \(comparison)
                (SELECT start_byte FROM passage WHERE id = :id)
            ORDER BY passage.start_byte \(order) LIMIT 1
            """, ["id": passage], db
        ).first
      }
      return try (neighbour("<", "DESC"), neighbour(">", "ASC"))
    }
  }

  /// The passages that somebody means: those of a source, at a line, with a phrase in them; what is
  /// nil doesn't count. In the order of the index.
  ///
  /// A source is named by its end (`returns.md` for `tour/returns.md`); a phrase may be written in
  /// any case of ASCII letters. Looking for a phrase without a source reads the text of the whole
  /// index. Throws `IndexError`, and `CancellationError` once `isCancelled` says so.
  public func passages(
    in source: String?, line: Int? = nil, phrase: String? = nil, chunking: Chunking? = nil,
    limit: Int, isCancelled: () -> Bool = { false }
  ) throws -> [Passage] {
    try read { db in
      let chunking = try StoredChunking.named(chunking, db)
      return try db.interrupting(when: isCancelled) {
        try StoredPassage.fetch(
          where: """
            passage.chunking = :chunking
              AND (:source IS NULL OR file.source = :source OR file.path = :source
                OR substr(file.source, -length(:source) - 1) = '/' || :source)
              AND (:line IS NULL OR :line BETWEEN passage.first_line AND passage.last_line)
              AND (:phrase IS NULL OR instr(lower(passage.text), lower(:phrase)) > 0)
            ORDER BY passage.id LIMIT :limit
            """,
          [
            "chunking": chunking.id, "source": source, "line": line, "phrase": phrase,
            "limit": max(limit, 0),
          ], db)
      }
    }
  }

  public func files(named name: String) throws -> [IndexedFile] {
    try read { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT source, path, skip_reason FROM file
          WHERE path = :name OR source = :name
            OR substr(path, -length(:name) - 1) = '/' || :name
          ORDER BY path LIMIT 100
          """,
        arguments: ["name": name]
      ).map { row in
        let reason: String? = row[2]
        return IndexedFile(
          source: row[0], path: row[1],
          skipReason: reason.map { SkipReason(rawValue: $0)?.description ?? $0 })
      }
    }
  }
}
