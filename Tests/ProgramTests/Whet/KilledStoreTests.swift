import Core
import Foundation
import GRDB
import Sessions
import Testing

// kill -9 of whet while it migrates, exports and collects: the store is whole, what was committed is
// there, and the same command goes through the next time and leaves nothing behind.

@Suite struct KilledStoreTests {
  /// How often each is killed; more where WHET_TEST_KILLS says so.
  private static let killCount =
    ProcessInfo.processInfo.environment["WHET_TEST_KILLS"].flatMap { Int($0) } ?? 6

  private let home: WhetHome

  init() throws {
    home = try WhetHome()
    try home.recordRuns()
  }

  /// Copies the store to where `restore` finds it.
  private func save() throws {
    try home.changeStore("PRAGMA wal_checkpoint(TRUNCATE)")
    try FileManager.default.copyItem(atPath: home.store, toPath: home.path("saved"))
  }

  private func restore() throws {
    for file in try FileManager.default.contentsOfDirectory(atPath: home.path("data/whet")) {
      try FileManager.default.removeItem(atPath: home.path("data/whet/\(file)"))
    }
    try FileManager.default.copyItem(atPath: home.path("saved"), toPath: home.store)
  }

  /// Kills whet at moments that are spread over the time that it takes, and looks at what is left.
  ///
  /// - Parameter check: is given the number of the kill, after each.
  private func killAgainAndAgain(
    _ arguments: [String], check: (Int) throws -> Void
  ) throws {
    try save()
    let start = Deadline.now
    #expect(try home.command(arguments).finish().status == 0)
    let duration = Deadline.now - start
    for number in 0..<Self.killCount {
      let moment = 0.1 + 0.9 * (Double(number) * 0.618_034).truncatingRemainder(dividingBy: 1)
      try kill(arguments, after: moment * duration)

      let problems = try DatabaseQueue(path: home.store).read {
        try String.fetchAll($0, sql: "PRAGMA integrity_check")
      }
      #expect(problems == ["ok"])
      try check(number)
      let again = try home.command(arguments).finish()
      #expect(again.status == 0, "\(again.errors)")
      let files = try FileManager.default.subpathsOfDirectory(atPath: home.directory.path)
      #expect(files.filter { $0.hasSuffix(".part") || $0.contains(".salvaged") } == [])
    }
  }

  /// Starts whet on the saved store and kills it after so many seconds, or sooner where it had ended by
  /// then: how long it takes hangs on what else the machine does.
  private func kill(_ arguments: [String], after seconds: Double) throws {
    var seconds = seconds
    for _ in 0..<8 {
      try restore()
      let command = try home.command(arguments)
      usleep(UInt32(seconds * 1e6))
      command.signal(SIGKILL)
      if try command.finish().status == -SIGKILL { return }
      seconds /= 2
    }
    Issue.record("whet had always ended before it was killed.")
  }

  @Test(.timeLimit(.minutes(10)))
  func `a gc that is killed takes nothing that isn't pruned`() throws {
    try killAgainAndAgain(["sessions", "gc"]) { _ in
      try home.expectRuns(stride(from: 0, to: 200, by: 2))
      let report = try SessionStore(path: home.store).check()
      #expect(report.findings.allSatisfy { $0.kind == .fine }, "\(report)")
    }
    #expect(try SessionStore(path: home.store).garbage(withBackups: true).runs == 0)
  }

  @Test(.timeLimit(.minutes(10)))
  func `a migration that is killed is done by the next start`() throws {
    // A store of the version before runs could be found and pruned.
    try home.takeBackMigrations()
    try killAgainAndAgain(["sessions", "list"]) { _ in
      // A copy that has its name is whole.
      for backup in StoreBackup.all(of: home.store) {
        let count = try DatabaseQueue(path: backup.path).read {
          try Int.fetchOne($0, sql: "SELECT count(*) FROM event")
        }
        #expect(count == 2000)
      }
      try home.expectRuns(0..<200)
    }
  }

  @Test(.timeLimit(.minutes(10)))
  func `an export that is killed leaves the file of before or a whole one`() throws {
    let file = try home.write("of before", to: "out.jsonl")
    var sizes: Set<Int> = []
    try killAgainAndAgain(["sessions", "export", "killed", file, "--force"]) { _ in
      let text = try String(contentsOfFile: file, encoding: .utf8)
      sizes.insert(text.utf8.count)
      #expect(text.hasSuffix("\n"))
      try home.expectRuns(0..<200)
    }
    // One whole file, and it alone: the first, whole export took the place of the one of before.
    #expect(sizes.count == 1)
  }
}

extension WhetHome {
  private static func id(_ number: Int) -> String { "R\(1000 + number)" }

  /// Records runs 0 to 199 in a session `killed`, and prunes every second one.
  func recordRuns() throws {
    try write("", to: "data/whet/here")
    let store = try SessionStore(path: store)
    let session = try store.createSession(name: "killed")
    for number in 0..<200 {
      let run = Run(
        id: Self.id(number), session: session.id, startedAt: Double(number), column: 0,
        promptText: "Count to \(number).", inputs: [:],
        request: CompletionRequest(model: .echo, messages: []))
      try store.begin(run)
      try store.append(
        (0..<10).map {
          TimedWireEvent(time: Double($0), event: .body(Array(repeating: 0x61, count: 2000)))
        }, to: run.id)
      var answer = Answer()
      answer.apply(.text("walrus \(number)"), at: 1)
      answer.apply(.finish(.stop), at: 2)
      try store.finish(run.id, answer: answer)
    }
    try store.prune((0..<100).map { Self.id(2 * $0 + 1) }, in: session.id)
  }

  /// Makes the store one of the version before runs could be found and pruned.
  func takeBackMigrations() throws {
    try changeStore(
      """
      DROP TABLE finding; DROP VIEW run_words; DROP INDEX run_unindexed; DROP TABLE branch;
      DROP TABLE pruned; ALTER TABLE run DROP COLUMN is_indexed;
      DELETE FROM grdb_migrations WHERE identifier IN ('finding', 'branches and pruned moments');
      """)
  }

  func changeStore(_ sql: String) throws {
    try DatabaseQueue(path: store).writeWithoutTransaction { try $0.execute(sql: sql) }
  }

  /// - Parameter path: of the store; nil for the home's own.
  func expectRuns(_ numbers: some Sequence<Int>, in path: String? = nil) throws {
    let store = try SessionStore(path: path ?? store)
    for number in numbers {
      let recorded = try store.loadRun(Self.id(number))
      #expect(recorded.answer.text == "walrus \(number)")
      #expect(recorded.events.count == 10)
    }
  }
}
