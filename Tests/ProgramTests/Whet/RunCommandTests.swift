import Core
import Foundation
import Glibc
import Testing

// `whet run`: what it prints and how it exits, in a pipe.

@Suite struct RunCommandTests {
  private let home: WhetHome

  init() throws {
    home = try WhetHome(
      server: ModelServer([
        "hello": Scripted.says("Hel", "lo\n", "world"), "bye": Scripted.says("Bye."),
        "stalls": Scripted.stalls(after: "so far"), "breaks": Scripted.breaksOff(after: "half a"),
        "long": Scripted.ends("length"), "filtered": Scripted.ends("content_filter"),
        "calls": Scripted.calls("weather", "{\"city\":\"Ulm\"}"),
        "thinks": Scripted.thinks("Hm.", thenSays: "Yes."),
        "refuses": Scripted.refuses("401 Unauthorized", "{\"error\":{\"message\":\"no entry\"}}"),
        "fast": Scripted.counts(to: 100_000, perSecond: 20_000),
      ]))
    try home.write("Greet {{name}}.", to: "greet.prompt")
    try home.write("Say something.", to: "say.prompt")
  }

  private func json(_ result: Command.Result) throws -> [JSON] {
    try result.lines.map { try JSON(parsing: $0) }
  }

  // MARK: Money

  @Test func `with a budget, nothing is asked whose price is not known`() throws {
    let result = try home.run("run", "say.prompt", "-M", "test/hello", "--budget", "0.5")
    #expect(result.status == 1)
    #expect(result.output == "")
    #expect(result.errors.contains("test/hello was not asked, since a budget is set"))
  }

  @Test func `what costs nothing fits into any budget`() throws {
    let result = try home.run("run", "say.prompt", "-M", "builtin/echo", "--budget", "0", "--json")
    #expect(result.status == 0)
    #expect(try json(result).first?["cost_usd"] == 0)
    #expect(try home.run("run", "say.prompt", "--budget=-1").status == 2)
  }

  // MARK: What is printed

  @Test func `an answer is printed as it is and ends its line`() throws {
    let result = try home.run("run", "greet.prompt", "--var", "name=Ada", "-M", "test/hello")
    #expect(result.output == "Hello\nworld\n")
    #expect(result.errors == "")
    #expect(result.status == 0)
  }

