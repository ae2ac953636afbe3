import Core
import Playground
import Sessions

// Keeps the prompt that is being written, at most as often as it changes.

extension Recorder {
  /// The draft of a name, once what was handed over before is kept. Not for the program's thread.
  func draft(named name: String) -> Draft? {
    queue.sync { try? openedStore().loadDraft(named: name) }
  }

  func readHistory(at place: HistoryPlace) {
    withStore { recorder, store in
      recorder.mailbox.post(.historyRead(place, try store.history(at: place)))
    }
  }

  /// - Parameter seconds: now, since 1970.
  func save(_ draft: Draft, at seconds: Double) {
    withStore { recorder, store in
      if try recorder.isNews(draft, in: store) {
        if let kept = try store.saveDraft(draft, at: seconds) { recorder.tell(of: kept, draft) }
        recorder.lastDraft = draft
      }
      recorder.mailbox.post(.draftSaved(time: recorder.localTime.timeOfDay(seconds)))
    }
  }

  /// Whether a draft isn't the one that was saved last, or another whet has saved its own over a
  /// text that stands nowhere else.
  private func isNews(_ draft: Draft, in store: SessionStore) throws -> Bool {
    guard draft == lastDraft else { return true }
    return try draft.promptText != draft.savedText && !store.isOwnDraft(named: draft.name)
  }

  private func tell(of kept: VersionSummary, _ draft: Draft) {
    let name = draft.name.split(separator: "/").last ?? "the prompt"
    mailbox.post(
      .noticed(
        Notice(
          .warning,
          "What another whet typed into \(name) and did not save is kept as \(kept.label): M-h "
            + "shows it.")))
  }
}
