import Core
import Foundation
import GRDB
import Playground
import Runtime
import Sessions
import Synchronization
import Testing

// A home that can't be written, a disk that is full, files of its own that are missing: the
// playground opens all the same, answers, and says what it can't do.

@Suite struct PoorSurroundingsTests {
  @Test func `a home that can't be written is told`() throws {
    let home = try WhetHome()
    let file = try home.write("Hello?", to: "a.prompt")
    home.launcher = BrokenFilesTests.unprivileged
    try home.setWritable(false)
    defer { try? home.setWritable(true) }

    let terminal = try home.open("tour")
    try terminal.wait(for: "Nothing is being kept: \(home.path("data"))")
    try terminal.wait(for: "can't open the index")
    try terminal.press("ctrl-q")
    #expect(try terminal.waitForExit() == .exited(0))
    #expect(terminal.isRestored)

    let plain = try home.open("open", file)
    try plain.press("ctrl-r")
    try plain.wait("both answers") { $0.text.matches(of: /· stop/).count == 2 }
    try plain.press("ctrl-s")
    try plain.press("x", "ctrl-s")
    try plain.wait(for: "\(file) can't be written")

    let run = try home.run("run", file, "-M", "builtin/echo")
    #expect(run.output == "Hello?\n")
    #expect(run.status == 0)
    #expect(run.errors.hasPrefix("whet: Nothing is being kept: \(home.path("data"))"))
    let list = try home.run("sessions", "list")
    #expect(list.status == 1)
    #expect(list.errors.hasPrefix("whet: \(home.path("data")) can't be opened: permission denied"))
    let index = try home.run("index", "add", "a.prompt")
    #expect(index.status == 1)
    #expect(index.errors.hasPrefix("whet: can't open the index \(home.indexes)/default.sqlite: "))
  }

  @Test func `the playground opens without the files that ship with it`() throws {
    let home = try WhetHome()
    home.environment["WHET_SHARE"] = home.path("nowhere")
    let file = try home.write("Hello?", to: "a.prompt")
    let terminal = try home.open("open", file)
    try terminal.press("ctrl-r")
    try terminal.wait("both answers") { $0.text.matches(of: /· stop/).count == 2 }
    let tour = try home.run("tour")
    #expect(tour.status == 1)
    #expect(tour.errors.hasPrefix("whet: "))
    #expect(tour.errors.contains("WHET_SHARE"))
  }

  @Test(.enabled(if: canMount, "mounting a small disk needs root"))
  func `a full disk is told and what was there stays whole`() throws {
    let count = 8000
    let server = try ModelServer(["m": Scripted.counts(to: count, perSecond: 4000)])
    let home = try WhetHome(server: server)
    try home.write("Count.", to: "a.prompt")
    try home.write("", to: "data/here")
    // The disk is gone with the program: what it holds is saved before.
    let script = """
      mount -t tmpfs -o size=640k none "$XDG_DATA_HOME" || exit 99
      "$@"; status=$?
      cp -r "$XDG_DATA_HOME" "$HOME/saved"
      exit $status
      """
    home.launcher = ["/usr/bin/unshare", "--mount", "/bin/sh", "-c", script, "sh"]
    // Wide enough for the whole sentence.
    let terminal = try home.open(
      "open", "a.prompt", "-M", "test/m", size: Size(width: 200, height: 30))
    try terminal.press("ctrl-r")
    try terminal.wait(for: "since the disk is full: what was saved before is safe")
    try terminal.wait(for: "w\(count - 1)")
    try terminal.press("ctrl-q")
    #expect(try terminal.waitForExit() == .exited(0))
    #expect(terminal.isRestored)

    let saved = home.path("saved/whet/sessions.sqlite")
    let check = try DatabaseQueue(path: saved).read {
      try String.fetchAll($0, sql: "PRAGMA integrity_check")
    }
    #expect(check == ["ok"])
    let store = try SessionStore(path: saved)
    let session = try #require(try store.sessions().first)
    let run = try #require(try store.runs(of: session.session.id).first)
    let text = Answer(replaying: try store.loadRun(run.id)).text
    #expect(!text.isEmpty && Scripted.count(to: count).hasPrefix(text))
  }

  @Test func `what can't be written for a while is written later with no hole`() throws {
    let isEnough = Mutex(false)
    let server = try ModelServer([
      "m": Scripted.counts(perSecond: 100, until: { isEnough.withLock { $0 } })
    ])
    let home = try WhetHome(server: server)
    try home.write("Count.", to: "a.prompt")
    let terminal = try home.open("open", "a.prompt", "-M", "test/m")
    try terminal.press("ctrl-r")
    try terminal.wait(for: "w9 ")
    let database = try DatabaseQueue(path: home.store)
    try database.inDatabase { db in
      try db.execute(
        sql: """
          CREATE TRIGGER refusal BEFORE INSERT ON event BEGIN SELECT RAISE(ABORT, 'refused'); END
          """)
    }
    try terminal.wait(for: "Nothing is being kept: ")
    try database.inDatabase { try $0.execute(sql: "DROP TRIGGER refusal") }
    isEnough.withLock { $0 = true }
    try terminal.wait(for: "· stop")
    try terminal.press("ctrl-q")
    #expect(try terminal.waitForExit() == .exited(0))
    let run = try #require(try home.recordedRuns().first)
    let count = run.answer.text.split(separator: " ").count
    #expect(run.answer.finishReason == .stop && run.answer.text == Scripted.count(to: count))
    #expect(Answer(replaying: run).text == run.answer.text)
  }

  static let canMount: Bool = {
    let command = try? Command(
      "/usr/bin/unshare", ["--mount", "/bin/mount", "-t", "tmpfs", "none", "/mnt"])
    return (try? command?.finish().status) == 0
  }()
}

extension WhetHome {
  /// Lets nobody make files in the home, or lets them.
  fileprivate func setWritable(_ isWritable: Bool) throws {
    try FileManager.default.setAttributes(
      [.posixPermissions: isWritable ? 0o700 : 0o500], ofItemAtPath: directory.path)
  }
}
