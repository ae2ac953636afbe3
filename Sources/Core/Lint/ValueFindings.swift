// The rules about values of the front matter: those that servers refuse, and a model's name that
// leads to no server.

extension LintedPrompt {
  var valueFindings: [LintFinding] { rangeFindings + formatFindings + modelFindings }

  private static let ranges: [(key: String, range: ClosedRange<Double>)] = [
    ("temperature", 0...2), ("topP", 0...1), ("frequencyPenalty", -2...2),
    ("presencePenalty", -2...2), ("logprobs", 0...20),
  ]

  private var rangeFindings: [LintFinding] {
    guard let config = front?["config"] else { return [] }
    var findings = Self.ranges.compactMap { key, range -> LintFinding? in
      guard let value = config[key], let number = value.scalar?.double, !range.contains(number)
      else { return nil }
      return LintFinding(
        .error, .valueRange, line: value.line,
        "'\(key)' must be from \(JSON.number(range.lowerBound).text) to "
          + "\(JSON.number(range.upperBound).text), not \(JSON.number(number).text)")
    }
    if let limit = config["maxOutputTokens"], let tokens = limit.scalar?.integer {
      let window = config["contextWindow"]?.scalar?.integer ?? surroundings.contextWindow
      if let window, tokens >= window {
        findings.append(
          LintFinding(
            .error, .valueRange, line: limit.line,
            "'maxOutputTokens' leaves no room for the prompt: the model's window is of "
              + "\(Numbers.grouped(window)) tokens"))
      }
    }
    if let stop = config["stopSequences"], stop.list?.contains(where: { $0.scalar == "" }) == true {
      findings.append(
        LintFinding(.error, .valueRange, line: stop.line, "an empty stop sequence ends any answer"))
    }
    return findings
  }

  private var formatFindings: [LintFinding] {
    guard let value = front?["output"]?["format"], let format = value.scalar?.string,
      !["json", "text", "media"].contains(format)
    else { return [] }
    return [
      LintFinding(
        .warning, .valueRange, line: value.line,
        "the output format '\(format.prefix(40))' is not known; there are json, text and media"
          + Spelling.hint(for: format, among: ["json", "text", "media"]))
    ]
  }

  private var modelFindings: [LintFinding] {
    guard let value = front?["model"], let model = value.scalar?.string,
      ModelReference(model) == nil
    else { return [] }
    return [
      LintFinding(
        .warning, .model, line: value.line,
        "the model '\(model.prefix(80))' names no provider: write it as 'openai/\(model.prefix(80))' "
          + "or with the name of the server that has it")
    ]
  }
}
