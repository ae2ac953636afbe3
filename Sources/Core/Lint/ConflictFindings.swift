// The rules about what a prompt says against what its config asks for. They go by phrases that
// hardly mean anything else, in English; other languages have no findings.

extension LintedPrompt {
  var conflictFindings: [LintFinding] {
    // The steps of a chain share one config, which can fit the last of them only.
    guard steps.isEmpty, prompt != nil else { return [] }
    return formatConflicts + lengthConflicts + samplingConflicts + stopConflicts
  }

  // MARK: The form of the answer

  private var formatConflicts: [LintFinding] {
    let wantsJSON = prompt?.parameters.responseSchema != nil
    let request = phrase(
      #/(?i)\b(?:answer|respond|reply|return|output|write|produce|give|format)\b[^.!?\n]{0,40}?\b(?:as|in|with|only|valid|a|an)\s+(?:(?:a|an|valid|strict|single|pure|raw)\s+)*JSON\b(?!\s+(?:file|input|document|below|schema of|from))/#,
      about: ["json"])
    let refusal = phrase(
      #/(?i)\b(?:(?:answer|respond|reply|write)\b[^.!?\n]{0,20}?\bin (?:plain text|prose|markdown|one word|a single word)|(?:do not|don't|never)\s+(?:use|return|output|answer (?:in|as)|respond (?:in|with)|write)\s+(?:any\s+)?JSON)\b/#,
      about: ["plain text", "prose", "markdown", "word", "json"])
    let output = front?["output"]
    if wantsJSON, let refusal {
      return [
        LintFinding(
          .warning, .configConflict, line: refusal.line,
          "the prompt says “\(refusal.text)”, and 'output' asks for JSON")
      ]
    }
    if !wantsJSON, let request, refusal == nil {
      return [
        LintFinding(
          .warning, .configConflict, line: request.line,
          "the prompt says “\(request.text)”, and nothing in 'output' asks for it: 'format: json' "
            + "or a schema makes servers see to it")
      ]
    }
    if prompt?.parameters.responseSchema == .object([:]), let output,
      phrase(#/(?i)\bJSON\b/#, about: ["json"]) == nil
    {
      return [
        LintFinding(
          .warning, .configConflict, line: output.line(ofKey: "format"),
          "'output' asks for JSON and the prompt never does: several servers then refuse it, or send "
            + "blanks without end")
      ]
    }
    return []
  }

  // MARK: Its length

  private var lengthConflicts: [LintFinding] {
    guard let limit = front?["config"]?["maxOutputTokens"]?.scalar?.integer else { return [] }
    return texts.flatMap { stretch in
      stretch.text.matches(
        of: #/(?i)\b(\d{1,3}(?:,\d{3})+|\d{1,6})[- ](words?|sentences?|paragraphs?)\b/#
      ).compactMap { match in
        guard let number = Int(match.1.filter { $0 != "," }) else { return nil }
        let unit = match.2.lowercased()
        // A word is a token or more; the others are taken at their shortest.
        let tokens = unit.hasPrefix("w") ? number : unit.hasPrefix("s") ? number * 5 : number * 15
        guard tokens > limit else { return nil }
        return LintFinding(
          .warning, .configConflict,
          line: stretch.line + stretch.text[..<match.range.lowerBound].lineCount,
          "the prompt says “\(match.0)”, and 'maxOutputTokens' cuts the answer at "
            + "\(Numbers.grouped(limit)) tokens")
      }
    }
  }

  // MARK: Sampling

  private var samplingConflicts: [LintFinding] {
    guard let value = front?["config"]?["temperature"], let temperature = value.scalar?.double,
      temperature > 1
    else { return [] }
    let number = JSON.number(temperature).text
    if let exact = phrase(
      #/(?i)\b(?:deterministic(?:ally)?|verbatim|word for word|letter for letter|exact(?:ly)? the same|exact (?:answer|number|value|wording|text|quote|copy)|the same (?:answer|output) (?:each|every) time)\b/#,
      about: ["deterministic", "verbatim", "word for", "letter for", "exact", "the same"])
    {
      return [
        LintFinding(
          .warning, .configConflict, line: exact.line,
          "the prompt says “\(exact.text)”, and a temperature of \(number) makes answers wander")
      ]
    }
    guard let seed = front?["config"]?["seed"], seed.scalar?.integer != nil else { return [] }
    return [
      LintFinding(
        .warning, .configConflict, line: seed.line,
        "a seed asks for the same answer each time, and a temperature of \(number) for a different "
          + "one")
    ]
  }

  // MARK: Stops

  private var stopConflicts: [LintFinding] {
    guard let stops = front?["config"]?["stopSequences"] else { return [] }
    return (stops.list ?? [stops]).compactMap { item in
      guard let stop = item.scalar?.string, !stop.isEmpty, let reason = reasonAgainst(stop) else {
        return nil
      }
      return LintFinding(
        .warning, .configConflict, line: item.line,
        "the stop sequence \(JSON.string(stop).text) would cut the answer: \(reason)")
    }
  }

  private func reasonAgainst(_ stop: String) -> String? {
    if prompt?.parameters.responseSchema != nil, stop.contains(where: { "{}[]\":,".contains($0) }) {
      return "JSON is made of it"
    }
    if messages.dropLast().contains(where: { $0.role == .assistant && $0.text.contains(stop) }) {
      return "it stands in an example of one"
        + (line(ofText: stop).map { ", on line \($0)" } ?? "")
    }
    let trimmed = stop.trimmingBlanks
    guard trimmed.hasPrefix("<"), trimmed.hasSuffix(">"), !trimmed.hasPrefix("</"),
      saidText.contains("</" + trimmed.dropFirst()), let line = line(ofText: trimmed)
    else { return nil }
    return "the prompt has it begin with that, on line \(line)"
  }

  // MARK: Phrases

  /// What a template says that fits, shortened, and its line.
  ///
  /// - Parameter words: in small letters; a text that has none of them is not looked through, which
  ///   takes a pattern long.
  private func phrase(
    _ pattern: some RegexComponent, about words: [String]
  ) -> (text: String, line: Int)? {
    for stretch in texts where stretch.text.holds(anyOf: words) {
      if let match = stretch.text.firstMatch(of: pattern) {
        let text = stretch.text[match.range].split(whereSeparator: \.isWhitespace)
          .joined(separator: " ")
        let line = stretch.line + stretch.text[..<match.range.lowerBound].lineCount
        return (text.count > 48 ? text.prefix(47) + "…" : text, line)
      }
    }
    return nil
  }
}

extension String {
  /// Whether it holds one of some words, whatever the case of its ASCII letters.
  fileprivate func holds(anyOf words: [String]) -> Bool {
    var folded = Array(utf8)
    for index in folded.indices where 0x41...0x5A ~= folded[index] { folded[index] |= 0x20 }
    return words.contains { folded.firstRange(of: Array($0.utf8)) != nil }
  }
}

extension StringProtocol {
  /// How many line ends it holds.
  fileprivate var lineCount: Int { utf8.count { $0 == UInt8(ascii: "\n") } }

  /// Without the white space at both ends.
  fileprivate var trimmingBlanks: String {
    let start = drop(while: \.isWhitespace)
    return String(start.reversed().drop(while: \.isWhitespace).reversed())
  }
}
