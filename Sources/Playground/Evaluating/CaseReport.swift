import Core
import Evaluation

// What there is to read of a cell: the case, what was answered, what each assertion says of it.

extension EvaluationGrid {
  /// Characters of a text that are shown; nobody reads more of it here.
  private static let longestText = 8_000

  /// The selected cell, for a panel.
  public var report: [ReportLine] {
    guard let place = selectedCase, record.variants.indices.contains(column) else {
      return [ReportLine(.note, "No case fits: 0 shows all of them.")]
    }
    let testCase = record.cases[place]
    let variant = record.variants[column]
    var lines = [
      ReportLine(.heading, testCase.description.isEmpty ? testCase.id : testCase.description),
      ReportLine(.note, "\(testCase.id) · \(variant.name) · \(variant.asked.model)"),
    ]
    if !testCase.tags.isEmpty {
      lines.append(ReportLine(.note, testCase.tags.joined(separator: ", ")))
    }
    for result in results(place, column) { lines += self.lines(of: result) }
    lines += [ReportLine(.text, ""), ReportLine(.heading, "Inputs")]
    for member in testCase.inputs.members {
      lines += Self.text(of: "\(member.name): \(member.value.plainText)")
    }
    if let expected = testCase.expected {
      lines += [ReportLine(.text, ""), ReportLine(.heading, "Expected")]
      lines += Self.text(of: expected.plainText)
    }
    return lines
  }

  private func lines(of result: EvaluationResult?) -> [ReportLine] {
    guard let result else { return [ReportLine(.text, ""), ReportLine(.note, "· Not asked yet")] }
    let turn = record.repeatCount > 1 ? " \(result.repetition) of \(record.repeatCount)" : ""
    var lines = [ReportLine(.text, "")]
    if let error = result.error {
      lines.append(ReportLine(.problem, "! Not measured\(turn): \(error)"))
    } else if let grade = result.grade {
      let score = Numbers.fixed(grade.score, digits: 2)
      lines.append(
        grade.passed
          ? ReportLine(.remedy, "✓ Passed\(turn) · score \(score)")
          : ReportLine(.removed, "✗ Failed\(turn) · score \(score)"))
      for assertion in grade.assertions { lines += Self.lines(of: assertion, depth: 0) }
    }
    guard !result.output.isEmpty || result.finishReason != nil else { return lines }
    lines += [ReportLine(.text, ""), ReportLine(.heading, "Answer\(turn)")]
    lines += Self.text(of: result.output)
    var facts = [
      Numbers.duration(result.milliseconds),
      "\(Numbers.grouped(result.usage.outputTokens)) tok",
    ]
    if let cost = result.cost { facts.append(Numbers.money(cost)) }
    if let reason = result.finishReason, !reason.isSuccess { facts.append(reason.words) }
    lines.append(ReportLine(.note, facts.joined(separator: " · ")))
    return lines
  }

  private static func lines(of assertion: AssertionResult, depth: Int) -> [ReportLine] {
    let indent = String(repeating: "  ", count: depth)
    let sign = assertion.passed ? "✓" : "✗"
    let score =
      assertion.score > 0.005 && assertion.score < 0.995
      ? " \(Numbers.fixed(assertion.score, digits: 2))" : ""
    let line = ReportLine(
      assertion.passed ? .text : .removed,
      "\(indent)\(sign) \(assertion.metric ?? assertion.type)\(score): "
        + String(assertion.reason.prefix(longestText)))
    guard depth < 4 else { return [line] }
    return [line] + assertion.members.flatMap { lines(of: $0, depth: depth + 1) }
  }

  private static func text(of text: String) -> [ReportLine] {
    let shown = text.prefix(longestText)
    var lines = shown.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      .map { ReportLine(.text, String($0)) }
    if shown.endIndex < text.endIndex { lines.append(ReportLine(.note, "… Enter shows all of it")) }
    return lines
  }
}
