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
        "torture": { connection, _ in
          connection.sendHead()
          for piece in Self.torture { connection.send(Scripted.chunk(piece)) }
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

  /// Whatever has taken terminals apart before, and a line without an end; in pieces that cut
  /// sequences and letters.
  private static let torture: [String] = {
    let lines = [
      hostile, "# \u{1B}]0;title\u{1B}\\ heading",
      "\u{1B}P+q544e\u{1B}\\DCS \u{90}q\u{9C} \u{1B}[?1049l\u{1B}c",
      "- \u{1B}[6n\u{1B}[5;5H\u{1B}[1;3r item **\u{1B}[7m\u{E}strong\u{F}**",
      "`\u{9D}52;c;eA==\u{9C}code`",
      "👩‍👩‍👧‍👦 👩🏽‍🚀 🏳️‍🌈 ❤️ 🇯🇵🇺 日本語テスト ｆｕｌｌ 한국어 ᄒ\u{1161}\u{11AB}",
      "שלום \u{202E}עולם\u{202C} مرحبا \u{2067}بالعالم\u{2069} \u{200F}x",
      "Z" + String(repeating: "\u{301}", count: 300) + " e\u{301}\u{323} \u{200D}\u{FE0F}\u{200B}x",
      "a\tb\t\tc\t日\t|", "| a | \u{1B}[31mb | \u{202E}c |\n|---|:-:|--:|\n| 日本 | x\ty | 👩‍🚀 |",
      "\u{0}\u{1}\u{7}\u{8}\u{B}\u{C}\u{7F}\u{85}\u{2028}\u{2029}\u{FFFE}\u{10FFFF}\u{E0001}",
      "```\u{1B}[2J\n\u{1B}[31mcode\u{1B}[0m\n```",
      String(repeating: "[", count: 3000) + String(repeating: "*", count: 3000),
      String(repeating: "> ", count: 2000) + "deep",
      String(repeating: "longest日", count: 6000),
    ]
    let scalars = Array(lines.joined(separator: "\n\n").unicodeScalars)
    return stride(from: 0, to: scalars.count, by: 777).map { start in
      var piece = String.UnicodeScalarView()
      piece.append(contentsOf: scalars[start..<min(start + 777, scalars.count)])
      return String(piece)
    }
  }()

  @Test func `torture text in all columns leaves the frame whole and the terminal as it was`()
    throws
  {
    let terminal = try home.start(
      ["open", "a.prompt"] + Array(repeating: ["-M", "test/torture"], count: 4).flatMap { $0 })
    try terminal.wait(for: "D test/torture")
    try terminal.press("ctrl-r")
    try terminal.wait("four answers") { $0.text.matches(of: /stop/).count == 4 }
    try terminal.press("tab")
    for _ in 0..<4 {
      try terminal.press("tab")
      for keys in [
        "g", "page-down", "/ 日 enter", "n", "G", "enter w w v j j", "q q", "|",
      ] {
        for key in keys.split(separator: " ") { try terminal.press(String(key)) }
        let drawn = try settled(terminal)
        // Painted anew from nothing, it's the same.
        try terminal.press("ctrl-l")
        #expect(try settled(terminal) == drawn)
      }
    }
    #expect(terminal.screen.commands == [])
    #expect(terminal.screen.bells == 0)
    try terminal.press("ctrl-q")
    #expect(try terminal.waitForExit() == .exited(0))
    #expect(terminal.screen.isRestoredForShell)
  }

  /// The screen once all that was pressed is shown: the sentence of a last key stands in the last
  /// row, which is drawn last.
  private func settled(_ terminal: PseudoTerminal) throws -> String {
    try terminal.press("f1")
    try terminal.wait("the help") { !$0.contains("Nothing is running") && $0.contains("Esc close") }
    try terminal.press("escape")
    try terminal.wait("the panes") { !$0.contains("Esc close") }
    try terminal.press("ctrl-c")
    try terminal.wait(for: "Nothing is running")
    return terminal.screen.text
  }
}
