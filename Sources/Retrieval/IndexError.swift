// What can go wrong with an index, as one sentence each that says where, and what to do.

import GRDB

public enum IndexError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The file can't be opened or read.
  case unreadable(index: String, reason: String)
  /// The file is something else; it was not changed.
  case notAnIndex(index: String)
  /// A later version of the program made it; it was not changed.
  case laterVersion(index: String)
  case damaged(index: String)
  /// Another process has been writing to it for longer than we wait.
  case busy(index: String)
  case diskFull(index: String)
  case readOnly(index: String)
  case failed(index: String, reason: String)
  /// A path given to be indexed does not exist, and the index holds nothing from there.
  case noSuchFile(path: String)
  /// A path given to be indexed can't be reached.
  case unreachable(path: String, reason: String)

  public var description: String {
    switch self {
    case .unreadable(let index, let reason):
      "can't open the index \(index): \(reason); check the path and its permissions"
    case .notAnIndex(let index):
      "\(index) is not an index of whet; name another file, or move this one away"
    case .laterVersion(let index):
      "the index \(index) was made by a later version of whet; update whet, or name another file"
    case .damaged(let index):
      "the index \(index) is damaged; delete it and index its documents again"
    case .busy(let index):
      "the index \(index) is being written by another whet; try again when that is done"
    case .diskFull(let index):
      "no space is left to write the index \(index); free some and run this again"
    case .readOnly(let index):
      "the index \(index) can't be written; check its permissions and those of its folder"
    case .failed(let index, let reason):
      "the index \(index) failed: \(reason); try again, or delete it and index again"
    case .noSuchFile(let path):
      "there is no file or folder \(path)"
    case .unreachable(let path, let reason):
      "can't read \(path): \(reason); check its permissions"
    }
  }

  /// What an error of the database means for the index.
  init(_ error: any Error, index: String) {
    guard let error = error as? DatabaseError else {
      self = error as? IndexError ?? .failed(index: index, reason: "\(error)")
      return
    }
    switch error.resultCode {
    case .SQLITE_NOTADB: self = .notAnIndex(index: index)
    case .SQLITE_CORRUPT: self = .damaged(index: index)
    case .SQLITE_BUSY, .SQLITE_LOCKED: self = .busy(index: index)
    case .SQLITE_FULL: self = .diskFull(index: index)
    case .SQLITE_READONLY: self = .readOnly(index: index)
    case .SQLITE_CANTOPEN, .SQLITE_PERM, .SQLITE_AUTH:
      self = .unreadable(index: index, reason: error.message ?? "unknown reason")
    default: self = .failed(index: index, reason: error.message ?? "unknown reason")
    }
  }
}
