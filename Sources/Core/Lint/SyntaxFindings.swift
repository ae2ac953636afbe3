// The rules about what can't be read at all: syntax, helpers and partials that don't exist.

extension LintedPrompt {
  var syntaxFindings: [LintFinding] {
    var findings = unknownHelpers + unknownPartials
    // What the parser stopped at is one of these, or says more than they do.
    if let error, !(findings + stepFindings).contains(where: { $0.line == error.line }) {
      findings.append(
        LintFinding(.error, .syntax, line: error.line, column: error.column, error.problem))
    }
    return findings
  }

  private var unknownHelpers: [LintFinding] {
    let helpers = TemplateHelper.allCases.map(\.rawValue)
    return tags.compactMap { tag in
      guard tag.problem != nil, let name = tag.words.first, TemplateHelper(rawValue: name) == nil,
        tag.words.count > 1 || tag.content.contains("\"") || tag.content.contains("'")
      else { return nil }
      let hint = Spelling.hint(for: name, among: helpers)
      return LintFinding(
        .error, .unknownHelper, line: tag.line, column: tag.column,
        "there is no helper '\(name)'"
          + (hint.isEmpty ? "; there are \(helpers.joined(separator: ", "))" : hint))
    }
  }

  private var unknownPartials: [LintFinding] {
    tags.compactMap { tag in
      guard tag.kind == .partial, let name = tag.partialName,
        surroundings.partials[name] == nil
      else { return nil }
      return LintFinding(
        .error, .unknownPartial, line: tag.line, column: tag.column,
        "there is no partial '\(name)': a file '_\(name).prompt' was expected beside the prompt"
          + Spelling.hint(for: name, among: surroundings.partials.keys.sorted()))
    }
  }
}

extension LintedPrompt.Tag {
  /// The name after `{{>`, which may hold dots and slashes.
  var partialName: String? {
    content.split { $0.isWhitespace }.first.map { name in
      String(name.filter { $0 != "\"" && $0 != "'" })
    }
  }
}
