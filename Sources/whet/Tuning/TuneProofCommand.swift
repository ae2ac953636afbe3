import ArgumentParser
import Core
import Evaluation
import FineTuning
import Runtime
import Sessions

// `whet tune proof`: whether a tuned model is better than the one that it was made of.

struct TuneProofCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "proof",
    abstract:
      "Say whether a tuned model is better than its base, how sure that is, and what it costs.",
    discussion: """
      EVAL is an evaluation as `whet eval` takes it: each of its variants is asked of both models. Cases \
      that are near the training set are counted apart, and the verdict is by the others. What was \
      answered is kept, as by `whet eval`. docs/tuning-proof.md tells more.

      Exit status: 0; 1 where --fail-if says so; 2 for a command line or a file that nothing can be \
      proved with; 3 when it could not be measured, or was stopped.
      """)

  @Argument(help: ArgumentHelp("An evaluation's file.", valueName: "eval"))
  var file: String

  @Option(help: ArgumentHelp("The model before training.", valueName: "provider/model"))
  var base: String

  @Option(help: ArgumentHelp("The model after training.", valueName: "provider/model"))
  var tuned: String

  @Option(
    help: ArgumentHelp(
      "What it was trained on: a file of examples, or set:NAME of the store.",
      valueName: "file"))
  var training: String

  @Option(
    help: ArgumentHelp(
      "A prompt that the tuned model can do with: it is asked that one, too.", valueName: "file"))
  var promptShort: String?

  @Option(
    help: ArgumentHelp(
      "From which share of its text on that stands in a training example a case is near (default: 0.8).",
      valueName: "share"))
  var near = NearCases.usualThreshold

  @OptionGroup(title: "Money") var money: ProofPrices

  @Option(
    help: ArgumentHelp(
      "Exit with 1 when the tuned model is worse than the base, when it is not-better, or when it passes "
        + "below:0.8 of the cases that are not near.", valueName: "rule"))
  var failIf: FailureRule?

  @Option(
    name: .customLong("max-unmeasured"),
    help: ArgumentHelp(
      "Exit with 3 when more of the answers than this share could not be measured (default: 0.05).",
      valueName: "share"))
  var mostUnmeasured = 0.05

  @Flag(help: "Print one JSON object.")
  var json = false

  @OptionGroup(title: "What is asked") var selection: EvaluationSelection
  @OptionGroup(title: "How it is asked") var asking: AskingOptions

  func validate() throws {
    if !selection.models.isEmpty {
      throw ValidationError("Name the models with --base and --tuned, in place of -M.")
    }
    guard 0...1 ~= mostUnmeasured else {
      throw ValidationError("--max-unmeasured takes a share, from 0 to 1.")
    }
    guard near > 0, near <= 1 else {
      throw ValidationError("--near takes a share, above 0 and at most 1.")
    }
  }

  func run() throws {
    do {
      try prove()
    } catch let code as ExitCode {
      throw code
    } catch {
      Console.complain("whet: \(error)")
      throw ExitCode(2)
    }
  }

  private func prove() throws {
    let surroundings = try Surroundings()
    var plan = try selection.plan(of: file, in: surroundings)
    try asking.apply(to: &plan)
    let base = try ModelOption.reference(base)
    let tuned = TunedModel(
      try ModelOption.reference(tuned), of: base, trainedOn: training.fileName)
    let proofPlan = try ProofPlan(plan, base: base, tuned: tuned, short: try shortPrompt())
    let store = try surroundings.openStore().get()
    // What the model was trained on is to be known before anything is asked.
    let training = try known(of: plan.cases, in: store)
    let prices = try money.prices(
      of: [(base, money.base), (tuned.model, money.tuned)],
      in: surroundings.catalog(of: surroundings.providers, learnedIn: .success(store)))
    let asked = try AskedEvaluation(proofPlan.plan, asking, in: surroundings, store: store)
    let proof = try TuningProof(
      of: asked.record, by: proofPlan, training: training, prices: prices)
    write(proof)
    try asked.checkEnding()
    try decide(proof)
  }

  private func shortPrompt() throws -> ProofPlan.ShortPrompt? {
    try promptShort.map {
      let path = PromptFiles.absolute($0)
      return ProofPlan.ShortPrompt(text: try PromptFiles.read(path), path: path)
    }
  }

  /// What is known of the training set: its size, and which cases are near it.
  private func known(
    of cases: [EvaluationCase], in store: SessionStore
  ) throws -> TuningProof.Training {
    var nearCases = NearCases(cases, threshold: near)
    if let set = training.trainingSetName {
      try nearCases.take(set: set, of: store)
    } else {
      let unreadable = try nearCases.take(file: PromptFiles.absolute(training))
      if unreadable > 0 {
        Console.complain(
          "whet: \(Numbers.grouped(unreadable)) lines of \(training) hold no example: "
            + "`whet tune check \(training)` says why.")
      }
    }
    guard nearCases.exampleCount > 0 else {
      throw CommandError("\(training) holds no example: name what the model was trained on.")
    }
    return TuningProof.Training(
      exampleCount: nearCases.exampleCount, near: nearCases.near,
      cost: money.trainingCost.map { Money(dollars: $0) })
  }

  private func write(_ proof: TuningProof) {
    guard !json else {
      Console.line(proof.json.text(indent: 2))
      return
    }
    let trained = proof.tuned.trainedOn.map { " (trained on \($0))" } ?? ""
    Console.line("\(proof.verdict)\(trained)\n")
    for line in TextTable(proof.table).lines { Console.line(line) }
    Console.line("\n\(proof.nearSentence)")
    let lines = proof.nearLines
    for line in lines.prefix(Self.mostNearLines) { Console.line("  \(line)") }
    if lines.count > Self.mostNearLines {
      Console.line(
        "  and \(Numbers.grouped(lines.count - Self.mostNearLines)) more: --json has all")
    }
    Console.line("")
    for note in proof.notes { Console.line(note) }
  }

  private static let mostNearLines = 10

  private func decide(_ proof: TuningProof) throws {
    guard let failIf else {
      for score in proof.scores {
        guard let gap = Gate.gap(in: score.all, most: mostUnmeasured) else { continue }
        Console.complain("whet: \(gap).")
        throw ExitCode(3)
      }
      return
    }
    let decision = proof.decision(by: Gate(failIf, mostUnmeasured: mostUnmeasured))
    Console.complain("whet: \(decision.sentence).")
    if decision.exitStatus != 0 { throw ExitCode(decision.exitStatus) }
  }
}

