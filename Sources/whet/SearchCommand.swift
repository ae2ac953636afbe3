import ArgumentParser
import Core
import Retrieval
import Runtime

// `whet search`: what the context pane shows, with no screen; with a file of queries, a run for
// evaluation tools.

struct SearchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "search",
    abstract: "Search an index for passages.",
    discussion: """
      With --queries, each query of the file is searched with, and its best documents are printed: \
      -k of them (default: 100), each ranked by its best passage, and named by its row's id or its \
      file. docs/retrieval.md describes both formats.
      """)

  /// The forms of a run.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case trec, jsonl
  }

  /// Documents a query where nothing else was said, as evaluations have it.
  private static let standardDepth = 100

  @Argument(help: "What to search for.")
  var query: String?

  @Option(help: "The index's name.")
  var index = IndexFolder.standardName

  @OptionGroup(title: "Retrieval") var retrieval: RetrievalOptions

  @Option(
    help: ArgumentHelp(
      "Search with each query of this file: JSON Lines with id and text.", valueName: "file"))
  var queries: String?

  @Option(help: "How the results of --queries are written: a TREC run, or JSON Lines.")
  var format: Format?

  @Option(
    name: .customLong("run-name"),
    help: ArgumentHelp("What the run is called (default: whet).", valueName: "name"))
  var runName: String?

  @Option(
    name: .customLong("why-not"),
    help: ArgumentHelp(
      "Tell why a passage is not found, and what brings it in: a file, file:line or a phrase.",
      valueName: "what"))
  var missed: String?

  @Flag(help: "Print one JSON object a passage, a line each.")
  var json = false

  func validate() throws {
    guard (query == nil) != (queries == nil) else {
      throw ValidationError("search takes either a query or --queries.")
    }
    if queries != nil, missed != nil {
      throw ValidationError("--why-not goes with one query.")
    }
    if queries == nil, format != nil || runName != nil {
      throw ValidationError("--format and --run-name go with --queries.")
    }
    if queries != nil, json { throw ValidationError("With --queries, write --format jsonl.") }
  }

  func run() throws {
    let surroundings = try Surroundings()
    let settings = try retrieval.applied(to: surroundings.configuration.retrieval)
    let passages = try IndexOption.open(index, in: surroundings)
    let retriever = Retriever(passages, models: surroundings.searchModels)
    if let missed, let query {
      let examination = AbsenceExamination(
        of: query, with: settings, in: passages, models: surroundings.searchModels)
      printReport(try examination.report(on: AbsenceQuestion(missed)))
    } else if let queries {
      try printRun(of: QueryFiles.queries(at: queries), retriever, settings)
    } else if let query {
      try printPassages(for: query, retriever, settings)
    }
  }

  private func printRun(
    of queries: [JudgedQuery], _ retriever: Retriever, _ settings: RetrievalSettings
  ) throws {
    let search = JudgedSearch {
      try retriever.search($0, with: $1, marksMatches: format == .jsonl).passages
    }
    let run = TRECRun(name: runName ?? "whet")
    for query in queries {
      let ranking = try search.documents(
        for: query.text, limit: retrieval.limit ?? Self.standardDepth, settings: settings)
      switch format ?? .trec {
      case .trec: Console.write(run.lines(query: query.id, ranking: ranking))
      case .jsonl:
        for (place, ranked) in ranking.enumerated() {
          Console.line(ranked.json(query: query.id, rank: place + 1).text)
        }
      }
      if Console.isOutputRefused { return }
    }
  }

  private func printPassages(
    for query: String, _ retriever: Retriever, _ settings: RetrievalSettings
  ) throws {
    let found = try retriever.search(query, with: settings)
    if found.queries != [query] {
      for query in found.queries { Console.complain("whet: searched with: \(query)") }
    }
    let passages = found.passages
    for (number, passage) in passages.enumerated() {
      if json {
        Console.line(passage.json.text)
      } else {
        if number > 0 { Console.line("") }
        Console.line("\(number + 1). \(heading(of: passage))")
        Console.line(passage.text)
      }
    }
    if passages.isEmpty { Console.complain("whet: nothing was found for '\(query)'.") }
  }

  private func printReport(_ report: AbsenceReport) {
    if json {
      Console.line(report.json.text(indent: 2))
      return
    }
    for problem in report.problems { Console.line(problem) }
    for (number, absent) in report.passages.enumerated() {
      if number > 0 { Console.line("") }
      Console.line(heading(of: absent.passage, withScore: false))
      for line in absent.lines { Console.line(line.text.isEmpty ? "" : "  " + line.text) }
    }
    if report.others > 0 {
      Console.line("")
      Console.line("\(Numbers.grouped(report.others)) more passages are meant.")
    }
  }

  private func heading(of passage: Passage, withScore: Bool = true) -> String {
    let place = "\(passage.source):\(passage.lines.lowerBound)-\(passage.lines.upperBound)"
    let score = (passage.score * 100).rounded() / 100
    let name = ([place] + passage.headings).joined(separator: " › ")
    return withScore
      ? name
        + "  score \(score) · \(passage.tokens) tok" : name
  }
}

extension RankedDocument {
  /// A line of a run in JSON: the document with its best passage.
  fileprivate func json(query: String, rank: Int) -> JSON {
    var members: JSON.Object = [
      "query": .string(query), "rank": .integer(rank), "document": .string(document),
    ]
    members.members += passage.json.object?.members ?? []
    return .object(members)
  }
}
