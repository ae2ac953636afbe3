import Core
import Foundation
import Playground
import Sessions
import Synchronization
import Testing

// Keys while much is streaming.

@Suite struct TypingTests {
  @Test func `no letter is lost while eight columns stream 200 tokens a second`() throws {
    let isTyped = Mutex(false)
    let server = try ModelServer([
      "m": Scripted.counts(perSecond: 200, until: { isTyped.withLock { $0 } })
    ])
    let home = try WhetHome(server: server)
    let file = try home.write(" Count.", to: "a.prompt")
    let models = Array(repeating: ["-M", "test/m"], count: 8).flatMap { $0 }
    let terminal = try home.start(["open", file] + models, size: Size(width: 250, height: 70))
    try terminal.wait("eight columns") { $0.contains("H test/m") }
    try terminal.press("ctrl-r")
    try terminal.wait("all columns stream") { $0.text.matches(of: /w0 w1/).count == 8 }

    let typed = (0..<500).map { "word\($0)" }.joined(separator: " ")
    for letter in typed {
      try terminal.type(String(letter))
      // As fast as a key that is held down, and faster.
      usleep(500)
    }
    isTyped.withLock { $0 = true }
    try terminal.wait("all answers", within: 60) { $0.row(69).hasPrefix(" ^R run") }
    try terminal.press("ctrl-q")
    #expect(try terminal.waitForExit() == .exited(0))

    let answers = try home.recordedRuns().map(\.answer)
    #expect(answers.map(\.finishReason) == Array(repeating: .stop, count: 8))
    for answer in answers {
      let count = answer.text.split(separator: " ").count
      #expect(count > 100 && answer.text == Scripted.count(to: count))
    }
    let draft = try SessionStore(path: home.store).loadDraft(named: file)
    #expect(draft?.promptText == typed + " Count.")
  }
}
