import Core

// What is private in an example, as findings: they say what it is and in which turn, never the value.

extension TrainingFinding {
  /// What is private in an example: a finding a kind, in the order of the kinds. What documents use as
  /// examples comes to a note.
  public static func privacy(of example: TrainingExample, line: Int?) -> [TrainingFinding] {
    var counts: [Key: Int] = [:]
    var roles: [Key: String] = [:]
    func look(at text: String, _ role: String) {
      for value in PrivateValues.find(in: text) {
        let key = Key(kind: value.kind, isExample: value.isExample)
        counts[key, default: 0] += 1
        if roles[key] == nil { roles[key] = role }
      }
    }
    for message in example.input + example.answer + (example.rejected ?? []) {
      look(at: message.text, PrivateTurn.name(message.role))
      if let calls = message.toolCalls { look(at: calls.text, "a tool call") }
    }
    if let tools = example.tools { look(at: tools.text, "the tools") }
    guard !counts.isEmpty else { return [] }
    return PrivateValue.Kind.allCases.flatMap { kind in
      [false, true].compactMap { isExample in
        let key = Key(kind: kind, isExample: isExample)
        guard let count = counts[key], let role = roles[key] else { return nil }
        return finding(kind, isExample: isExample, count: count, role: role, line: line)
      }
    }
  }

  private struct Key: Hashable {
    var kind: PrivateValue.Kind
    var isExample: Bool
  }

  private static func finding(
    _ kind: PrivateValue.Kind, isExample: Bool, count: Int, role: String, line: Int?
  ) -> TrainingFinding {
    let others = count > 1 ? ", and \(count - 1) more" : ""
    if isExample {
      return TrainingFinding(
        code: kind.rawValue, severity: .note, line: line,
        sentence: "In \(role) is \(kind.noun)\(others), as documents use it for an example.",
        remedy: "Nothing, if it is meant as one.")
    }
    let remedy =
      kind.isSecret
      ? "Take it out, and revoke it: whoever has the file or the model has it."
      : "Write a stand-in such as \(kind.stand), unless its owner agreed."
    return TrainingFinding(
      code: kind.rawValue, severity: kind.severity, line: line,
      sentence: "In \(role) is \(kind.noun)\(others).", remedy: remedy)
  }
}

/// How a finding calls a turn; whatever else a file calls it stays out of sentences.
private enum PrivateTurn {
  static func name(_ role: String) -> String {
    switch role {
    case "system", "developer": "the system's turn"
    case "user": "a user's turn"
    case "assistant": "an assistant's turn"
    case "tool", "function": "a tool's turn"
    default: "a turn"
    }
  }
}
