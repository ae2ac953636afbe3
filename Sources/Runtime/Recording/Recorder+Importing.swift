import Dispatch
import Playground
import Sessions

// Files that are taken into the store while the program goes on.

extension Recorder {
  /// Takes in a session file or another program's history; what came of it is shown as a notice.
  ///
  /// It works on a thread and with a store of its own: a long history keeps no run from being
  /// recorded. Several files are taken in one after the other.
  func importSession(from path: String) {
    let path = PromptFiles.absolute(path)
    withStore(isAsked: true) { recorder, store in
      recorder.mailbox.work(on: Self.importer) { [mailbox = recorder.mailbox, file = store.path] in
        do {
          let outcome = try SessionStore(path: file).importFile(path)
          mailbox.post(.noticed(outcome.notice(of: path)))
        } catch {
          mailbox.post(.noticed(Notice(.error, "\(error)")))
        }
      }
    }
  }

  private static let importer = DispatchQueue(label: "whet.import")
}

extension HistoryOutcome {
  /// What an import brought, and the first of what it didn't.
  fileprivate func notice(of path: String) -> Notice {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    let told = notes.first.map { [$0.replacing(path, with: name)] } ?? []
    return Notice(
      leftOut > 0 ? .warning : .success,
      ((sessions.count == 1 ? sentences() : [total]) + told).joined(separator: " "))
  }
}
