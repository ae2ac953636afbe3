import Core
import Foundation
import Playground
import Sessions
import Testing

// The program killed, ended and started again: the prompt is where it was left.

@Suite struct RestartTests {
  private static let prompt =
    "---\nmodel: builtin/echo\n---\n"
    + (0..<60).map { "Line \($0) about {{topic}}.\n" }.joined()

  /// What a person sees of where they are.
  private struct Sight: Equatable {
    var rows: [String]
    var cursor: Point
  }

  /// The prompt pane, without the header, the hints and the clock below.
  private func sight(of terminal: PseudoTerminal) -> Sight {
    let rows = (1..<12).map { terminal.screen.row($0) }
    return Sight(rows: rows, cursor: terminal.screen.cursor)
  }

  /// Waits until a draft is kept in which something holds, whatever else was kept before.
  private func waitForDraft(
    _ home: WhetHome, _ file: String, _ isKept: (Draft) -> Bool
  ) throws -> Draft {
    let deadline = Date.now + 20
    while Date.now < deadline {
      if let draft = try SessionStore(path: home.store).loadDraft(named: file), isKept(draft) {
        return draft
      }
      usleep(20_000)
    }
    throw PseudoTerminal.Failure(description: "the draft was never kept")
  }

  @Test(arguments: [SIGKILL, SIGTERM, SIGHUP])
  func `text, cursor, scroll and undo are where they were`(signal: Int32) throws {
    let home = try WhetHome()
    let file = try home.write(Self.prompt, to: "a.prompt")
    var terminal = try home.open("open", file)
    try terminal.press("page-down", "page-down", "ctrl-e")
    try terminal.type(" First words.")
    try terminal.press("enter")
    try terminal.type("second")
    try terminal.press("alt-u", "alt-u")
    try terminal.press("up", "right", "right")
    for _ in 0..<2 { try terminal.scroll(up: false, x: 5, y: 5) }
    // The question's field, too.
    try terminal.press("tab")
    try terminal.type("wheels")
    try terminal.press("shift-tab")
    try terminal.wait("what was typed") { $0.contains("wheels") }
    let kept = try waitForDraft(home, file) { $0.inputs["topic"] == "wheels" }
    let before = sight(of: terminal)
    terminal.signal(signal)
    _ = try terminal.waitForExit()

    terminal = try home.open("open", file)
    try terminal.wait("what was seen") { _ in self.sight(of: terminal) == before }
    let place = try #require(kept.history.earlier)
    #expect(place.end > place.position)

    // Forward to the last word that was undone, and back to the beginning.
    for _ in 0..<5 { try terminal.press("alt-r") }
    try terminal.wait(for: "second")
    for _ in 0..<20 { try terminal.press("alt-u") }
    let start = try waitForDraft(home, file) { $0.promptText == Self.prompt }
    #expect(start.history.earlier?.position == 0)
    #expect(start.history.earlier?.end == place.end)
    try terminal.press("ctrl-q")
    #expect(try terminal.waitForExit() == .exited(0))
  }

  @Test func `each file has a draft and a history of its own`() throws {
    let home = try WhetHome()
    let files = try ["a.prompt", "b.prompt"].map { try home.write("Say.", to: $0) }
    for (file, word) in zip(files, ["apples", "pears"]) {
      let terminal = try home.open("open", file)
      try terminal.type(word)
      _ = try waitForDraft(home, file) { $0.promptText == word + "Say." }
      terminal.signal(SIGKILL)
      _ = try terminal.waitForExit()
    }
    for (file, word) in zip(files, ["apples", "pears"]) {
      let terminal = try home.open("open", file)
      try terminal.wait(for: word + "Say.")
      try terminal.press("alt-u")
      _ = try waitForDraft(home, file) { $0.promptText == "Say." }
      try terminal.press("ctrl-q")
      #expect(try terminal.waitForExit() == .exited(0))
    }
  }

  @Test func `a file that changed while whet was away is merged at the next start`() throws {
    let home = try WhetHome()
    let file = try home.write("One.\nTwo.\nThree.\n", to: "a.prompt")
    var terminal = try home.open("open", file)
    try terminal.type("Mine. ")
    _ = try waitForDraft(home, file) { $0.promptText.hasPrefix("Mine. ") }
    terminal.signal(SIGKILL)
    _ = try terminal.waitForExit()
    try home.write("One.\nTwo.\nThree of theirs.\n", to: "a.prompt")
    terminal = try home.open("open", file)
    try terminal.wait(for: "Three of theirs.")
    try terminal.wait(for: "Mine. One.")
    try terminal.press("ctrl-s")
    try terminal.wait(for: "Saved")
    #expect(
      try String(contentsOfFile: file, encoding: .utf8) == "Mine. One.\nTwo.\nThree of theirs.\n")
    // And while it is open.
    try home.write("One.\nTwo.\nFour.\n", to: "a.prompt")
    try terminal.wait(for: "Four.")
    try terminal.press("ctrl-q")
    #expect(try terminal.waitForExit() == .exited(0))
  }
}
