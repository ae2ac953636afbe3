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
  /// Documents that its index is brought up to date with.
  var documents: String?

  /// - Parameter file: nil opens the draft that was written last; the first time, the tour.
  init(file: String?, index: String?, models: [ModelReference], in surroundings: Surroundings)
    throws
  {
    store = Self.openStore(surroundings)
    draft = Draft()
    if let file {
      try open(file: file)
    } else if let last = try? store.get().latestDraft() {
      draft = last
      if last.name == Tour.name { documents = surroundings.folders.tour.map(Tour.documents) }
    } else if surroundings.folders.tour != nil {
      self = try Self.tour(in: surroundings)
    }
    if let index { draft.index = index }
    if !models.isEmpty { draft.models = models }
  }

  private init(draft: Draft, store: Result<SessionStore, any Error>) {
    self.draft = draft
    self.store = store
  }

  static func tour(in surroundings: Surroundings) throws -> Opening {
    guard let folder = surroundings.folders.tour else {
      throw CommandError(
        "The tour's files were not found: set WHET_SHARE to the folder that holds 'examples'.")
    }
    let store = openStore(surroundings)
    let kept = try? store.get().loadDraft(named: Tour.name)
    var opening = Opening(draft: try kept ?? Tour.draft(folder: folder), store: store)
    opening.documents = Tour.documents(folder: folder)
    return opening
  }

  private static func openStore(_ surroundings: Surroundings) -> Result<SessionStore, any Error> {
    Result { try SessionStore(path: surroundings.folders.store) }
  }

  /// Opens a file; what was typed into it and never saved comes back.
  private mutating func open(file: String) throws {
    let path = URL(fileURLWithPath: file).standardizedFileURL.path
    let text = FileManager.default.fileExists(atPath: path) ? try PromptFiles.read(path) : nil
    let kept = try? store.get().loadDraft(named: path)
    guard var kept, kept.promptText != text ?? "" else {
      draft = kept ?? Draft(name: path, promptText: text ?? "", promptPath: path)
      draft.savedText = text
      return
    }
    notice =
      kept.savedText == text
      ? Notice(.information, "What you typed and did not save is back.")
      : Notice(
        .warning,
        "What you typed is back, but \(file) was changed outside since: ^S will not overwrite it.")
    kept.promptPath = path
    draft = kept
  }
}
