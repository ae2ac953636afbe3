import Glibc
import Playground
import Testing

// The terminal room, as a person at a terminal meets it: through terminal-echo, which shows the name
// of each input that reaches it.

@Suite struct TerminalTests {
  private func echo(
    _ arguments: String..., size: Size = Size(width: 80, height: 24),
    environment: [String: String] = [:]
  ) throws -> PseudoTerminal {
    let terminal = try PseudoTerminal(
      "terminal-echo", arguments, size: size, environment: environment)
    try terminal.wait(for: "count 0.")
    return terminal
  }

  // MARK: Input

  @Test func `every key arrives by its name`() throws {
    let terminal = try echo()
    let plain = ["up", "down", "left", "right", "home", "end", "insert", "delete"]
    let names =
      plain + ["page-up", "page-down", "enter", "tab", "shift-tab", "backspace", "a", "Z", "é"]
      + (1...12).map { "f\($0)" }
      + plain.flatMap { key in ["ctrl-", "alt-", "shift-", "ctrl-alt-"].map { $0 + key } }
      + "abcefghjklnopqrstuvwy".map { "ctrl-\($0)" } + ["ctrl-space", "alt-x", "alt-1", "ctrl-_"]
    for name in names {
      try terminal.press(name)
      try terminal.wait("\(name) is the last input") { screen in
        (0..<23).last { !screen.row($0).isEmpty }.map { screen.row($0) } == "key \(name)"
      }
    }
  }

  @Test func `a lone escape is a key by itself`() throws {
    let terminal = try echo()
    try terminal.press("escape")
    try terminal.wait(for: "key escape")
    try terminal.press("x")
    try terminal.wait(for: "key x")
  }

  @Test func `a large paste with escape sequences inside is one input`() throws {
    let terminal = try echo()
    let text = String(repeating: "line \u{1B}[A\u{3}\r\n", count: 20_000)
    try terminal.paste(text)
    // CR LF has become LF.
    try terminal.wait(for: "paste \(text.utf8.count - 20_000) lines 20000 line ␛[A␃")
    try terminal.wait(for: "count 1.")
  }

  @Test func `a burst of keys loses none`() throws {
    let terminal = try echo()
    try terminal.type(String(repeating: "k", count: 10_000))
    try terminal.wait(for: "count 10000.")
  }

  @Test func `clicks and the wheel arrive with their cells`() throws {
    let terminal = try echo()
    try terminal.click(x: 70, y: 20)
    try terminal.wait(for: "mouse release 70,20")
    #expect(terminal.screen.contains("mouse press 70,20"))
    try terminal.scroll(up: true, x: 0, y: 0)
    try terminal.wait(for: "mouse wheelUp 0,0")
    #expect(terminal.screen.modes.isSuperset(of: [1002, 1006, 2004]))
  }

  // MARK: Output

