import Core
import Playground
import Sessions

// Keeps the prompt that is being written, at most as often as it changes.

/// What a recorder knows of the drafts that it has saved.
struct DraftSaving {
  /// What was saved last.
  var last: Draft?
  /// The version that each draft has if nobody else saves it.
  var versions: [String: Int] = [:]
  /// The drafts of which it was told that somebody else does.
  var shared: Set<String> = []
}

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
      if recorder.draftSaving.last != draft {
        let save = try store.saveDraft(draft)
        recorder.note(save, of: draft)
      }
      recorder.mailbox.post(.draftSaved(time: recorder.localTime.timeOfDay(seconds)))
    }
  }

  private func note(_ save: SessionStore.DraftSave, of draft: Draft) {
    let name = draft.name
    if let known = draftSaving.versions[name], known != save.replaced,
      draftSaving.shared.insert(name).inserted
    {
      mailbox.post(
        .noticed(
          Notice(
            .warning,
            "Another whet writes \(name), too: the next start finds what was typed last in either."
          )))
    }
    draftSaving.versions[name] = save.version
    draftSaving.last = draft
  }
}
