import Core
import Foundation
import Retrieval

// The indexes that a sweep needs beside the one that it is about: the same documents, cut in other
// ways. They are made when they are first searched, in a folder of their own.

/// Searches an index, and copies of it with other chunkings, which are made as they are needed.
///
/// For one thread.
public final class SweepIndexes {
  private let original: any PassageStore
  private let models: SearchModels
  /// Nil until a copy was needed.
  private var folder: String?
  private var copies: [Chunking: PassageIndex] = [:]
  /// The embedders whose vectors a copy has.
  private var embedded: [Chunking: Set<String>] = [:]
  private let progress: (String) -> Void

  /// - Parameter progress: is told in words what copies are waited for.
  public init(
    of index: any PassageStore, models: SearchModels,
    progress: @escaping (String) -> Void = { _ in }
  ) {
    original = index
    self.models = models
    self.progress = progress
  }

  /// As `Retriever.search`; where the chunking is new, first all documents are indexed, and embedded
  /// where the settings ask for vectors.
  public func search(
    _ query: String, with settings: RetrievalSettings, isCancelled: () -> Bool
  ) throws -> [Passage] {
    let index = try index(for: settings, isCancelled)
    return try Retriever(index, models: models)
      .search(query, with: settings, marksMatches: false, isCancelled: isCancelled).passages
  }

  private func index(
    for settings: RetrievalSettings, _ isCancelled: () -> Bool
  ) throws -> any PassageStore {
    guard let chunking = settings.chunking, try !original.chunkings().contains(chunking) else {
      return original
    }
    let copy = try copies[chunking] ?? makeCopy(cutBy: chunking, isCancelled)
    copies[chunking] = copy
    // Its vectors are to be of the embedder that a search of the original would ask.
    var ofOriginal = settings
    ofOriginal.chunking = nil
    if let embedder = try original.embedder(for: ofOriginal),
      embedded[chunking]?.contains(embedder) != true
    {
      let report = try copy.embed(
        with: models.embedder(named: embedder),
        progress: { progress("embedding \(chunking.name): \($0.done) of \($0.total) passages") },
        isCancelled: isCancelled)
      if report.wasCancelled { throw CancellationError() }
      embedded[chunking, default: []].insert(embedder)
    }
    return copy
  }

  private func makeCopy(
    cutBy chunking: Chunking, _ isCancelled: () -> Bool
  ) throws -> PassageIndex {
    let copy = try original.makeCompanion(
      at: "\(copyFolder())/\(chunking.name).sqlite", chunking: chunking)
    let report = try copy.add(
      [], progress: { progress("indexing by \(chunking.name): \($0.passages) passages") },
      isCancelled: isCancelled)
    if report.wasCancelled { throw CancellationError() }
    if try copy.statistics().documents == 0, try original.statistics().documents > 0 {
      throw MissingDocumentsError(chunking: chunking)
    }
    return copy
  }

  private func copyFolder() throws -> String {
    if let folder { return folder }
    let path = NSTemporaryDirectory() + "whet-sweep-\(UUID().uuidString)"
    try FileManager.default.createDirectory(
      atPath: path, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
    folder = path
    return path
  }

  /// Removes the copies; to be called when the sweep is over.
  public func remove() {
    copies = [:]
    if let folder { try? FileManager.default.removeItem(atPath: folder) }
    folder = nil
  }
}

/// The documents of an index aren't where they were when it was made.
public struct MissingDocumentsError: Error, CustomStringConvertible {
  let chunking: Chunking

  public var description: String {
    "To try \(chunking.name) the documents are read anew, and they aren't on this machine: sweep where "
      + "they are, or try chunkings that the index has."
  }
}
