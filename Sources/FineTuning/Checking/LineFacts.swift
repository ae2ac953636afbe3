import Core

// All that a check needs to know of one line. It is found out on any thread, with no look at other
// lines; what lines are to each other is found out from their facts, in their order.

/// What a check found out of one line.
public struct LineFacts: Sendable {
  /// Counted from 1.
  public let line: Int
  /// The first finding of each kind, with how often it was made.
  public private(set) var findings: [(finding: TrainingFinding, count: Int)] = []
  public let format: TrainingFormat?
  /// Nil where the line holds no example that can be read.
  public let measures: ExampleMeasures?
  /// By which others like it are found; nil where there are no measures, and by the cookbook's rules.
  let fingerprint: ExampleFingerprint?
  /// What its answer is like; nil where there is no fingerprint.
  let traits: AnswerTraits?

  /// Finds out what there is to know of a line that was read.
  public init(_ verdict: LineVerdict, line: Int, settings: CheckSettings) {
    self.line = line
    format = verdict.format
    measures = verdict.example.map(ExampleMeasures.init)
    let example = settings.rules == .today ? verdict.example : nil
    fingerprint = example.map(ExampleFingerprint.init)
    traits = example.map(AnswerTraits.init)
    for fault in verdict.faults {
      add(
        fault.code.rawValue, fault.code.severity, fault.sentence, remedy: fault.code.remedy,
        count: verdict.counts[fault.code] ?? 1)
    }
    if let example {
      findings += TrainingFinding.privacy(of: example, line: line).map { ($0, 1) }
    }
    guard let measures else { return }
    checkSize(measures, settings)
    checkSystemPrompt(measures, settings)
  }

  public var worst: FindingSeverity? { findings.map(\.finding.severity).max() }

  private mutating func add(
    _ code: String, _ severity: FindingSeverity, _ sentence: String, remedy: String, count: Int = 1
  ) {
    let finding = TrainingFinding(
      code: code, severity: severity, line: line, sentence: sentence, remedy: remedy)
    findings.append((finding, count))
  }

  private mutating func checkSize(_ measures: ExampleMeasures, _ settings: CheckSettings) {
    guard let window = settings.window else { return }
    let lost = Truncation.lost(of: measures, window: window)
    guard lost.all > 0 else { return }
    let size =
      "≈\(Numbers.grouped(measures.tokens)) tokens in a window of \(Numbers.grouped(window))"
    let loss =
      lost.answer == measures.answer
      ? "nothing is left of the answer"
      : "\(Numbers.grouped(lost.answer)) of the answer's \(Numbers.grouped(measures.answer)) are cut"
    add(
      "truncated", .warning, "\(size): \(loss).",
      remedy: "Shorten what is asked, split the example, or train with a larger window.")
  }

  private mutating func checkSystemPrompt(_ measures: ExampleMeasures, _ settings: CheckSettings) {
    guard let prompt = settings.systemPrompt else { return }
    let own = measures.system.map(CheckSettings.trimmed)
    guard own != prompt, !(own == nil && prompt.isEmpty) else { return }
    add(
      "system-prompt-not-in-use", .warning,
      own == nil
        ? "It has no system prompt; one is in use." : "Its system prompt is not the one in use.",
      remedy: "Train with the system prompt that the model will be given.")
  }
}
