import Core
import Foundation
import Playground
import Runtime
import Sessions

// What the playground opens on: a file, the tour, or the draft that was written last.

struct Opening {
  var draft: Draft
  /// Something to say about it.
  var notice: Notice?
  /// The store, or why there is none.
  var store: Result<SessionStore, any Error>
  /// Whether nothing was written before, so that a person may want to know where to begin.
  private(set) var isFirst = false
  /// Documents that its index is brought up to date with.
  var documents: String?

  /// - Parameter file: nil opens the draft that was written last; the first time, the tour.
  init(file: String?, index: String?, models: [ModelReference], in surroundings: Surroundings)
    throws
  {
    store = surroundings.openStore()
    draft = Draft()
    if let file {
      try open(file: file, in: surroundings)
    } else if let last = try? store.get().latestDraft() {
      draft = last
      if last.name == Tour.name { documents = surroundings.folders.tour.map(Tour.documents) }
    } else if surroundings.folders.tour != nil {
      self = try Self.tour(in: surroundings)
      isFirst = true
    }
    if let index { draft.index = index }
    if !models.isEmpty { draft.models = models }
  }

  private init(draft: Draft, store: Result<SessionStore, any Error>) {
    self.draft = draft
    self.store = store
  }

  /// - Parameter isFresh: whether it begins anew, whatever was made of it.
  static func tour(isFresh: Bool = false, in surroundings: Surroundings) throws -> Opening {
    guard let folder = surroundings.folders.tour else {
      throw CommandError(
        "The tour's files were not found: set WHET_SHARE to the folder that holds 'examples'.")
    }
    let store = surroundings.openStore()
    let kept = isFresh ? nil : try? store.get().loadDraft(named: Tour.name)
    var opening = Opening(draft: try kept ?? Tour.draft(folder: folder), store: store)
    opening.documents = Tour.documents(folder: folder)
    return opening
  }

  /// Has it open on what is wrong with the configuration, if anything is.
  mutating func note(_ problem: String?) {
    if let problem {
      let end = problem.hasSuffix(".") ? "" : "."
      notice = Notice(
        .error, "\(problem)\(end) whet goes on without this file until that is mended.")
    }
  }

  /// Opens a file; what was typed into it and never saved comes back.
  private mutating func open(file: String, in surroundings: Surroundings) throws {
    let path = PromptFiles.absolute(file)
    let exists = FileManager.default.fileExists(atPath: path)
    let folder = (path as NSString).deletingLastPathComponent
    guard exists || FileManager.default.fileExists(atPath: folder) else {
      throw CommandError("There is no folder \(folder) for \(file).")
    }
    let text = exists ? try PromptFiles.read(path) : nil
    let kept = try? store.get().loadDraft(named: path)
    let opening = PromptOpening(path: path, text: text, kept: kept)
    draft = opening.draft
    notice = opening.notice
    if kept == nil { choose(for: text, in: surroundings) }
  }

  /// A prompt that is opened for the first time takes its own model, and the index that
  /// `whet index add` makes when none is named.
  private mutating func choose(for text: String?, in surroundings: Surroundings) {
    draft.index = IndexFolder(surroundings.folders.indexes).standard
    let model = text.flatMap { PromptFile.model(in: $0, name: draft.name) }
    draft.models = [model.flatMap(ModelReference.init)].compactMap { $0 }
  }
}
