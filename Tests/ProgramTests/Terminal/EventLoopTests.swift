import Glibc
import Playground
import Testing

// The event loop's ends, through terminal-echo --loop: the program's own state, and a host that has
// nothing to tell or, flooded, always has more.

@Suite struct EventLoopTests {
  private func loop(_ arguments: [String]) throws -> PseudoTerminal {
    let terminal = try PseudoTerminal("terminal-echo", ["--loop"] + arguments)
    try terminal.wait("the first frame") { $0.isAlternate }
    return terminal
  }

  @Test(arguments: [[], ["--flood"]])
  func `a signal to end is heard, however much is going on`(arguments: [String]) throws {
    let terminal = try loop(arguments)
    terminal.signal(SIGTERM)
    #expect(try terminal.waitForExit() == .exited(0))
    #expect(terminal.screen.contains("closing: signal(15)"))
    #expect(terminal.isRestored)
  }

  @Test(arguments: [[], ["--flood"]])
  func `the window closed ends it, however much is going on`(arguments: [String]) throws {
    let terminal = try loop(arguments)
    terminal.hangUp()
    #expect(try terminal.waitForExit() == .exited(0))
  }
}
