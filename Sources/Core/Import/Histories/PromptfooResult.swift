// One result of a promptfoo evaluation: what one provider said to one prompt with one case's
// variables, and how it was graded. The members are those of `EvaluateResult`
// (https://www.promptfoo.dev/docs/configuration/reference/#evaluateresult); the cells of the older
// `table` are read, too.

/// Reads one result, which tells its case and its column itself where it is of the last years.
struct PromptfooResult {
  private let json: JSON

  init(_ json: JSON) { self.json = json }

  /// Whether an object is a result by itself, as a line of `--output results.jsonl` is.
  static func isOne(_ value: JSON) -> Bool {
    value["testIdx"]?.integer != nil && value["promptIdx"]?.integer != nil
      && (value["prompt"] != nil || value["vars"] != nil)
  }

  /// The answer that a line holds. Throws `ImportError` for one that is none.
  ///
  /// - Parameters:
  ///   - id: what it is called here.
  ///   - place: what errors call it.
  static func answer(
    of json: JSON, id: Identifier, place: String
  ) throws(ImportError) -> ImportedAnswer {
    guard isOne(json) else {
      throw ImportError("\(place): it has no 'testIdx' and 'promptIdx' of a result.")
    }
    let result = PromptfooResult(json)
    var answer = result.imported(as: id)
    answer.batch = result.testCase
    answer.column = min(max(result.column ?? 0, 0), 255)
    return answer
  }

  /// What is the same for all results of a case.
  var testCase: String {
    if let row { return "case \(row)" }
    return "variables " + (json["vars"] ?? .null).text
  }

  /// Which of the cases it is of, from 0, where it tells.
  var row: Int? { json["testIdx"]?.integer }

  /// Which column the result stands in, from 0, where it tells.
  var column: Int? { json["promptIdx"]?.integer }

  /// What is the same for all results of a column.
  var columnKey: String {
    column.map(String.init) ?? "\(provider.id) \(provider.label) \(promptLabel)"
  }

  /// The name of its provider, such as `openai:gpt-5`, and what a person calls it.
  var provider: (id: String, label: String) {
    let provider = json["provider"]
    let id = provider?.string ?? provider?["id"]?.string ?? ""
    return (id, provider?["label"]?.string ?? "")
  }

  /// What a person calls its prompt: often its text.
  var promptLabel: String {
    (json["prompt"]?["label"] ?? json["prompt"]?["display"])?.string ?? ""
  }

  /// The answer without its column and its case.
  func imported(as id: Identifier) -> ImportedAnswer {
    let name = provider.id
    var answer = ImportedAnswer(
      id: id, origin: RunOrigin(program: "promptfoo", id: json["id"]?.string),
      model: ModelReference.promptfoo(name) ?? .named(name, of: "promptfoo"))
    let prompt = (json["prompt"]?["raw"] ?? json["prompt"])?.string ?? ""
    answer.messages = Self.messages(in: prompt)
    for member in (json["vars"] ?? json["testCase"]?["vars"])?.object?.members ?? [] {
      answer.inputs[member.name] = member.value.string ?? member.value.text
    }
    readOutput(into: &answer)
    let latency = (json["latencyMs"] ?? json["response"]?["latencyMs"])?.double
    answer.duration = latency.flatMap { $0 > 0 ? $0 : nil }
    answer.usage = usage
    readGrade(into: &answer)
    if let cost = (json["cost"] ?? json["response"]?["cost"])?.double, cost > 0, cost.isFinite {
      answer.origin.details["cost_in_dollars"] = .number(cost)
    }
    if json["response"]?["cached"]?.bool == true { answer.origin.details["cached"] = true }
    return answer
  }

  /// A prompt as it was sent: a list of messages in JSON, or one message.
  private static func messages(in prompt: String) -> [Message] {
    if let items = PromptfooPrompts.messages(in: prompt) {
      let read = ImportedMessages.messages(items)
      if read.unreadable == nil { return read.messages }
    }
    return prompt.isEmpty ? [] : [Message(role: .user, text: prompt)]
  }

  private func readOutput(into answer: inout ImportedAnswer) {
    let response = json["response"]
    switch response?["output"] ?? json["text"] ?? json["output"] {
    case .string(let text): answer.text = text
    case .null, nil: break
    case let value?: answer.text = value.text
    }
    answer.finishReason =
      ImportedMessages.finishReason(response?["finishReason"]?.string) ?? .stop
    // Of a result that a grader failed, `error` is the grader's reason.
    let isError = json["failureReason"]?.integer == 2
    let error = response?["error"] ?? (isError || answer.text.isEmpty ? json["error"] : nil)
    if let error, !error.isNull, error != "" {
      answer.error = error.string ?? error["message"]?.string ?? error.text
      answer.finishReason = .error
    } else if answer.isEmpty, response?["output"] == nil, json["text"] == nil {
      answer.error = "promptfoo kept no output."
      answer.finishReason = .error
    }
  }

  /// The tokens of the request; those that came out of promptfoo's own cache were never asked for.
  private var usage: Usage? {
    let of = [json["tokenUsage"], json["response"]?["tokenUsage"]]
    for tokens in of.compactMap({ $0 }) {
      guard let input = tokens["prompt"]?.tokenCount, let output = tokens["completion"]?.tokenCount,
        input + output > 0
      else { continue }
      let reasoning = tokens["completionDetails"]?["reasoning"]?.tokenCount ?? 0
      return Usage(
        inputTokens: input, outputTokens: output, reasoningTokens: min(output, reasoning))
    }
    return nil
  }

  // MARK: Grades

  private func readGrade(into answer: inout ImportedAnswer) {
    let grade = json["gradingResult"]
    let passed = (json["success"] ?? json["pass"] ?? grade?["pass"])?.bool
    let isError = json["failureReason"]?.integer == 2
    let tag = passed.map { $0 ? "pass" : isError ? "error" : "fail" }
    let score = (json["score"] ?? grade?["score"])?.double
    let reason = grade?["reason"]?.string ?? ""
    let comment = grade?["comment"]?.string ?? ""
    let note = [
      score.map { "score \(JSON.number($0).text)" } ?? "", reason, comment,
    ].filter { !$0.isEmpty }.joined(separator: " · ")
    answer.remark = Remark(note: note, tags: [tag].compactMap { $0 })
    // What a person said by hand is an assertion of its own.
    let byHand = (grade?["componentResults"]?.array ?? []).last {
      $0["assertion"]?["type"]?.string == "human"
    }
    answer.rating = byHand?["pass"]?.bool.map { $0 ? .good : .bad }
  }
}
