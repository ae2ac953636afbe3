import Core
import GRDB
import Synchronization

// An index whose passages are kept in a collection of Chroma. Chroma compares vectors, and knows no
// BM25: so each machine keeps a mirror of the collection, an ordinary index in a file, and asks that
// for all that goes by words, and the server for what goes by vectors.

/// The passages of a collection. docs/retrieval.md says how machines share one.
///
/// The server is asked for news at most every two seconds.
public final class ChromaIndex: PassageStore {
  public let address: ChromaAddress
  let collection: ChromaCollection
  let mirror: CollectionMirror
  let models: any RetrievalModels
  private let freshness = Mutex(Freshness())

  /// What is known of how the mirror compares to the collection.
  private struct Freshness {
    /// When the collection was last asked, or did not answer.
    var asked: ContinuousClock.Instant?
    /// Why it did not answer; nil when it did.
    var failure: String?
    /// Whether the collection has given a record that the mirror hasn't.
    var isOutdated = false
  }

  /// How long an answer holds.
  private static let interval = Duration.seconds(2)

  /// - Parameters:
  ///   - mirror: the path of the mirror's file, which is made where there is none. It knows which
  ///     records are this machine's, so it should last.
  ///
  /// No server is asked yet. Throws `IndexError`.
  public init(
    _ address: ChromaAddress, mirror path: String, service: any ChromaService,
    models: any RetrievalModels
  ) throws {
    self.address = address
    self.models = models
    collection = ChromaCollection(address: address, service: service)
    mirror = try CollectionMirror(PassageIndex(path: path))
  }

  public var place: String { "\(address)" }

  /// Throws `ChromaError.noCollection` where there is none.
  public static func check(_ address: ChromaAddress, service: any ChromaService) throws {
    _ = try ChromaCollection(address: address, service: service).describe { false }
  }

  /// Throws when the server can't be asked; whether the collection is there doesn't matter.
  public func checkServer() throws {
    _ = try collection.existing { false }
  }

  // MARK: Bringing the mirror up to date

  /// Fetches what the collection has and the mirror hasn't, if anything changed there.
  ///
  /// - Parameter needsServer: whether it is an error that the server can't be asked, though the mirror
  ///   could do without.
  @discardableResult
  func refresh(
    needsServer: Bool, isCancelled: () -> Bool
  ) throws -> CollectionDescription {
    try freshness.withLock { freshness in
      let known = try mirror.description()
      if let known, let asked = freshness.asked, .now - asked < Self.interval {
        return try checked(known, freshness, needsServer: needsServer)
      }
      do {
        let description = try described(isCancelled)
        if known != description || freshness.isOutdated {
          try fetch(description, isCancelled)
          freshness.isOutdated = false
        }
        freshness.asked = .now
        freshness.failure = nil
        return description
      } catch let error
        where !(error is CancellationError || error is IndexError || error is ChromaError)
      {
        guard let known else { throw error }
        freshness.asked = .now
        freshness.failure = "\(error)"
        return try checked(known, freshness, needsServer: needsServer)
      }
    }
  }

  private func checked(
    _ known: CollectionDescription, _ freshness: Freshness, needsServer: Bool
  ) throws -> CollectionDescription {
    guard needsServer, let failure = freshness.failure else { return known }
    throw ChromaError.unreachable(place: place, reason: failure)
  }

  /// Notes that the collection has a record that the mirror hasn't: the next refresh compares.
  func noteUnknownRecord() {
    freshness.withLock { $0.isOutdated = true }
  }

  /// Has the next refresh ask the server.
  func forgetFreshness() {
    freshness.withLock { $0.asked = nil }
  }

  /// What the collection says of itself. Another program's says nothing of changes: its count has to
  /// do.
  private func described(_ isCancelled: () -> Bool) throws -> CollectionDescription {
    var description = try collection.describe(isCancelled: isCancelled)
    if description.isForeign {
      let count = try collection.count(of: description.id, isCancelled: isCancelled)
      description.metadata[CollectionDescription.Mark.change] = .integer(count)
    }
    return description
  }

  /// Brings the mirror up to date with a collection as it is described, whatever was known of it.
  func compare(with description: CollectionDescription, isCancelled: () -> Bool) throws {
    try freshness.withLock { _ in try fetch(description, isCancelled) }
  }

