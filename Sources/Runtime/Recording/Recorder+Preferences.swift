import Core
import Playground
import Sessions

// What people say of answers, and which they and judge models prefer, kept on the store's thread.

extension Recorder {
  func remark(_ remark: Remark, on run: Identifier) {
    withStore(isAsked: true) { _, store in try store.remark(remark, on: run) }
  }

  func readTags(for run: Identifier) {
    withStore(isAsked: true) { recorder, store in
      recorder.mailbox.post(.tagsRead(try store.tags(), run: run))
    }
  }

  /// - Parameter seconds: now, since 1970.
  func add(_ preferences: [Preference], at seconds: Double) {
    withStore(isAsked: true) { _, store in try store.add(preferences, at: seconds) }
  }

  /// - Parameter random: chance that comes with what is read.
  func read(_ request: PreferenceRequest, random: UInt64) {
    withStore(isAsked: true) { recorder, store in
      let labels = try store.versions(of: request.prompt).map { ($0.hash, $0.label) }
      recorder.mailbox.post(
        .preferencesRead(
          PreferenceReading(
            request: request,
            preferences: try store.preferences(of: request.prompt, orVersions: request.versions),
            versionLabels: Dictionary(labels, uniquingKeysWith: { first, _ in first }),
            random: random)))
    }
  }
}
