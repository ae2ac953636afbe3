// Looks at all passages of a chunking, a document at a time, and hands each to the checks.

import Core
import GRDB

extension PassageIndex {
  /// How much of an index the slower checks look at, so that their time is bounded.
  private enum Sample {
    /// Passages that are compared phrase by phrase and line by line.
    static let compared = 20_000
    /// Passages that the index is asked for.
    static let asked = 200
  }

  /// What is odd about the passages of a chunking, found without any query.
  ///
  /// All of them are read once; a sample, evenly spaced and always the same, is compared for near
  /// duplicates and boilerplate, and the index is asked for some. Takes seconds: call it on a worker
  /// thread. Throws `IndexError`, and `CancellationError` once `isCancelled` says so.
  ///
  /// - Parameter chunking: nil for the index's first.
  public func diagnose(
    _ chunking: Chunking? = nil, isCancelled: () -> Bool = { false }
  ) throws -> IndexDiagnosis {
    var duplicates = DuplicateCheck()
    var nearDuplicates = NearDuplicateCheck()
    var boilerplate = BoilerplateCheck()
    var boundaries = BoundaryCheck()
    var findability = FindabilityCheck()
    let passages = try read { db in
      let chunking = try StoredChunking.named(chunking, db)
      let total = try Int.fetchOne(
        db, sql: "SELECT count(*) FROM passage WHERE chunking = ?", arguments: [chunking.id])
      let passages = total ?? 0
      let comparing = max(1, (passages + Sample.compared - 1) / Sample.compared)
      let asking = max(1, passages / Sample.asked)
      let rows = try Row.fetchCursor(db, sql: Self.allPassages, arguments: [chunking.id])
      var number = 0
      while let row = try rows.next() {
        if isCancelled() { throw CancellationError() }
        let passage = Self.examined(row)
        let isDuplicate = duplicates.take(passage)
        boundaries.take(passage)
        if number % comparing == 0 {
          if !isDuplicate { nearDuplicates.take(passage) }
          boilerplate.take(passage)
          findability.count(passage)
        }
        if number % asking == 0 { findability.ask(for: passage) }
        number += 1
      }
      return passages
    }
    let found = try findability.findings(of: passages) { query, limit in
      try search(query, limit: limit, chunking: chunking, isCancelled: isCancelled).map {
        (PassagePlace(passage: $0.id, source: $0.source, row: $0.row, lines: $0.lines), $0.text)
      }
    }
    return IndexDiagnosis(
      passages: passages,
      findings: [duplicates.finding, nearDuplicates.finding, boilerplate.finding]
        .compactMap { $0 } + boundaries.findings + found)
  }

  private static let allPassages = """
    SELECT passage.*, document.row, file.source
    FROM document
    JOIN passage ON passage.document = document.id AND passage.chunking = ?
    JOIN file ON file.id = document.file
    ORDER BY document.id, passage.start_byte
    """

  private static func examined(_ row: Row) -> ExaminedPassage {
    ExaminedPassage(
      place: PassagePlace(
        passage: row["id"], source: row["source"], row: row["row"],
        lines: row["first_line"]...row["last_line"]),
      document: row["document"], bytes: row["start_byte"]..<row["end_byte"],
      tokens: row["tokens"], text: row["text"])
  }
}
