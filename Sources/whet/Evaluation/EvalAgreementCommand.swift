import ArgumentParser
import Core
import Evaluation
import Runtime
import Sessions

// `whet eval agreement`: how far a judge sees answers as people do.

struct EvalAgreementCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "agreement",
    abstract: "Hold what judges say against what people say of the same answers.",
    discussion: """
      FILE has a row or an object for each rating, with `case`, `rating` (pass or fail, true or false, \
      1 or 0), and where there are several, `variant` and `repeat`. Cohen's kappa says how much more \
      they agree than chance would make them: 0 for no more, 1 for always.
      """)

  @Argument(help: "Ratings by people: CSV, JSONL, JSON or YAML.")
  var file: String

  @Argument(help: "The evaluation's id, or how it begins; the last one where none is given.")
  var id: String?

  @Option(
    help: ArgumentHelp(
      "The assertion that is held against them, by its type or metric (default: all that models "
        + "decided).", valueName: "name"))
  var assertion: String?

  @Flag(help: "List what they disagree on.")
  var list = false

  func run() throws {
    do {
      try compare()
    } catch {
      Console.complain("whet: \(error)")
      throw ExitCode(2)
    }
  }

  private func compare() throws {
    let record = try StoredEvaluation.record(id, in: try SessionsCommand.store())
    let (dataset, _) = try InputFiles.dataset(at: file, promptPath: nil)
    var pairs: [(Int, Int)] = []
    var disagreements: [String] = []
    for (place, row) in dataset.cases.enumerated() {
      let rating = try rating(row.values, place)
      for result in record.results where rating.fits(result) {
        guard let judged = verdict(of: result) else { continue }
        pairs.append((rating.passes ? 1 : 0, judged.passed ? 1 : 0))
        if rating.passes != judged.passed {
          disagreements.append(
            "\(result.caseID)  \(result.variant)  a person: \(rating.passes ? "pass" : "fail"), the "
              + "judge: \(judged.reason)")
        }
      }
    }
    guard !pairs.isEmpty else {
      throw CommandError(
        "No rating of \(file) is of an answer that a judge graded: `case` must be its id, and "
          + "--assertion a type or metric of \(record.name).")
    }
    guard let kappa = Kappa(pairs, categories: [0, 1]) else {
      throw CommandError("All ratings and verdicts are the same: kappa says nothing of that.")
    }
    let agreement = "agree on \(Numbers.share(kappa.agreement)) of \(Numbers.grouped(pairs.count))"
    Console.line(
      "\(agreement), kappa \(Estimate(mean: kappa.estimate, interval: kappa.interval).scoreText)")
    if list { for line in disagreements { Console.line(line) } }
  }

  // MARK: Ratings

  private struct Rating {
    var caseID: String
    var variant: String?
    var repetition: Int?
    var passes: Bool

    func fits(_ result: EvaluationResult) -> Bool {
      result.caseID == caseID && variant ?? result.variant == result.variant
        && repetition ?? result.repetition == result.repetition
    }
  }

  private func rating(_ values: JSON.Object, _ place: Int) throws -> Rating {
    guard let id = (values["case"] ?? values["id"])?.cell,
      let rating = values["rating"]?.cell.lowercased()
    else {
      throw CommandError(
        "\(file): rating \(place + 1) lacks `case` or `rating`: write a case's id, and pass or fail."
      )
    }
    let words = ["pass": true, "true": true, "1": true, "fail": false, "false": false, "0": false]
    guard let passes = words[rating] else {
      throw CommandError("\(file): rating \(place + 1) is '\(rating)': write pass or fail.")
    }
    return Rating(
      caseID: id, variant: values["variant"]?.string,
      repetition: values["repeat"].flatMap { $0.integer ?? $0.string.flatMap { Int($0) } },
      passes: passes)
  }

  /// What the judges said of an answer; nil where none was asked.
  private func verdict(of result: EvaluationResult) -> (passed: Bool, reason: String)? {
    let all = (result.grade?.assertions ?? []).flatMap { [$0] + $0.members }
    let judged = all.filter { one in
      if let assertion { return one.type == assertion || one.metric == assertion }
      let bare = one.type.hasPrefix("not-") ? String(one.type.dropFirst(4)) : one.type
      return AssertionKind(name: bare)?.isJudged ?? false
    }
    guard !judged.isEmpty else { return nil }
    let failed = judged.first { !$0.passed }
    return (failed == nil, failed?.reason ?? "pass")
  }
}

extension JSON {
  /// A value as a cell of a table would hold it.
  fileprivate var cell: String { string ?? text }
}
