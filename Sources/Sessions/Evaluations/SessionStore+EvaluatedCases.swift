import Core
import GRDB

// Answers of an evaluation that somebody looks at: they become runs of a session, so that they are
// rated, corrected, compared and gone on from as any other.

extension SessionStore {
  /// Takes runs into a session, where they aren't there yet, and gives them as they are by now, in the
  /// columns that they came with. Their texts are versions of the first one's prompt, so that all of
  /// them can be asked again from there.
  public func takeIn(
    _ runs: [RecordedRun], session: Session
  ) throws(SessionError) -> [RecordedRun] {
    try write { db in
      _ = try Self.find(session, orInsertInto: db)
      for run in runs where try !Self.isThere(run.run.id, in: db) {
        try Self.insert(run, into: db)
      }
      guard let first = runs.first?.run else { return }
      let prompt = try Self.prompt(ofDraft: Draft.name(ofRun: first), in: db)
      for run in runs.map(\.run) where run.promptPath != prompt {
        _ = try Self.record(
          text: run.promptText, of: prompt, at: run.startedAt, parent: nil, in: db)
      }
    }
    var stored: [RecordedRun] = []
    for run in runs {
      var known = try loadRun(run.run.id)
      known.run.column = run.run.column
      stored.append(known)
    }
    return stored
  }
}
