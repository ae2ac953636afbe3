import ArgumentParser
import Core
import Evaluation
import Runtime
import Sessions

// From a plan to what came of it, for every command that evaluates: answers that were kept or recorded
// are used, what is missing is asked, and progress is shown.

struct AskedEvaluation {
  let record: EvaluationRecord
  private let ending: EvaluationRun.Ending

  /// Asks all that the plan has to ask, until it is done, stopped, or out of money.
  init(
    _ plan: EvaluationPlan, _ asking: AskingOptions, in surroundings: Surroundings,
    store: SessionStore
  ) throws {
    for omission in plan.omissions { Console.complain("whet: not carried out: \(omission)") }
    var settings = try asking.settings(in: surroundings, of: plan, store: store)
    let recorded = try asking.record.map { try AnswerLines(path: $0) }
    if let recorded { settings.onAnswer = { recorded.add($0) } }
    let interruption = Interruption()
    if asking.batch {
      try Self.sendBatches(of: plan, settings, store, interruption)
      settings.onlyGrades = true
    }
    let run = try EvaluationRun(
      plan, settings: settings, store: store, startsAnew: asking.startsAnew)
    let progress = ProgressLine()
    ending = try run.run(until: interruption.descriptor) { progress.show($0) }
    progress.clear()
    try recorded?.write()
    guard let record = try store.evaluation(run.record.id) else {
      throw CommandError("The evaluation \(run.record.id) is not in the store any more.")
    }
    self.record = record
  }

  /// Exits with 3 where it is not complete.
  func checkEnding() throws {
    switch ending {
    case .complete: break
    case .stopped:
      Console.complain("whet: stopped; the same command goes on where it was.")
      throw ExitCode(3)
    case .outOfBudget(let reason):
      Console.complain("whet: stopped: \(reason) The same command with more goes on where it was.")
      throw ExitCode(3)
    }
  }

  /// Has what isn't answered yet answered by batches; what they leave out can't be measured.
  private static func sendBatches(
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
