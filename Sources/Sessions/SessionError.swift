// What can go wrong with the store and with session files, each as one sentence that names the
// file and says what to do. Nothing of a run's contents is ever part of it.

import Core
import GRDB

public enum SessionError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The file or its folder can't be opened or made; with the system's reason.
  case cannotOpen(path: String, reason: String)
  /// The file or its folder can't be written.
  case readOnly(path: String)
  /// It is no database, or another program's.
  case notAStore(path: String)
  /// A later whet has changed the store.
  case laterStore(path: String)
  case damaged(path: String)
  /// Nothing of it can be read; with its newest copy, where there is one.
  case unreadable(path: String, backup: String?)
  case diskFull(path: String)
  /// The tables are to change, and there is no room for a copy of them as they are.
  case noRoomForBackup(path: String, bytes: Int)
  /// The tables stay as they were.
  case cannotMigrate(path: String, reason: String, backup: String)
  /// Another program has held the store for too long.
  case busy(path: String)
  /// Anything else that SQLite or the system said.
  case failed(path: String, reason: String)

  case noSession(named: String)
  case noRun(id: Identifier)
  case noVersion(named: String, prompt: String)
  /// Several sessions are meant by what was asked for.
  case ambiguous(name: String, matches: [Identifier])

  case noTrainingSet(named: String)
  case trainingSetExists(named: String)
  /// A name that no set can have.
  case badTrainingSetName(String)
  /// Somebody else adds to it, or changes many of its examples.
  case trainingSetBusy(named: String)
  case noTrainingExample(number: Int, set: String, count: Int)
  case noEvaluation(id: Identifier)
  case noVariant(named: String, evaluation: Identifier, variants: [String])
  case nothingToUndo(set: String)
  case nothingToRedo(set: String)

  /// A session file that can't be read, from a line on.
  case badFile(path: String, line: Int, problem: String)
  /// A session file that a later whet wrote.
  case laterFile(path: String, version: Int)
  /// A file that is none of those that an import reads; with what was seen of it.
  case unknownFile(path: String, problem: String)
  /// Nothing is written over a file unless that was asked for.
  case fileExists(path: String)

  public var description: String {
    switch self {
    case .cannotOpen(let path, let reason):
      "\(path) can't be opened: \(reason); check the path and who may read and write it."
    case .readOnly(let path):
      "\(path) can't be written: make the file and its folder writable, or set XDG_DATA_HOME to a "
        + "folder that is."
    case .notAStore(let path):
      "\(path) is not a session store, and was left as it is: move it away, or name another file."
    case .laterStore(let path):
      "\(path) was written by a later version of whet, and was left as it is: update whet to open "
        + "it."
    case .damaged(let path):
      "\(path) is damaged: `whet doctor --store --repair` copies what can be read into a new store, "
        + "and keeps this one."
    case .unreadable(let path, let backup):
      "\(path) doesn't say any more what is in it, and nothing was copied: move it away, and "
        + (backup.map { "put its backup in its place: \($0)." } ?? "start with a new one.")
    case .diskFull(let path):
      "\(path) can't grow, since the disk is full: what was saved before is safe; free some space "
        + "and try again."
    case .noRoomForBackup(let path, let bytes):
      "\(path) is to be changed for this version, and its disk has no room for a backup of "
        + "\(bytes / 1_000_000 + 1) MB: free that much, and start whet again."
    case .cannotMigrate(let path, let reason, let backup):
      "\(path) could not be changed for this version, and is as it was; a copy is in \(backup). "
        + reason
    case .busy(let path):
      "\(path) is in use by another program that doesn't let go of it: end that one, or try again."
    case .failed(let path, let reason):
      "\(path) can't be used: \(reason)."
    case .noSession(let name):
      "No session is called '\(name)', by name or by the start of its id: `whet sessions list` "
        + "shows all."
    case .noRun(let id):
      "No run has the id '\(id)': `whet sessions show` lists the runs of a session."
    case .noVersion(let name, let prompt):
      "\(prompt) has no version '\(name)', by number, name or the start of its hash: "
        + "`whet versions` lists them."
    case .ambiguous(let name, let matches):
      "'\(name)' could be any of \(matches.joined(separator: ", ")): give more of the id."
    case .noTrainingSet(let name):
      "No training set is called '\(name)': `whet tune sets` lists all."
    case .trainingSetExists(let name):
      "There is a training set '\(name)' already: choose another name, or remove that one."
    case .badTrainingSetName(let name):
      "'\(name.prefix(60))' can't be a training set's name: take up to 100 letters, digits, spaces "
        + "or signs in one line."
    case .trainingSetBusy(let name):
      "Another whet is adding to the training set '\(name)' or changing much of it: wait for it, and "
        + "try again."
    case .noTrainingExample(let number, let set, let count):
      "The training set '\(set)' has no example \(number): its examples are numbered from 1 to "
        + "\(count)."
    case .noEvaluation(let id):
      "No evaluation has the id '\(id)': `whet eval list` shows all."
    case .noVariant(let name, let evaluation, let variants):
      "The evaluation \(evaluation) has no variant '\(name)': its variants are "
        + "\(variants.joined(separator: ", "))."
    case .nothingToUndo(let set):
      "Nothing is left to be undone in the training set '\(set)': `whet tune log` lists its actions."
    case .nothingToRedo(let set):
      "Nothing was undone in the training set '\(set)' that could be done again."
    case .badFile(let path, let line, let problem):
      "\(path):\(line): \(problem)."
    case .laterFile(let path, let version):
      "\(path) is a session file of version \(version), and this whet reads version "
        + "\(SessionFile.version): update whet to read it."
    case .unknownFile(let path, let problem):
      "\(path) can't be imported: \(problem)."
    case .fileExists(let path):
      "\(path) exists already, and was left as it is: name another file, or have "
        + "`whet sessions export --force` replace it."
    }
  }
}

extension SessionError {
  /// What an error of the system or of SQLite means for the store at a path.
  init(_ error: any Error, path: String) {
    switch error {
    case let error as SessionError: self = error
    case let error as DatabaseError:
      switch error.resultCode {
      case .SQLITE_FULL: self = .diskFull(path: path)
      // What a full disk comes to while the file is opened.
      case .SQLITE_IOERR where error.extendedResultCode == .SQLITE_IOERR_SHMSIZE:
        self = .diskFull(path: path)
      case .SQLITE_IOERR:
        self = .failed(path: path, reason: "the disk can't be read or written, and may be failing")
      case .SQLITE_READONLY: self = .readOnly(path: path)
      case .SQLITE_NOTADB: self = .notAStore(path: path)
      case .SQLITE_CORRUPT: self = .damaged(path: path)
      case .SQLITE_BUSY, .SQLITE_LOCKED: self = .busy(path: path)
      case .SQLITE_CANTOPEN, .SQLITE_PERM, .SQLITE_AUTH:
        self = .cannotOpen(path: path, reason: error.message ?? "SQLite can't open it")
      default: self = .failed(path: path, reason: error.message ?? "\(error.resultCode)")
      }
    case is JSONError: self = .damaged(path: path)
    default: self = .failed(path: path, reason: "\(error)")
    }
  }
}
