import Core
import GRDB

// Brings a collection up to date with this machine's files: first the mirror, then, by what differs,
// the collection. Records that are new are written before those that are gone are deleted, and each
// batch is noted once the server has it: a run may be stopped, or die, between any two requests, and
// the next one goes on.

extension ChromaIndex {
  /// Reads what is new or changed below the paths, embeds it, and writes it to the collection, which
  /// is made where there is none.
  ///
  /// Deleted are records that this machine wrote, and whose passages are gone. With no paths, another
  /// program's collection is fetched anew; with some, it throws `ChromaError.foreign`.
  @discardableResult
  public func add(
    _ paths: [String], reading settings: ReadingSettings, by chunkings: [Chunking],
    progress: (IndexProgress) -> Void, isCancelled: () -> Bool
  ) throws -> IndexReport {
    if let existing = try collection.existing(isCancelled) {
      if existing.isForeign {
        guard paths.isEmpty else { throw ChromaError.foreign(place: place) }
        return try fetchAnew(isCancelled)
      }
      try check(address.embedder, of: existing)
      // A mirror that is new cuts documents as the collection does.
      try mirror.add(existing.chunkings)
    } else if paths.isEmpty, try readingSettings().isEmpty {
      throw ChromaError.noCollection(place: place)
    }
    var report = try mirror.index.add(
      paths, reading: settings, by: chunkings, progress: progress, isCancelled: isCancelled)
    guard !report.wasCancelled else { return report }
    report.wasCancelled = try write(with: nil, { _ in }, isCancelled).wasCancelled
    return report
  }

  /// Writes the passages that the collection hasn't yet, by its own embedder only.
  @discardableResult
  public func embed(
    with embedder: any Embedder, batch: Int, progress: (EmbeddingProgress) -> Void,
    isCancelled: () -> Bool
  ) throws -> EmbeddingReport {
    try write(with: embedder, progress, isCancelled)
  }

  /// Removes the collection with all that it holds, for everybody; throws `ChromaError.foreign` for
  /// another program's. None is fine.
  public func removeAll() throws {
    guard let existing = try collection.existing({ false }) else { return }
    if existing.isForeign { throw ChromaError.foreign(place: place) }
    try collection.remove { false }
  }

  private func fetchAnew(_ isCancelled: () -> Bool) throws -> IndexReport {
    var report = IndexReport()
    do {
      try mirror.forgetRecords()
      noteUnknownRecord()
      forgetFreshness()
      try refresh(needsServer: true, isCancelled: isCancelled)
      report.passages = try mirror.passageCount()
    } catch is CancellationError {
      report.wasCancelled = true
    }
    return report
  }

  private func check(_ embedder: String?, of description: CollectionDescription) throws {
    guard let wanted = embedder, let known = description.embedder, wanted != known else { return }
    throw ChromaError.otherEmbedder(place: place, embedder: known, wanted: wanted)
  }

  /// Writes what differs between the own passages and the collection.
  ///
  /// - Parameter embedder: nil for the collection's own, or the one that was named for a new one.
  private func write(
    with embedder: (any Embedder)?, _ tell: (EmbeddingProgress) -> Void, _ isCancelled: () -> Bool
  ) throws -> EmbeddingReport {
    do {
      return try writeDifference(with: embedder, tell, isCancelled)
    } catch is CancellationError {
      var report = EmbeddingReport()
      report.wasCancelled = true
      return report
    } catch let error as DatabaseError {
      throw IndexError(error, index: mirror.index.path)
    }
  }

  private func writeDifference(
    with embedder: (any Embedder)?, _ tell: (EmbeddingProgress) -> Void, _ isCancelled: () -> Bool
  ) throws -> EmbeddingReport {
    var description = try collection.make(
      embedder: embedder?.name ?? address.embedder ?? StaticEmbedder.name, isCancelled: isCancelled)
    if description.isForeign { throw ChromaError.foreign(place: place) }
    try check(embedder?.name ?? address.embedder, of: description)
    try compare(with: description, isCancelled: isCancelled)
    let embedder =
      try embedder
      ?? models.embedder(named: description.embedder ?? address.embedder ?? StaticEmbedder.name)
    var run = ChromaWriting(
      collection: collection, id: description.id, mirror: mirror, embedder: embedder,
      vectors: VectorWriter(try mirror.index.openWriter(), embedder: embedder.name))
    let isChanged = try run.write(tell, isCancelled)
    let chunkings = try chunkings()
    if isChanged || description.chunkings != chunkings {
      typealias Mark = CollectionDescription.Mark
      description.metadata[Mark.format] = .integer(Mark.currentFormat)
      description.metadata[Mark.embedder] = .string(embedder.name)
      description.metadata[Mark.chunkings] = .string(
        chunkings.map(\.name).joined(separator: ","))
      description.metadata[Mark.change] = .string(
        String(UInt64.random(in: .min ... .max), radix: 16))
      try collection.setMetadata(
        description.metadata, of: description.id, isCancelled: isCancelled)
    }
    description.dimensions = description.dimensions ?? run.dimensions
    // What others wrote in between has another mark, and is fetched when that is seen.
    try mirror.note(description)
    forgetFreshness()
    return run.report
  }
}

