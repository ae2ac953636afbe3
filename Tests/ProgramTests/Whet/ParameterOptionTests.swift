import Core
import Foundation
import Testing

// What the options of `whet run` put into a request, and what they refuse.

@Suite struct ParameterOptionTests {
  private let home: WhetHome
  private let server: ModelServer

  init() throws {
    server = try ModelServer(["m": Scripted.says("Hello.")])
    home = try WhetHome(server: server)
    try home.write(
      "---\nconfig: {temperature: 1, topP: 0.5, maxOutputTokens: 9, stopSequences: [Z]}\n---\nHi",
      to: "a.prompt")
  }

  /// The body that was sent.
  private func body(_ options: String...) throws -> JSON {
    let result = try home.command(["run", "a.prompt", "-M", "test/m"] + options).finish()
    #expect(result.errors == "")
    return try JSON(parsing: try #require(server.requests.last).body)
  }

  @Test func `what a prompt sets is sent`() throws {
    let body = try body()
    #expect(body["temperature"] == 1)
    #expect(body["top_p"] == 0.5)
    #expect(body["max_tokens"] == 9)
    #expect(body["stop"] == ["Z"])
    #expect(body["seed"] == nil)
  }

  @Test func `options stand above what a prompt sets`() throws {
    let body = try body(
      "--temperature", "0.25", "--top-p", "0.75", "--max-tokens", "64", "--stop", "END",
      "--stop", "\n\n", "--seed", "7", "--reasoning-effort", "low", "--logprobs", "2")
    #expect(body["temperature"] == 0.25)
    #expect(body["top_p"] == 0.75)
    #expect(body["max_tokens"] == 64)
    #expect(body["stop"] == ["END", "\n\n"])
    #expect(body["seed"] == 7)
    #expect(body["reasoning_effort"] == "low")
    #expect(body["top_logprobs"] == 2)
  }

  @Test func `a schema and tools are sent from their files`() throws {
    let schema = #"{"type":"object","properties":{"city":{"type":"string"}},"required":["city"]}"#
    try home.write(schema, to: "schema.json")
    try home.write(
      #"[{"name":"weather","parameters":{"type":"object"}},"#
        + #"{"type":"function","function":{"name":"clock"}}]"#,
      to: "tools.json")
    let text = try body("--schema", "schema.json", "--tools", "tools.json").text
    #expect(text.contains(#""properties":{"city":{"type":"string"}}"#))
    #expect(text.contains(#""name":"weather""#))
    #expect(text.contains(#""name":"clock""#))
  }

  @Test(arguments: [
    (["--temperature", "hot"], "The value 'hot' is invalid"),
    (["--temperature", "nan"], "--temperature takes a number."),
    (["--top-p", "inf"], "--top-p takes a number."),
    (["--max-tokens", "0"], "--max-tokens takes a number from 1 on."),
    (["--logprobs=-1"], "--logprobs takes a number from 0 on."),
    (["--schema", "none.json"], "whet: There is no file none.json."),
    (["--schema", "broken.json"], "whet: broken.json is not JSON: line 1, column 10: "),
    (["--schema", "list.json"], "whet: list.json holds no JSON schema: it must be an object"),
    (["--tools", "broken.json"], "whet: broken.json is not JSON: line 1, column 10: "),
    (
      ["--tools", "object.json"], "whet: object.json holds no list of tools: it must begin with '['"
    ),
    (
      ["--tools", "list.json"],
      "whet: list.json: item 2 of the list is no tool: it has no \"name\"."
    ),
    (["--protocol", "http"], "'chat-completions', 'responses', 'messages' or 'ollama-chat'"),
    (["--protocol", "messages"], "--protocol goes with --base-url."),
    (["--key-command", "true"], "--key-command goes with --base-url."),
    (["--key-command", "true", "--key-env", "X"], "name two places for one key"),
  ])
  func `what means nothing is told and exits with 2`(options: [String], sentence: String) throws {
    try home.write("{\"type\": }", to: "broken.json")
    try home.write("[{\"name\":\"a\"},{}]", to: "list.json")
    try home.write("{}", to: "object.json")
    let result = try home.command(["run", "a.prompt", "-M", "test/m"] + options).finish()
    #expect(result.status == 2)
    #expect(result.output == "")
    #expect(result.errors.contains(sentence))
    #expect(server.requests.isEmpty)
  }

  @Test func `an address is asked in the protocol that is named for it`() throws {
    let words = ["run", "a.prompt", "--base-url", server.baseURL, "-M", "m", "--json"]
    _ = try home.command(words + ["--protocol", "messages"]).finish()
    let run = try #require(try home.recordedRuns().last)
    guard case .request(let request)? = run.events.first?.event else {
      Issue.record("no request is recorded")
      return
    }
    #expect(request.wire == .messages)
  }
}
