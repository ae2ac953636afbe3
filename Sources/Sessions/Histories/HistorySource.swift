// What reads another program's history: session after session, and the runs of each one by one, so
// that memory is bounded by the largest session as its own program keeps it.

import Core

protocol HistorySource: AnyObject {
  /// The next session; nil after the last. What the last one still had is passed over.
  func next() throws -> HistorySession?
}

/// A session of another program on its way into the store.
struct HistorySession {
  var session: Session
  var branches: [Branch] = []
  /// The next run, after those that it goes on from; nil after the last.
  var nextRun: () throws -> RecordedRun?

  init(_ session: Session, nextRun: @escaping () throws -> RecordedRun?) {
    self.session = session
    self.nextRun = nextRun
  }

  init(_ imported: ImportedSession) {
    var number = 0
    self.init(imported.session) {
      guard number < imported.count else { return nil }
      defer { number += 1 }
      return imported.run(number)
    }
    branches = imported.branches
  }
}

/// What an import leaves out, and why.
final class HistoryNotes {
  /// Sentences without an end, each with its place.
  private(set) var notes: [String] = []
  /// Sessions, runs and lines that were left out, told or not.
  private(set) var leftOut = 0

  /// More are counted, and not told.
  static let mostNotes = 100

  /// Tells something of what is taken.
  func add(_ notes: [ImportNote]) {
    self.notes += notes.prefix(max(0, Self.mostNotes - self.notes.count)).map(\.description)
  }

  /// Tells of something that isn't taken.
  func leaveOut(_ reason: String) {
    leftOut += 1
    if notes.count < Self.mostNotes { notes.append(reason) }
  }
}
