import Foundation
import Testing

// `whet models`, `whet doctor`, `whet play` and the command line itself.

@Suite struct OtherCommandTests {
  @Test func `models are listed a line each and a server that fails is told`() throws {
    let server = try ModelServer(["b": Scripted.says("B"), "a": Scripted.says("A")])
    let home = try WhetHome(server: server)
    let result = try home.run("models")
    #expect(result.status == 0)
    #expect(result.lines == ["builtin/extractive", "builtin/echo", "test/a", "test/b"])
    #expect(result.errors.contains("whet: ollama: "))
  }

  @Test func `the doctor says what was found and what to do`() throws {
    let server = try ModelServer(["a": Scripted.says("A")])
    let home = try WhetHome(server: server)
    home.environment["TERM"] = "xterm-256color"
    home.environment["OPENAI_BASE_URL"] = server.baseURL
    home.environment["OPENAI_API_KEY"] = "canary-canary-canary"
    let result = try home.run("doctor")
    func line(_ name: String) -> String? {
      result.lines.first { $0.dropFirst(5).hasPrefix(name + " ") }
    }
    #expect(line("configuration")?.hasSuffix(home.configurationFile) == true)
    #expect(line("test")?.hasPrefix("ok   ") == true)
    #expect(line("test")?.hasSuffix("\(server.baseURL), 1 model") == true)
    #expect(line("openai")?.hasSuffix("OPENAI_API_KEY set") == true)
    #expect(line("ollama")?.hasPrefix("FIX  ") == true)
    #expect(line("session store")?.hasSuffix("0 sessions, 0 runs") == true)
    #expect(line("terminal")?.hasSuffix("xterm-256color") == true)
    #expect(!result.output.contains("canary"))
    // Servers that are configured and don't answer are a problem.
    #expect(result.status == 1)
  }

  @Test func `a script is played as text and as a picture and leaves no traces`() throws {
    let home = try WhetHome()
    try home.write("wait idle\nkey ctrl-r\nwait idle\nscreen after\n", to: "script")
    let words = ["play", "script", "--size", "100x24", "--svg", "frame.svg"]
    let result = try home.command(words).finish()
    #expect(result.status == 0)
    #expect(result.lines.first == "── after (100x24)")
    #expect(result.lines.count == 25)
    #expect(result.output.contains("· stop"))
    let svg = try String(contentsOfFile: home.path("frame.svg"), encoding: .utf8)
    #expect(svg.hasPrefix("<svg ") && svg.contains("extractive"))
    #expect(!FileManager.default.fileExists(atPath: home.path("data")))
    #expect(try home.command(words).finish().output == result.output, "always the same")
  }

  @Test func `a script's mistake is told with its line`() throws {
    let home = try WhetHome()
    try home.write("screen\nkye ctrl-r\n", to: "script")
    let result = try home.run("play", "script")
    #expect(result.status == 1)
    #expect(result.output == "")
    #expect(result.errors.hasPrefix("whet: script:2: "))
  }

  @Test func `help and version are printed and nonsense exits with 2`() throws {
    let home = try WhetHome()
    #expect(try home.run("--version").output == "0.1.0\n")
    #expect(try home.run("--help").output.contains("SUBCOMMANDS:"))
    let nonsense = try home.run("sessions", "nonsense", "--nonsense")
    #expect(nonsense.status == 2)
    #expect(nonsense.errors.hasPrefix("Error: "))
  }
}
