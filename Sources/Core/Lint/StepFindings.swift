// The rules about chains of steps: a comment `{{!-- step: NAME --}}` begins one, and `{{previous}}`
// is what the step before it answered.

extension LintedPrompt {
  /// Where the steps of a chain begin, by their comments.
  var steps: [Tag] { tags.filter { $0.stepName != nil } }

  var stepFindings: [LintFinding] {
    guard let first = steps.first else { return [] }
    let beginsUnnamed = texts.contains { $0.offset < first.offset && !$0.text.isBlank }
    let second = beginsUnnamed ? first : steps.dropFirst().first
    var findings = tags.filter {
      $0.offset < second?.offset ?? .max && $0.words.contains("previous")
    }
    .map { tag in
      LintFinding(
        .error, .steps, line: tag.line, column: tag.column,
        "'previous' is the answer of the step before, and this is the first step")
    }
    var names: [String: Int] = [:]
    for step in steps {
      guard let name = step.stepName else { continue }
      if let line = names.updateValue(step.line, forKey: name) {
        findings.append(
          LintFinding(
            .error, .steps, line: step.line,
            "a second step is named '\(name)', after that of line \(line)"))
      }
    }
    return findings
  }
}
