import ArgumentParser
import Core
import FineTuning
import Glibc
import Runtime

// `whet tune start`: has a server train a model on a file.

struct TuneStartCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "start",
    abstract: "Have a server train a model on a file of examples, and watch it.",
    discussion: """
      FILE is SFT JSONL, or DPO JSONL with --method dpo. It is checked first, and nothing is sent before \
      you say so. The job is remembered: it goes on at the server when this command is stopped, and \
      whet tune watch comes back to it. docs/training-jobs.md tells more.

      Exit status: 0; 1 when the job failed or was cancelled; 2 for what can't be sent; 3 when it was \
      stopped, or not wanted.
      """)

  @Argument(help: "A file of examples.")
  var file: String

  @Option(help: ArgumentHelp("The model to begin with.", valueName: "provider/model"))
  var model: String

  @Option(help: "A file of examples that are only measured on.")
  var validation: String?

  @Option(help: "supervised, or dpo: on pairs of a preferred and another answer.")
  var method: TrainingMethod = .supervised

  @Option(help: "Becomes a part of the result's name.")
  var suffix: String?

  @Option(help: "The same seed, file and settings are to give the same result.")
  var seed: Int?

  @Option(help: "How often all examples are gone through.")
  var epochs: Int?

  @Option(help: "Examples a step.")
  var batchSize: Int?

  @Option(help: "As the server has it; OpenAI multiplies its own by it.")
  var learningRate: Double?

  @Option(help: "With dpo: how much it costs to leave the base model.")
  var beta: Double?

  @Option(
    help: ArgumentHelp(
      "For a million trained tokens, to tell what it costs.", valueName: "dollars"))
  var price: Double?

  @Flag(help: "Send the file also where the check finds errors.")
  var unchecked = false

  @Flag(help: "Return once the server has the job.")
  var detach = false

  @Flag(name: .shortAndLong, help: "Send it without asking.")
  var yes = false

  func validate() throws { try TrainingPrice.check(price) }

  func run() throws {
    do {
      try start()
    } catch let code as ExitCode {
      throw code
    } catch {
      Console.complain("whet: \(error)")
      throw ExitCode(2)
    }
  }

  private func start() throws {
    let surroundings = try Surroundings()
    let plan = try plan()
    let jobs = try surroundings.trainingJobs()
    if let objection = try jobs.objection(to: plan) { throw CommandError(objection) }
    let interruption = Interruption()
    let estimate = try check(plan, interruption)
    try confirm(plan, estimate, of: jobs, interruption)
    let job = try jobs.make(plan)
    try TrainingJobScreen(detaches: detach).watch(job.name, of: jobs, until: interruption)
  }

  private func plan() throws -> TrainingPlan {
    let reference = try ModelOption.reference(model)
    let request = TrainingJobRequest(
      model: reference.model, suffix: suffix, seed: seed, method: method,
      hyperparameters: TrainingHyperparameters(
        epochs: epochs, batchSize: batchSize, learningRate: learningRate, beta: beta))
    if let problem = request.problem { throw CommandError(problem) }
    return TrainingPlan(
      provider: reference.provider, request: request, training: PromptFiles.absolute(file),
      validation: validation.map { PromptFiles.absolute($0) })
  }

  /// The size of the training file; throws where a file has errors.
  private func check(
    _ plan: TrainingPlan, _ interruption: Interruption
  ) throws -> TrainingEstimate {
    let settings = CheckSettings(format: method == .dpo ? .dpo : .sft)
    var estimate = TrainingEstimate()
    for path in [plan.training, plan.validation].compactMap({ $0 }) {
      // What is trained on must not be what is measured on.
      let compared = path == plan.training ? plan.validation : nil
      let others = compared.map { [ComparedSource.validation($0)] } ?? []
      let run = CheckRun(settings: settings, others: others)
      let progress = CheckProgress()
      let report = try run.check(path) { step in
        progress.show(step)
        return !interruption.hasCome
      }
      progress.clear()
      guard let report else { throw ExitCode(3) }
      if path == plan.training { estimate = TrainingEstimate(report.measures, epochs: epochs) }
      // So few as one measures on need not be enough to train on.
      let errors = report.findings.reduce(0) { sum, finding in
        let counts =
          finding.severity == .error
          && (path == plan.training || finding.code != "too-few-examples")
        return sum + (counts ? finding.count : 0)
      }
      guard errors == 0 || unchecked else {
        throw CommandError(
          "\(path) has \(errors == 1 ? "an error" : "\(errors) errors"): whet tune check \(path) "
            + "lists them, --unchecked sends it all the same.")
      }
    }
    return estimate
  }

  private func confirm(
    _ plan: TrainingPlan, _ estimate: TrainingEstimate, of jobs: TrainingJobs,
    _ interruption: Interruption
  ) throws {
    Console.complain(
      "\(plan.provider) is to train \(plan.request.model) (\(method.rawValue)) on \(file).")
    let rate = TrainingEstimate.rate(
      of: try jobs.list(), provider: plan.provider, model: plan.request.model)
    let sentences = estimate.sentences(price: price.map(Money.init(dollars:)), rate: rate)
    for sentence in sentences { Console.complain(sentence) }
    if yes { return }
    guard Console.inputIsTerminal else {
      throw CommandError("Nobody can be asked whether to send it: say --yes.")
    }
    Console.ask("Send it? [y/N] ")
    // ^C is no signal here, but something to wait for.
    var awaited = [STDIN_FILENO, interruption.descriptor].map {
      pollfd(fd: $0, events: Int16(POLLIN), revents: 0)
    }
    poll(&awaited, nfds_t(awaited.count), -1)
    let answer = interruption.hasCome ? "" : readLine()?.lowercased() ?? ""
    guard answer == "y" || answer == "yes" else {
      Console.complain("whet: nothing was sent.")
      throw ExitCode(3)
    }
  }
}

extension TrainingMethod: ExpressibleByArgument {}

extension Surroundings {
  /// The jobs of the person's own store.
  func trainingJobs() throws -> TrainingJobs {
    TrainingJobs(
      store: try openStore().get(), folders: folders, environment: environment,
      providers: providers)
  }
}
