// Stores that something is wrong with: said, mended where it can be, and else copied as far as they
// can be read.

import Core
import FineTuning
import Foundation
import GRDB
import RandomSource
import Testing

@testable import Sessions

@Suite struct DamageTests {
  let folder: TemporaryFolder
  let path: String

  init() throws {
    folder = try TemporaryFolder()
    path = folder.file("sessions.sqlite")
  }

  private func kinds(_ store: SessionStore) throws -> Set<StoreReport.Finding.Kind> {
    Set(try store.check().findings.map(\.kind))
  }

  /// Writes past the rules that keep a store in order.
  private func spoil(_ store: SessionStore, _ sql: String) throws {
    try store.connection.writeWithoutTransaction { db in
      try db.execute(sql: "PRAGMA foreign_keys = OFF; \(sql); PRAGMA foreign_keys = ON")
    }
  }

  @Test func aWholeStoreIsSaidToBe() throws {
    let store = try SessionStore(path: path)
    _ = try store.makeSampleSession()
    #expect(try kinds(store) == [.fine])
  }

  @Test(arguments: [
    "INSERT INTO rating VALUES (99, 1, 1000)",
    "DELETE FROM record WHERE run = 2",
    "DELETE FROM session",
    "UPDATE run SET is_indexed = NULL",
    "INSERT INTO finding (finding) VALUES ('delete-all')",
    "DELETE FROM finding_data WHERE id > 10",
    "DELETE FROM training_text WHERE json LIKE '%question 3%'",
    "DELETE FROM training_example WHERE state = 1",
    "UPDATE training_set SET approved = 7",
    "DELETE FROM training_set",
    "DELETE FROM training_action",
  ])
  func whatCanBeMendedIsMended(damage: String) throws {
    let store = try SessionStore(path: path)
    let (session, runs) = try store.makeSampleSession()
    try store.makeSampleSet()
    try spoil(store, damage)
    #expect(try kinds(store) == [.fine, .mendable])

    let backup = try store.repair()
    #expect(try kinds(store) == [.fine])
    for recorded in [runs[0], runs[2]] {
      #expect(try store.loadRun(recorded.run.id) == recorded)
    }
    #expect(try store.runs(of: session.id).count >= 2)
    #expect(try store.find(try RunQuery(line: "there", now: 0)).map(\.run) == ["A1"])
    let set = try #require(try store.trainingSets().first)
    #expect(set.count == 4)
    let examples = try store.examples(of: set.name)
    #expect(examples.count >= 3)
    #expect(examples.allSatisfy { $0.example == IncomingExample.numbered($0.number).example })
    #expect(set.approved == examples.count { $0.state == .approved })
    #expect(try kinds(SessionStore(path: backup.path)) == [.fine, .mendable])
  }

  @Test func aRunThatWasCutOffIsMendable() throws {
    do {
      let store = try SessionStore(path: path)
      let session = try store.createSession(name: "s")
      try store.begin(.sample("A", session: session.id))
    }
    let store = try SessionStore(path: path)
    #expect(try kinds(store) == [.fine, .mendable])
    try store.markInterrupted("A", answer: Answer())
    #expect(try kinds(store) == [.fine])
  }

  @Test func aStoreThatSomebodyHasOpenIsNotReplaced() throws {
    let store = try SessionStore(path: path)
    let (_, runs) = try store.makeSampleSession()
    #expect(sessionError { try SessionStore.salvage(path: path) } == .busy(path: path))
    #expect(try store.loadRun(runs[0].run.id) == runs[0])
  }

