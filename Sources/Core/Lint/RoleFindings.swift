// The rules about messages: roles that say nothing, and an order that servers refuse or models
// misread. What stands in blocks may not come together, so that only the rest is put in order.

extension LintedPrompt {
  var roleFindings: [LintFinding] { emptyRoles + roleOrder + prefill }

  private var emptyRoles: [LintFinding] {
    // A step has messages of its own.
    let starts = tags.indices.filter { beginsMessage(tags[$0]) || tags[$0].stepName != nil }
    var findings: [LintFinding] = []
    for (place, index) in starts.enumerated() where tags[index].words.first == "role" {
      let tag = tags[index]
      let next = place + 1 < starts.count ? tags[starts[place + 1]] : nil
      // A branch of a block that ends before anything is said may be gone on with outside of it.
      let between = tags[(index + 1)...].prefix { $0.offset < next?.offset ?? .max }
      let saysSomething =
        texts.contains {
          $0.offset > tag.offset && $0.offset < next?.offset ?? .max && !$0.text.isBlank
        } || between.contains { $0.kind != .comment }
      if saysSomething || next?.words.first == "history" { continue }
      let role = role(of: tag).map { "'\($0 == .assistant ? "model" : $0.rawValue)'" } ?? "this"
      findings.append(
        LintFinding(
          .warning, .emptyRole, line: tag.line, column: tag.column,
          "the role \(role) says nothing before the "
            + (next == nil ? "prompt ends" : "next one begins") + ": no message is made of it"))
    }
    return findings
  }

  private var roleOrder: [LintFinding] {
    var findings: [LintFinding] = []
    var firstSystem: Tag?
    var firstTurn: Int?
    if let text = texts.first(where: { !$0.text.isBlank }),
      text.offset < tags.first(where: beginsMessage)?.offset ?? 0
    {
      firstTurn = text.line
    }
    for tag in tags where tag.depth == 0 {
      if tag.stepName != nil {
        firstSystem = nil
        firstTurn = nil
      }
      switch role(of: tag) {
      case nil, .tool: break
      case .system:
        if let firstSystem {
          findings.append(
            LintFinding(
              .warning, .roleOrder, line: tag.line, column: tag.column,
              "a second system message, after that of line \(firstSystem.line): many servers take "
                + "one; put its text into the first"))
        } else if let firstTurn {
          findings.append(
            LintFinding(
              .warning, .roleOrder, line: tag.line, column: tag.column,
              "the system message comes after the conversation has begun on line \(firstTurn): "
                + "models and servers expect it first"))
        }
        firstSystem = firstSystem ?? tag
      case .user, .assistant: firstTurn = firstTurn ?? tag.line
      }
    }
    return findings
  }

  private var prefill: [LintFinding] {
    guard let last = messages.last, last.role == .assistant, steps.isEmpty,
      let tag = tags.last(where: { role(of: $0) != nil }), role(of: tag) == .assistant
    else { return [] }
    return [
      LintFinding(
        .warning, .prefill, line: tag.line, column: tag.column,
        "the prompt ends in what the model is to have said: some servers go on from there, others "
          + "refuse it or begin anew")
    ]
  }
}

extension StringProtocol {
  /// Whether it is white space only.
  var isBlank: Bool { unicodeScalars.allSatisfy(\.properties.isWhitespace) }
}