/// What tokens and training cost, where nobody else knows.
struct ProofPrices: ParsableArguments {
  /// Dollars for a million tokens that are read, and that are written.
  struct TokenPrice: ExpressibleByArgument {
    let price: Price

    init?(argument: String) {
      let parts = argument.split(separator: ",", omittingEmptySubsequences: false)
        .map { Double($0) }
      guard parts.count == 2, let input = parts[0], let output = parts[1],
        let price = Price(json: ["input": .number(input), "output": .number(output)])
      else { return nil }
      self.price = price
    }
  }

  @Option(
    name: .customLong("price-base"),
    help: ArgumentHelp(
      "Dollars for a million tokens read and written by the base, as 0.4,1.6 (default: what is known).",
      valueName: "in,out"))
  var base: TokenPrice?

  @Option(
    name: .customLong("price-tuned"),
    help: ArgumentHelp("The same of the tuned model.", valueName: "in,out"))
  var tuned: TokenPrice?

  @Option(help: ArgumentHelp("What training cost.", valueName: "dollars"))
  var trainingCost: Double?

  func validate() throws {
    if let trainingCost, !(0...1e6 ~= trainingCost) {
      throw ValidationError("--training-cost takes dollars, from 0 to a million.")
    }
  }

  /// The prices that are given or known.
  func prices(
    of models: [(model: ModelReference, given: TokenPrice?)], in catalog: ModelCatalog
  ) throws -> [ModelReference: Price] {
    models.reduce(into: [:]) { prices, entry in
      prices[entry.model] = entry.given?.price ?? catalog.profile(of: entry.model).price
    }
  }
}

extension String {
  /// The last part of a path.
  fileprivate var fileName: String { split(separator: "/").last.map(String.init) ?? self }
}
