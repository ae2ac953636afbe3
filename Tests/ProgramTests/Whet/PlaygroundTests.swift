import Foundation
import Playground
import Testing

// The main job as a person does it: write, see the context follow, ask, look around, leave, and find
// everything again.

@Suite struct PlaygroundTests {
  static let sizes = [
    Size(width: 60, height: 20), Size(width: 105, height: 30), Size(width: 250, height: 70),
  ]

  @Test(arguments: sizes)
  func `the tour answers a question from its passages and is found again`(size: Size) throws {
    let home = try WhetHome()
    let terminal = try home.open("tour", size: size)
    let isRoomy = size.width >= 80
    try terminal.wait(for: "tour · 62 passages")

    // Another question brings other passages.
    try terminal.press("tab", "end", "ctrl-u", "up", "ctrl-k", "ctrl-u")
    try terminal.type("What does it cost to rent a cargo bike?")
    if !isRoomy { try terminal.press("tab") }
    try terminal.wait(for: "rental.md")

    // Both models answer, side by side where there is room.
    try terminal.press("ctrl-r")
    if isRoomy {
      try terminal.wait("two answers") { $0.text.matches(of: /· stop/).count == 2 }
      try terminal.wait(for: "session tour · 2 runs")
    } else {
      try terminal.wait(for: "A builtin/extractive")
      try terminal.wait(for: "· stop")
      try terminal.press("tab")
      try terminal.wait(for: "B builtin/echo")
      try terminal.wait(for: "· stop")
    }
    try terminal.press("ctrl-q")
    #expect(try terminal.waitForExit() == .exited(0))
    #expect(terminal.isRestored)

    let again = try home.open(size: size)
    try again.wait(for: "session tour · 2 runs")
    // On a small screen, the values have a place of their own.
    if !isRoomy { try again.press("tab") }
    try again.wait(for: "What does it cost to rent a cargo bike?")
    try again.press("ctrl-q")
    #expect(try again.waitForExit() == .exited(0))
  }

  @Test(arguments: sizes)
  func `models that were picked are there at the next start`(size: Size) throws {
    let home = try WhetHome(server: try ModelServer(["parrot": Scripted.says("Polly")]))
    let terminal = try home.open("tour", size: size)
    try terminal.press("alt-m")
    try terminal.wait(for: "Model of A")
    try terminal.type("parrot")
    try terminal.wait("the server's model alone") {
      $0.contains("test/parrot") && !$0.contains("needs no server")
    }
    try terminal.press("enter")
    try terminal.wait("the picker is gone") { !$0.contains("Model of A") }
    // A column more, with the model of the one before.
    try terminal.press("alt-a")
    try terminal.wait(for: "Model of C")
    try terminal.press("enter", "ctrl-q")
    #expect(try terminal.waitForExit() == .exited(0))

    let again = try home.open("tour", size: size)
    try again.press("ctrl-r")
    try again.wait(for: "A test/parrot")
    try again.wait(for: "Polly")
    if size.width < 80 { try again.press("right", "right") }
    try again.wait(for: "C builtin/echo")
  }

  @Test(arguments: sizes)
  func `help palette and zoom come and go`(size: Size) throws {
    let terminal = try WhetHome().open("tour", size: size)
    try terminal.press("f1")
    try terminal.wait(for: "┌ Keys ")
    try terminal.wait(for: "In the prompt and its variables")
    try terminal.press("escape")
    try terminal.wait("help is gone") { !$0.contains("┌ Keys ") }

    try terminal.press("ctrl-p")
    try terminal.wait(for: "Commands")
    try terminal.type("zoom")
    try terminal.wait("one command is left") {
      $0.contains("Let the pane fill the screen") && !$0.contains("Cancel all")
    }
    try terminal.press("enter")
    try terminal.wait("the prompt fills the screen") { screen in
      screen.row(1).contains("Context  A  B") && screen.row(2).contains("Prompt")
        && !screen.contains("┌ A ")
    }
    try terminal.press("alt-z")
    if size.width >= 80 {
      try terminal.wait("all panes are back") { $0.contains("┌ Context") && $0.contains("┌ B ") }
    }
    try terminal.press("ctrl-q")
    #expect(try terminal.waitForExit() == .exited(0))
  }

  @Test func `a storm of resizes in mid-stream loses nothing`() throws {
    let words = Scripted.count(to: 300)
    let server = try ModelServer(["m": Scripted.counts(to: 300, perSecond: 200)])
    let home = try WhetHome(server: server)
    let file = try home.write("Count.", to: "count.prompt")
    let terminal = try home.open("open", file, "-M", "test/m", "-M", "test/m")
    try terminal.press("ctrl-r")
    try terminal.wait(for: "w0 ")
    for step in 0..<60 {
      let size = Size(width: 40 + step * 37 % 200, height: 12 + step * 7 % 50)
      terminal.resize(to: size)
      let lastRow = size.height - 1
      try terminal.wait("a picture of that size") { screen in
        screen.row(0).hasPrefix(" whet  count.prompt") && screen.row(lastRow).contains("Tab")
      }
    }
    terminal.resize(to: Size(width: 105, height: 30))
    try terminal.wait("both answers, whole") { $0.text.matches(of: /· stop/).count == 2 }
    try terminal.wait("the keys at the bottom") { $0.row(29).hasPrefix(" ^R run") }
    try terminal.press("tab", "tab", "y")
    try terminal.wait("the copy") { !$0.commands.isEmpty }
    #expect(terminal.screen.commands == ["52;c;" + Data(words.utf8).base64EncodedString()])
  }
}
