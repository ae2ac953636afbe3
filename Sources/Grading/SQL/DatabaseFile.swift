import Glibc

// The file of a database as it is on the disk.

/// A SQLite file, and the state in which it was first seen.
struct DatabaseFile: Hashable, Sendable {
  let path: String
  /// Another one after each change.
  private let state: State

  private struct State: Hashable, Sendable {
    var device: UInt64
    var inode: UInt64
    var size: Int64
    var seconds: Int
    var nanoseconds: Int

    init?(_ path: String) {
      var status = stat()
      guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
      device = UInt64(status.st_dev)
      inode = UInt64(status.st_ino)
      size = Int64(status.st_size)
      seconds = status.st_mtim.tv_sec
      nanoseconds = status.st_mtim.tv_nsec
    }
  }

  init(_ path: String) throws(SQLFailure) {
    guard let state = State(path) else {
      throw .database("There is no database file \(path): check config.database.")
    }
    self.path = path
    self.state = state
  }

  /// The last part of its path.
  var name: String { path.split(separator: "/").last.map(String.init) ?? path }

  /// Names it to SQLite as a file that is only read, and that nobody writes meanwhile: then no lock is
  /// taken, and the files of a write-ahead log are neither looked for nor made
  /// (https://www.sqlite.org/uri.html).
  var uri: String {
    let digits = Array("0123456789ABCDEF")
    let escaped = path.utf8.reduce(into: "") { text, byte in
      switch byte {
      case UInt8(ascii: "/"), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "a")...UInt8(ascii: "z"):
        text.unicodeScalars.append(Unicode.Scalar(byte))
      default: text += "%\(digits[Int(byte >> 4)])\(digits[Int(byte & 15)])"
      }
    }
    return "file:\(escaped)?mode=ro&immutable=1"
  }

  /// - Throws: where a program writes it, or was ended while it did: part of the rows would be in the
  ///   file beside it.
  func checkIsAtRest() throws(SQLFailure) {
    for suffix in ["-wal", "-journal"] where Self.holdsChanges(path + suffix) {
      throw .database(
        """
        \(path) is not at rest: \(path)\(suffix) holds changes to it. Close the program that writes \
        it, or run: sqlite3 '\(path)' 'PRAGMA wal_checkpoint(TRUNCATE)'
        """)
    }
  }

  /// A journal that is kept for the next transaction begins with zeros
  /// (https://www.sqlite.org/pragma.html#pragma_journal_mode).
  private static func holdsChanges(_ path: String) -> Bool {
    guard let state = State(path), state.size > 0, let file = fopen(path, "re") else {
      return false
    }
    defer { fclose(file) }
    return getc(file) > 0
  }

  func checkIsUnchanged() throws(SQLFailure) {
    try checkIsAtRest()
    guard State(path) == state else {
      throw .database("\(path) was changed while it was read: grade again once nobody writes it.")
    }
  }
}
