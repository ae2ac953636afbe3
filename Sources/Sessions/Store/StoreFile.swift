// Makes the store's file and folder so that only their owner can read them: prompts, documents and
// answers are nobody else's business. SQLite gives its -wal and -shm files the database's mode.

import Core
import Glibc

enum StoreFile {
  /// Makes the folder (mode 0700) and an empty file (mode 0600) where there are none, and takes
  /// others' access to the file away where there is.
  static func prepare(path: String) throws(SessionError) {
    try makeFolder(path: folder(of: path))
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

  /// Does a piece of work while no other whet does its own with a store of the same folder.
  ///
  /// The making of a database is many steps, which two programs can't take at once. The folder is
  /// what both have already (flock(2)); where it can't be locked, the work is done all the same.
  static func withFolderLocked<Value>(of path: String, work: () throws -> Value) rethrows -> Value {
    let descriptor = open(folder(of: path), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return try work() }
    defer { close(descriptor) }
    while flock(descriptor, LOCK_EX) != 0, errno == EINTR {}
    defer { flock(descriptor, LOCK_UN) }
    return try work()
  }

  /// Waits until a file, or what a folder says of its files, is on the disk.
  static func synchronize(_ path: String) throws(SessionError) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw SessionError(systemError: errno, path: path) }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else { throw SessionError(systemError: errno, path: path) }
  }

  static func name(of path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
  }

  static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// The names of all files in the folder of a file.
  static func files(besides path: String) -> [String] {
    guard let folder = opendir(folder(of: path)) else { return [] }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      names.append(
        withUnsafePointer(to: &entry.pointee.d_name) { pointer in
          pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        })
    }
    return names
  }

  private static func makeFolder(path: String) throws(SessionError) {
    if mkdir(path, 0o700) == 0 || errno == EEXIST { return }
    let parent = folder(of: path)
    guard errno == ENOENT, parent.utf8.count < path.utf8.count else {
      throw SessionError(systemError: errno, path: path)
    }
    try makeFolder(path: parent)
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