  @Test func `a run as JSON has every member`() throws {
    let result = try home.run(
      "run", "greet.prompt", "--var", "name=Ada=Lovelace", "-M", "test/hello", "--json")
    #expect(result.status == 0)
    let runs = try json(result)
    #expect(runs.count == 1)
    let run = try #require(runs.first)
    #expect(
      run.object?.members.map(\.name) == [
        "model", "output", "thinking", "refusal", "tool_calls", "finish_reason", "error", "usage",
        "timing", "cost_usd", "cost_is_estimated", "passages", "messages",
      ])
    #expect(run["cost_usd"] == .null)
    #expect(run["model"]?.string == "test/hello")
    #expect(run["output"]?.string == "Hello\nworld")
    #expect(run["thinking"]?.string == "")
    #expect(run["tool_calls"]?.array == [])
    #expect(run["finish_reason"]?.string == "stop")
    #expect(run["error"] == .null)
    #expect(run["usage"] == ["input_tokens": 11, "output_tokens": 7, "estimated": false])
    #expect(run["passages"]?.array == [])
    #expect(run["messages"] == [["role": "user", "content": "Greet Ada=Lovelace."]])
    let times = ["first_activity_ms", "first_text_ms", "total_ms"].compactMap {
      run["timing"]?[$0]?.double
    }
    #expect(times.count == 3 && times == times.sorted() && times[0] > 0)
  }

  @Test func `thinking and tool calls have members of their own`() throws {
    let result = try home.run(
      "run", "say.prompt", "-M", "test/thinks", "-M", "test/calls", "--json")
    let runs = try json(result)
    #expect(result.status == 0)
    #expect(runs[0]["thinking"]?.string == "Hm.")
    #expect(runs[0]["output"]?.string == "Yes.")
    #expect(
      runs[1]["tool_calls"] == [
        ["id": "c1", "name": "weather", "arguments": "{\"city\":\"Ulm\"}"]
      ])
    #expect(runs[1]["finish_reason"]?.string == "tool_calls")
  }

  @Test func `several models are printed in the order in which they were named`() throws {
    let models = ["test/bye", "builtin/echo", "test/hello"]
    let options = models.flatMap { ["-M", $0] }
    let result = try home.command(["run", "say.prompt", "--json"] + options).finish()
    #expect(try json(result).map { $0["model"]?.string } == models)
    let text = try home.command(["run", "say.prompt"] + options).finish()
    #expect(
      text.output == "== test/bye\nBye.\n== builtin/echo\nSay something.\n== test/hello\n"
        + "Hello\nworld\n")
  }

  @Test func `passages are where they say they are`() throws {
    let folder = WhetHome.checkout + "/examples/tour"
    #expect(try home.run("index", "add", folder + "/docs").status == 0)
    let result = try home.run(
      "run", folder + "/answer.prompt", "--index", "default", "-k", "3", "--json",
      "--var", "question=What does it cost to rent a cargo bike?")
    let passages = try #require(try json(result).first?["passages"]?.array)
    #expect(passages.count == 3)
    for passage in passages {
      let source = try #require(passage["source"]?.string)
      let start = try #require(passage["start"]?.integer)
      let end = try #require(passage["end"]?.integer)
      #expect((passage["score"]?.double ?? 0) > 0)
      let document = try Data(contentsOf: URL(filePath: "\(folder)/\(source)"))
      let text = String(decoding: document[start..<end], as: UTF8.self)
      #expect(passage["text"]?.string == text)
    }
  }

  // MARK: Where the prompt and the server come from

  @Test func `a prompt comes from standard input and from a named pipe`() throws {
    let piped = try home.run("run", "-", "-M", "builtin/echo", input: "From a pipe.")
    #expect(piped.output == "From a pipe.\n")
    // More than a pipe holds at once.
    let script = "\"$0\" run <(printf %0100000d 7) -M builtin/echo"
    let shell = try Command(
      "/bin/bash", ["-c", script, PseudoTerminal.path(of: "whet")], environment: home.environment)
    let result = try shell.finish()
    #expect(result.errors == "")
    #expect(result.output == String(repeating: "0", count: 99_999) + "7\n")
  }

  @Test func `a server that no configuration names is reached by its address`() throws {
    let server = try ModelServer(["org/model": Scripted.says("Here.")])
    let result = try home.run(
      "run", "say.prompt", "--base-url", server.baseURL + "/", "--model", "org/model", "--json")
    #expect(result.status == 0)
    let run = try #require(try json(result).first)
    #expect(run["model"]?.string == "org/model")
    #expect(run["output"]?.string == "Here.")
  }

  // MARK: How runs end

  @Test(arguments: [
    ("hello", "stop", 0), ("long", "length", 0), ("filtered", "content_filter", 0),
    ("calls", "tool_calls", 0), ("breaks", "truncated", 1), ("refuses", "error", 1),
    ("unknown", "error", 1),
  ])
  func `the finish reason and the exit status tell how a run ended`(
    model: String, reason: String, status: Int
  ) throws {
    let result = try home.run("run", "say.prompt", "-M", "test/" + model, "--json")
    #expect(result.status == CInt(status))
    #expect(result.errors == "")
    let run = try #require(try json(result).first)
    #expect(run["finish_reason"]?.string == reason)
    #expect((run["error"] == .null) == (status == 0))
    if model == "breaks" { #expect(run["output"]?.string == "half a") }
  }

  @Test func `one run that fails makes the status 1 and spoils no other`() throws {
    let result = try home.run("run", "say.prompt", "-M", "test/refuses", "-M", "test/bye")
    #expect(result.status == 1)
    #expect(result.output == "== test/refuses\n== test/bye\nBye.\n")
    #expect(result.errors.hasPrefix("whet: test/refuses: error: "))
    #expect(result.errors.contains("no entry"))
  }

  @Test(arguments: [SIGINT, SIGTERM])
  func `a signal cancels and what had come is told and kept`(number: CInt) throws {
    let command = try home.command(["run", "say.prompt", "-M", "test/stalls"])
    try command.wait(for: "so far")
    command.signal(number)
    let result = try command.finish()
    #expect(result.status == 1)
    #expect(result.output == "so far\n")
    #expect(result.errors == "whet: test/stalls: cancelled\n")
    let run = try #require(try home.recordedRuns().first)
    #expect(run.answer.text == "so far")
    #expect(run.answer.finishReason == .cancelled)
  }

  @Test func `a pipe that is closed early ends the run without a word`() throws {
    let command = try home.command(["run", "say.prompt", "-M", "test/fast"])
    try command.wait(for: "w9 ")
    command.closeOutput()
    let result = try command.finish()
    #expect(result.ending == .killed(signal: SIGPIPE) || result.status == 1)
    #expect(result.errors == "")
    let run = try #require(try home.recordedRuns().first)
    #expect(!run.events.isEmpty)
  }

  @Test func `output that finds no room is told`() throws {
    let shell = try Command(
      "/bin/sh",
      [
        "-c", "\"$0\" run say.prompt -M builtin/echo > /dev/full", PseudoTerminal.path(of: "whet"),
      ], environment: home.environment, directory: home.directory.path)
    let result = try shell.finish()
    #expect(result.status == 1)
    #expect(result.errors == "whet: The output can't be written: no space left on device.\n")
  }

  // MARK: What can't be run

  @Test(arguments: [
    (["greet.prompt", "-M", "test/hello"], "greet.prompt needs name: add --var name=…."),
    (["none.prompt"], "There is no file none.prompt."),
    (["say.prompt", "-M", "hello"], "'hello' names no provider"),
    (["say.prompt", "--var", "novalue"], "'novalue' is no variable"),
    (["say.prompt", "--base-url", "http://127.0.0.1:1/v1"], "--base-url needs a --model."),
    (["say.prompt", "--index", "none"], "There is no index 'none'"),
    (["say.prompt", "-k", "0"], "'k' can't be '0': it must be a whole number"),
    (["say.prompt", "--nonsense"], "--nonsense"),
    ([], "Missing expected argument"),
  ])
  func `what can't be run is told and exits with 2`(arguments: [String], sentence: String) throws {
    let result = try home.command(["run"] + arguments).finish()
    #expect(result.status == 2)
    #expect(result.output == "")
    #expect(result.errors.contains(sentence))
    #expect(!FileManager.default.fileExists(atPath: home.store))
  }
}
