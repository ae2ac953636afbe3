import ArgumentParser
import Core
import Evaluation
import Runtime
import Sessions

// What of an evaluation's file is asked: which variants, models and cases.

struct EvaluationSelection: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The cases of a prompt file: CSV, JSONL, JSON, YAML, or a folder in Spider's layout.",
      valueName: "file"))
  var data: String?

  @Option(
    name: [.customShort("M"), .customLong("model")],
    help: "Ask this model in place of the variants' own; may be repeated.")
  var models: [String] = []

  @Option(
    name: .customLong("variant"),
    help: ArgumentHelp("Ask only this variant; may be repeated.", valueName: "name"))
  var variants: [String] = []

  @Option(
    name: .customLong("tag"),
    help: ArgumentHelp("Ask only cases with this tag; may be repeated.", valueName: "tag"))
  var tags: [String] = []

  @Option(
    name: .customLong("case"),
    help: ArgumentHelp("Ask only the case of this id; may be repeated.", valueName: "id"))
  var cases: [String] = []

  @Option(
    help: ArgumentHelp(
      "Ask only a part of the cases, which stays the same as others are added: 0.2, or 0.2-0.5 for "
        + "those between.", valueName: "share"))
  var split: String?

  /// The plan of a file, or of a prompt with `--data`.
  func plan(of file: String, in surroundings: Surroundings) throws -> EvaluationPlan {
    let models = try models.map(ModelOption.reference)
    var plan: EvaluationPlan
    if let data {
      let fallback = surroundings.configuration.models.first.map { [$0] } ?? []
      let hasModel = try !models.isEmpty || promptModel(of: file) != nil
      let named = hasModel ? Array(models.prefix(1)) : fallback
      plan = try EvaluationFiles.plan(ofPrompt: file, over: data, models: named)
    } else if file.hasSuffix(".prompt") {
      throw CommandError("\(file) is a prompt: name its cases with --data.")
    } else {
      plan = try EvaluationFiles.plan(at: file)
    }
    plan = plan.asking(models)
    try narrow(&plan)
    return plan
  }

  private func promptModel(of file: String) throws -> String? {
    PromptFile.model(in: try PromptFiles.read(file), name: file)
  }

  private func narrow(_ plan: inout EvaluationPlan) throws {
    let names = plan.variants.map(\.name)
    for name in variants where !names.contains(name) {
      throw CommandError(
        "There is no variant '\(name)': there are \(names.joined(separator: ", ")).")
    }
    if !variants.isEmpty { plan.variants.removeAll { !variants.contains($0.name) } }
    for id in cases where !plan.cases.contains(where: { $0.id == id }) {
      throw CommandError("There is no case '\(id)'.")
    }
    if !cases.isEmpty { plan.cases.removeAll { !cases.contains($0.id) } }
    if !tags.isEmpty { plan.cases.removeAll { Set($0.tags).isDisjoint(with: tags) } }
    if let split { try keep(split, of: &plan) }
    guard !plan.cases.isEmpty else {
      throw CommandError("No case is left: loosen --tag, --case or --split.")
    }
  }

  private func keep(_ split: String, of plan: inout EvaluationPlan) throws {
    let parts = split.split(separator: "-").map { Double($0) }
    let bounds = parts.count == 1 ? [0, parts[0]] : parts
    guard bounds.count == 2, let low = bounds[0], let high = bounds[1], 0 <= low, low < high,
      high <= 1
    else { throw CommandError("--split takes a share, as 0.2, or a range, as 0.2-0.5.") }
    plan.cases.removeAll { !(low..<high).contains(Split.share(of: $0.id)) }
  }
}

/// How requests are sent, and what they may cost.
struct AskingOptions: ParsableArguments {
  @Option(name: .customLong("repeat"), help: "Ask each variant each case so often.")
  var repeatCount: Int?

  @Option(
    help: ArgumentHelp(
      "Requests in flight at most, to one server; how many it takes is found out (default: 64).",
      valueName: "count"))
  var concurrency: Int?

  @Option(help: "The model that judges where an assertion names none, as provider/model.")
  var judge: String?

  @Option(
    help: "Whose vectors tell how similar texts are, as provider/model (default: built in).")
  var embedder: String?

  @Option(help: "Dollars that the requests of this command may cost together.")
  var budget: Double?

  @Flag(name: .customLong("ask-again"), help: "Ask also what was answered before.")
  var asksAgain = false

  @Flag(name: .customLong("new"), help: "Leave an evaluation that was stopped as it is.")
  var startsAnew = false

  @Flag(help: "Grade what was answered before, and ask no variant; judges are asked what is new.")
  var regrade = false

  @Option(
    help: ArgumentHelp(
      "Take answers from this file, which --record wrote, before any server is asked.",
      valueName: "file"))
  var answers: String?

  @Option(
    help: ArgumentHelp(
      "Add every answer that is used to this file, for --answers.", valueName: "file"))
  var record: String?

  @Flag(help: "Ask no server at all: what isn't kept or recorded can't be measured.")
  var offline = false

  @Flag(help: "Send what is to be asked as a batch, at half the price where a server takes any.")
  var batch = false

  func validate() throws {
    if let repeatCount, !(1...1000 ~= repeatCount) {
      throw ValidationError("--repeat takes a number from 1 to 1000.")
    }
    if let concurrency, !(1...1000 ~= concurrency) {
      throw ValidationError("--concurrency takes a number from 1 to 1000.")
    }
    if let budget, !(budget >= 0) { throw ValidationError("--budget takes dollars, from 0 on.") }
    if regrade, asksAgain { throw ValidationError("--regrade asks nobody: leave out --ask-again.") }
  }

  func apply(to plan: inout EvaluationPlan) throws {
    if let repeatCount { plan.repeatCount = repeatCount }
    if let concurrency { plan.mostRequests = concurrency }
    if let judge { plan.judge = try ModelOption.reference(judge) }
    if let embedder { plan.embedder = embedder }
  }

  func settings(
    in surroundings: Surroundings, of plan: EvaluationPlan, store: SessionStore
  ) throws -> EvaluationSettings {
    var settings = EvaluationSettings(
      folders: surroundings.folders, environment: surroundings.environment,
      providers: surroundings.providers,
      catalog: surroundings.catalog(of: surroundings.providers, learnedIn: .success(store)))
    settings.budget = budget.map { Money(dollars: $0) } ?? surroundings.configuration.budget.command
    settings.usesKeptAnswers = !asksAgain
    settings.isOffline = offline
    settings.onlyGrades = regrade
    if let answers = answers ?? plan.answers {
      settings.recorded = try RecordedAnswers(
        parsing: try PromptFiles.read(answers, mostBytes: 1 << 30), name: answers)
    }
    return settings
  }
}
