import Core
import Playground
import Sessions

// Versions of prompts and ratings of runs, in the store, on the recorder's thread.

extension Recorder {
  func perform(_ request: VersionRequest) {
    withStore(isAsked: request.isAsked) { recorder, store in
      if let reply = try recorder.reply(to: request, in: store) {
        recorder.mailbox.post(.versions(reply))
      }
    }
  }

  private func reply(
    to request: VersionRequest, in store: SessionStore
  ) throws -> VersionReply? {
    switch request {
    case .find(let prompt, let text, let parent, let columns):
      let hashes = [ContentHash.of(text), parent].compactMap { $0 }
      return .found(
        prompt: prompt,
        origin: try hashes.lazy.compactMap { try store.version(withHash: $0, of: prompt) }.first,
        columns: try columns.compactMap { try store.version(withHash: $0, of: prompt) })
    case .list(let prompt, let listing):
      let rows = try store.versions(of: prompt).map {
        VersionRow($0, time: localTime.minute($0.createdAt))
      }
      return .listed(rows, listing)
    case .compare(let number, let prompt, let old, let new):
      return .compared(
        number: number,
        WordDiff(
          from: try text(of: old, prompt: prompt, in: store),
          to: try text(of: new, prompt: prompt, in: store)))
    case .fetch(let prompt, let hash, let use):
      return .fetched(try version(hash, of: prompt, in: store), use)
    case .name(let prompt, let hash, let name):
      try store.nameVersion(hash, of: prompt, name)
    case .note(let prompt, let hash, let note):
      try store.noteVersion(hash, of: prompt, note)
    }
    return nil
  }

  private func text(
    of side: VersionSide, prompt: String, in store: SessionStore
  ) throws -> String {
    switch side {
    case .text(let text): text
    case .version(let hash): try version(hash, of: prompt, in: store).text
    }
  }

  private func version(
    _ hash: String, of prompt: String, in store: SessionStore
  ) throws -> PromptVersion {
    guard let version = try store.version(withHash: hash, of: prompt) else {
      throw SessionError.noVersion(named: ContentHash.short(hash), prompt: prompt)
    }
    return version
  }

  func rate(_ run: Identifier, _ rating: Rating?) {
    withStore(isAsked: true) { _, store in try store.rate(run, rating) }
  }

  /// Makes versions of what was run before there were any, a part at a time, so that nothing else
  /// waits long.
  func recordEarlierVersions() {
    withStore { recorder, store in
      if try store.recordEarlierVersions(limit: 500) { recorder.recordEarlierVersions() }
    }
  }
}

extension VersionRequest {
  /// Whether a person waits for it.
  fileprivate var isAsked: Bool {
    if case .find = self { false } else { true }
  }
}