  /// Compares the mirror with the collection, id by id, and fetches what is new. It can be stopped at
  /// any moment, and goes on where it was.
  private func fetch(_ description: CollectionDescription, _ isCancelled: () -> Bool) throws {
    do {
      try fetchUnknown(description, isCancelled)
    } catch let error as DatabaseError {
      throw IndexError(error, index: mirror.index.path)
    }
  }

  private func fetchUnknown(
    _ description: CollectionDescription, _ isCancelled: () -> Bool
  ) throws {
    try mirror.add(description.chunkings)
    try mirror.beginListing()
    try collection.forEachPage(of: description.id, isCancelled: isCancelled) { try mirror.list($0) }
    try mirror.dropUnlisted()
    while case let ids = try mirror.unknown(limit: ChromaCollection.batch.fetched), !ids.isEmpty {
      let fetched = try collection.records(ids, of: description.id, isCancelled: isCancelled)
      let known = Dictionary(
        fetched.map { fetched in
          let (id, metadata, text) = fetched
          return (
            id,
            description.isForeign
              ? ChromaRecord(foreign: id, metadata: metadata, text: text)
              : ChromaRecord(metadata: metadata, text: text)
          )
        }, uniquingKeysWith: { $1 })
      let records = ids.map { (id: $0, record: known[$0] ?? nil) }
      try mirror.add((description.chunkings + records.compactMap(\.record?.chunking)).uniqued)
      try mirror.insert(records)
      if isCancelled() { throw CancellationError() }
    }
    try mirror.merge(isCancelled: isCancelled)
    try mirror.note(description)
  }
}

extension [Chunking] {
  /// Each once, in their order.
  fileprivate var uniqued: [Chunking] {
    var seen: Set<Chunking> = []
    return filter { seen.insert($0).inserted }
  }
}

// MARK: - What the mirror answers

extension ChromaIndex {
  public func statistics() throws -> IndexStatistics {
    try refresh(needsServer: false, isCancelled: { false })
    return try mirror.index.statistics()
  }

  public func chunkings() throws -> [Chunking] { try mirror.index.chunkings() }

  public func readingSettings() throws -> [String: ReadingSettings] {
    try mirror.index.readingSettings()
  }

  public func documents() throws -> [IndexedDocument] {
    try refresh(needsServer: false, isCancelled: { false })
    return try mirror.index.documents()
  }

  public func text(of document: IndexedDocument) throws -> [UInt8] {
    try mirror.index.text(of: document)
  }

  /// Nil for what was added on another machine, too.
  public func path(of passage: Passage) throws -> String? {
    try mirror.index.path(of: passage).flatMap { $0.hasPrefix("/") ? $0 : nil }
  }

  public func forEachPassage(
    of chunking: Chunking?, start: (Int) throws -> Void,
    _ body: (_ passage: Passage, _ document: Int64) throws -> Void
  ) throws {
    try refresh(needsServer: false, isCancelled: { false })
    try mirror.index.forEachPassage(of: chunking, start: start, body)
  }

  public func passages(
    _ ids: [Int64], matching queries: [String], isCancelled: () -> Bool
  ) throws -> [Passage] {
    try mirror.index.passages(ids, matching: queries, isCancelled: isCancelled)
  }

  public func explanations(
    of passages: [Int64], for query: String, chunking: Chunking?
  ) throws -> [Int64: [TermWeight]] {
    try mirror.index.explanations(of: passages, for: query, chunking: chunking)
  }

  public func standing(
    of passage: Int64, for query: String, filter: PassageFilter, isCancelled: () -> Bool
  ) throws -> Standing? {
    try mirror.index.standing(of: passage, for: query, filter: filter, isCancelled: isCancelled)
  }

  public func neighbours(of passage: Int64) throws -> (before: Passage?, after: Passage?) {
    try mirror.index.neighbours(of: passage)
  }

  public func passages(
    in source: String?, line: Int?, phrase: String?, chunking: Chunking?, limit: Int,
    isCancelled: () -> Bool
  ) throws -> [Passage] {
    try refresh(needsServer: false, isCancelled: isCancelled)
    return try mirror.index.passages(
      in: source, line: line, phrase: phrase, chunking: chunking, limit: limit,
      isCancelled: isCancelled)
  }

  public func files(named name: String) throws -> [IndexedFile] {
    try refresh(needsServer: false, isCancelled: { false })
    return try mirror.index.files(named: name)
  }
}
