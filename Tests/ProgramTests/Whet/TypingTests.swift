import Core
import Foundation
import Playground
import Sessions
import Testing

// Keys while much is streaming.

@Suite struct TypingTests {
  @Test func `no letter is lost while eight columns stream 200 tokens a second`() throws {
    let count = 600
    let server = try ModelServer(["m": Scripted.counts(to: count, perSecond: 200)])
    let home = try WhetHome(server: server)
    let file = try home.write(" Count.", to: "a.prompt")
    let models = Array(repeating: ["-M", "test/m"], count: 8).flatMap { $0 }
    let terminal = try home.start(
      ["open", file] + models, size: Size(width: 250, height: 70))
    try terminal.wait("eight columns") { $0.contains("H test/m") }
    try terminal.press("ctrl-r")
    try terminal.wait("all columns stream") { $0.text.matches(of: /w0 w1/).count == 8 }

    let typed = (0..<500).map { "word\($0)" }.joined(separator: " ")
    for letter in typed {
      try terminal.type(String(letter))
      // As fast as a key that is held down.
      usleep(500)
    }
    #expect(terminal.screen.row(69).hasPrefix(" ^C cancel"), "they stream all the while")
    try terminal.wait("all answers", within: 60) { $0.row(69).hasPrefix(" ^R run") }
    try terminal.press("ctrl-q")
    #expect(try terminal.waitForExit() == .exited(0))

    let answer = (0..<count).map { "w\($0) " }.joined()
    #expect(try home.recordedRuns().map(\.answer.text) == Array(repeating: answer, count: 8))
    let draft = try SessionStore(path: home.store).loadDraft(named: file)
    #expect(draft?.promptText == typed + " Count.")
  }
}
