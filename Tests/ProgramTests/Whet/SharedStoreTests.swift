import Core
import Foundation
import GRDB
import Sessions
import Testing

// Two playgrounds, and commands beside them, on one store: nothing that one writes is lost, none has
// to say that it waits, and each shows what the other wrote.

@Suite struct SharedStoreTests {
  /// How long they are used; longer where WHET_TEST_SHARED_SECONDS says so.
  private static let seconds =
    ProcessInfo.processInfo.environment["WHET_TEST_SHARED_SECONDS"].flatMap { Double($0) } ?? 10

  /// A playground whose prompt is a word, another one for each run.
  private struct Player {
    let letter: String
    let terminal: PseudoTerminal
    private(set) var words: [String] = []

    init(_ letter: String, in home: WhetHome) throws {
      self.letter = letter
      let file = try home.write("Say", to: "\(letter).prompt")
      terminal = try home.open("open", file, "-M", "builtin/echo")
    }

    mutating func run() throws {
      let word = "\(letter)\(10_000 + words.count)"
      try terminal.press("alt-<", "ctrl-k")
      try terminal.type(word)
      try terminal.press("ctrl-r")
      try wait("the prompt and the answer say \(word)") { screen in
        screen.text.components(separatedBy: word).count > 2 && screen.contains("· stop")
      }
      words.append(word)
    }

    func wait(_ expectation: String, until isMet: (EmulatedScreen) -> Bool) throws {
      try terminal.wait(expectation) { screen in
        #expect(!screen.contains("in use by another") && !screen.contains("is being kept"))
        return isMet(screen)
      }
    }
  }

  @Test(.timeLimit(.minutes(15)))
  func `two playgrounds and commands share a store`() throws {
    let home = try WhetHome()
    var (anna, bert) = (try Player("anna", in: home), try Player("bert", in: home))
    let end = Deadline.now + Self.seconds
    var commandCount = 0
    for round in 0... {
      try anna.run()
      try bert.run()
      switch round % 6 {
      case 1:
        try anna.terminal.press("alt-s")
        try anna.wait("the sessions of both") {
          $0.contains("bert") && $0.contains("\(round + 1) runs")
        }
        // What the other runs now shows here, with no key pressed.
        try bert.run()
        try anna.wait("the other's run is counted") { screen in
          screen.contains("\(bert.words.count) runs")
        }
        try anna.terminal.press("escape")
        // A key that follows at once would be the rest of an escape sequence.
        try anna.wait("the page is closed") { !$0.contains("Esc close") }
      case 3:
        for arguments in [
          ["sessions", "list"], ["sessions", "gc"], ["sessions", "search", "session:anna"],
        ] {
          let result = try home.command(arguments).finish()
          #expect(result.status == 0 && result.errors.isEmpty, "\(result.errors)")
          commandCount += 1
        }
      default: break
      }
      if round >= 2, Deadline.now >= end { break }
    }
    for player in [anna, bert] {
      try player.terminal.press("ctrl-q")
      #expect(try player.terminal.waitForExit() == .exited(0))
    }
    let runs = try home.recordedRuns()
    let expected = anna.words + bert.words
    #expect(runs.map(\.run.promptText).sorted() == expected.sorted())
    #expect(runs.allSatisfy { $0.answer.finishReason == .stop && !$0.events.isEmpty })
    let problems = try DatabaseQueue(path: home.store).read {
      try String.fetchAll($0, sql: "PRAGMA integrity_check")
    }
    #expect(problems == ["ok"])
    print("\(runs.count) runs by two playgrounds, \(commandCount) commands, \(Self.seconds) s")
  }
}
