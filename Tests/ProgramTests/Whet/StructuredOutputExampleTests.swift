import Core
import Foundation
import Testing

// The walk through examples/structured-output, as its README has it: each command is run, in its order.

@Suite struct StructuredOutputExampleTests {
  private static let folder = WhetHome.checkout + "/examples/structured-output"

  /// A command of the README, with the status that it says.
  private struct Step {
    var arguments: [String]
    var status: Int32
  }

  /// The commands that begin with `whet`; `# status 1` behind one says how it ends, and a backslash at the
  /// end of a line that the next one goes on.
  private func steps() throws -> [Step] {
    let text = try String(contentsOfFile: Self.folder + "/README.md", encoding: .utf8)
    let blocks = text.components(separatedBy: "```sh\n").dropFirst().map {
      $0.components(separatedBy: "```")[0]
    }
    let lines = blocks.joined().replacingOccurrences(of: "\\\n", with: " ")
    return lines.split(separator: "\n").compactMap { line in
      let parts = line.components(separatedBy: "#")
      let words = parts[0].split(separator: " ").map(String.init)
      guard words.first == "whet" else { return nil }
      let status = parts.count > 1 ? parts[1].firstMatch(of: /status (\d)/)?.1 : nil
      return Step(arguments: Array(words.dropFirst()), status: status.flatMap { Int32($0) } ?? 0)
    }
  }

  private func home() throws -> WhetHome {
    let home = try WhetHome()
    for name in try FileManager.default.contentsOfDirectory(atPath: Self.folder) {
      try FileManager.default.copyItem(
        atPath: Self.folder + "/" + name, toPath: home.path(name))
    }
    return home
  }

  @Test func `every command of the walk through ends as it says, with no key and no server`() throws
  {
    let home = try home()
    let steps = try steps()
    #expect(steps.count >= 6)
    for step in steps {
      let result = try home.command(step.arguments).finish()
      #expect(
        result.status == step.status,
        "whet \(step.arguments.joined(separator: " ")): \(result.errors)")
      #expect(!result.errors.contains("nobody is asked"))
    }
  }

  private func proof(
    of model: String, training: String, in home: WhetHome, _ more: String...
  ) throws -> JSON {
    let result = try home.command(
      [
        "tune", "proof", "eval.yaml", "--base", "tiny/base", "--tuned", "tiny/\(model)",
        "--training", training, "--json",
      ] + more
    ).finish()
    #expect(result.status == 0, "\(result.errors)")
    return try JSON(parsing: result.output)
  }

  @Test func `the good set made a better model, the bad one didn't`() throws {
    let home = try home()
    let good = try proof(of: "good", training: "good.jsonl", in: home)
    #expect(good["verdict"]?.string == "better")
    #expect(good["near"]?["count"]?.integer == 0)
    #expect(good["training_examples"]?.integer == 120)
    #expect(good["comparisons"]?.array?.count == 2)
    let bad = try proof(of: "bad", training: "bad.jsonl", in: home)
    // Six of the cases had leaked into it.
    #expect(bad["near"]?["count"]?.integer == 6)
    #expect(bad["near"]?["share"]?.double.map { abs($0 - 6.0 / 42) < 1e-9 } == true)
    func rate(_ proof: JSON, _ model: String) -> Double {
      proof["scores"]?.array?.first {
        $0["model"]?.string == model && $0["variant"]?.string?.hasPrefix("short") == true
      }?["not_near"]?["pass_rate"]?["mean"]?.double ?? -1
    }
    #expect(rate(good, "tiny/good") > rate(bad, "tiny/bad"))
    #expect(rate(bad, "tiny/bad") >= 0)
  }

  @Test func `a short prompt saves tokens, and money where prices are given`() throws {
    let home = try home()
    try home.write(
      """
      model: tiny/base
      answers: answers.jsonl
      tests: cases.jsonl
      variants: [{name: long, prompt: prompts/long.prompt}]
      """, to: "long.yaml")
    let result = try home.command([
      "tune", "proof", "long.yaml", "--base", "tiny/base", "--tuned", "tiny/good", "--training",
      "good.jsonl", "--prompt-short", "prompts/short.prompt", "--price-base", "0.5,1.5",
      "--price-tuned", "0.5,1.5", "--training-cost", "2", "--json",
    ]).finish()
    #expect(result.status == 0, "\(result.errors)")
    let shorter = try JSON(parsing: result.output)["comparisons"]?.array?.last
    #expect(shorter?["kind"]?.string == "shorter-prompt")
    #expect(shorter?["saving_per_1000"]?["input_tokens"]?.integer ?? 0 > 100_000)
    #expect(shorter?["saving_per_1000"]?["usd"]?.double ?? 0 > 0)
    #expect(shorter?["saving_per_1000"]?["break_even_requests"]?.integer ?? 0 > 0)
  }

  @Test func `both models are steps of the ladder`() throws {
    let home = try home()
    _ = try proof(of: "good", training: "good.jsonl", in: home)
    let ladder = try home.run("eval", "ladder", "--json")
    let rows = try JSON(parsing: ladder.output)["rows"]?.array ?? []
    #expect(rows.first?["step"]?.string == "baseline")
    #expect(rows.contains { $0["step"]?.string == "fine-tuned" })
    let known = try home.run("eval", "ladder", "--json", "--tuned", "tiny/good=tiny/base")
    let models = try JSON(parsing: known.output)["rows"]?.array?.compactMap {
      $0["tuned"]?["base"]?.string
    }
    #expect(models?.isEmpty == false)
  }

  @Test func `a gate stops a model that is not better`() throws {
    let home = try home()
    let arguments = [
      "tune", "proof", "eval.yaml", "--base", "tiny/good", "--training", "good.jsonl",
    ]
    let worse = try home.command(
      arguments + ["--tuned", "tiny/base", "--variant", "short", "--fail-if", "worse"]
    ).finish()
    #expect(worse.status == 1, "\(worse.errors)")
    let offline = try home.command(
      arguments + ["--tuned", "tiny/nobody", "--offline"]
    ).finish()
    #expect(offline.status == 3, "\(offline.errors)")
  }

  @Test(arguments: [
    (["--tuned", "tiny/base"], "are both tiny/base"),
    (["--tuned", "tiny/good", "-M", "a/b"], "--base and --tuned"),
    (["--tuned", "tiny/good", "--price-base", "cheap"], "price-base"),
    (["--tuned", "tiny/good", "--near", "0"], "--near"),
    (["--tuned", "tiny/good", "--variant", "none"], "no variant 'none'"),
    (["--tuned", "tiny/good", "--prompt-short", "none.prompt"], "none.prompt"),
  ])
  func `what means nothing says what does`(arguments: [String], part: String) throws {
    let home = try home()
    let result = try home.command(
      ["tune", "proof", "eval.yaml", "--base", "tiny/base", "--training", "good.jsonl"] + arguments
    ).finish()
    #expect(result.status != 0 && result.status != 1 && result.status != 3)
    #expect(result.errors.contains(part), "\(result.errors)")
  }

  @Test func `a training set that holds no example is told`() throws {
    let home = try home()
    try home.write("{\"hello\": 1}\n", to: "empty.jsonl")
    for training in ["empty.jsonl", "missing.jsonl", "set:nobody"] {
      let result = try home.command([
        "tune", "proof", "eval.yaml", "--base", "tiny/base", "--tuned", "tiny/good", "--training",
        training,
      ]).finish()
      #expect(result.status == 2, "\(training): \(result.errors)")
    }
  }
}
