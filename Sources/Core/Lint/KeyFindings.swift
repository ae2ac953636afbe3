// The rule about keys: those of the front matter that are misspelled, or stand in another place
// than where they mean something. Keys that nothing here knows are no mistake by themselves: other
// programs read these files, too.

extension LintedPrompt {
  var keyFindings: [LintFinding] {
    guard let front else { return [] }
    return findings(in: front, known: PromptSettings.keys, of: "the front matter")
      + findings(in: front["config"], known: Self.configKeys, of: "config")
      + findings(in: front["input"], known: ["default", "schema"], of: "input")
      + findings(in: front["output"], known: ["format", "schema"], of: "output")
  }

  static let configKeys = [
    "temperature", "topP", "topK", "maxOutputTokens", "stopSequences", "seed", "frequencyPenalty",
    "presencePenalty", "reasoningEffort", "logprobs", "contextWindow",
  ]
  /// What other programs call the same.
  private static let otherNames = [
    "maxtokens": "maxOutputTokens", "maxcompletiontokens": "maxOutputTokens",
    "stop": "stopSequences", "numpredict": "maxOutputTokens", "numctx": "contextWindow",
    "toplogprobs": "logprobs", "effort": "reasoningEffort",
  ]

  private func findings(in map: YAML?, known: [String], of place: String) -> [LintFinding] {
    (map?.map ?? []).compactMap { entry in
      // A namespace belongs to another program.
      guard !known.contains(entry.key), !entry.key.contains(".") else { return nil }
      let folded = entry.key.lowercased().filter { $0 != "_" && $0 != "-" }
      let other = place == "config" ? Self.otherNames[folded] : nil
      let message: String
      if let meant = other ?? Spelling.nearest(to: entry.key, among: known) {
        message = "\(place) has no key '\(entry.key)': did you mean '\(meant)'?"
      } else if place == "the front matter",
        let meant = Self.otherNames[folded]
          ?? Self.configKeys.first(where: { $0.lowercased() == folded })
      {
        message = "'\(entry.key)' does nothing here: write '\(meant)' under 'config'"
      } else {
        return nil
      }
      return LintFinding(.warning, .unknownKey, line: entry.line, message)
    }
  }
}
