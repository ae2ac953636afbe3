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

  /// What a file of this session holds.
  public static func text(of recorded: RecordedSession) -> String {
    var records = [SessionRecord.session(recorded.session)]
    records += recorded.runs.flatMap(SessionRecord.all)
    records += recorded.preferences.map(SessionRecord.preference)
    records += recorded.branches.map(SessionRecord.branch)
    return records.map { $0.json.text + "\n" }.joined()
  }

  /// Reads a whole session into memory.
  public static func read(
    from path: String
  ) throws(SessionError) -> (session: Session, runs: [RecordedRun]) {
    let recorded = try readAll(from: path).recorded
    return (recorded.session, recorded.runs)
  }

  /// Reads all that a file holds into memory, its runs in the order in which they are written.
  ///
  /// - Returns: the session; its file's version; and the lines that this version doesn't know, which
  ///   are left out.
  static func readAll(
    from path: String
  ) throws(SessionError) -> (recorded: RecordedSession, version: Int, unknownLines: Int) {
    var reader = try SessionFileReader(path: path)
    var runs: [RecordedRun] = []
    while let run = try reader.next() { runs.append(run) }
    let recorded = RecordedSession(
      session: reader.session,
      runs: runs.sorted { ($0.run.startedAt, $0.run.id) < ($1.run.startedAt, $1.run.id) },
      preferences: reader.preferences.sorted { ($0.madeAt, $0.id) < ($1.madeAt, $1.id) },
      branches: reader.branches.sorted { $0.name < $1.name })
    return (recorded, reader.version, reader.unknownLines)
  }
}
