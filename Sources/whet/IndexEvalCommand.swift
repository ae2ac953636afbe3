import ArgumentParser
import Core
import Retrieval
import Runtime

// `whet index eval`: how good a search is, by judged queries.

struct IndexEvalCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "eval",
    abstract: "Measure the search of an index by judged queries.",
    discussion: """
      Metrics with a depth (nDCG@10, recall@100, precision@5), MRR and MAP are of the ranking of \
      documents. Those without (recall, precision, token-recall, token-precision, IoU) are of the \
      passages that a prompt would be given: -k of them, as far as they fit --passage-tokens. Behind \
      each mean stands the interval in which it is in 95 of 100 draws of queries. \
      docs/retrieval.md tells more.
      """)

  @Option(help: "The index's name.")
  var index = IndexFolder.standardName

  @OptionGroup var files: JudgmentOptions

  @OptionGroup(title: "Retrieval") var retrieval: RetrievalOptions

  @Option(
    help: ArgumentHelp(
      "Compare with these settings, where they differ: k=10,method=hybrid.",
      valueName: "name=value,…"))
  var against: String?

  @Option(
    help: ArgumentHelp(
      "What to measure, as in nDCG@10,recall,MRR; the first one orders --by-query.",
      valueName: "metrics"))
  var metrics: MetricList?

  @Flag(help: "List the best and the worst queries; with --against, what gained and lost most.")
  var byQuery = false

  @Flag(help: "Print one JSON object.")
  var json = false

  func validate() throws { _ = try otherSettings(besides: RetrievalSettings()) }

  func run() throws {
    let surroundings = try Surroundings()
    let passages = try IndexOption.open(index, in: surroundings)
    let judgments = try files.judgments(ofIndex: index, passages, in: surroundings.folders)
    let settings = try retrieval.applied(to: surroundings.configuration.retrieval)
    let metrics = metrics?.metrics ?? RetrievalEvaluation.standardMetrics(for: judgments)
    let interruption = Interruption()
    let clock = SystemClock()
    let retriever = Retriever(passages, models: surroundings.searchModels)
    let search = JudgedSearch { query, settings in
      try retriever.search(
        query, with: settings, marksMatches: false, isCancelled: { interruption.hasCome }
      ).passages
    }
    func evaluate(_ settings: RetrievalSettings) throws -> RetrievalEvaluation {
      do {
        let evaluation = try RetrievalEvaluation(
          of: settings, metrics: metrics, on: judgments, search: search, now: { clock.now },
          isCancelled: { interruption.hasCome })
        guard let evaluation else { throw CancellationError() }
        return evaluation
      } catch is CancellationError {
        Console.complain("whet: stopped.")
        throw ExitCode(1)
      }
    }
    let evaluation = try evaluate(settings)
    let other = try otherSettings(besides: settings).map(evaluate)
    let report = RetrievalReport(evaluation, against: other)
    if json {
      Console.line(report.json(byQuery: byQuery).text(indent: 2))
    } else {
      for line in report.lines(index: index, byQuery: byQuery) { Console.line(line) }
    }
  }

  private func otherSettings(
    besides settings: RetrievalSettings
  ) throws -> RetrievalSettings? {
    guard let against else { return nil }
    var other = settings
    do throws(RetrievalSettingError) {
      try other.set(against)
    } catch {
      throw ValidationError(error.description)
    }
    return other
  }
}

/// Metrics as they are written on a command line, with commas between them.
struct MetricList: ExpressibleByArgument {
  var metrics: [RetrievalMetric]

  init?(argument: String) {
    let names = argument.split(separator: ",", omittingEmptySubsequences: false)
    metrics = names.compactMap { RetrievalMetric(String($0)) }
    guard metrics.count == names.count else { return nil }
  }
}
