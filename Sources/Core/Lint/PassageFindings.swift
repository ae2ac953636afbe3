// The rules about passages: a template that puts them in has to say what they are, and what is
// searched for.

extension LintedPrompt {
  /// Words of which one tells a model what the passages are.
  private static let wordsForPassages = [
    "passage", "context", "document", "source", "excerpt", "evidence", "snippet", "reference",
    "extract", "quote", "article", "knowledge", "material", "information", "search result", "page",
    "text", "note", "fact", "cite", "citation", "below", "following", "above",
  ]

  var passageFindings: [LintFinding] {
    guard let prompt, prompt.variables.contains("passages"),
      let tag = firstTag(naming: "passages")
    else { return [] }
    var findings: [LintFinding] = []
    let said = saidText.lowercased()
    // Words of other languages aren't known here.
    if said.utf8.allSatisfy({ $0 < 0x80 }), !Self.wordsForPassages.contains(where: said.contains) {
      findings.append(
        LintFinding(
          .warning, .passages, line: tag.line, column: tag.column,
          "the prompt puts passages in and never says what they are for: tell the model to answer "
            + "from them, and what to do when they don't say"))
    }
    if !prompt.variables.contains("question") {
      let others = prompt.variables.filter { $0 != "passages" && $0 != "previous" }
      findings.append(
        LintFinding(
          .warning, .passages, line: tag.line, column: tag.column,
          others.isEmpty
            ? "there is no variable 'question': passages are searched with the same text each time"
            : "there is no variable 'question': passages are searched with the whole last user "
              + "message" + (others.count == 1 ? "; is '\(others[0])' the question?" : "")))
    }
    return findings
  }
}
