// Makes the store's file and folder so that only their owner can read them: prompts, documents and
// answers are nobody else's business. SQLite gives its -wal and -shm files the database's mode.

import Core
import Glibc

enum StoreFile {
  /// Makes the folder (mode 0700) and an empty file (mode 0600) where there are none, and takes
  /// others' access to the file away where there is.
  static func prepare(path: String) throws(SessionError) {
    if let slash = path.lastIndex(of: "/"), slash != path.startIndex {
      try makeFolder(path: String(path[..<slash]))
    }
    let descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    if descriptor >= 0 {
      close(descriptor)
      return
    }
    guard errno == EEXIST else { throw SessionError(systemError: errno, path: path) }
    // An existing file is not opened here: to close it would drop the locks of another store of
    // this process on it.
    var status = stat()
    guard stat(path, &status) == 0 else { throw SessionError(systemError: errno, path: path) }
    guard status.st_mode & S_IFMT == S_IFREG else { throw .notAStore(path: path) }
    guard access(path, R_OK) == 0 else { throw SessionError(systemError: errno, path: path) }
    guard access(path, W_OK) == 0 else { throw .readOnly(path: path) }
    if status.st_mode & 0o077 != 0 { chmod(path, status.st_mode & 0o700) }
  }

  private static func makeFolder(path: String) throws(SessionError) {
    if mkdir(path, 0o700) == 0 || errno == EEXIST { return }
    guard errno == ENOENT, let slash = path.lastIndex(of: "/"), slash != path.startIndex else {
      throw SessionError(systemError: errno, path: path)
    }
    try makeFolder(path: String(path[..<slash]))
    guard mkdir(path, 0o700) == 0 || errno == EEXIST else {
      throw SessionError(systemError: errno, path: path)
    }
  }
}

extension SessionError {
  /// - Parameter code: a value of `errno`.
  init(systemError code: Int32, path: String) {
    switch code {
    case ENOSPC, EDQUOT: self = .diskFull(path: path)
    case EROFS: self = .readOnly(path: path)
    default: self = .cannotOpen(path: path, reason: String(cString: strerror(code)).lowercased())
    }
  }
}
