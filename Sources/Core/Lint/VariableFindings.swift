// The rules about variables: what the template takes and nobody declares, and the other way round.
// They hold only where the front matter declares variables at all.

extension LintedPrompt {
  var variableFindings: [LintFinding] {
    guard let prompt, let declared = DeclaredVariables(in: front?["input"]) else { return [] }
    let hasAllPartials = tags.allSatisfy { tag in
      tag.kind != .partial || tag.partialName.map { surroundings.partials[$0] != nil } ?? true
    }
    let used = prompt.variables
    var findings: [LintFinding] = []
    for name in used where !declared.allowsOthers && !isKnown(name, by: declared) {
      let tag = firstTag(naming: name)
      let unused = declared.names.filter { !used.contains($0) }
      let hint = Spelling.hint(for: name, among: unused.isEmpty ? declared.names : unused)
      findings.append(
        LintFinding(
          declared.hasSchema ? .error : .warning, .unknownVariable,
          line: tag?.line ?? firstTemplateLine, column: tag?.column,
          "the variable '\(name)' is not declared in "
            + (declared.hasSchema ? "input.schema" : "input.default") + hint))
    }
    guard hasAllPartials, !usesWholeInput else { return findings }
    for (name, line) in declared.lines where !used.contains(name) {
      findings.append(
        LintFinding(
          .warning, .unusedVariable, line: line,
          "the variable '\(name)' is declared, and the template never uses it"
            + Spelling.hint(for: name, among: used.filter { !declared.names.contains($0) })))
    }
    return findings
  }

  /// Whether a name has its value from somewhere else than the inputs that are declared.
  private func isKnown(_ name: String, by declared: DeclaredVariables) -> Bool {
    declared.names.contains(name) || surroundings.givenVariables.contains(name)
      || name == "passages" || (!steps.isEmpty && PromptStep.answerNames.contains(name))
      // What passages are searched with is typed anew each time.
      || (name == "question" && !declared.hasSchema)
  }

  /// Whether the template puts in its values as a whole, as `{{json this}}` does.
  private var usesWholeInput: Bool {
    var contexts = 0
    var blocks: [Bool] = []
    for tag in tags {
      if contexts == 0, tag.words.contains("this"), !tag.content.contains("this.") { return true }
      if tag.content.contains("@root"), !tag.content.contains("@root.") { return true }
      switch tag.kind {
      case .open, .openInverted:
        let changes =
          ["if", "unless", "ifEquals", "unlessEquals"].contains(tag.words.first) == false
        blocks.append(changes)
        contexts += changes ? 1 : 0
      case .close: contexts -= blocks.popLast() == true ? 1 : 0
      default: break
      }
    }
    return false
  }
}

/// The variables that a front matter's `input` names.
private struct DeclaredVariables {
  /// With the lines on which they stand.
  var lines: [(name: String, line: Int)] = []
  var hasSchema = false
  /// Whether the schema takes variables that it doesn't name.
  var allowsOthers = false

  var names: [String] { lines.map(\.name) }

  /// nil where nothing is declared, and for a schema that is kept elsewhere.
  init?(in input: YAML?) {
    if let schema = input?["schema"], schema.scalar != .null {
      guard let map = schema.map else { return nil }
      hasSchema = true
      if let properties = schema["properties"]?.map {
        for property in properties { add(property.key, line: property.line) }
        allowsOthers = schema["additionalProperties"].map { $0.scalar != false } ?? false
      } else if schema["type"]?.scalar?.string != "object" {
        for entry in map { addPicoschema(entry) }
      }
    }
    for entry in input?["default"]?.map ?? [] { add(entry.key, line: entry.line) }
    if lines.isEmpty, !hasSchema { return nil }
  }

  private mutating func add(_ name: String, line: Int) {
    if !names.contains(name) { lines.append((name, line)) }
  }

  /// `name?(array, words): type`; `(*)` takes any other.
  private mutating func addPicoschema(_ entry: YAML.Entry) {
    let name = String(entry.key.prefix { $0 != "(" && $0 != "?" })
    if name.isEmpty {
      allowsOthers = true
    } else {
      add(name, line: entry.line)
    }
  }
}
