import ArgumentParser
import Core
import FineTuning
import Foundation
import Runtime
import Sessions

// `whet tune collect`: what was answered well, or made so, into a training set.

struct TuneCollectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "collect",
    abstract: "Make training examples of runs, corrections, picks or an evaluation.",
    discussion: """
      Without --corrected, --picked and --from-evaluation, the runs that --rated, --tag and --query find; \
      a correction stands in its answer's place. What can't be learned from is left out and told. Runs \
      that ask a case of an evaluation are left out, too, since a model that has seen its test passes it: \
      --from-evaluation takes them on purpose, and their lineage says so.
      """)

  @OptionGroup var target: TrainingSetOptions

  @Option(help: "Runs rated good or bad.")
  var rated: RatedAs?

  @Option(help: "Runs with this tag.")
  var tag: String?

  @Option(help: "Runs that fit this, as `whet sessions search` reads it.")
  var query: String?

  @Flag(help: "Runs whose answer was corrected.")
  var corrected = false

  @Option(
    name: .customLong("as"),
    help: "What corrections become: supervised, pairs (of correction and answer) or both.")
  var form: ExampleCollection.CorrectionForm = .supervised

  @Flag(help: "Pairs of answers of which a person picked one.")
  var picked = false

  @Flag(help: "With --picked, also what judge models preferred.")
  var judged = false

  @Option(
    help: ArgumentHelp(
      "The passed answers of this evaluation: its cases are no test any more.",
      valueName: "id"))
  var fromEvaluation: String?

  @Option(help: "With --from-evaluation, the answers of this variant only.")
  var variant: String?

  @Option(
    name: .customLong("failed-by"),
    help: ArgumentHelp(
      "With --from-evaluation, only cases that this variant has not passed.", valueName: "variant"))
  var failedBy: String?

  @Flag(help: "Print one JSON object.")
  var json = false

  enum RatedAs: String, ExpressibleByArgument, CaseIterable { case good, bad }

  func validate() throws {
    let kinds = [corrected, picked, fromEvaluation != nil].count { $0 }
    guard kinds <= 1 else {
      throw ValidationError("Choose one of --corrected, --picked and --from-evaluation.")
    }
    if judged, !picked { throw ValidationError("--judged goes with --picked.") }
    if form != .supervised, !corrected { throw ValidationError("--as goes with --corrected.") }
    if fromEvaluation == nil, variant != nil || failedBy != nil {
      throw ValidationError("--variant and --failed-by go with --from-evaluation.")
    }
    let narrows = rated != nil || tag != nil || query != nil
    if fromEvaluation != nil, narrows {
      throw ValidationError("--rated, --tag and --query are for runs, not for an evaluation.")
    }
    guard kinds == 1 || narrows else {
      throw ValidationError(
        "Say what to collect: --rated good, --tag, --query, --corrected, --picked or "
          + "--from-evaluation.")
    }
  }

  func run() throws {
    let report = try SessionsCommand.store().collect(
      try collection(), into: target.set, keepsDuplicates: target.keepsDuplicates,
      at: Date().timeIntervalSince1970, by: TuneCommand.editor)
    if json {
      var object = report.appended.json
      object["left_out"] = .object(
        JSON.Object(
          CollectionLoss.allCases.compactMap { loss in
            report.losses[loss].map { .init(name: loss.rawValue, value: .integer($0)) }
          }))
      Console.line(JSON.object(object).text)
    } else {
      Console.line(report.appended.sentence(set: target.set))
      for sentence in report.sentences { Console.line(sentence) }
    }
  }

  private func collection() throws -> ExampleCollection {
    if let fromEvaluation {
      return .evaluation(fromEvaluation, variant: variant, failedBy: failedBy)
    }
    let now = Date().timeIntervalSince1970
    // Nobody types on: the last word is whole.
    var runs = try RunQuery(
      line: (query ?? "") + " ", now: now, timeZone: LocalTime.system.offset(at: now))
    if let rated { runs.filters.append(.rating(rated == .good ? .good : .bad)) }
    if let tag { runs.filters.append(.tag(tag)) }
    if corrected { return .corrections(runs, as: form) }
    if picked { return .preferences(runs, byModels: judged) }
    return .runs(runs)
  }
}

extension ExampleCollection.CorrectionForm: ExpressibleByArgument {}
