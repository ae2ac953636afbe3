import Core
import FineTuning
import Foundation
import Testing

// The cookbook's codes, counted as its validator counts them, on files that are wrong in known ways.

@Suite struct CookbookFormatTests {
  private static let corpus = MalformedFile.corpus(count: 500, seed: 9)
  private static let codes: Set<String> = [
    "data_type", "missing_messages_list", "message_missing_key", "message_unrecognized_key",
    "unrecognized_role", "missing_content", "example_missing_assistant_message",
  ]

  private func counts(_ file: MalformedFile, rules: FormatRules) -> [String: Int] {
    var check = TrainingCheck(settings: CheckSettings(rules: rules))
    for line in file.lines { check.take(line) }
    return check.finish().counts
  }

  @Test func `by the cookbook's rules each file has the codes that were planted, and no others`() {
    for (number, file) in Self.corpus.enumerated() {
      var counted = counts(file, rules: .cookbook)
      counted["too-few-examples"] = nil
      counted["system-prompts-differ"] = nil
      let expected = file.cookbook.merging(file.stops, uniquingKeysWith: +)
      #expect(counted == expected, "file \(number)")
    }
  }

  @Test func `today's rules differ from the cookbook's only in what is younger`() {
    for (number, file) in Self.corpus.enumerated() {
      let counted = counts(file, rules: .today).filter { Self.codes.contains($0.key) }
      var expected = file.today
      expected["missing_messages_list", default: 0] += file.stops["missing_messages_list"] ?? 0
      #expect(counted == expected.filter { $0.value > 0 }, "file \(number)")
    }
  }

  @Test func `every code of the cookbook is planted often`() {
    for code in Self.codes {
      #expect(Self.corpus.count { $0.cookbook[code] != nil } >= 20, "\(code)")
    }
  }

  /// The cookbook's rules in Python, whose idea of what is false and of what is a text they rest on.
  private static let script = """
    import json, sys
    KEYS = {"role", "content", "name", "function_call", "weight"}
    ROLES = ("system", "user", "assistant", "function")

    def codes(example):
        if not isinstance(example, dict):
            return ["data_type"]
        turns = example.get("messages")
        if not turns:
            return ["missing_messages_list"]
        found = []
        for turn in turns:
            if not ("role" in turn and "content" in turn):
                found.append("message_missing_key")
            if set(turn.keys()) - KEYS:
                found.append("message_unrecognized_key")
            if turn.get("role") not in ROLES:
                found.append("unrecognized_role")
            said = turn.get("content")
            if not isinstance(said, str) or not (said or turn.get("function_call")):
                found.append("missing_content")
        if all(turn.get("role") != "assistant" for turn in turns):
            found.append("example_missing_assistant_message")
        return found

    for lines in json.load(sys.stdin):
        counts = {}
        for line in lines:
            try:
                found = codes(json.loads(bytes(line).decode("utf-8")))
            except (AttributeError, TypeError, ValueError):
                found = ["stopped"]
            for code in found:
                counts[code] = counts.get(code, 0) + 1
        print(json.dumps(counts, sort_keys=True))
    """

  @Test(.enabled(if: PythonScript.isAvailable))
  func `a validator in Python counts the same`() throws {
    let input = JSON.array(
      Self.corpus.map { .array($0.lines.map { .array($0.map { .integer(Int($0)) }) }) })
    let output = try PythonScript.run(Self.script, input: input.text)
    let lines = output.split(separator: "\n")
    #expect(lines.count == Self.corpus.count)
    for (number, (line, file)) in zip(lines, Self.corpus).enumerated() {
      var counted = try #require(JSON(parsing: String(line)).object)
      let stopped = counted["stopped"]?.integer ?? 0
      counted["stopped"] = nil
      #expect(stopped == file.stops.values.reduce(0, +), "file \(number)")
      var own = counts(file, rules: .cookbook).filter { Self.codes.contains($0.key) }
      // Where Python stops, the verdict goes on, with a code of its own or this one.
      own["missing_messages_list", default: 0] -= file.stops["missing_messages_list"] ?? 0
      let theirs = Dictionary(
        uniqueKeysWithValues: counted.members.map { ($0.name, $0.value.integer ?? -1) })
      #expect(own.filter { $0.value > 0 } == theirs, "file \(number)")
    }
  }
}

/// Runs Python where it is installed.
enum PythonScript {
  static let isAvailable = (try? run("print(1)", input: "")) == "1\n"

  static func run(_ script: String, input: String) throws -> String {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["python3", "-c", script]
    let (from, to) = (Pipe(), Pipe())
    process.standardInput = to
    process.standardOutput = from
    try process.run()
    DispatchQueue.global().async {
      try? to.fileHandleForWriting.write(contentsOf: Data(input.utf8))
      try? to.fileHandleForWriting.close()
    }
    let output = try from.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return String(decoding: output, as: UTF8.self)
  }
}
