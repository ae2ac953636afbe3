import Playground

// Prompts from and to files, and what others do to them meanwhile.

extension Runtime {
  func save(_ save: PromptSave) {
    withFiles {
      var absolute = save
      absolute.path = PromptFiles.absolute(save.path)
      switch try PromptFiles.save(absolute) {
      case .saved(let aside):
        return .promptSaved(path: absolute.path, text: save.text, aside: aside)
      case .changedOutside(let text):
        return .promptFileFound(PromptFileState(path: save.path, text: text, isSaving: true))
      }
    }
  }

  func read(_ path: String) {
    let indexes = IndexFolder(settings.folders.indexes)
    withFiles { [recorder, mailbox] in
      let path = PromptFiles.absolute(path)
      let kept = recorder.draft(named: path)
      var opening = PromptOpening(path: path, text: try PromptFiles.read(path), kept: kept)
      if kept == nil { opening.draft.index = indexes.standard }
      if let notice = opening.notice { mailbox.post(.noticed(notice)) }
      return .promptOpened(opening.draft)
    }
  }

  /// Watches a prompt's file from now on, and tells what it holds by now.
  func watchPrompt(_ path: String?) {
    watchedPath = path
    withFiles { [watch] in
      watch.watch(path.map(PromptFiles.absolute))
      // One that isn't there yet is no news.
      guard let path, PromptFiles.exists(PromptFiles.absolute(path)) else { return nil }
      return try Self.found(path)
    }
  }

  /// Tells what the prompt's file holds by now.
  func checkPromptFile() {
    guard let path = watchedPath else { return }
    withFiles { try Self.found(path) }
  }

  private static func found(_ path: String) throws -> Event {
    let absolute = PromptFiles.absolute(path)
    let text = PromptFiles.exists(absolute) ? try PromptFiles.read(absolute) : nil
    return .promptFileFound(PromptFileState(path: path, text: text))
  }

  /// Does something with files on a thread of its own: a disk may be far away, or gone.
  func withFiles(_ work: @escaping @Sendable () throws -> Event?) {
    mailbox.work(on: files) { [mailbox] in
      do {
        if let event = try work() { mailbox.post(event) }
      } catch {
        mailbox.post(.noticed(Notice(.error, "\(error)")))
      }
    }
  }
}
