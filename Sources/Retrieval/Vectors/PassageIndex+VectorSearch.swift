import CVectors
import Core
import Foundation
import GRDB

// Finding passages by their vectors. The search is exact: a scan of 8-bit codes, whose error is
// bounded, leaves a few rows that can be among the best, and these are compared in full.

extension PassageIndex {
  /// The passages whose vectors point most nearly in the direction of a query's, best first; among
  /// equals, those indexed first.
  ///
  /// `score`, and that of the standing in the leg `vector`, is the cosine, from -1 to 1. The order is
  /// that of the cosines of the 32-bit vectors. `isCancelled` is asked on this thread, every few
  /// milliseconds at most. Throws `IndexError`, `EmbeddingError`, and `CancellationError` once that
  /// says so.
  ///
  /// - Parameters:
  ///   - embedder: the name of the embedder that made the vector.
  ///   - chunking: nil for the first of the index; nothing is found by one that the index hasn't.
  ///   - isIncluded: whether the passage of an id may be found.
  public func vectorSearch(
    _ vector: [Float], of embedder: String, limit: Int, chunking: Chunking? = nil,
    where isIncluded: (Int64) -> Bool = { _ in true }, isCancelled: () -> Bool = { false }
  ) throws -> [Passage] {
    guard limit > 0 else { return [] }
    return try read { db in
      let best = try Self.nearest(
        to: vector, limit: limit,
        in: matrix(of: embedder, chunking: chunking, isCancelled, db), of: embedder,
        where: isIncluded, isCancelled: isCancelled, db)
      return try best.enumerated().compactMap { place, found in
        var passage = try StoredPassage.fetch(found.id, db)
        passage?.score = found.score
        passage?.standings[.vector] = Standing(rank: place + 1, score: found.score)
        return passage
      }
    }
  }

  /// Where a passage stands in a search by vectors, however far down; nil when it has no vector.
  ///
  /// Throws as `vectorSearch` does.
  public func vectorStanding(
    of passage: Int64, for vector: [Float], of embedder: String, chunking: Chunking? = nil,
    where isIncluded: (Int64) -> Bool = { _ in true }, isCancelled: () -> Bool = { false }
  ) throws -> Standing? {
    try read { db in
      let matrix = try matrix(of: embedder, chunking: chunking, isCancelled, db)
      let query = try Self.query(vector, of: embedder, for: matrix)
      guard let row = matrix.row(of: passage) else { return nil }
      let score = try Self.cosine(of: matrix.entries[row].vector, with: query, db)
      var better = 0
      var unsure: [Int] = []
      func count(_ candidate: VectorMatrix.Candidate) {
        guard Double(candidate.upper) >= score, candidate.row != row,
          isIncluded(matrix.entries[candidate.row].passage)
        else { return }
        if Double(candidate.lower) > score { better += 1 } else { unsure.append(candidate.row) }
      }
      try matrix.forEachRow(for: query, isCancelled: isCancelled, count)
      for other in unsure {
        if isCancelled() { throw CancellationError() }
        let cosine = try Self.cosine(of: matrix.entries[other].vector, with: query, db)
        if cosine > score || cosine == score && other < row { better += 1 }
      }
      return Standing(rank: better + 1, score: score)
    }
  }

  public func standing(
    of passage: Int64, for vector: [Float], of embedder: String, filter: PassageFilter,
    isCancelled: () -> Bool
  ) throws -> Standing? {
    let chunking: Chunking? = try read { db in
      let name = try String.fetchOne(
        db,
        sql: """
          SELECT chunking.name FROM passage JOIN chunking ON chunking.id = passage.chunking
          WHERE passage.id = ?
          """,
        arguments: [passage])
      return name.flatMap { Chunking($0) }
    }
    guard let chunking else { return nil }
    let included = try read { db in
      try IncludedPassages(filter, chunking: StoredChunking.named(chunking, db).id, db)
    }
    return try vectorStanding(
      of: passage, for: vector, of: embedder, chunking: chunking, where: included.fitsFilter,
      isCancelled: isCancelled)
  }

  /// The passages nearest to a query's vector, with their cosines; among equals, those indexed first.
  static func nearest(
    to vector: [Float], limit: Int, in matrix: VectorMatrix, of embedder: String,
    where isIncluded: (Int64) -> Bool, isCancelled: () -> Bool, _ db: Database
  ) throws -> [RankedPassage] {
    let query = try query(vector, of: embedder, for: matrix)
    let candidates = try matrix.candidates(
      for: query, limit: limit, where: isIncluded, isCancelled: isCancelled)
    let nearest = try candidates.map { candidate in
      let entry = matrix.entries[candidate.row]
      return RankedPassage(
        id: entry.passage, score: try cosine(of: entry.vector, with: query, db))
    }
    return Array(nearest.sorted { ($1.score, $0.id) < ($0.score, $1.id) }.prefix(limit))
  }

  private static func query(
    _ vector: [Float], of embedder: String, for matrix: VectorMatrix
  ) throws -> [Float] {
    guard vector.count == matrix.dimensions else {
      throw EmbeddingError.wrongLength(
        embedder: embedder, expected: matrix.dimensions, got: vector.count)
    }
    guard vector.allSatisfy(\.isFinite) else { throw EmbeddingError.unusable(embedder: embedder) }
    return vector.normalized ?? vector.map { _ in 0 }
  }

  private static func cosine(of vector: Int64, with query: [Float], _ db: Database) throws -> Double
  {
    let statement = try db.cachedStatement(sql: "SELECT numbers FROM full_vector WHERE id = ?")
    guard let data = try Data.fetchOne(statement, arguments: [vector]),
      data.count == 4 * query.count
    else { throw DatabaseError(resultCode: .SQLITE_CORRUPT) }
    return vectors_dot(StoredNumbers.vector(in: data), query, query.count)
  }

  /// The vectors of passages by an embedder, of length 1; those without one are left out.
  public func vectors(of passages: [Int64], by embedder: String) throws -> [Int64: [Float]] {
    try read { db in
      let statement = try db.cachedStatement(
        sql: """
          SELECT numbers FROM full_vector JOIN passage_vector ON passage_vector.vector = full_vector.id
          JOIN embedder ON embedder.id = passage_vector.embedder
          WHERE passage_vector.passage = ? AND embedder.name = ?
          """)
      return try passages.reduce(into: [:]) { vectors, passage in
        let data = try Data.fetchOne(statement, arguments: [passage, embedder])
        vectors[passage] = data.map(StoredNumbers.vector)
      }
    }
  }
}
