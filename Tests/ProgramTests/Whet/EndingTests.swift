import Core
import GRDB
import Glibc
import Playground
import Testing

// Every way out of the playground while answers stream: the terminal is given back, and what had
// come is kept.

@Suite struct EndingTests {
  private let home: WhetHome

  init() throws {
    home = try WhetHome(server: ModelServer(["m": Scripted.stalls(after: "the first words")]))
    try home.write("Say something.", to: "a.prompt")
  }

  /// The playground with two answers that have begun and do not end.
  private func openStreaming() throws -> PseudoTerminal {
    let terminal = try home.open("open", "a.prompt", "-M", "test/m", "-M", "test/m")
    try terminal.press("ctrl-r")
    try terminal.wait("both answers begin") { $0.text.matches(of: /the first words/).count == 2 }
    return terminal
  }

  private func expectKeptRuns(sourceLocation: SourceLocation = #_sourceLocation) throws {
    let answers = try home.recordedRuns().map(\.answer)
    #expect(
      answers.map(\.text) == ["the first words", "the first words"], sourceLocation: sourceLocation)
    #expect(
      answers.map(\.finishReason) == [.cancelled, .cancelled], sourceLocation: sourceLocation)
  }

  @Test(arguments: [SIGTERM, SIGHUP, SIGINT])
  func `a signal to end cancels and keeps the answers`(number: CInt) throws {
    let terminal = try openStreaming()
    terminal.signal(number)
    #expect(try terminal.waitForExit() == .exited(128 + number))
    #expect(terminal.isRestored)
    try expectKeptRuns()
  }

  @Test func `the window closed cancels and keeps the answers`() throws {
    let terminal = try openStreaming()
    terminal.hangUp()
    #expect(try terminal.waitForExit() == .exited(128 + SIGHUP))
    try expectKeptRuns()
  }

  @Test func `quitting cancels and keeps the answers`() throws {
    let terminal = try openStreaming()
    try terminal.press("ctrl-q")
    #expect(try terminal.waitForExit() == .exited(0))
    #expect(terminal.isRestored)
    try expectKeptRuns()
  }

  @Test func `^C cancels the answers and the playground stays`() throws {
    let terminal = try openStreaming()
    try terminal.press("ctrl-c")
    try terminal.wait("both are cancelled") { $0.text.matches(of: /cancelled/).count == 2 }
    try terminal.press("ctrl-c")
    try terminal.wait(for: "Nothing is running.")
    try terminal.press("ctrl-q")
    #expect(try terminal.waitForExit() == .exited(0))
    try expectKeptRuns()
  }

  @Test func `a second SIGTERM does not wait for a store that is held`() throws {
    let terminal = try openStreaming()
    let holder = try StoreHolder(of: home.store)
    terminal.signal(SIGTERM)
    // The terminal is the shell's again, though the store keeps whet waiting.
    try terminal.wait("the ordinary screen") { $0.isRestoredForShell }
    terminal.signal(SIGTERM)
    #expect(try terminal.waitForExit(within: 4) == .killed(signal: SIGTERM))
    #expect(terminal.isRestored)
    try holder.letGo()
    #expect(try home.recordedRuns().count == 2)
  }

  @Test func `a closing window that tells twice loses no draft`() throws {
    let terminal = try openStreaming()
    try terminal.type("unsaved")
    try terminal.wait(for: "unsaved")
    let holder = try StoreHolder(of: home.store)
    terminal.signal(SIGHUP)
    try terminal.wait("the ordinary screen") { $0.isRestoredForShell }
    terminal.signal(SIGHUP)
    try holder.letGo()
    #expect(try terminal.waitForExit() == .exited(128 + SIGHUP))
    let again = try home.open("open", "a.prompt")
    try again.wait(for: "unsavedSay something.")
  }

  @Test func `a stop under a shell in mid-stream goes on where it was`() throws {
    let server = try ModelServer(["m": Scripted.counts(to: 100, perSecond: 100)])
    let home = try WhetHome(server: server)
    try home.write("Count.", to: "a.prompt")
    var environment = home.environment
    environment["PS1"] = "shell> "
    let shell = try PseudoTerminal(
      "/bin/bash", ["--norc", "--noprofile", "-i"], size: Size(width: 105, height: 30),
      environment: environment, directory: home.directory.path)
    try shell.wait(for: "shell>")
    try shell.type("\(PseudoTerminal.path(of: "whet")) open a.prompt -M test/m\r")
    try shell.wait(for: "^R run")
    try shell.press("ctrl-r")
    try shell.wait(for: "w3 ")
    try shell.press("ctrl-z")
    try shell.wait(for: "Stopped")
    #expect(shell.screen.isRestoredForShell)
    try shell.type("echo mid''way\r")
    try shell.wait(for: "midway")
    try shell.type("fg\r")
    try shell.wait("the playground is back") { $0.isAlternate && $0.contains("┌ A test/m") }
    try shell.wait(for: "· stop")
    try shell.press("ctrl-q")
    try shell.wait("the shell is back") { !$0.isAlternate }
    try shell.type("echo status $?\r")
    try shell.wait(for: "status 0")
    let text = try #require(try home.recordedRuns().first).answer.text
    #expect(text == Scripted.count(to: 100))
  }
}

/// Another program that keeps a store to itself.
private struct StoreHolder {
  private let database: DatabaseQueue

  init(of path: String) throws {
    var configuration = GRDB.Configuration()
    configuration.allowsUnsafeTransactions = true
    database = try DatabaseQueue(path: path, configuration: configuration)
    try database.inDatabase { try $0.execute(sql: "BEGIN IMMEDIATE") }
  }

  func letGo() throws { try database.inDatabase { try $0.execute(sql: "ROLLBACK") } }
}
