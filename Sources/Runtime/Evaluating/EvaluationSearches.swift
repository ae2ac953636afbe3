import Core
import Foundation
import Retrieval
import Synchronization

// What an evaluation searches: the same indexes as the panes, each query once.

/// Searches the indexes that variants name. Called from worker threads.
final class EvaluationSearches: Sendable {
  private struct Question: Hashable {
    var query: String
    var settings: RetrievalSettings
    var index: String
  }

  private let folder: IndexFolder
  private let models: SearchModels
  private let open = Mutex<[String: any PassageStore]>([:])
  private let known = Mutex<[Question: [Passage]]>([:])

  /// So many results are held: variants ask for those of a case one after the other.
  private static let mostKnown = 1024

  init(folders: Folders, models: SearchModels) {
    folder = IndexFolder(folders.indexes)
    self.models = models
  }

  /// Makes an index of these documents and no others.
  func update(_ name: String, with documents: String) throws {
    guard let path = folder.file(of: name) else { throw MissingIndexError(name: name) }
    let index = try PassageIndex(path: path)
    try index.drop(allBut: documents)
    try index.add([documents])
  }

  /// An index by its name; throws a sentence where there is none.
  func index(_ name: String) throws -> any PassageStore {
    try open.withLock { open in
      if let index = open[name] { return index }
      let index = try folder.open(name, models: models)
      open[name] = index
      return index
    }
  }

  /// The passages that a prompt is given: those found, as far as they fit the budget.
  func passages(
    for query: String, _ settings: RetrievalSettings, index: String
  ) throws -> [Passage] {
    let question = Question(query: query, settings: settings, index: index)
    if let passages = known.withLock({ $0[question] }) { return passages }
    let passages = try found(query, settings, index: index)
      .fitting(tokens: settings.budget).kept
    known.withLock { known in
      if known.count >= Self.mostKnown { known.removeAll(keepingCapacity: true) }
      known[question] = passages
    }
    return passages
  }

  /// The passages of a search, whatever the budget.
  func found(
    _ query: String, _ settings: RetrievalSettings, index: String
  ) throws -> [Passage] {
    try Retriever(try self.index(index), models: models)
      .search(query, with: settings, marksMatches: false).passages
  }

  /// The vectors of texts that are compared with each other.
  ///
  /// - Parameter name: the embedder's; nil for the built-in one.
  func vectors(of texts: [String], by name: String?) throws -> [[Float]] {
    try models.embedder(named: name ?? StaticEmbedder.name)
      .vectors(of: texts, as: .passage, isCancelled: { false })
  }
}
