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
    for omission in plan.omissions { Console.complain("whet: not carried out: \(omission)") }
    let store = try surroundings.openStore().get()
    // What can't be compared is to be known of before anything is asked.
    let baseline = try verdict.baseline(
      named: plan.name, variants: plan.variants.map(\.name), besides: nil, in: store)
    var settings = try asking.settings(in: surroundings, of: plan, store: store)
    let recorded = try asking.record.map { try AnswerLines(path: $0) }
    if let recorded { settings.onAnswer = { recorded.add($0) } }
    let interruption = Interruption()
    if asking.batch {
      try sendBatches(of: plan, settings, store, interruption)
      settings.onlyGrades = true
    }
    let run = try EvaluationRun(
      plan, settings: settings, store: store, startsAnew: asking.startsAnew)
    let progress = ProgressLine()
    let ending = try run.run(until: interruption.descriptor) { progress.show($0) }
    progress.clear()
    try recorded?.write()
    guard let record = try store.evaluation(run.record.id) else {
      throw CommandError("The evaluation \(run.record.id) is not in the store any more.")
    }
    let made = try EvaluationReport(record, against: baseline)
    try report.write(made)
    switch ending {
    case .complete: break
    case .stopped:
      Console.complain("whet: stopped; the same command goes on where it was.")
      throw ExitCode(3)
    case .outOfBudget(let reason):
      Console.complain("whet: stopped: \(reason) The same command with more goes on where it was.")
      throw ExitCode(3)
    }
    try verdict.decide(made)
  }

  /// Has what isn't answered yet answered by batches; what they leave out can't be measured.
  private func sendBatches(
    of plan: EvaluationPlan, _ settings: EvaluationSettings, _ store: SessionStore,
    _ interruption: Interruption
  ) throws {
    do {
      let batches = try EvaluationBatches(plan, settings: settings, store: store)
      try batches.run(isInterrupted: { interruption.hasCome }, onProgress: Self.show)
      if Console.showsStatus { Console.status("") }
    } catch is CancellationError {
      Console.complain("whet: stopped; the batch goes on, and the same command collects it.")
      throw ExitCode(3)
    }
  }

  private static func show(_ progress: EvaluationBatches.Progress) {
    guard Console.showsStatus else { return }
    switch progress {
    case .writing(let count): Console.status("\(Numbers.grouped(count)) requests written")
    case .uploading(let bytes, let total):
      Console.status("\(Numbers.share(Double(bytes) / Double(max(1, total)))) sent")
    case .waiting(let status, let completed, let total):
      Console.status(
        "\(status): \(Numbers.grouped(completed)) of \(Numbers.grouped(total)) answered")
    }
  }
}
