import Core
import Foundation
import GRDB
import Sessions
import Testing

// Disks of growing sizes, each of which is full at another write of a run that is recorded, a
// migration, an export and a gc: the store stays whole, and what happened is told.

@Suite(.enabled(if: PoorSurroundingsTests.canMount, "mounting a small disk needs root"))
struct FullDiskTests {
  private static let script = """
    mount -t tmpfs -o size=${DISK_SIZE}k none "$XDG_DATA_HOME" || exit 99
    mkdir "$XDG_DATA_HOME/whet"
    cp "$HOME/saved" "$XDG_DATA_HOME/whet/sessions.sqlite" || exit 98
    "$@"; status=$?
    rm -rf "$HOME/after"
    cp -r "$XDG_DATA_HOME" "$HOME/after"
    exit $status
    """

  /// - Parameter isOld: whether the store is of an earlier version.
  private func fill(
    _ arguments: [String], isOld: Bool = false, leaves numbers: some Sequence<Int>
  ) throws {
    let home = try WhetHome()
    try home.recordRuns()
    // A large prompt, so that to record a run takes some room.
    let prompt = String(repeating: "Count to a hundred. ", count: 20_000)
    try home.write(prompt, to: "a.prompt")
    if isOld { try home.takeBackMigrations() }
    try home.changeStore("PRAGMA wal_checkpoint(TRUNCATE)")
    try FileManager.default.moveItem(atPath: home.store, toPath: home.path("saved"))
    let saved = try Data(contentsOf: URL(filePath: home.path("saved")))
    home.launcher = ["/usr/bin/unshare", "--mount", "/bin/sh", "-c", Self.script, "sh"]

    let size = saved.count / 1000
    var (fullCount, wholeCount) = (0, 0)
    for step in 0..<12 {
      home.environment["DISK_SIZE"] = "\(size + 48 + step * size / 4)"
      let result = try home.command(arguments).finish()
      if ["disk is full", "no room for a backup"].contains(where: result.errors.contains) {
        fullCount += 1
      } else {
        wholeCount += 1
        #expect(result.status == 0, "\(result.errors)")
      }
      let store = home.path("after/whet/sessions.sqlite")
      let problems = try DatabaseQueue(path: store).read {
        try String.fetchAll($0, sql: "PRAGMA integrity_check")
      }
      #expect(problems == ["ok"])
      let files = try FileManager.default.subpathsOfDirectory(atPath: home.path("after"))
      #expect(files.filter { $0.hasSuffix(".part") } == [])
      try home.expectRuns(numbers, in: store)
    }
    #expect(fullCount > 0 && wholeCount > 0)
  }

  @Test func `a run that is recorded`() throws {
    try fill(["run", "a.prompt", "-M", "builtin/echo"], leaves: 0..<200)
  }

  @Test func `a migration`() throws {
    try fill(["sessions", "list"], isOld: true, leaves: 0..<200)
  }

  @Test func `an export beside the store`() throws {
    try fill(["sessions", "export", "killed", "data/out.jsonl"], leaves: 0..<200)
  }

  @Test func `a gc`() throws {
    try fill(["sessions", "gc"], leaves: stride(from: 0, to: 200, by: 2))
  }
}
