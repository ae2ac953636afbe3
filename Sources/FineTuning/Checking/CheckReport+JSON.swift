import Core

// A check's result for scripts. Its members stay; new ones may come.

extension CheckReport {
  public var json: JSON {
    [
      "lines": .integer(lines),
      "examples": .integer(measures.examples),
      "preferences": .integer(measures.preferences),
      "score": .integer(score.value),
      "lines_with": .object(
        JSON.Object(
          FindingSeverity.allCases.reversed().map {
            .init(name: $0.title, value: .integer(score.lines[$0] ?? 0))
          })),
      "counts": .object(
        JSON.Object(
          counts.sorted { $0.key < $1.key }.map {
            .init(name: $0.key, value: .integer($0.value))
          })),
      "findings": .array(findings.map(Self.json)),
      "drift": ["answers": .integer(drift.answers), "drifted": .integer(drift.drifted)],
      "measures": measures.json,
    ]
  }

  private static func json(_ group: FindingList.Group) -> JSON {
    [
      "code": .string(group.code),
      "severity": .string(group.severity.title),
      "count": .integer(group.count),
      "remedy": JSON(group.kept.last?.remedy),
      "first": .array(
        group.kept.map { ["line": JSON($0.line), "sentence": .string($0.sentence)] }),
    ]
  }
}

extension SetMeasures {
  var json: JSON {
    var object: JSON.Object = [
      "tokens": tokens.json,
      "answer_tokens": answers.json,
      "part_tokens": .object(
        JSON.Object(
          ExampleMeasures.Part.allCases.map { .init(name: $0.rawName, value: self[$0].json) })),
      "turns": turns.json,
      "offer_tools": .integer(withTools),
      "call_tools": .integer(withCalls),
      "calls": calls.json,
      "system_prompts": .array(
        systemPrompts.ranked.prefix(20).map {
          [
            "count": .integer($0.count), "line": .integer($0.line),
            "beginning": .string($0.beginning),
          ]
        }),
    ]
    if let classes {
      object["classes"] = .object(
        JSON.Object(classes.map { .init(name: $0.name, value: .integer($0.count)) }))
    }
    if let truncation {
      object["truncation"] = [
        "window": .integer(truncation.window),
        "examples": .integer(truncation.examples),
        "tokens": .integer(truncation.lost),
        "answer_tokens": .integer(truncation.lostOfAnswers),
        "without_answer": .integer(truncation.withoutAnswer),
      ]
    }
    return .object(object)
  }
}

extension Distribution {
  fileprivate var json: JSON {
    [
      "count": .integer(count), "sum": .integer(sum), "least": .integer(least),
      "median": .integer(median), "p95": .integer(quantile(0.95)), "most": .integer(largest),
    ]
  }
}

extension NameTally {
  fileprivate var json: JSON {
    .object(
      JSON.Object(ranked.prefix(100).map { .init(name: $0.name, value: .integer($0.count)) }))
  }
}

extension ExampleMeasures.Part {
  /// As scripts read it.
  fileprivate var rawName: String {
    switch self {
    case .system: "system"
    case .user: "user"
    case .assistant: "assistant"
    case .tool: "tool"
    case .definitions: "definitions"
    }
  }
}
