// A session file of an earlier version written anew as one of this version; the old one is kept.

import Core
import Glibc

extension SessionFile {
  /// Writes a file of an earlier version anew, in its place, and keeps the old one beside it under its
  /// version: `a.jsonl.v1`. A file of this version stays as it is.
  ///
  /// All of it is read before anything is written; wherever this is cut off, one of the two stands at
  /// the path, whole.
  ///
  /// - Returns: where the old file is kept; nil where there was nothing to do.
  ///
  /// Throws `SessionError`: `fileExists` where a file has the name of the old one already, and what
  /// reading throws.
  public static func upgrade(_ path: String) throws(SessionError) -> String? {
    let (recorded, version, unknownLines) = try readAll(from: path)
    guard version < Self.version else { return nil }
    guard unknownLines == 0 else {
      throw .failed(
        path: path, reason: "\(unknownLines) of its lines are of kinds that would be lost")
    }
    let kept = "\(path).v\(version)"
    let writer = try SessionFileWriter(path: path, session: recorded.session, replacing: true)
    for run in recorded.runs { try writer.append(run) }
    for preference in recorded.preferences { try writer.append(preference) }
    for branch in recorded.branches { try writer.append(branch) }
    // A second name for the old file: the first one is the new one's in a moment.
    guard link(path, kept) == 0 else {
      if errno == EEXIST { throw .fileExists(path: kept) }
      throw SessionError(systemError: errno, path: kept)
    }
    try writer.finish()
    return kept
  }
}
