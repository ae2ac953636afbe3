import Playground
import Testing

// Where whet finds itself: no terminal, one that can do little, one that wants no colours.

@Suite struct OutputTests {
  @Test func `without a terminal the playground says so`() throws {
    let result = try WhetHome().run()
    #expect(result.status == 1)
    #expect(result.output.isEmpty)
    #expect(result.errors.hasPrefix("whet: Standard input is not a terminal; the screen needs one"))
    #expect(!result.errors.contains("\u{1B}"))
  }

  @Test func `with its output in a pipe the playground says so`() throws {
    let home = try WhetHome()
    let terminal = try PseudoTerminal(
      "/bin/sh", ["-c", "\(PseudoTerminal.path(of: "whet")) tour | cat; echo over"],
      size: Size(width: 120, height: 24), environment: home.environment)
    try terminal.wait(for: "over")
    #expect(terminal.screen.row(0).hasPrefix("whet: Standard output is not a terminal;"))
    #expect(!terminal.output.contains(0x1B))
  }

  @Test(arguments: [
    (["TERM": "dumb"], "cannot place its cursor"), (["TERM": ""], "TERM is not set"),
  ])
  func `a terminal that can show no screen is told in a sentence`(
    variables: [String: String], sentence: String
  ) throws {
    let home = try WhetHome()
    home.environment.merge(variables) { _, new in new }
    let terminal = try home.start(["tour"])
    #expect(try terminal.waitForExit() == .exited(1))
    #expect(terminal.screen.text.hasPrefix("whet: "))
    #expect(terminal.screen.contains(sentence))
    #expect(terminal.isRestored)
    if variables["TERM"] == "" { #expect(!terminal.output.contains(0x1B)) }
  }

  @Test func `NO_COLOR leaves no colour byte`() throws {
    func renditions(of environment: [String: String]) throws -> [Substring] {
      // One in which nothing was run: its answers would be there from the start.
      let home = try WhetHome()
      home.environment.merge(environment) { _, new in new }
      let terminal = try home.open("tour")
      try terminal.wait(for: "tour · 62 passages")
      try terminal.press("ctrl-r", "f1", "escape")
      try terminal.wait("two answers") { $0.text.matches(of: /· stop/).count == 2 }
      try terminal.press("ctrl-q")
      #expect(try terminal.waitForExit() == .exited(0))
      let output = String(decoding: terminal.output, as: UTF8.self)
      return output.matches(of: /\e\[([0-9;:]*)m/).flatMap {
        $0.output.1.split(omittingEmptySubsequences: false) { ";:".contains($0) }
      }
    }
    func isColour(_ number: Substring) -> Bool {
      switch Int(number) ?? 0 {
      case 30...38, 40...48, 90...97, 100...107: true
      default: false
      }
    }
    #expect(try renditions(of: [:]).contains(where: isColour))
    #expect(try !renditions(of: ["NO_COLOR": "1"]).contains(where: isColour))
  }
}
