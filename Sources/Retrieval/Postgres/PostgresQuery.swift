import Core

// A query before the words of a chunking: its terms with their weights there. PostgreSQL finds the
// passages that hold them by its index on words, counts how often, and adds up the scores, in the
// very numbers of BM25.

struct PostgresQuery {
  struct Term {
    let term: QueryTerms.Term
    /// In fixed point; see `BM25`.
    let weight: Float
    /// As a tsquery.
    let lexeme: String
    /// The most that it can add to a score.
    let most: UInt32
  }

  /// Passages that are scored to find out what a score must be to matter.
  private static let probes = 2_000

  private let connection: PostgresConnection
  private let chunking: PostgresChunking
  private let scorer: BM25
  private let filter: PostgresFilter
  /// In the order of the query.
  let terms: [Term]

  init(
    _ query: QueryTerms, chunking: PostgresChunking, filter: PassageFilter = PassageFilter(),
    _ connection: PostgresConnection
  ) throws {
    self.connection = connection
    self.chunking = chunking
    self.filter = try PostgresFilter(filter, connection)
    let scorer = BM25(passages: chunking.passages, length: chunking.length)
    let frequencies = try Self.frequencies(of: query.terms, chunking, connection)
    var query = query
    query.prune { frequencies[PassageWords.lexeme($0.term)] ?? 0 }
    self.scorer = scorer
    let smallestDamping = scorer.dampings[1...].min() ?? 0
    terms = query.terms.map {
      let weight = scorer.weight(frequency: $0.passages, count: $0.weight)
      return Term(
        term: $0, weight: weight, lexeme: PassageWords.quoted(PassageWords.lexeme($0.term)),
        most: BM25.contribution(weight: weight, frequency: 255, damping: smallestDamping))
    }
  }

  private static func frequencies(
    of terms: [QueryTerms.Term], _ chunking: PostgresChunking, _ connection: PostgresConnection
  ) throws -> [String: Int] {
    guard !terms.isEmpty else { return [:] }
    let rows = try connection.query(
      "SELECT term, passages FROM whet.term WHERE chunking = $1 AND term = ANY ($2)",
      [
        PostgresValue(chunking.id),
        PostgresValue(texts: terms.map { PassageWords.lexeme($0.term) }),
      ])
    return Dictionary(
      uniqueKeysWithValues: (0..<rows.count).map { (rows.text($0, 0) ?? "", rows.integer($0, 1)) })
  }

  // MARK: The best

  /// The best passages, the best first; among equals those indexed first.
  func best(_ limit: Int, isCancelled: () -> Bool) throws -> [RankedPassage] {
    guard limit > 0, !terms.isEmpty else { return [] }
    let rare = rarest(atLeast: max(Self.probes, limit))
    let found = try best(limit, holding: rare, isCancelled)
    guard rare.count < terms.count else { return ranked(found) }
    // Passages that hold none of the rare words matter only where the others can add up to as much
    // as the worst of those that were found.
    let needed = found.count >= limit ? found.last?.points ?? 0 : 0
    let deciding = deciding(needed)
    if deciding.isSubset(of: rare) { return ranked(found) }
    return ranked(try best(limit, holding: deciding, isCancelled))
  }

  private func ranked(_ found: [(passage: Int64, points: UInt32)]) -> [RankedPassage] {
    found.map { RankedPassage(id: $0.passage, score: BM25.score($0.points)) }
  }

  /// The places of the rarest terms that so many passages hold.
  private func rarest(atLeast count: Int) -> Set<Int> {
    var rare: Set<Int> = []
    var sum = 0
    for place in terms.indices.sorted(by: { terms[$0].term.passages < terms[$1].term.passages })
    where sum < count {
      rare.insert(place)
      sum += terms[place].term.passages
    }
    return rare
  }

  /// The places of terms of which a passage must hold one to reach a score: the others together
  /// can't.
  private func deciding(_ points: UInt32) -> Set<Int> {
    var deciding = Set(terms.indices)
    var sum: UInt64 = 0
    for place in terms.indices.sorted(by: { terms[$0].most < terms[$1].most }) {
      sum += UInt64(terms[place].most)
      guard sum < points else { break }
      deciding.remove(place)
    }
    return deciding
  }

  private func best(
    _ limit: Int, holding places: Set<Int>, _ isCancelled: () -> Bool
  ) throws -> [(passage: Int64, points: UInt32)] {
    var statement = Statement(self, holding: places)
    let sql = """
      SELECT passage, points FROM (\(statement.scores)) AS scored
      ORDER BY points DESC, passage LIMIT \(statement.bind(PostgresValue(limit)))
      """
    let rows = try connection.query(sql, statement.parameters, isCancelled: isCancelled)
    return (0..<rows.count).map { (rows.id($0, 0), UInt32(clamping: rows.integer($0, 1))) }
  }

