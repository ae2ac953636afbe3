import Core
import Foundation
import GRDB
import Sessions
import Testing

// `whet doctor --store` and `whet sessions gc`, as a person uses them.

@Suite struct StoreDoctorTests {
  private let home: WhetHome

  init() throws {
    home = try WhetHome()
    try home.recordRuns()
  }

  private func doctor(_ options: String...) throws -> Command.Result {
    try home.command(["doctor", "--store"] + options).finish()
  }

  @Test func `a whole store is said to be`() throws {
    let result = try doctor()
    #expect(result.status == 0)
    #expect(result.lines.allSatisfy { $0.hasPrefix("ok ") })
    #expect(result.output.contains("200 runs"))
  }

  @Test func `what can be mended is told, and mended after a backup`() throws {
    try home.changeStore("UPDATE run SET is_indexed = NULL WHERE number < 9")
    let found = try doctor()
    #expect(found.status == 1)
    #expect(found.output.contains("FIX  store          8 runs can't be found by their words yet"))
    #expect(found.lines.last == "`whet doctor --store --repair` mends this, after a backup.")
    let mended = try doctor("--repair")
    #expect(mended.status == 0)
    let backup = try #require(StoreBackup.all(of: home.store).first)
    #expect(mended.lines.last == "Mended; as it was before, the store is in \(backup.path)")
    #expect(try doctor().status == 0)
  }

  @Test func `a damaged store is replaced by what can be read of it, and kept`() throws {
    try home.changeStore("PRAGMA wal_checkpoint(TRUNCATE)")
    let page = try DatabaseQueue(path: home.store).read {
      try Int.fetchOne(
        $0,
        sql: """
          SELECT pageno FROM dbstat WHERE name = 'event' AND pagetype = 'leaf' ORDER BY path
          LIMIT 1 OFFSET 20
          """)
    }
    let file = try FileHandle(forUpdating: URL(filePath: home.store))
    try file.seek(toOffset: UInt64((page ?? 0) - 1) * 4096)
    try file.write(contentsOf: Data(repeating: 0x5A, count: 4096))
    try file.close()

    let found = try doctor()
    #expect(found.status == 1)
    #expect(found.lines.last?.hasPrefix("`whet doctor --store --repair` copies") == true)
    let mended = try doctor("--repair")
    #expect(mended.status == 0, "\(mended.errors)")
    #expect(mended.output.contains("run: 200 rows\n"))
    #expect(mended.lines.contains { $0.hasPrefix("event: ") && $0.hasSuffix(", and some lost") })
    let kept = try #require(
      mended.lines.last?.split(separator: ": ").last.map(String.init))
    #expect(FileManager.default.fileExists(atPath: kept))
    #expect(try doctor().status == 0)
    #expect(try SessionStore(path: home.store).check().isDamaged == false)
  }

  @Test func `gc says what it takes, and takes it when it is not only asked`() throws {
    let asked = try home.run("sessions", "gc", "--dry-run")
    #expect(asked.output.hasPrefix("would take 100 pruned moments: 100 runs, "))
    #expect(try home.run("sessions", "gc", "--dry-run").output == asked.output)
    let taken = try home.run("sessions", "gc")
    #expect(taken.output.hasPrefix("takes 100 pruned moments: 100 runs, "))
    #expect(taken.lines.last == "The store is packed: \(home.store)")
    #expect(try home.run("sessions", "gc").output == "There is nothing to take.\n")
    try home.expectRuns(stride(from: 0, to: 200, by: 2))
  }
}
