import Core
import Foundation
import LoopbackServer
import Playground
import Sessions
import Testing

// ^O, with editors that are scripts.

@Suite struct OutsideEditorTests {
  private func open(
    _ script: String, text: String = "one\ntwo", server: ModelServer? = nil
  ) throws -> (home: WhetHome, terminal: PseudoTerminal) {
    let home = try WhetHome(server: server)
    let editor = try home.write("#!/bin/sh\n" + script, to: "editor")
    try FileManager.default.createDirectory(
      atPath: home.path("tmp"), withIntermediateDirectories: true)
    let file = try home.write(text, to: "a.prompt")
    let variables = ["VISUAL": "sh \(editor)", "TMPDIR": home.path("tmp")]
    let terminal = try PseudoTerminal(
      PseudoTerminal.path(of: "whet"), ["open", file], size: Size(width: 105, height: 30),
      environment: home.environment.merging(variables) { $1 }, directory: home.path(""))
    try terminal.wait(for: "two")
    return (home, terminal)
  }

  private func leftovers(_ home: WhetHome) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: home.path("tmp"))
  }

  @Test func `the text comes back changed, and the file is gone`() throws {
    let (home, terminal) = try open(
      "stat -c '%a %n' \"$1\" > \"$TMPDIR/../seen\"; printf 'EDITED\\n' > \"$1\"")
    try terminal.press("ctrl-o")
    try terminal.wait(for: "Took the text of the editor over.")
    try terminal.wait(for: "EDITED")
    try terminal.press("ctrl-_")
    try terminal.wait(for: "two")
    let seen = try String(contentsOfFile: home.path("seen"), encoding: .utf8)
    #expect(seen.hasPrefix("600 ") && seen.hasSuffix(".prompt\n"))
    #expect(try leftovers(home).isEmpty)
    try terminal.press("ctrl-q")
    #expect(try terminal.waitForExit() == .exited(0))
  }

  @Test func `an editor that fails or is killed changes nothing`() throws {
    let (home, terminal) = try open("echo no > \"$1\"; exit 3")
    try terminal.press("ctrl-o")
    try terminal.wait(for: "ended with status 3")
    #expect(terminal.screen.contains("two"))
    #expect(try leftovers(home).isEmpty)
    try terminal.press("ctrl-q")
    #expect(try terminal.waitForExit() == .exited(0))
    let (otherHome, other) = try open("echo no > \"$1\"; kill -9 $$")
    try other.press("ctrl-o")
    try other.wait(for: "killed by signal 9")
    #expect(other.screen.contains("two"))
    #expect(try leftovers(otherHome).isEmpty)
  }

  @Test func `an editor on the terminal gets the keys, and ^C is its own`() throws {
    // The signal ends the reading of a line in some shells, and not in others.
    let (home, terminal) = try open(
      "trap 'echo CAUGHT' INT; echo READY; until read line; do :; done; echo \"$line\" > \"$1\"")
    try terminal.press("ctrl-o")
    try terminal.wait(for: "READY")
    try terminal.press("ctrl-c")
    try terminal.wait(for: "CAUGHT")
    try terminal.type("typed\r")
    try terminal.wait(for: "Took the text")
    #expect(terminal.screen.contains("typed"))
    #expect(try leftovers(home).isEmpty)
  }

  @Test
  func `a stream goes on while the editor has the terminal, and the screen is whole after it`()
    throws
  {
    let isEditing = Latch()
    let server = try ModelServer([
      "slow": { connection, _ in
        connection.sendHead()
        connection.send(Scripted.chunk("before "))
        isEditing.wait()
        for number in 0..<300 { connection.send(Scripted.chunk("w\(number) ")) }
        connection.send(Scripted.stop)
      }
    ])
    let (home, terminal) = try open(
      """
      for row in 1 2 3 4 5 6 7 8 9; do echo EDITING; done
      until [ -e "$TMPDIR/../done" ]; do sleep 0.02; done
      """, text: "---\nmodel: test/slow\n---\ntwo", server: server)
    try terminal.press("ctrl-r")
    try terminal.wait(for: "before")
    let before = terminal.screen.text
    try terminal.press("ctrl-o")
    try terminal.wait(for: "EDITING")
    isEditing.open()
    // The answer is written down while nothing of it is drawn.
    let store = try SessionStore(path: home.store)
    let deadline = Deadline.now + 20
    var answer: Answer?
    while answer?.finishReason != .stop, Deadline.now < deadline {
      guard let session = try store.sessions().first,
        let run = try store.runs(of: session.session.id).first
      else { continue }
      answer = try store.loadRun(run.id).answer
    }
    #expect(answer?.text == "before " + Scripted.count(to: 300))
    #expect(terminal.screen.contains("EDITING"))
    try home.write("", to: "done")
    try terminal.wait(for: "w299")
    try terminal.wait(for: "· stop")
    #expect(!terminal.screen.contains("EDITING"))
    let old = before.split(separator: "\n")
    try terminal.wait("the prompt's pane stands as it stood") { screen in
      let new = screen.text.split(separator: "\n")
      return new.count == old.count
        && zip(old, new).dropFirst().prefix(8).allSatisfy { $0.prefix(40) == $1.prefix(40) }
    }
    try terminal.press("ctrl-q")
    #expect(try terminal.waitForExit() == .exited(0))
  }
}
