import Core

// The requests that are made about one collection, and what their answers must be to be believed. It
// knows nothing of passages.

/// What a collection says of itself.
struct CollectionDescription: Equatable {
  /// What its paths go by; a collection that was made anew has another.
  var id: String
  /// How distances are counted: `cosine`, `l2` or `ip`.
  var space: String
  /// Of its vectors; nil while it has none.
  var dimensions: Int?
  var metadata: JSON.Object

  /// What whet notes of a collection of its own.
  enum Mark {
    static let format = "whet_format"
    static let embedder = "whet_embedder"
    static let chunkings = "whet_chunkings"
    /// Another one after each write.
    static let change = "whet_change"

    static let currentFormat = 1
  }

  /// Nil for the collection of another program.
  var format: Int? { metadata[Mark.format]?.integer }
  var isForeign: Bool { format == nil }
  var embedder: String? { metadata[Mark.embedder]?.string }
  var chunkings: [Chunking] {
    if isForeign { return [Chunking(.document)] }
    return (metadata[Mark.chunkings]?.string ?? "").split(separator: ",")
      .compactMap { Chunking(String($0)) }
  }
}

/// A record as it is written: with its vector.
struct EmbeddedRecord {
  var id: String
  var record: ChromaRecord
  var vector: [Float]
}

/// A collection on its server.
struct ChromaCollection {
  let address: ChromaAddress
  let service: any ChromaService

  /// Records that a request writes at most, and the bytes of their texts together; records that are
  /// fetched at once.
  static let batch = (records: 256, bytes: 4 << 20, fetched: 128)
  /// Ids that are asked for at once; servers allow some more.
  static let page = 5000

  /// How the collections that whet makes are searched: exactly, wherever it was tried.
  private static let configuration: JSON = [
    "hnsw": ["space": "cosine", "ef_construction": 200, "ef_search": 1000, "max_neighbors": 32]
  ]

  // MARK: The collection

  /// Nil when there is none.
  func existing(_ isCancelled: () -> Bool) throws -> CollectionDescription? {
    try service.answer(
      to: .get, "\(address.collections)/\(address.collection)", nil, isCancelled: isCancelled
    ).map(description)
  }

  /// Throws `ChromaError.noCollection` when there is none.
  func describe(isCancelled: () -> Bool) throws -> CollectionDescription {
    guard let description = try existing(isCancelled) else { throw noCollection }
    return description
  }

  /// The collection as it is; made with a mark of ours where there is none.
  func make(embedder: String, isCancelled: () -> Bool) throws -> CollectionDescription {
    if let known = try existing(isCancelled) { return known }
    let made = try answer(
      .post, address.collections,
      [
        "name": .string(address.collection), "get_or_create": true,
        "metadata": [
          CollectionDescription.Mark.format: .integer(CollectionDescription.Mark.currentFormat),
          CollectionDescription.Mark.embedder: .string(embedder),
        ],
        "configuration": Self.configuration,
      ], isCancelled)
    return try description(made)
  }

  /// Puts another text in the place of all that the collection says of itself.
  func setMetadata(_ metadata: JSON.Object, of id: String, isCancelled: () -> Bool) throws {
    _ = try answer(
      .put, "\(address.collections)/\(id)", ["new_metadata": .object(metadata)], isCancelled)
  }

  func remove(isCancelled: () -> Bool) throws {
    _ = try answer(
      .delete, "\(address.collections)/\(address.collection)", nil, isCancelled)
  }

  func count(of id: String, isCancelled: () -> Bool) throws -> Int {
    let answer = try answer(.get, path(id, "count"), nil, isCancelled)
    guard let count = answer.integer, count >= 0 else { throw strange }
    return count
  }

  // MARK: Records

  /// Calls back with all ids, a page at a time.
  func forEachPage(
    of id: String, isCancelled: () -> Bool, _ body: ([String]) throws -> Void
  ) throws {
    var offset = 0
    while true {
      let answer = try answer(
        .post, path(id, "get"),
        ["include": [], "limit": .integer(Self.page), "offset": .integer(offset)], isCancelled)
      guard let ids = Self.strings(answer["ids"]), ids.count <= Self.page else { throw strange }
      try body(ids)
      if ids.count < Self.page { return }
      offset += ids.count
    }
  }

  /// Some records, in whatever order; those that are gone are left out.
  func records(
    _ ids: [String], of id: String, isCancelled: () -> Bool
  ) throws -> [(id: String, metadata: JSON?, text: JSON?)] {
    let answer = try answer(
      .post, path(id, "get"),
      ["ids": .array(ids.map(JSON.string)), "include": ["documents", "metadatas"]], isCancelled)
    guard let found = Self.strings(answer["ids"]), found.count <= ids.count else { throw strange }
    return found.enumerated().map { place, id in
      (id, answer["metadatas"]?[place], answer["documents"]?[place])
    }
  }

