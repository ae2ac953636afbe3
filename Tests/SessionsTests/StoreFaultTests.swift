// A store that can't be opened, read or written: one clear sentence, and nothing changed.

import Core
import Foundation
import GRDB
import Testing

@testable import Sessions

@Suite struct StoreFaultTests {
  let folder: TemporaryFolder
  let path: String

  init() throws {
    folder = try TemporaryFolder()
    path = folder.file("sessions.sqlite")
  }

  private func mode(_ path: String) throws -> Int? {
    try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
  }

  @Test func onlyTheOwnerCanReadTheFiles() throws {
    let path = folder.file("data/whet/sessions.sqlite")
    let store = try SessionStore(path: path)
    try store.createSession(name: "s")
    for suffix in ["", "-wal", "-shm", "-writers"] { #expect(try mode(path + suffix) == 0o600) }
    #expect(try mode(folder.file("data")) == 0o700)
    #expect(try mode(folder.file("data/whet")) == 0o700)
  }

  @Test func accessOfOthersToAnExistingStoreIsTakenAway() throws {
    _ = try SessionStore(path: path)
    try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
    _ = try SessionStore(path: path)
    #expect(try mode(path) == 0o600)
  }

  @Test func aFileThatIsNoDatabaseIsLeftAsItIs() throws {
    let garbage = String(repeating: "This is a letter, not a database. ", count: 500)
    try folder.write(garbage, to: "sessions.sqlite")
    let error = sessionError { try SessionStore(path: path) }
    #expect(error == .notAStore(path: path))
    #expect(error?.description.contains(path) == true)
    #expect(try text(ofFile: path) == garbage)
    #expect(try folder.contents == ["sessions.sqlite"])
  }

  @Test func anotherProgramsDatabaseIsLeftAsItIs() throws {
    try DatabaseQueue(path: path).write { try $0.execute(sql: "CREATE TABLE logs (a)") }
    let before = try Data(contentsOf: URL(filePath: path))
    #expect(sessionError { try SessionStore(path: path) } == .notAStore(path: path))
    #expect(try Data(contentsOf: URL(filePath: path)) == before)
    #expect(try folder.contents == ["sessions.sqlite"])
  }

  @Test func aFolderIsNoStore() throws {
    #expect(sessionError { try SessionStore(path: folder.path) } == .notAStore(path: folder.path))
  }

  @Test func aStoreOfALaterVersionIsRefused() throws {
    _ = try SessionStore(path: path)
    try DatabaseQueue(path: path).write {
      try $0.execute(sql: "INSERT INTO grdb_migrations (identifier) VALUES ('from the future')")
    }
    let before = try Data(contentsOf: URL(filePath: path))
    #expect(sessionError { try SessionStore(path: path) } == .laterStore(path: path))
    #expect(try Data(contentsOf: URL(filePath: path)) == before)
  }

  @Test func aStoreWhoseMakingWasCutShortIsMadeWhole() throws {
    try DatabaseQueue(path: path).write {
      try $0.execute(
        sql: """
          PRAGMA application_id = 0x77686574;
          CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY)
          """)
    }
    let session = try SessionStore(path: path).createSession(name: "s")
    #expect(try SessionStore(path: path).sessions().map(\.session) == [session])
  }

  @Test func aDamagedStoreIsSaidToBe() throws {
    _ = try SessionStore(path: path).makeSampleSession()
    let file = try FileHandle(forUpdating: URL(filePath: path))
    let size = try file.seekToEnd()
    try file.seek(toOffset: 4096)
    try file.write(contentsOf: Data(repeating: 0x5A, count: Int(size) - 4096))
    try file.close()
    let error = sessionError {
      let store = try SessionStore(path: path)
      return try store.sessions().map { try store.runs(of: $0.session.id) }
    }
    #expect(error == .damaged(path: path))
  }

  @Test func aFullDiskLosesNothingThatWasSaved() throws {
    let store = try SessionStore(path: path)
    let (session, runs) = try store.makeSampleSession()
    try store.begin(.sample("B", session: session.id))
    try store.connection.writeWithoutTransaction { db in
      let pages = try Int.fetchOne(db, sql: "PRAGMA page_count") ?? 0
      try db.execute(sql: "PRAGMA max_page_count = \(pages + 4)")
    }
    let large = TimedWireEvent(time: 1, event: .body(Array(repeating: 0x61, count: 100_000)))
    let small = TimedWireEvent(time: 0, event: .body([0x61]))
    #expect(sessionError { try store.append([small, large], to: "B") } == .diskFull(path: path))
    #expect(try store.loadRun("B").events.isEmpty)
    for run in runs { #expect(try store.loadRun(run.run.id) == run) }

    try store.connection.writeWithoutTransaction {
      try $0.execute(sql: "PRAGMA max_page_count = 10000")
    }
    try store.append([small, large], to: "B")
    #expect(try store.loadRun("B").events == [small, large])
  }

  @Test(.disabled(if: getuid() == 0, "nothing is read-only for root"))
  func aReadOnlyFolderIsSaidToBe() throws {
    try FileManager.default.setAttributes([.posixPermissions: 0o500], ofItemAtPath: folder.path)
    defer { chmod(folder.path, 0o700) }
    guard
      case .cannotOpen(path, "permission denied")? = sessionError({ try SessionStore(path: path) })
    else {
      Issue.record("a folder that can't be written was not refused")
      return
    }
  }

  @Test func aFolderThatCannotBeMadeIsSaidToBe() throws {
    try folder.write("a file", to: "data")
    let error = sessionError { try SessionStore(path: folder.file("data/sessions.sqlite")) }
    guard case .cannotOpen(_, "not a directory")? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  @Test func everyErrorNamesItsFile() {
    let errors: [SessionError] = [
      .cannotOpen(path: "/a/b", reason: "no such file"), .readOnly(path: "/a/b"),
      .notAStore(path: "/a/b"), .laterStore(path: "/a/b"), .damaged(path: "/a/b"),
      .diskFull(path: "/a/b"), .busy(path: "/a/b"), .failed(path: "/a/b", reason: "x"),
      .badFile(path: "/a/b", line: 3, problem: "x"), .laterFile(path: "/a/b", version: 2),
      .fileExists(path: "/a/b"), .unreadable(path: "/a/b", backup: "/a/b.1.backup"),
      .unreadable(path: "/a/b", backup: nil), .noRoomForBackup(path: "/a/b", bytes: 5),
      .cannotMigrate(path: "/a/b", reason: "It is full.", backup: "/a/b.1.backup"),
    ]
    for error in errors {
      #expect(error.description.contains("/a/b"))
      #expect(error.description.hasSuffix("."))
    }
  }
}
