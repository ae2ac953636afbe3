// Session files: a session as JSON Lines, to share, to keep in git and to merge. The format is
// documented in docs/session-format.md.

import Core

public enum SessionFile {
  /// The version that is written, and the latest that is read.
  public static let version = SessionRecord.version

  /// Writes a session that is in memory; `SessionStore.exportSession` writes one that is stored.
  public static func write(
    _ session: Session, runs: [RecordedRun], to path: String, replacing: Bool = false
  ) throws(SessionError) {
    let writer = try SessionFileWriter(path: path, session: session, replacing: replacing)
    let sorted = runs.sorted { ($0.run.startedAt, $0.run.id) < ($1.run.startedAt, $1.run.id) }
    for run in sorted { try writer.append(run) }
    try writer.finish()
  }

  /// Reads a whole session into memory.
  public static func read(
    from path: String
  ) throws(SessionError) -> (session: Session, runs: [RecordedRun]) {
    var reader = try SessionFileReader(path: path)
    var runs: [RecordedRun] = []
    while let run = try reader.next() { runs.append(run) }
    return (reader.session, runs)
  }
}
