import Core
import Evaluation

// A grader that a person wrote as a program: JSON in, JSON out.

extension AssertionCheck {
  /// `program`: what the program of `value` or `config.command` says.
  ///
  /// It reads `{"output","case","description","inputs","expected","value","metadata","passages",
  /// "finish_reason","milliseconds","cost","usage"}` and prints `{"pass","score","reason"}`, or just a
  /// truth or a number. The inputs are no part of the command line: they come from anyone.
  func program() throws(GradingError) -> Verdict {
    let command = assertion.config["command"]?.string ?? assertion.value?.string ?? ""
    guard !command.allSatisfy(\.isWhitespace) else {
      throw error("needs a command line as its value, or in config.command")
    }
    let timeout = assertion.config["timeout"]?.double.map { $0 / 1000 }
    let seconds = timeout ?? settings.programSeconds
    guard (0.001...3600).contains(seconds) else {
      throw error("has a timeout that is none of 1 to 3,600,000 ms")
    }
    let program = GraderProgram(
      command: command, seconds: seconds, most: settings.programOutput,
      environment: settings.environment, directory: settings.baseDirectory)
    let printed = try program.output(for: programInput.text)
    let json: JSON
    do {
      json = try JSON(parsing: printed)
    } catch {
      throw GradingError("The program printed no JSON: \(error).")
    }
    return try verdict(ofPrinted: json)
  }

  /// What the program reads.
  private var programInput: JSON {
    let graded = answer.evaluationCase
    let command = assertion.config["command"]
    return [
      "output": .string(output), "case": .string(graded.id),
      "description": .string(graded.description), "inputs": .object(graded.inputs),
      "expected": graded.expected ?? .null,
      "value": command == nil ? .null : assertion.value ?? .null,
      "metadata": .object(graded.metadata),
      "passages": .array(
        answer.passages.map { ["source": .string($0.source), "text": .string($0.text)] }),
      "finish_reason": JSON(answer.finishReason?.rawValue),
      "milliseconds": .number(answer.milliseconds), "cost": JSON(answer.cost?.dollars),
      "usage": [
        "input_tokens": .integer(answer.usage.inputTokens),
        "output_tokens": .integer(answer.usage.outputTokens),
      ],
    ]
  }

  private func verdict(ofPrinted json: JSON) throws(GradingError) -> Verdict {
    let reason = json["reason"]?.string ?? "The program said so."
    let score = json["score"]?.double ?? json.double
    let passed = json["pass"]?.bool ?? json.bool
    guard score != nil || passed != nil else {
      throw GradingError(
        #"The program printed neither {"pass":…} nor {"score":…}, nor true, false or a number."#)
    }
    let share = score ?? (passed == true ? 1 : 0)
    guard (0...1).contains(share) else {
      throw GradingError("The program gave a score that is not from 0 to 1.")
    }
    // Without a word of its own a score passes as promptfoo has it: above 0, or by the threshold.
    let reached = assertion.threshold.map { share >= $0 }
    return Verdict((passed ?? (share > 0)) && (reached ?? true), score: share, reason)
  }
}
