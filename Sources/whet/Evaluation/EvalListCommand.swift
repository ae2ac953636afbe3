import ArgumentParser
import Core
import Evaluation
import Runtime
import Sessions

// Evaluations that were run, and what came of one.

struct EvalListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the evaluations, newest first.")

  func run() throws {
    let evaluations = try SessionsCommand.store().evaluations()
    if evaluations.isEmpty { Console.line("There are none yet: `whet eval FILE` runs one.") }
    for summary in evaluations {
      let time = LocalTime.system.minute(summary.startedAt)
      let share =
        summary.graded == 0 ? "–" : Numbers.share(Double(summary.passed) / Double(summary.graded))
      var figures = "\(Numbers.grouped(summary.graded)) of \(Numbers.grouped(summary.total))"
      if summary.unmeasured > 0 { figures += ", \(summary.unmeasured) not measured" }
      let hash = ContentHash.short(summary.datasetHash)
      Console.line("\(summary.id)  \(time)  \(share)  \(figures)  dataset \(hash)\t\(summary.name)")
    }
  }
}

struct EvalShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Report on an evaluation again, in any form.")

  @Argument(help: "Its id, or how that begins; the last one where none is given.")
  var id: String?

  @OptionGroup(title: "Verdict") var verdict: VerdictOptions
  @OptionGroup(title: "Report") var report: ReportOptions

  func run() throws {
    do {
      let store = try SessionsCommand.store()
      let record = try StoredEvaluation.record(id, in: store)
      let baseline = try verdict.baseline(
        named: record.name, variants: record.variants.map(\.name), besides: record.id, in: store)
      let made = try EvaluationReport(record, against: baseline)
      try report.write(made)
      try verdict.decide(made)
    } catch let code as ExitCode {
      throw code
    } catch {
      Console.complain("whet: \(error)")
      throw ExitCode(2)
    }
  }
}

/// Evaluations by what a person calls them.
enum StoredEvaluation {
  /// The evaluation of an id, or of how one begins; the last one for nil and for `last`.
  static func record(_ id: String?, in store: SessionStore) throws -> EvaluationRecord {
    let all = try store.evaluations()
    guard let id, id != "last" else {
      guard let last = all.first, let record = try store.evaluation(last.id) else {
        throw CommandError("There is no evaluation yet: `whet eval FILE` runs one.")
      }
      return record
    }
    let fitting = all.filter { $0.id.hasPrefix(id.uppercased()) }
    guard let first = fitting.first, let record = try store.evaluation(first.id) else {
      throw CommandError("There is no evaluation '\(id)': `whet eval list` names them.")
    }
    guard fitting.count == 1 else {
      throw CommandError("\(fitting.count) evaluations begin with '\(id)': write more of the id.")
    }
    return record
  }
}
