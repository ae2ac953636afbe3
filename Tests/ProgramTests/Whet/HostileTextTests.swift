import Core
import Foundation
import Testing

// What a model says can't command the terminal, wherever it is printed; a pipe gets it as it is.

@Suite struct HostileTextTests {
  private let home: WhetHome
  /// Clears the screen, writes the clipboard, colours by a C1 control, turns the letters round.
  private static let hostile = "a\u{1B}[2Jb\u{1B}]52;c;aGk=\u{7}c\u{9B}31md\u{202E}e\rf"
  private static let visible = "a␛[2Jb␛]52;c;aGk=␇c␦31md⟷e␍f"

  init() throws {
    home = try WhetHome(
      server: ModelServer([
        "hostile": { connection, _ in
          connection.sendHead()
          // Every sequence is split over chunks.
          for scalar in Self.hostile.unicodeScalars {
            connection.send(Scripted.chunk(String(scalar)))
          }
          connection.send(Scripted.stop)
        },
        "refuses": Scripted.refuses(
          "500 Oops", "{\"error\":{\"message\":\(JSON.string(Self.hostile).text)}}"),
      ]))
    try home.write("Hello?", to: "a.prompt")
  }

  /// What a command writes to a terminal.
  private func terminalOutput(_ words: String...) throws -> String {
    let terminal = try home.start(words)
    _ = try terminal.waitForExit()
    return String(decoding: terminal.output, as: UTF8.self)
  }

  @Test func `on a terminal commands print controls as symbols`() throws {
    let run = try terminalOutput("run", "a.prompt", "-M", "test/hostile")
    #expect(run == Self.visible + "\r\n")
    #expect(try terminalOutput("sessions", "replay", "a", "--speed", "0") == run)
    let id = String(try home.run("sessions", "show", "a").output.prefix(26))
    for words in [["sessions", "show", "a"], ["sessions", "show", id]] {
      let terminal = try home.start(words)
      #expect(try terminal.waitForExit() == .exited(0))
      let output = String(decoding: terminal.output, as: UTF8.self)
      #expect(output.contains("a␛[2Jb"))
      #expect(!output.unicodeScalars.contains { ["\u{1B}", "\u{9B}", "\u{202E}"].contains($0) })
    }
  }

  @Test func `in a pipe commands print what came`() throws {
    let run = try home.run("run", "a.prompt", "-M", "test/hostile")
    #expect(run.output == Self.hostile + "\n")
    let replay = try home.run("sessions", "replay", "a", "--speed", "0")
    #expect(replay.output == Self.hostile + "\n")
  }

  @Test func `a server's error can't command the terminal either`() throws {
    let output = try terminalOutput("run", "a.prompt", "-M", "test/refuses")
    #expect(output.contains("whet: test/refuses: error: "))
    #expect(!output.unicodeScalars.contains { ["\u{1B}", "\u{9B}", "\u{202E}"].contains($0) })
  }

  @Test func `the playground shows controls as symbols`() throws {
    let terminal = try home.start(["open", "a.prompt", "-M", "test/hostile"])
    try terminal.wait(for: "A test/hostile")
    try terminal.press("ctrl-r")
    try terminal.wait(for: "· stop")
    try terminal.wait(for: Self.visible)
    #expect(terminal.screen.commands == [])
    #expect(terminal.screen.bells == 0)
  }
}
