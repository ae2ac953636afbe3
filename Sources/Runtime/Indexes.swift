import Core
import Foundation
import Playground
import Retrieval
import Synchronization

// The indexes by their names, opened when they are first searched, and searched on a thread of
// their own, so that no key waits for one.

/// Searches the indexes of a folder, and posts what it finds.
final class Indexes: Sendable {
  private let folder: IndexFolder
  let models: SearchModels
  private let open = Mutex<[String: (index: any PassageStore, inode: ino_t)]>([:])
  /// The number of the last search that was asked for: an older one is of no use any more.
  private let latest = Mutex(0)
  /// Why indexes could not be made.
  private let failures = Mutex<[String: any Error]>([:])
  private let mailbox: Mailbox<Event>
  private let queue = DispatchQueue(label: "whet.search")

  init(folder: IndexFolder, models: SearchModels, mailbox: Mailbox<Event>) {
    self.folder = folder
    self.models = models
    self.mailbox = mailbox
  }

  /// The names of all indexes, sorted.
  var names: [String] { folder.names }

  /// The index of a name; throws a sentence when there is none, or it can't be read.
  func index(named name: String) throws -> any PassageStore {
    var status = stat()
    guard let path = folder.existingFile(of: name), stat(path, &status) == 0 else {
      throw failures.withLock { $0[name] } ?? MissingIndexError(name: name)
    }
    // One that was removed and made anew is another file of the same name.
    if let known = open.withLock({ $0[name] }), known.inode == status.st_ino { return known.index }
    let index = try folder.open(name, models: models)
    open.withLock { $0[name] = (index, status.st_ino) }
    return index
  }

  /// Makes an index of these documents and no others, before whatever is searched next.
  func update(_ name: String, with documents: String) {
    mailbox.work(on: queue) { [self] in
      guard let path = folder.file(of: name) else { return }
      do {
        let index = try PassageIndex(path: path)
        // The files that ship with whet may have been elsewhere before.
        try index.drop(allBut: documents)
        try index.add([documents])
      } catch {
        // An index that is there can be searched all the same; of one that isn't, the search tells.
        if PassageIndex.exists(at: path) {
          mailbox.post(.noticed(Notice(.error, "\(error)")))
        } else {
          failures.withLock { $0[name] = error }
        }
      }
    }
  }

  /// Whether there are vectors of what is searched, whatever the method.
  private static func hasVectors(
    _ index: any PassageStore, _ settings: RetrievalSettings
  ) throws -> Bool {
    var settings = settings
    settings.method = nil
    settings.embedder = nil
    return try index.embedder(for: settings) != nil
  }

  /// Searches on the index's thread; what came of it is left in the mailbox. A search that is
  /// overtaken by a newer one ends early and brings nothing.
  func search(_ request: SearchRequest) {
    latest.withLock { $0 = request.number }
    perform(request, isCancelled: { [self] in latest.withLock { $0 != request.number } })
  }

  /// Searches as `search` does; no newer search ends it.
  func searchAside(_ request: SearchRequest) { perform(request, isCancelled: { false }) }

  private func perform(
    _ request: SearchRequest, isCancelled: @escaping @Sendable () -> Bool
  ) {
    mailbox.work(on: queue) { [self] in
      do {
        let index = try index(named: request.index)
        let found = try Retriever(index, models: models).search(
          request.query, with: request.retrieval, isCancelled: isCancelled)
        mailbox.post(
          .passagesFound(
            SearchResult(
              number: request.number, passages: found.passages, queries: found.queries,
              method: found.method, vectorWeight: found.vectorWeight,
              indexSize: try index.statistics().passages, chunkings: try index.chunkings(),
              hasVectors: try Self.hasVectors(index, request.retrieval))))
      } catch is CancellationError {
        return
      } catch {
        mailbox.post(.searchFailed(number: request.number, problem: "\(error)"))
      }
    }
  }
}

/// There is no index of that name; its description says how one is made.
public struct MissingIndexError: Error, CustomStringConvertible {
  let name: String

  public init(name: String) { self.name = name }

  public var description: String {
    "There is no index '\(name)': `whet index add --index \(name) FOLDER` makes it."
  }
}
