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

  public init(of index: any PassageStore, models: SearchModels) {
    original = index
    self.models = models
  }

  /// As `Retriever.search`; where the chunking is new, first all documents are indexed.
  public func search(
    _ query: String, with settings: RetrievalSettings, isCancelled: () -> Bool
  ) throws -> [Passage] {
    let index = try index(cutBy: settings.chunking, isCancelled)
    return try Retriever(index, models: models)
      .search(query, with: settings, isCancelled: isCancelled).passages
  }

  private func index(
    cutBy chunking: Chunking?, _ isCancelled: () -> Bool
  ) throws -> any PassageStore {
    guard let chunking, try !original.chunkings().contains(chunking) else { return original }
    if let copy = copies[chunking] { return copy }
    let copy = try original.makeCompanion(
      at: "\(copyFolder())/\(chunking.name).sqlite", chunking: chunking)
    if try copy.add([], isCancelled: isCancelled).wasCancelled { throw CancellationError() }
    if try copy.statistics().documents == 0, try original.statistics().documents > 0 {
      throw MissingDocumentsError(chunking: chunking)
    }
    for (name, _) in try original.embedders() {
      let report = try copy.embed(
        with: models.embedder(named: name), isCancelled: isCancelled)
      if report.wasCancelled { throw CancellationError() }
    }
    copies[chunking] = copy
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