  /// The vectors of some records.
  func vectors(
    _ ids: [String], of id: String, isCancelled: () -> Bool
  ) throws -> [String: [Float]] {
    let answer = try answer(
      .post, path(id, "get"),
      ["ids": .array(ids.map(JSON.string)), "include": ["embeddings"]], isCancelled)
    guard let found = Self.strings(answer["ids"]), found.count <= ids.count else { throw strange }
    return try found.enumerated().reduce(into: [:]) { vectors, found in
      let numbers = answer["embeddings"]?[found.offset]?.array ?? []
      let vector = numbers.compactMap { $0.double.map { Float($0) } }
      guard VectorMatrix.lengths ~= vector.count, vector.count == numbers.count,
        vector.allSatisfy(\.isFinite)
      else { throw strange }
      vectors[found.element] = vector
    }
  }

  func upsert(
    _ records: [EmbeddedRecord], to id: String, isCancelled: () -> Bool
  ) throws {
    _ = try answer(
      .post, path(id, "upsert"),
      [
        "ids": .array(records.map { .string($0.id) }),
        "embeddings": .array(records.map { Self.json($0.vector) }),
        "documents": .array(records.map { .string($0.record.text) }),
        "metadatas": .array(records.map { .object($0.record.metadata) }),
      ], isCancelled)
  }

  func delete(_ ids: [String], from id: String, isCancelled: () -> Bool) throws {
    _ = try answer(.post, path(id, "delete"), ["ids": .array(ids.map(JSON.string))], isCancelled)
  }

  /// The records nearest to a vector, the nearest first, with their distances.
  ///
  /// - Parameters:
  ///   - ids: nil for any.
  ///   - chunking: of the passages; nil for any.
  func nearest(
    to vector: [Float], count: Int, among ids: [String]?, chunking: Chunking?, of id: String,
    isCancelled: () -> Bool
  ) throws -> [(id: String, distance: Double)] {
    var query: JSON.Object = [
      "query_embeddings": [Self.json(vector)], "n_results": .integer(count),
      "include": ["distances"],
    ]
    query["ids"] = ids.map { .array($0.map(JSON.string)) }
    query["where"] = chunking.map { ["chunking": .string($0.name)] }
    let answer = try answer(.post, path(id, "query"), .object(query), isCancelled)
    let distances = (answer["distances"]?[0]?.array ?? []).compactMap(\.double)
    guard let found = Self.strings(answer["ids"]?[0]), found.count == distances.count,
      found.count <= count, distances.allSatisfy(\.isFinite)
    else { throw strange }
    return Array(zip(found, distances))
  }

  // MARK: Answers

  private func description(_ json: JSON) throws -> CollectionDescription {
    guard let id = json["id"]?.string, Self.isIdentifier(id) else { throw strange }
    let configuration = json["configuration_json"]
    let space = configuration?["hnsw"]?["space"] ?? configuration?["spann"]?["space"]
    let found = CollectionDescription(
      id: id, space: space?.string ?? "l2", dimensions: json["dimension"]?.integer,
      metadata: json["metadata"]?.object ?? [:])
    if let format = found.format, format > CollectionDescription.Mark.currentFormat {
      throw ChromaError.laterFormat(place: "\(address)")
    }
    return found
  }

  private func answer(
    _ method: ChromaMethod, _ path: String, _ body: JSON?, _ isCancelled: () -> Bool
  ) throws -> JSON {
    guard let answer = try service.answer(to: method, path, body, isCancelled: isCancelled) else {
      throw noCollection
    }
    return answer
  }

  private func path(_ id: String, _ action: String) -> String {
    "\(address.collections)/\(id)/\(action)"
  }

  private var noCollection: ChromaError { .noCollection(place: "\(address)") }
  private var strange: ChromaError { .strangeAnswer(place: "\(address)") }

  /// It stands in paths: only what UUIDs are made of (RFC 9562).
  private static func isIdentifier(_ text: String) -> Bool {
    text.utf8.count == 36 && text.utf8.allSatisfy { "0123456789abcdefABCDEF-".utf8.contains($0) }
  }

  private static func strings(_ json: JSON?) -> [String]? {
    guard let items = json?.array else { return nil }
    let strings = items.compactMap(\.string)
    return strings.count == items.count ? strings : nil
  }

  private static func json(_ vector: [Float]) -> JSON {
    .array(vector.map { .number(Double($0)) })
  }
}
