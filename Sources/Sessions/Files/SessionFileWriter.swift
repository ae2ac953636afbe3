// Writes a session file run by run, beside its place, and puts it there when it is whole: nobody
// ever sees half a file, and what stood there before stays until then.

import Core
import Glibc

public final class SessionFileWriter {
  private let path: String
  private let replacing: Bool
  /// Where the file grows until it is whole; empty once it has been put in its place.
  private var temporaryPath: String
  private let descriptor: Int32
  private var buffer: [UInt8] = []

  private static let bufferSize = 256 << 10

  /// Starts a file with the session's line.
  ///
  /// - Parameter replacing: whether a file that is there gives way to the new one.
  ///
  /// Throws `SessionError`: `fileExists` unless it may be replaced.
  public init(path: String, session: Session, replacing: Bool = false) throws(SessionError) {
    self.path = path
    self.replacing = replacing
    var status = stat()
    if lstat(path, &status) == 0 {
      // To rename over a folder or a device would take away more than a file.
      guard replacing, status.st_mode & S_IFMT == S_IFREG else { throw .fileExists(path: path) }
    }
    guard let file = UnfinishedFile(for: path) else {
      throw SessionError(systemError: errno, path: path)
    }
    (temporaryPath, descriptor) = (file.path, file.descriptor)
    write(.session(session))
  }

  /// A writer that is let go before `finish` leaves nothing behind.
  deinit {
    close(descriptor)
    if !temporaryPath.isEmpty { unlink(temporaryPath) }
  }

  /// Adds a run; callers keep to the order of their start, and of their ids for those of the same
  /// moment, so that equal sessions make equal files.
  public func append(_ recorded: RecordedRun) throws(SessionError) {
    for record in SessionRecord.all(of: recorded) {
      write(record)
      if buffer.count >= Self.bufferSize { try flush() }
    }
    try flush()
  }

  /// Adds what was preferred; it stands behind all runs.
  public func append(_ preference: RecordedPreference) throws(SessionError) {
    write(.preference(preference))
    if buffer.count >= Self.bufferSize { try flush() }
  }

  /// Adds a branch; it stands behind all else.
  public func append(_ branch: Branch) throws(SessionError) {
    write(.branch(branch))
    if buffer.count >= Self.bufferSize { try flush() }
  }

  /// Puts the whole file in its place.
  public func finish() throws(SessionError) {
    try flush()
    // Without this a power cut could leave an empty file under the new name.
    guard fsync(descriptor) == 0 else { throw SessionError(systemError: errno, path: path) }
    if !replacing { try claimPlace() }
    guard rename(temporaryPath, path) == 0 else {
      throw SessionError(systemError: errno, path: path)
    }
    temporaryPath = ""
  }

  /// Takes the name with an empty file, which is refused where another has come to stand since;
  /// a rename would replace that one.
  private func claimPlace() throws(SessionError) {
    let place = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard place >= 0 else {
      if errno == EEXIST { throw .fileExists(path: path) }
      throw SessionError(systemError: errno, path: path)
    }
    close(place)
  }

  private func write(_ record: SessionRecord) {
    buffer += record.json.text.utf8
    buffer.append(UInt8(ascii: "\n"))
  }

  private func flush() throws(SessionError) {
    var written = 0
    while written < buffer.count {
      let result = buffer.withUnsafeBytes { bytes in
        Glibc.write(descriptor, bytes.baseAddress?.advanced(by: written), bytes.count - written)
      }
      if result < 0 && errno == EINTR { continue }
      guard result >= 0 else { throw SessionError(systemError: errno, path: path) }
      written += result
    }
    buffer.removeAll(keepingCapacity: true)
  }
}
