// Looks a prompt over for mistakes, by rules that each have a file of their own. It changes nothing,
// asks no server, and says nothing about style.

/// Finds what is likely to be wrong with a prompt.
public enum PromptLint {
  /// What is known beside the prompt's text.
  public struct Surroundings: Hashable, Sendable {
    /// The texts of the partials beside the prompt, by their names.
    public var partials: [String: String]
    /// The names that a data file gives values to.
    public var givenVariables: Set<String>
    /// Tokens of prompt and answer that the prompt's model takes; nil when unknown.
    public var contextWindow: Int?

    public init(
      partials: [String: String] = [:], givenVariables: Set<String> = [], contextWindow: Int? = nil
    ) {
      self.partials = partials
      self.givenVariables = givenVariables
      self.contextWindow = contextWindow
    }
  }

  /// The findings in a prompt's text, by line; of one line, errors first.
  ///
  /// A text that doesn't parse has the findings that can be told all the same.
  ///
  /// - Parameter name: the file's, for messages.
  public static func findings(
    in text: String, name: String, surroundings: Surroundings = Surroundings()
  ) -> [LintFinding] {
    let prompt = LintedPrompt(text: text, name: name, surroundings: surroundings)
    var findings: [LintFinding] = []
    findings += prompt.syntaxFindings
    findings += prompt.frontMatterFindings
    findings += prompt.variableFindings
    findings += prompt.roleFindings
    findings += prompt.keyFindings
    findings += prompt.valueFindings
    findings += prompt.schemaFindings
    findings += prompt.fewShotFindings
    findings += prompt.conflictFindings
    findings += prompt.passageFindings
    findings += prompt.stepFindings
    var seen: Set<LintFinding> = []
    return findings.filter { seen.insert($0).inserted }.enumerated().sorted { a, b in
      (a.element.line, a.element.severity == .error ? 0 : 1, a.element.column ?? 0, a.offset)
        < (b.element.line, b.element.severity == .error ? 0 : 1, b.element.column ?? 0, b.offset)
    }.map(\.element)
  }
}
