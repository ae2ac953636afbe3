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
        choice: .place(line: finding.line - 1, column: max(0, (finding.column ?? 1) - 1)))
    }
    overlays.append(.picker(Picker(.findings, items: items)))
  }

  /// Puts the cursor at a place of the prompt.
  ///
  /// - Parameters:
  ///   - line: from 0.
  ///   - column: the scalars before the place in its line.
  mutating func go(toLine line: Int, column: Int) {
    focus(on: .prompt)
    _ = edit { editor, _ in
      let lines = editor.buffer.lines
      let scalars = lines[min(max(0, line), lines.count - 1)].unicodeScalars.prefix(column)
      editor.moveTo(
        TextPosition(line: line, offset: scalars.reduce(0) { $0 + UTF8.width($1) }))
    }
  }
}
