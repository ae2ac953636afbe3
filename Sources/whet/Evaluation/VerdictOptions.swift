import ArgumentParser
import Core
import Evaluation
import Runtime
import Sessions

// What an evaluation is compared with, and when that fails a pipeline.

struct VerdictOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Compare with: a variant of this evaluation, an earlier one by its id, `last` for the one "
        + "before of the same name, or a JSON report (default: the first variant).",
      valueName: "run"))
  var baseline: String?

  @Option(
    name: .customLong("baseline-variant"),
    help: ArgumentHelp(
      "The variant of the baseline (default: the one of the same name).", valueName: "name"))
  var baselineVariant: String?

  @Option(
    name: .customLong("fail-if"),
    help: ArgumentHelp(
      "Exit with 1 when a variant is worse than the baseline, when it is not-better, or when it passes "
        + "below:0.8 of the answers.", valueName: "rule"))
  var failIf: FailureRule?

  @Option(
    name: .customLong("max-unmeasured"),
    help: ArgumentHelp(
      "Exit with 3 when more of the answers than this share could not be measured (default: 0.05).",
      valueName: "share"))
  var mostUnmeasured = 0.05

  func validate() throws {
    guard 0...1 ~= mostUnmeasured else {
      throw ValidationError("--max-unmeasured takes a share, from 0 to 1.")
    }
    if baselineVariant != nil, baseline == nil {
      throw ValidationError("--baseline-variant needs --baseline.")
    }
  }

  /// What to compare with; nil where none is named.
  ///
  /// - Parameters:
  ///   - variants: of the evaluation itself.
  ///   - id: of the evaluation itself, which is no earlier one; nil before it has begun.
  func baseline(
    named name: String, variants: [String], besides id: Identifier?, in store: SessionStore
  ) throws -> EvaluationReport.Baseline? {
    guard let baseline else { return nil }
    if variants.contains(baseline) { return .variant(baseline) }
    if PromptFiles.exists(baseline) {
      let text = try PromptFiles.read(baseline, mostBytes: 1 << 30)
      return .evaluation(
        try EvaluationRecord(report: text, name: baseline), variant: baselineVariant)
    }
    if baseline == "last" {
      let earlier = try store.evaluations().first { $0.name == name && $0.id != id }
      guard let earlier, let record = try store.evaluation(earlier.id) else {
        throw CommandError("There is no earlier evaluation of '\(name)' to compare with.")
      }
      return .evaluation(record, variant: baselineVariant)
    }
    return .evaluation(
      try StoredEvaluation.record(baseline, in: store), variant: baselineVariant)
  }

  /// Exits with 1 or 3 where the figures ask for it.
  func decide(_ report: EvaluationReport) throws {
    guard let failIf else {
      for figures in report.figures {
        guard let gap = Gate.gap(in: figures, most: mostUnmeasured) else { continue }
        Console.complain("whet: \(gap).")
        throw ExitCode(3)
      }
      return
    }
    let gate = Gate(failIf, mostUnmeasured: mostUnmeasured)
    var worst: GateDecision?
    for (figures, verdict) in zip(report.figures, report.verdicts) {
      // The baseline itself is not held to anything.
      if failIf.needsBaseline, verdict == nil, report.figures.count > 1 { continue }
      let decision = gate.decision(
        on: figures, verdict: verdict,
        baseline: verdict.flatMap { report.baselineFigures(of: $0) })
      Console.complain("whet: \(decision.sentence).")
      if decision.exitStatus > worst?.exitStatus ?? 0 { worst = decision }
    }
    if let worst { throw ExitCode(worst.exitStatus) }
  }
}

extension FailureRule: ExpressibleByArgument {
  public init?(argument: String) { self.init(argument) }
}
