import Core
import Foundation
import Testing

// What is written in the hands of those who read it: WHET_TEST_DATASETS names a Python that has Hugging Face's
// datasets, the loader of TRL, axolotl and Unsloth; WHET_TEST_TRAINERS one that has TRL.

@Suite struct TrainersTests {
  private static let python = ProcessInfo.processInfo.environment["WHET_TEST_TRAINERS"]
  private static let loader = ProcessInfo.processInfo.environment["WHET_TEST_DATASETS"]

  @Test(.enabled(if: loader != nil, "WHET_TEST_DATASETS names no Python that has datasets."))
  func `the loader of most trainers reads every format, tools among them`() throws {
    let home = try WhetHome()
    let example = WhetHome.checkout + "/examples/structured-output"
    let call = #"{"id":"c","type":"function","function":{"name":"f","arguments":"{\"a\":1}"}}"#
    let tools =
      #"{"messages":[{"role":"user","content":"Q"},{"role":"assistant","tool_calls":[\#(call)]},"#
      + #"{"role":"tool","tool_call_id":"c","content":"1"},{"role":"assistant","content":"One."}],"#
      + #""tools":[{"type":"function","function":{"name":"f","parameters":{"type":"object"}}}]}"#
    try home.write(tools + "\n", to: "tools.jsonl")
    for file in ["\(example)/good.jsonl", "\(example)/preferences.jsonl", "tools.jsonl"] {
      let set = file.hasSuffix("preferences.jsonl") ? "pairs" : "all"
      _ = try home.run("tune", "import", file, "--set", set)
    }
    var files: [String: Int] = [:]
    for format in ["sft", "prompt-completion", "sharegpt", "dpo"] {
      let set = format == "dpo" ? "pairs" : "all"
      let written = try home.run(
        "tune", "write", set, "--to", "\(format).jsonl", "--format", format)
      #expect(written.status == 0, "\(written.errors)")
      files[home.path("\(format).jsonl")] = 0
    }
    for trainer in ["trl", "axolotl", "llama-factory", "unsloth"] {
      for (method, file) in [("supervised", "sft.jsonl"), ("dpo", "dpo.jsonl")] {
        let folder = "recipes/\(trainer)-\(method)"
        let recipe = try home.run(
          "tune", "recipe", trainer, file, "--model", "m", "--method", method, "--to", folder)
        #expect(recipe.status == 0, "\(recipe.errors)")
        files[home.path("\(folder)/data/train.jsonl")] = 0
      }
    }
    for file in files.keys {
      files[file] = try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n").count
    }
    let script = """
      import json, os, sys
      os.environ["HF_HOME"] = sys.argv[1]
      import datasets
      datasets.disable_progress_bars()
      print(json.dumps({file: len(datasets.load_dataset("json", data_files=file, split="train"))
                        for file in sys.argv[2:]}))
      """
    let read = try output(
      of: try #require(Self.loader), ["-c", script, home.path("hub")] + files.keys.sorted())
    for (file, count) in files {
      #expect(count > 0 && read[file]?.integer == count, "\(file): \(read)")
    }
  }

  @Test(.enabled(if: python != nil, "WHET_TEST_TRAINERS names no Python that has TRL."))
  func `TRL reads what is written, and trains a step`() throws {
    let home = try WhetHome()
    let example = WhetHome.checkout + "/examples/structured-output"
    for (file, method) in [("good", "supervised"), ("preferences", "dpo")] {
      let format = method == "dpo" ? "dpo" : "sft"
      _ = try home.run("tune", "import", "\(example)/\(file).jsonl", "--set", file)
      let written = try home.run(
        "tune", "write", file, "--to", file, "--split", "90/10", "--format", format)
      #expect(written.status == 0, "\(written.errors)")
      let recipe = try home.run(
        "tune", "recipe", "trl", file, "--model", "../tiny", "--method", method, "--to",
        "recipes/" + (method == "dpo" ? "trl-dpo" : "trl"))
      #expect(recipe.status == 0, "\(recipe.errors)")
    }
    let results = try output(
      of: try #require(Self.python),
      [WhetHome.checkout + "/tools/trainers.py", home.path("recipes")])
    #expect(results["trl"] == "trained")
    #expect(results["trl-dpo"] == "trained")
  }

  /// The last line that a Python prints, as JSON.
  private func output(of python: String, _ arguments: [String]) throws -> JSON {
    let process = Process()
    process.executableURL = URL(filePath: python)
    process.arguments = arguments
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    let said = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    let line = String(decoding: said, as: UTF8.self).split(separator: "\n").last
    return try JSON(parsing: String(line ?? ""))
  }
}
