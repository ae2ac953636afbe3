import Core

// Searches by vectors: the collection compares, the mirror says which passages its records are and
// which of them fit the filter.

extension ChromaIndex {
  /// Records that are named in a query, so that the server looks among no others; with more, it is
  /// asked for more than is wanted, until enough of it fits.
  private static let namedRecords = 2000

  public func embedder(for settings: RetrievalSettings) throws -> String? {
    guard settings.method != .bm25 else { return nil }
    let isWanted = settings.method != nil
    let wanted = settings.embedder?.description ?? address.embedder
    let description =
      try mirror.description() ?? collection.describe(isCancelled: { false })
    guard !description.isForeign else {
      if isWanted, wanted == nil { throw ChromaError.unknownEmbedder(place: place) }
      return wanted
    }
    guard let embedder = description.embedder else {
      if isWanted { throw EmbeddingError.noVectors(embedder: wanted ?? StaticEmbedder.name) }
      return nil
    }
    guard let wanted, wanted != embedder else { return embedder }
    if isWanted {
      throw ChromaError.otherEmbedder(place: place, embedder: embedder, wanted: wanted)
    }
    return nil
  }

  /// The one embedder of the collection, or the one that was named for it.
  public func embedders() throws -> [(name: String, passages: Int)] {
    let description = try refresh(needsServer: false, isCancelled: { false })
    guard let name = description.isForeign ? address.embedder : description.embedder else {
      return []
    }
    return [(name, try mirror.passageCount())]
  }

  public func rankings(
    for queries: [String], vectors: [[Float]], of embedder: String?, limit: Int,
    _ settings: RetrievalSettings, isCancelled: () -> Bool
  ) throws -> [Ranking] {
    let description = try refresh(needsServer: embedder != nil, isCancelled: isCancelled)
    var rankings = try mirror.index.rankings(
      for: queries, vectors: [], of: nil, limit: limit, settings, isCancelled: isCancelled)
    guard let embedder else { return rankings }
    for vector in vectors {
      let search = try VectorLeg(
        of: self, description, vector: vector, embedder: embedder, chunking: settings.chunking,
        filter: settings.filter)
      let found = try search.best(limit, among: Self.namedRecords, isCancelled: isCancelled)
      rankings.append(Ranking(leg: .vector, passages: found))
    }
    return rankings
  }

  public func standing(
    of passage: Int64, for vector: [Float], of embedder: String, filter: PassageFilter,
    isCancelled: () -> Bool
  ) throws -> Standing? {
    guard let record = try mirror.record(of: passage) else { return nil }
    let description = try refresh(needsServer: true, isCancelled: isCancelled)
    return try VectorLeg(
      of: self, description, vector: vector, embedder: embedder, chunking: record.chunking,
      filter: filter
    ).standing(of: passage, record: record.id, isCancelled: isCancelled)
  }

  public func vectors(of passages: [Int64], by embedder: String) throws -> [Int64: [Float]] {
    let description = try refresh(needsServer: true, isCancelled: { false })
    guard description.isForeign || description.embedder == embedder else { return [:] }
    // Those of what this machine wrote are here.
    var vectors = try mirror.index.vectors(of: passages, by: embedder)
    let passages = passages.filter { vectors[$0] == nil }
    for start in stride(from: 0, to: passages.count, by: ChromaCollection.batch.fetched) {
      let records = try passages[start...].prefix(ChromaCollection.batch.fetched).compactMap { id in
        try mirror.record(of: id).map { (passage: id, id: $0.id) }
      }
      let found = try collection.vectors(
        Array(Set(records.map(\.id))), of: description.id, isCancelled: { false })
      for record in records { vectors[record.passage] = found[record.id]?.normalized }
    }
    return vectors
  }
}

/// One search of a collection by a vector.
private struct VectorLeg {
  let index: ChromaIndex
  let description: CollectionDescription
  /// Of length 1, or of zeros.
  let vector: [Float]
  let chunking: Chunking?
  let filter: PassageFilter

  init(
    of index: ChromaIndex, _ description: CollectionDescription, vector: [Float], embedder: String,
    chunking: Chunking?, filter: PassageFilter
  ) throws {
    self.index = index
    self.description = description
    self.chunking = chunking
    self.filter = filter
    if let dimensions = description.dimensions, dimensions != vector.count {
      throw EmbeddingError.wrongLength(
        embedder: embedder, expected: dimensions, got: vector.count)
    }
    guard vector.allSatisfy(\.isFinite) else { throw EmbeddingError.unusable(embedder: embedder) }
    self.vector = vector.normalized ?? vector.map { _ in 0 }
  }

  /// The passages nearest to the vector; among equals, those that came to this machine first.
  func best(
    _ limit: Int, among named: Int, isCancelled: () -> Bool
  ) throws -> [RankedPassage] {
    guard description.dimensions != nil, limit > 0 else { return [] }
    let ids =
      filter.isEmpty
      ? nil
      : try index.mirror.ids(
        chunking: chunking, filter: filter, limit: named, isCancelled: isCancelled)
    if let ids, ids.isEmpty { return [] }
    var count = limit
    while true {
      let found = try nearest(count, among: ids, isCancelled)
      if found.passages.count >= limit || found.isAll {
        return Array(found.passages.sorted { ($1.score, $0.id) < ($0.score, $1.id) }.prefix(limit))
      }
      count *= 4
    }
  }

  /// Where a passage stands, however far down.
  func standing(
    of passage: Int64, record: String, isCancelled: () -> Bool
  ) throws -> Standing? {
    guard description.dimensions != nil else { return nil }
    var count = 256
    while true {
      let found = try nearest(count, among: nil, isCancelled)
      if let score = found.scores[record] {
        let better = found.passages.count {
          $0.id != passage && ($0.score > score || $0.score == score && $0.id < passage)
        }
        return Standing(rank: better + 1, score: score)
      }
      if found.isAll { return nil }
      count *= 8
    }
  }

  /// What the collection finds: the passages that fit the filter, the scores of all records, and
  /// whether there are no more.
  private func nearest(
    _ count: Int, among ids: [String]?, _ isCancelled: () -> Bool
  ) throws -> (passages: [RankedPassage], scores: [String: Double], isAll: Bool) {
    // Named records are of the chunking already; another program's know of none.
    let isOnlyChunking = try ids != nil || index.chunkings().count == 1
    let chunking = isOnlyChunking ? nil : try chunking ?? index.chunkings().first
    let found = try index.collection.nearest(
      to: vector, count: count, among: ids, chunking: chunking, of: description.id,
      isCancelled: isCancelled)
    let known = try index.mirror.passages(
      of: found.map(\.id), chunking: self.chunking, filter: filter)
    if known.unknown > 0 { index.noteUnknownRecord() }
    var passages: [RankedPassage] = []
    var scores: [String: Double] = [:]
    for (id, distance) in found {
      let score = score(distance)
      scores[id] = score
      for passage in known.passages[id] ?? [] {
        passages.append(RankedPassage(id: passage, score: score))
      }
    }
    return (passages, scores, found.count < count)
  }

  /// The cosine; with a space of straight distances, as long as vectors have a length of 1.
  private func score(_ distance: Double) -> Double {
    description.space == "l2" ? 1 - distance / 2 : 1 - distance
  }
}
