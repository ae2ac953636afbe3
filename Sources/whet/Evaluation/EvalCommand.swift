import ArgumentParser
import Core
import Evaluation
import Runtime
import Sessions

// `whet eval`: a prompt, or a change of one, over all the cases of a dataset.

struct EvalCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "eval",
    abstract: "Try variants on a dataset, and say whether they are better.",
    subcommands: [
      EvalRunCommand.self, EvalListCommand.self, EvalShowCommand.self, EvalLadderCommand.self,
      EvalAgreementCommand.self,
    ],
    defaultSubcommand: EvalRunCommand.self)
}

struct EvalRunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Ask every variant every case, grade the answers, and compare.",
    discussion: """
      FILE is a promptfooconfig.yaml, which runs as it is, an evaluation in whet's own keys, or a \
      .prompt file with --data. What was answered is kept: an evaluation that was stopped goes on \
      where it was, and a request that was answered before is not asked again. docs/evaluation.md \
      tells more.

      Exit status: 0; 1 where --fail-if says so; 2 for a command line or a file that nothing can be \
      run with; 3 when it could not be measured, or was stopped.
      """)

  @Argument(help: "A configuration, or a prompt file.")
  var file: String

  @OptionGroup(title: "What is asked") var selection: EvaluationSelection
  @OptionGroup(title: "How it is asked") var asking: AskingOptions
  @OptionGroup(title: "Verdict") var verdict: VerdictOptions
  @OptionGroup(title: "Report") var report: ReportOptions

  func run() throws {
    do {
      try evaluate()
    } catch let code as ExitCode {
      throw code
    } catch {
      Console.complain("whet: \(error)")
      throw ExitCode(2)
    }
  }

  private func evaluate() throws {
    let surroundings = try Surroundings()
    var plan = try selection.plan(of: file, in: surroundings)
    try asking.apply(to: &plan)
    let store = try surroundings.openStore().get()
    // What can't be compared is to be known of before anything is asked.
    let baseline = try verdict.baseline(
      named: plan.name, variants: plan.variants.map(\.name), besides: nil, in: store)
    let asked = try AskedEvaluation(plan, asking, in: surroundings, store: store)
    let made = try EvaluationReport(asked.record, against: baseline)
    try report.write(made)
    try asked.checkEnding()
    try verdict.decide(made)
  }
}
