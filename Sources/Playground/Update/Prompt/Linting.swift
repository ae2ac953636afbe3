import Core

// What is likely to be wrong with the prompt: listed, and gone to.

extension State {
  mutating func showFindings() {
    let model = columns[currentColumn].model
    let findings = PromptLint.findings(
      in: prompt.editor.text, name: prompt.name,
      surroundings: PromptLint.Surroundings(
        partials: prompt.partials, contextWindow: catalog.profile(of: model).contextWindow))
    guard !findings.isEmpty else {
      notice = Notice(.success, "No mistakes were found.")
      return
    }
    let items = findings.map { finding in
      Picker.Item(
        "\(finding.line)  \(finding.message)", detail: finding.severity.rawValue,
        choice: .finding(finding))
    }
    overlays.append(.picker(Picker(.findings, items: items)))
  }

  /// Puts the cursor where a finding stands, and says all of it.
  mutating func go(to finding: LintFinding) {
    focus(on: .prompt)
    _ = edit { editor, _ in
      let lines = editor.buffer.lines
      let line = min(max(0, finding.line - 1), lines.count - 1)
      let before = lines[line].unicodeScalars.prefix(max(0, (finding.column ?? 1) - 1))
      editor.moveTo(TextPosition(line: line, offset: before.reduce(0) { $0 + UTF8.width($1) }))
    }
    notice = Notice(finding.severity == .error ? .error : .warning, "\(finding)")
  }
}
