import Foundation
import Testing

// `whet models`, `whet doctor`, `whet play` and the command line itself.

@Suite struct OtherCommandTests {
  @Test func `models are listed a line each and a server that fails is told`() throws {
    let server = try ModelServer(["b": Scripted.says("B"), "a": Scripted.says("A")])
    let home = try WhetHome(server: server)
    let result = try home.run("models")
    #expect(result.status == 0)
    #expect(
      result.lines == [
        "builtin/extractive    free", "builtin/echo          free", "test/a", "test/b",
      ])
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
    #expect(line("test")?.hasSuffix("\(server.baseURL), chat-completions, 1 model") == true)
    #expect(line("openai")?.hasSuffix("OPENAI_API_KEY set") == true)
    #expect(line("ollama")?.hasPrefix("FIX  ") == true)
    #expect(line("session store")?.hasSuffix("0 sessions, 0 runs") == true)
    #expect(line("terminal")?.hasSuffix("xterm-256color") == true)
    #expect(!result.output.contains("canary"))
    // Servers that are configured and don't answer are a problem.
    #expect(result.status == 1)
  }

  @Test func `the doctor says what stands between whet and a server`() throws {
    let server = try ModelServer(["a": Scripted.says("A")])
    let home = try WhetHome()
    let certificate = try home.write("", to: "config/whet/me.pem")
    try home.write(
      """
      providers:
        - name: headers
          base_url: \(server.baseURL)
          protocol: messages
          headers: {X-Gateway: Bearer $GATEWAY, X-Team: search}
        - name: command
          base_url: \(server.baseURL)
          key_command: "echo 'is locked' >&2; exit 4"
        - name: certified
          base_url: \(server.baseURL)
          client_certificate: {certificate: me.pem, key: ~/none.key}
        - name: plain
          base_url: http://192.0.2.1/v1
          key_env: PLAIN_KEY

      """, to: "config/whet/config.yaml")
    home.environment["PLAIN_KEY"] = "canary-canary-canary"
    home.environment["HTTPS_PROXY"] = "http://me:canary@proxy.example"
    home.environment["NO_PROXY"] = "192.0.2.1"
    home.environment["SSL_CERT_FILE"] = home.path("none.pem")
    let result = try home.run("doctor")
    func expect(_ line: String, sourceLocation: SourceLocation = #_sourceLocation) {
      #expect(
        result.lines.contains { $0.hasPrefix(line) }, "\(result.output)",
        sourceLocation: sourceLocation)
    }
    expect("ok   headers        \(server.baseURL), messages, 1 model, X-Gateway: GATEWAY not set")
    expect(
      "FIX  command        \(server.baseURL), chat-completions, 'echo 'is locked' >&2; exit 4' "
        + "printed no key: The command ")
    expect("FIX  certified      the client certificate needs \(home.path("none.key")), which can't")
    expect(
      "FIX  plain          http://192.0.2.1/v1, chat-completions, PLAIN_KEY set: "
        + "The key in PLAIN_KEY was not sent")
    expect("ok   proxy          requests to other machines go by HTTPS_PROXY, but for those in NO_")
    expect("FIX  certificates   SSL_CERT_FILE names \(home.path("none.pem")), which can't be read")
    #expect(!result.output.contains(certificate), "it can be read")
    #expect(!result.output.contains("canary"))
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