  // MARK: One of many

  /// Where a passage stands among all; nil when it holds no word of the query.
  func standing(of passage: Int64, isCancelled: () -> Bool) throws -> Standing? {
    let score = try explanations(of: [passage])[passage]?.reduce(0) { $0 + $1.points } ?? 0
    guard score > 0 else { return nil }
    var statement = Statement(self, holding: deciding(score))
    let (points, place) = (
      statement.bind(PostgresValue(score)), statement.bind(PostgresValue(passage))
    )
    let rows = try connection.query(
      """
      SELECT count(*) FROM (\(statement.scores)) AS scored
      WHERE points > \(points)::bigint OR points = \(points)::bigint AND passage < \(place)::bigint
      """, statement.parameters, isCancelled: isCancelled)
    return Standing(rank: rows.integer(0, 0) + 1, score: BM25.score(score))
  }

  /// What each term of the query adds to the scores of some passages.
  func explanations(of passages: [Int64]) throws -> [Int64: [TermWeight]] {
    guard !passages.isEmpty, !terms.isEmpty else { return [:] }
    let rows = try connection.query(
      """
      SELECT passage, length, place,
        ts_rank_cd('\(PassageWords.weights)', words, lexeme::tsquery) * \(PassageWords.unit)
      FROM whet.words, unnest($1::text[]) WITH ORDINALITY AS term (lexeme, place)
      WHERE passage = ANY ($2) AND chunking = $3 AND words @@ lexeme::tsquery
      ORDER BY passage, place
      """,
      [
        PostgresValue(texts: terms.map(\.lexeme)), PostgresValue(passages),
        PostgresValue(chunking.id),
      ])
    var explanations: [Int64: [TermWeight]] = [:]
    for row in 0..<rows.count {
      let place = rows.integer(row, 2) - 1
      let length = UInt8(clamping: rows.integer(row, 1))
      guard terms.indices.contains(place) else { continue }
      let term = terms[place]
      let frequency = UInt8(clamping: Int(rows.double(row, 3)))
      let points = BM25.contribution(
        weight: term.weight, frequency: frequency, damping: scorer.dampings[Int(length)])
      guard points > 0 else { continue }
      explanations[rows.id(row, 0), default: []].append(
        TermWeight(
          term: term.term, frequency: frequency, points: points,
          inverseFrequency: scorer.inverseFrequency(term.term.passages)))
    }
    return explanations
  }

  // MARK: As SQL

  /// The scores of all passages that hold one of some terms, as a statement; its text holds nothing
  /// but numbers of parameters.
  private struct Statement {
    private(set) var parameters: [PostgresValue] = []
    private(set) var scores = ""

    init(_ query: PostgresQuery, holding places: Set<Int>) {
      let candidates = bind(
        PostgresValue(places.sorted().map { query.terms[$0].lexeme }.joined(separator: " | ")))
      let chunking = bind(PostgresValue(query.chunking.id))
      let dampings = bind(PostgresValue(query.scorer.dampings))
      // The frequencies are columns of a query of their own, so that each is counted once, and only
      // where there is something to count; all is done in `real`, and cut to whole numbers, as BM25
      // does it.
      let frequencies = query.terms.enumerated().map { place, term in
        let word = bind(PostgresValue(term.lexeme)) + "::tsquery"
        return """
          CASE WHEN words @@ \(word) THEN
            least(ts_rank_cd('\(PassageWords.weights)', words, \(word)) * \(PassageWords.unit)::real,
              255::real)
          ELSE 0::real END AS f\(place)
          """
      }
      let points = query.terms.enumerated().map { place, term in
        let weight = bind(PostgresValue("\(term.weight)"))
        return "floor(\(weight)::real * (f\(place) / (f\(place) + damping)))::bigint"
      }
      scores = """
        SELECT passage, \(points.joined(separator: " + ")) AS points FROM (
          SELECT words.passage, (\(dampings)::real[])[words.length + 1] AS damping,
            \(frequencies.joined(separator: ", "))
          FROM whet.words\(query.filter.joins("words"))
          WHERE words.words @@ \(candidates)::tsquery AND words.chunking = \(chunking)::integer
            \(query.filter.condition(bind: { bind($0) }))
          OFFSET 0
        ) AS counted
        """
    }

    /// The name of a parameter.
    mutating func bind(_ value: PostgresValue) -> String {
      parameters.append(value)
      return "$\(parameters.count)"
    }
  }
}
