import ArgumentParser
import Core
import Evaluation
import Runtime
import Sessions

// `whet eval ladder`: what was tried on a task, step by step.

struct EvalLadderCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ladder",
    abstract: "Put what was tried in the order of steps, over one frozen dataset.",
    discussion: """
      The steps are baseline, instructions, few-shot, retrieval, better-retrieval, fine-tuned and \
      combined: as a variant's `step` says, else by what differs from the baseline. Evaluations on \
      another dataset are refused.
      """)

  @Argument(help: "Ids of evaluations, or how they begin; the last one where none is given.")
  var ids: [String] = []

  @Flag(help: "Take in every evaluation on the same dataset as the last one.")
  var all = false

  @Option(
    name: .customLong("tuned"),
    help: ArgumentHelp(
      "This model was made of that one by training; may be repeated.",
      valueName: "model=base"))
  var tuned: [TunedModel] = []

  @Option(help: ArgumentHelp("Draw it as SVG, too.", valueName: "file"))
  var svg: String?

  @Flag(help: "Print one JSON object.")
  var json = false

  func validate() throws {
    if all, !ids.isEmpty { throw ValidationError("--all takes no ids.") }
  }

  func run() throws {
    let store = try SessionsCommand.store()
    let ladder = try Ladder(try records(in: store), tuned: tuned)
    if let svg {
      try WholeFile.place(at: PromptFiles.absolute(svg), overwrites: true) {
        try $0(LadderChart(ladder).svg)
      }
    }
    if json {
      Console.line(ladder.json.text(indent: 2))
      return
    }
    Console.line(
      "\(Numbers.grouped(ladder.caseCount)) cases, dataset \(ContentHash.short(ladder.datasetHash))\n"
    )
    for row in LadderChart(ladder).rows(width: Console.columns ?? 100) {
      Console.line(row.map(\.text).joined())
    }
    Console.line("")
    for line in TextTable(ladder.table).lines { Console.line(line) }
  }

  private func records(in store: SessionStore) throws -> [EvaluationRecord] {
    guard all else {
      let records =
        try ids.isEmpty
        ? [StoredEvaluation.record(nil, in: store)]
        : ids.map { try StoredEvaluation.record($0, in: store) }
      return records.sorted { $0.id < $1.id }
    }
    let last = try StoredEvaluation.record(nil, in: store)
    return try store.evaluations().reversed()
      .filter { $0.datasetHash == last.datasetHash && $0.graded > 0 }
      .compactMap { try store.evaluation($0.id) }
  }
}

extension TunedModel: ExpressibleByArgument {
  /// `provider/model=provider/base`, or the tuned model alone.
  public init?(argument: String) {
    let parts = argument.split(separator: "=", maxSplits: 1).map { ModelReference(String($0)) }
    guard let model = parts.first ?? nil else { return nil }
    guard parts.count > 1 else {
      self.init(model)
      return
    }
    guard let base = parts[1] else { return nil }
    self.init(model, of: base)
  }
}