  @Test func `colours wide letters and marks stand in their cells`() throws {
    let screen = try echo("--picture").screen
    let orange = Rendition(foreground: "38;5;208", backgroundColor: "44")
    #expect(screen.cell(x: 0, y: 0) == .init(text: "o", rendition: orange))
    #expect(
      screen.cell(x: 20, y: 0)
        == .init(text: "b", rendition: Rendition(foreground: "91", attributes: [1])))
    #expect(screen.position(of: "wide") == Point(x: 5, y: 1))
    #expect(screen.row(2) == "e\u{301}a\u{308}\u{323} marks")
    #expect(screen.position(of: "|")?.y == 3)
    #expect(screen.row(4) == "👩👩👧|")
    #expect(screen.position(of: "界") == Point(x: 78, y: 5))
    #expect(screen.row(23).hasSuffix("|corner"))
    #expect(!screen.isCursorVisible)
  }

  @Test func `a terminal of few colours gets the nearest`() throws {
    let few = try echo("--picture", environment: ["TERM": "xterm"]).screen
    #expect(few.cell(x: 0, y: 0).rendition.foreground == "33")
    #expect(few.cell(x: 20, y: 0).rendition.foreground == "31")
  }

  @Test func `more colours than the terminal has pairs for still draw every letter`() throws {
    let terminal = try echo("--picture", "--many-colors", environment: ["TERM": "xterm"])
    for count in 1...20 {
      try terminal.press("k")
      try terminal.wait(for: "count \(count).")
    }
    #expect(terminal.screen.row(7) == String(repeating: "#", count: 80))
  }

  @Test func `16 million colours are used where COLORTERM and a description tell of them`() throws {
    let directory = try TemporaryDirectory()
    let description = """
      test-direct|a terminal of 16 million colours, RGB, colors#0x1000000, pairs#0x10000,
      \tsetaf=\\E[%?%p1%{8}%<%t3%p1%d%e38;2;%p1%{65536}%/%d;%p1%{256}%/%{255}%&%d;\
      %p1%{255}%&%d%;m, use=xterm-256color,

      """
    try directory.write(description, to: "source")
    let compiler = try PseudoTerminal(
      "/usr/bin/tic", ["-x", "-o", directory.path, directory.path + "/source"])
    #expect(try compiler.waitForExit() == .exited(0))
    let environment = [
      "TERM": "test-256color", "COLORTERM": "truecolor", "TERMINFO": directory.path,
    ]
    let screen = try echo("--picture", environment: environment).screen
    #expect(screen.cell(x: 0, y: 0).rendition.foreground == "38;2;255;135;0")
    #expect(screen.cell(x: 20, y: 0).rendition.foreground == "38;2;255;0;0")
  }

  @Test func `NO_COLOR leaves the attributes only`() throws {
    let terminal = try echo("--picture", environment: ["NO_COLOR": "1", "COLORTERM": "truecolor"])
    let renditions = (0..<24).flatMap { y in
      (0..<80).map { terminal.screen.cell(x: $0, y: y).rendition }
    }
    #expect(renditions.allSatisfy { $0.foreground == nil && $0.backgroundColor == nil })
    #expect(terminal.screen.cell(x: 20, y: 0).rendition.attributes == [1])
  }

  @Test func `one more letter costs few bytes`() throws {
    let terminal = try echo("--picture")
    try terminal.press("a")
    try terminal.wait(for: "count 1.")
    let before = terminal.output.count
    try terminal.press("a")
    try terminal.wait(for: "count 2.")
    #expect(terminal.output.count - before < 10)
  }

  @Test func `a text is copied by OSC 52 and one too long rings the bell`() throws {
    let terminal = try echo("--copy", "4")
    try terminal.press("ctrl-x")
    try terminal.wait("a copy") { $0.commands == ["52;c;eHh4eA=="] }
    let long = try echo("--copy", "100001")
    try long.press("ctrl-x")
    try long.wait("the bell") { $0.bells == 1 }
    #expect(long.screen.commands == [])
  }

  // MARK: The window

  @Test func `a storm of resizes ends with the right size and a whole picture`() throws {
    let terminal = try echo()
    for step in 0..<100 {
      terminal.resize(to: Size(width: 40 + step * 7 % 90, height: 12 + step % 30))
    }
    terminal.resize(to: Size(width: 100, height: 30))
    try terminal.wait(for: "size 100x30")
    try terminal.press("k")
    try terminal.wait("the picture of that size") { screen in
      screen.contains("resize 100x30") && screen.contains("key k")
        && screen.row(29).hasPrefix("pid \(terminal.process) size 100x30 count")
        && screen.text.split(separator: "\n").filter { $0.hasPrefix("pid") }.count == 1
    }
  }

  @Test func `a stale size in the environment is not believed`() throws {
    let terminal = try echo(environment: ["LINES": "50", "COLUMNS": "200"])
    #expect(terminal.screen.row(23).contains("size 80x24"))
  }

  // MARK: Coming and going

  @Test func `quitting gives the terminal back`() throws {
    let terminal = try echo()
    #expect(terminal.screen.isAlternate && !terminal.hasModesOfStart)
    try terminal.press("ctrl-d")
    #expect(try terminal.waitForExit() == .exited(0))
    #expect(terminal.isRestored)
    #expect(terminal.screen.contains("closing: none"))
  }

  @Test(arguments: [SIGTERM, SIGHUP, SIGINT])
  func `a signal to end gives the terminal back`(number: CInt) throws {
    let terminal = try echo()
    terminal.signal(number)
    #expect(try terminal.waitForExit() == .exited(0))
    #expect(terminal.isRestored)
    #expect(terminal.screen.contains("closing: signal(\(number))"))
  }

  @Test(arguments: [("trap", SIGILL), ("abort", SIGABRT), ("overflow", SIGSEGV)])
  func `a crash gives the terminal back and stays a crash`(kind: String, number: CInt) throws {
    let terminal = try echo("--crash", kind, environment: ["SWIFT_BACKTRACE": "enable=no"])
    try terminal.press("ctrl-x")
    #expect(try terminal.waitForExit() == .killed(signal: number))
    #expect(terminal.isRestored)
  }

  @Test(arguments: [SIGSEGV, SIGABRT, SIGQUIT, SIGTRAP])
  func `a crash sent from outside gives the terminal back`(number: CInt) throws {
    let terminal = try echo(environment: ["SWIFT_BACKTRACE": "enable=no"])
    terminal.signal(number)
    #expect(try terminal.waitForExit() == .killed(signal: number))
    #expect(terminal.isRestored)
  }

  @Test func `the window closed ends the program`() throws {
    let terminal = try echo()
    terminal.hangUp()
    #expect(try terminal.waitForExit() == .exited(0))
  }

  @Test func `a stop under a shell gives the terminal to it and comes back whole`() throws {
    let shell = try PseudoTerminal(
      "/bin/bash", ["--norc", "--noprofile", "-i"], environment: ["PS1": "shell> "])
    try shell.wait(for: "shell>")
    try shell.type("\(echoPath)\r")
    try shell.wait(for: "count 0.")
    try shell.press("ctrl-z")
    try shell.wait(for: "Stopped")
    #expect(shell.screen.isRestoredForShell)
    try shell.type("fg\r")
    try shell.wait("the program is back") { $0.contains("resume") && $0.contains("count 2.") }
    #expect(shell.screen.isAlternate && shell.screen.modes.isSuperset(of: [1002, 1006, 2004]))
    try shell.press("k")
    try shell.wait(for: "key k")
  }

  @Test(arguments: ["TSTP", "STOP"])
  func `a stop from outside comes back whole`(name: String) throws {
    let shell = try PseudoTerminal(
      "/bin/bash", ["--norc", "--noprofile", "-i"], environment: ["PS1": "shell> "])
    try shell.wait(for: "shell>")
    try shell.type("\(echoPath)\r")
    try shell.wait(for: "count 0.")
    let status = shell.screen.row(23).split(separator: " ")
    let process = try #require(status.count > 1 ? pid_t(status[1]) : nil)
    kill(process, name == "STOP" ? SIGSTOP : SIGTSTP)
    try shell.wait(for: "Stopped")
    shell.resize(to: Size(width: 90, height: 20))
    try shell.type("fg\r")
    try shell.wait("the program is back, in the new size") { screen in
      screen.contains("resume") && screen.row(19).contains("size 90x20")
    }
    try shell.press("k", "ctrl-left")
    try shell.wait(for: "key ctrl-left")
    try shell.press("ctrl-d")
    try shell.wait(for: "closing: none")
  }

  private var echoPath: String { PseudoTerminal.path(of: "terminal-echo") }

  @Test(arguments: [
    (["TERM": "dumb"], "cannot place its cursor"), (["TERM": "nope"], "terminal type \"nope\""),
    (["TERM": ""], "TERM is not set"),
  ])
  func `a terminal that cannot be used is named in one sentence`(
    environment: [String: String], sentence: String
  ) throws {
    let terminal = try PseudoTerminal(
      "terminal-echo", size: Size(width: 200, height: 24), environment: environment)
    try terminal.wait(for: sentence)
    #expect(try terminal.waitForExit() == .exited(1))
    #expect(terminal.isRestored)
  }

  @Test func `a window too small is named in one sentence`() throws {
    let terminal = try PseudoTerminal("terminal-echo", size: Size(width: 100, height: 5))
    try terminal.wait(for: "The terminal has 100 x 5 cells; make it at least 40 x 12.")
    #expect(try terminal.waitForExit() == .exited(1))
  }
}