/// One run that writes own passages.
private struct ChromaWriting {
  let collection: ChromaCollection
  /// The collection's.
  let id: String
  let mirror: CollectionMirror
  let embedder: any Embedder
  /// Keeps vectors by what was embedded, so that nothing is embedded twice.
  let vectors: VectorWriter
  var report = EmbeddingReport()
  /// Of the vectors that were written; nil when none were.
  var dimensions: Int?

  /// Whether the collection is another now.
  mutating func write(
    _ tell: (EmbeddingProgress) -> Void, _ isCancelled: () -> Bool
  ) throws -> Bool {
    var isChanged = false
    var progress = EmbeddingProgress(done: 0, total: try mirror.unwrittenCount())
    tell(progress)
    var last: Int64 = 0
    while case let batch = try nextBatch(after: last), let end = batch.last {
      if isCancelled() { throw CancellationError() }
      isChanged = try write(batch, isCancelled) || isChanged
      last = end.passage.passage
      progress.done += batch.count
      tell(progress)
    }
    let obsolete = try mirror.obsolete()
    for start in stride(from: 0, to: obsolete.count, by: ChromaCollection.batch.records) {
      let ids = Array(obsolete[start...].prefix(ChromaCollection.batch.records))
      try collection.delete(ids, from: id, isCancelled: isCancelled)
      isChanged = true
    }
    try mirror.forgetObsolete()
    report.dropped = try vectors.dropUnused()
    return isChanged
  }

  /// The next passages, as many as a request takes.
  private func nextBatch(after passage: Int64) throws -> [CollectionMirror.OwnPassage] {
    let passages = try mirror.unwritten(after: passage, limit: ChromaCollection.batch.records)
    var bytes = 0
    let fitting = passages.prefix {
      bytes += $0.record.text.utf8.count
      return bytes <= ChromaCollection.batch.bytes
    }
    return Array(passages.prefix(max(fitting.count, 1)))
  }

  /// Embeds a batch, writes those that the collection hasn't, and notes that it has them.
  private mutating func write(
    _ batch: [CollectionMirror.OwnPassage], _ isCancelled: () -> Bool
  ) throws -> Bool {
    var known = try mirror.known(among: batch.map(\.id))
    let new = batch.filter { known.insert($0.id).inserted }
    if !new.isEmpty {
      try embed(new.map(\.passage), isCancelled)
      let vectors = try mirror.index.vectors(
        of: new.map(\.passage.passage), by: embedder.name)
      let records = try new.map { own in
        guard let vector = vectors[own.passage.passage] else {
          throw EmbeddingError.noVectors(embedder: embedder.name)
        }
        return EmbeddedRecord(id: own.id, record: own.record, vector: vector)
      }
      dimensions = records.first?.vector.count
      try collection.upsert(records, to: id, isCancelled: isCancelled)
    }
    try mirror.link(batch)
    return !new.isEmpty
  }

  private mutating func embed(
    _ passages: [PassageToEmbed], _ isCancelled: () -> Bool
  ) throws {
    let cutBefore = embedder.cutTexts
    let texts = try vectors.unknown(among: passages)
    let made =
      texts.isEmpty
      ? [] : try embedder.vectors(of: texts.map(\.text), as: .passage, isCancelled: isCancelled)
    guard made.count == texts.count else {
      throw EmbeddingError.wrongCount(
        embedder: embedder.name, expected: texts.count, got: made.count)
    }
    try vectors.write(Array(zip(texts.map(\.hash), made)), for: passages)
    report.embedded += texts.count
    report.cut += embedder.cutTexts - cutBefore
    report.reused += passages.count - texts.count
  }
}