  @Test func aWholeStoreIsSalvagedWhole() throws {
    let (runs, examples) = try { () throws -> ([RecordedRun], [StoredExample]) in
      let store = try SessionStore(path: path)
      try store.makeSampleSet()
      return (try store.makeSampleSession().runs, try store.examples(of: "gold"))
    }()
    let account = try SessionStore.salvage(path: path)
    #expect(account.tables.allSatisfy { $0.isWhole })
    let store = try SessionStore(path: path)
    for recorded in runs { #expect(try store.loadRun(recorded.run.id) == recorded) }
    #expect(try store.examples(of: "gold") == examples)
    #expect(try store.undoCuration(of: "gold").affected == 1)
    #expect(try kinds(store) == [.fine])
  }

  /// A page of a table, as the kind of loss that its garbage is.
  private struct Page {
    let number: Int
    let table: String
    let isLeaf: Bool
    let rows: Int
  }

  private func makeLargeStore() throws -> [Page] {
    let store = try SessionStore(path: path)
    for session in 0..<5 {
      let session = try store.createSession(name: "s\(session)")
      for number in 0..<40 {
        try store.record(
          RecordedRun(
            run: .sample("\(session.id)-\(number)", session: session.id),
            events: (0..<30).map { TimedWireEvent(time: Double($0), event: .body([0x61, 0x62])) },
            answer: .sample("walrus \(number)")))
      }
    }
    return try store.connection.writeWithoutTransaction { db in
      try db.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)")
      return try Row.fetchAll(
        db, sql: "SELECT pageno, name, pagetype, ncell FROM dbstat WHERE name <> 'sqlite_schema'"
      ).map { Page(number: $0[0], table: $0[1], isLeaf: $0[2] == "leaf", rows: $0[3]) }
    }
  }

  private func runs(in path: String) throws -> [Identifier: RecordedRun] {
    let store = try SessionStore(path: path)
    let all = try store.sessions().flatMap { try store.runs(of: $0.session.id) }
    return Dictionary(
      uniqueKeysWithValues: try all.map { ($0.id, try store.loadRun($0.id)) })
  }

  @Test func aStoreThatDoesNotSayWhatIsInItIsLeftAsItIs() throws {
    _ = try makeLargeStore()
    let backup = try SessionStore(path: path).repair()
    let schema = try DatabaseQueue(path: path).read {
      try Int.fetchAll($0, sql: "SELECT pageno FROM dbstat WHERE name = 'sqlite_schema'")
    }
    let file = try FileHandle(forUpdating: URL(filePath: path))
    for page in schema where page > 1 {
      try file.seek(toOffset: UInt64(page - 1) * 4096)
      try file.write(contentsOf: Data(repeating: 0x5A, count: 4096))
    }
    try file.close()
    let damaged = try Data(contentsOf: URL(filePath: path))
    let error = sessionError { try SessionStore.salvage(path: path) }
    #expect(error == .unreadable(path: path, backup: backup.path))
    #expect(try Data(contentsOf: URL(filePath: path)) == damaged)
  }

  @Test func garbageInPagesCostsNoMoreThanWhatStoodThere() throws {
    let pages = try makeLargeStore()
    let all = try runs(in: path)
    #expect(all.count == 200)
    var random = SeededRandom(seed: 7)
    var lossCount = 0
    for round in 0..<30 {
      let spoiled = (0..<Int.random(in: 1...4, using: &random)).compactMap { _ in
        pages.randomElement(using: &random)
      }
      let copy = folder.file("copy-\(round).sqlite")
      try FileManager.default.copyItem(atPath: path, toPath: copy)
      let file = try FileHandle(forUpdating: URL(filePath: copy))
      for page in spoiled {
        try file.seek(toOffset: UInt64(page.number - 1) * 4096)
        let garbage = (0..<4096).map { _ in UInt8.random(in: 0...255, using: &random) }
        try file.write(contentsOf: Data(garbage))
      }
      try file.close()
      let damaged = try Data(contentsOf: URL(filePath: copy))

      let report = try? SessionStore(path: copy).check()
      #expect(report?.findings.allSatisfy { $0.kind == .fine } != true)
      let account = try SessionStore.salvage(path: copy)
      #expect(try Data(contentsOf: URL(filePath: account.damagedPath)) == damaged)
      let found = try runs(in: copy)
      let store = try SessionStore(path: copy)
      #expect(try kinds(store) == [.fine])
      for (id, recorded) in found {
        let original = try #require(all[id])
        #expect(recorded.run == original.run && recorded.answer == original.answer)
        #expect(original.events.starts(with: recorded.events))
      }
      // Pages above the leaves hide what is below them.
      guard spoiled.allSatisfy(\.isLeaf) else { continue }
      let tables = spoiled.filter { ["run", "record"].contains($0.table) }
      #expect(found.count >= 200 - tables.reduce(0) { $0 + $1.rows })
      let cut = found.values.filter { $0.events.count < 30 }.count
      let events = spoiled.filter { $0.table == "event" }
      #expect(cut <= events.reduce(0) { $0 + $1.rows / 30 + 2 })
      lossCount += 200 - found.count + cut
    }
    #expect(lossCount > 0)
  }
}
