import Core
import Foundation
import LoopbackServer
import Testing

// `whet eval` and `whet diagnose` as a person or a pipeline runs them.

@Suite struct EvalCommandTests {
  private static let example = WhetHome.checkout + "/examples/text-to-sql/eval.yaml"

  @Test func `the walk through needs no key, no server and no network`() throws {
    let home = try WhetHome()
    let evaluated = try home.run("eval", Self.example, "-o", "report.json")
    #expect(evaluated.status == 0, "\(evaluated.errors)")
    let report = try JSON(
      parsing: try String(contentsOfFile: home.path("report.json"), encoding: .utf8))
    #expect(report["results"]?.array?.count == 240)
    #expect(report["results"]?.array?.allSatisfy { $0["error"]?.isNull == true } == true)
    let rates = report["summary"]?["variants"]?.array?.compactMap { $0["passed"]?.integer } ?? []
    #expect(rates.first ?? 40 < rates.last ?? 0)

    let ladder = try home.run("eval", "ladder", "--svg", "ladder.svg")
    #expect(ladder.status == 0)
    #expect(ladder.output.contains("better retrieval"))
    #expect(try String(contentsOfFile: home.path("ladder.svg"), encoding: .utf8).hasPrefix("<svg"))

    let diagnosis = try home.run(
      "diagnose", Self.example, "--variant", "retrieval", "--svg", "map.svg", "--json")
    #expect(diagnosis.status == 0, "\(diagnosis.errors)")
    let json = try JSON(parsing: diagnosis.output)
    let causes = json["placements"]?.array?.compactMap { $0["cause"]?.string } ?? []
    #expect(!causes.isEmpty)
    #expect(!causes.contains("unmeasured"))
    #expect(try String(contentsOfFile: home.path("map.svg"), encoding: .utf8).hasPrefix("<svg"))
  }

  private static func configuration(_ prompt: String) -> String {
    let tests = (0..<60).map { number in
      "  - {vars: {n: \(number)}, assert: [{type: equals, value: 'n is \(number)'}]}"
    }
    return "description: gate\nprompts: ['\(prompt)']\nproviders: [echo]\ntests:\n"
      + tests.joined(separator: "\n")
  }

  @Test func `a gate stops a prompt that got worse, and lets an equal one pass`() throws {
    let home = try WhetHome()
    try home.write(Self.configuration("n is {{n}}"), to: "eval.yaml")
    #expect(try home.run("eval", "eval.yaml").status == 0)
    let equal = try home.run("eval", "eval.yaml", "--baseline", "last", "--fail-if", "worse")
    #expect(equal.status == 0, "\(equal.errors)")
    try home.write(Self.configuration("n was {{n}}"), to: "eval.yaml")
    let worse = try home.run(
      "eval", "eval.yaml", "--baseline", "last", "--fail-if", "worse", "-o", "junit.xml")
    #expect(worse.status == 1, "\(worse.errors)")
    #expect(worse.errors.contains("worse by 100 points"))
    #expect(
      try String(contentsOfFile: home.path("junit.xml"), encoding: .utf8)
        .contains("failures=\"60\""))
    // Another dataset is nothing to compare with.
    try home.write(
      Self.configuration("n is {{n}}") + "\n  - {vars: {n: 99}}", to: "eval.yaml")
    let other = try home.run("eval", "eval.yaml", "--baseline", "last", "--fail-if", "worse")
    #expect(other.status == 2)
    #expect(other.errors.contains("different datasets"))
  }

  @Test func `what can't be measured is told by a status of its own`() throws {
    let home = try WhetHome()
    let nowhere = try ScriptedServer.closedPort()
    try home.write(
      "providers:\n  - {name: gone, base_url: 'http://127.0.0.1:\(nowhere)/v1', retries: 0}\n",
      to: "config/whet/config.yaml")
    try home.write(
      "prompts: ['{{n}}']\nproviders: ['gone:m']\ntests: [{vars: {n: 1}}]", to: "eval.yaml")
    let result = try home.run("eval", "eval.yaml", "--fail-if", "below:0.5")
    #expect(result.status == 3, "\(result.errors)")
    #expect(result.output.contains("could not be measured"))
  }

  @Test(arguments: [
    (["eval", "missing.yaml"], "missing.yaml"), (["eval", "say.prompt"], "--data"),
    (["eval", "--regrade", "--ask-again", "x"], "--ask-again"),
    (["eval", "show", "zzz"], "no evaluation"), (["diagnose", "eval.yaml"], "whet eval eval.yaml"),
    (["eval", "eval.yaml", "--variant", "none"], "no variant 'none'"),
    (["eval", "eval.yaml", "--tag", "none"], "No case is left"),
    (["eval", "eval.yaml", "--fail-if", "sometimes"], "fail-if"),
  ])
  func `what means nothing says what does`(arguments: [String], part: String) throws {
    let home = try WhetHome()
    try home.write("hello", to: "say.prompt")
    try home.write(
      "prompts: ['{{n}}']\nproviders: [echo]\ntests: [{vars: {n: 1}}]", to: "eval.yaml")
    let result = try home.command(arguments).finish()
    #expect(result.status != 0 && result.status != 1)
    #expect(result.errors.contains(part), "\(result.errors)")
  }

  @Test func `no key reaches a report, the store or a file of answers`() throws {
    let server = try ScriptedServer { connection in
      let request = connection.readRequest()
      // It says back what it was sent.
      connection.respond(
        #"{"error":{"message":"\#(request.contains("sk-canary") ? "sk-canary-0123456789abcdef" : "")"}}"#,
        status: "403 Forbidden")
    }
    let home = try WhetHome()
    home.environment["CANARY_KEY"] = "sk-canary-0123456789abcdef"
    try home.write(
      """
      providers:
        - {name: test, base_url: '\(server.baseURL)', key_env: CANARY_KEY}
      """, to: "config/whet/config.yaml")
    try home.write(
      "prompts: ['{{n}}']\nproviders: ['test:m']\ntests: [{vars: {n: 1}}]", to: "eval.yaml")
    let result = try home.run(
      "eval", "eval.yaml", "-o", "a.json", "-o", "a.xml", "-o", "a.csv", "-o", "a.md", "--record",
      "answers.jsonl")
    #expect(!(result.output + result.errors).contains("sk-canary"))
    for file in try FileManager.default.subpathsOfDirectory(atPath: home.directory.path) {
      guard let data = FileManager.default.contents(atPath: home.path(file)) else { continue }
      #expect(data.range(of: Data("sk-canary".utf8)) == nil, "\(file)")
    }
  }
}
