import Core

// Finding passages by their vectors: pgvector compares all of an embedder, in the server. Exact, so
// that the order is that of an index in a file.

struct PostgresVectors {
  private let connection: PostgresConnection
  private let embedder: String
  private let id: Int
  private let dimensions: Int
  private let chunking: Int
  private let filter: PostgresFilter

  /// Throws `EmbeddingError.noVectors` when there are none.
  init(
    of embedder: String, chunking: Int, filter: PassageFilter, _ connection: PostgresConnection
  ) throws {
    guard try PostgresSchema.hasVectors(connection) else {
      throw EmbeddingError.noVectors(embedder: embedder)
    }
    let rows = try connection.query(
      "SELECT id, dimensions FROM whet.embedder WHERE name = $1", [PostgresValue(embedder)])
    guard rows.count > 0 else { throw EmbeddingError.noVectors(embedder: embedder) }
    self.connection = connection
    self.embedder = embedder
    self.chunking = chunking
    id = rows.integer(0, 0)
    dimensions = rows.integer(0, 1)
    self.filter = try PostgresFilter(filter, connection)
  }

  /// The passages nearest to a query's vector, with their cosines; among equals, those indexed first.
  func nearest(
    to vector: [Float], limit: Int, isCancelled: () -> Bool
  ) throws -> [RankedPassage] {
    var parameters = try parameters(vector)
    let condition = condition(&parameters)
    parameters.append(PostgresValue(limit))
    // Of vectors of length 1 the inner product is the cosine, and that of zeros is 0.
    let rows = try connection.query(
      """
      SELECT vector.passage, -(numbers <#> $1) AS cosine FROM \(condition)
      ORDER BY cosine DESC, vector.passage LIMIT $\(parameters.count)
      """, parameters, isCancelled: isCancelled)
    return (0..<rows.count).map { RankedPassage(id: rows.id($0, 0), score: rows.double($0, 1)) }
  }

  /// Where a passage stands among all; nil when it has no vector.
  func standing(
    of passage: Int64, for vector: [Float], isCancelled: () -> Bool
  ) throws -> Standing? {
    var parameters = try parameters(vector)
    let own = try connection.query(
      "SELECT -(numbers <#> $1::vector) FROM whet.vector WHERE embedder = $2 AND passage = $3",
      [parameters[0], parameters[1], PostgresValue(passage)])
    guard own.count > 0, let score = own.text(0, 0) else { return nil }
    let condition = condition(&parameters)
    parameters += [PostgresValue(score), PostgresValue(passage)]
    let (other, place) = ("$\(parameters.count - 1)::float8", "$\(parameters.count)::bigint")
    let rows = try connection.query(
      """
      SELECT count(*) FROM \(condition) AND (-(numbers <#> $1) > \(other)
        OR -(numbers <#> $1) = \(other) AND vector.passage < \(place))
      """, parameters, isCancelled: isCancelled)
    return Standing(rank: rows.integer(0, 0) + 1, score: own.double(0, 0))
  }

  private func parameters(_ vector: [Float]) throws -> [PostgresValue] {
    guard vector.count == dimensions else {
      throw EmbeddingError.wrongLength(
        embedder: embedder, expected: dimensions, got: vector.count)
    }
    guard vector.allSatisfy(\.isFinite) else { throw EmbeddingError.unusable(embedder: embedder) }
    let unit = vector.normalized ?? vector.map { _ in 0 }
    return [PostgresValue(vector: unit), PostgresValue(id), PostgresValue(chunking)]
  }

  /// The vectors that are searched, as what stands behind FROM.
  private func condition(_ parameters: inout [PostgresValue]) -> String {
    var bound = parameters
    let condition = filter.condition {
      bound.append($0)
      return "$\(bound.count)"
    }
    parameters = bound
    return """
      whet.vector\(filter.joins("vector"))
      WHERE embedder = $2 AND vector.chunking = $3 AND vector.passage IS NOT NULL\(condition)
      """
  }
}
