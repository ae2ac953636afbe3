import ArgumentParser
import Core
import Retrieval
import Runtime

// `whet index sweep`: which settings are worth their price, by trying them.

struct IndexSweepCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sweep",
    abstract: "Try settings of the search on judged queries, and show which are worth their price.",
    discussion: """
      Every combination of --chunkings, --methods and --limits is tried, and a chart shows what each \
      reaches and what it costs; its line joins those that no other beats in both. ^C, or the end of \
      --seconds or of --dollars, ends it with what was tried until then. The index is only read: for another \
      chunking, its documents are indexed anew, and that index is removed at the end.
      """)

  @Option(help: "The index's name.")
  var index = IndexFolder.standardName

  @OptionGroup var files: JudgmentOptions

  @OptionGroup(title: "Retrieval, where it is the same for all") var retrieval: RetrievalOptions

  @Option(
    help: ArgumentHelp(
      "Chunkings to try: structure-240,recursive-200-20 (default: the index's own).",
      valueName: "chunkings"))
  var chunkings: ChunkingList?

  @Option(
    help: ArgumentHelp("Methods to try: bm25,vector,hybrid.", valueName: "methods"))
  var methods: MethodList?

  @Option(
    help: ArgumentHelp("Numbers of passages to try.", valueName: "numbers"))
  var limits = LimitList(numbers: [1, 2, 3, 5, 8, 12, 20])

  @Option(
    help: ArgumentHelp(
      "What is to be good (default: token-recall where parts of documents were judged, else recall).",
      valueName: "metric"))
  var metric: MetricList?

  @Option(help: "What is paid for it: tokens of the prompt, or ms of the search.")
  var price = RetrievalSweep.Price.tokens

  @Option(help: ArgumentHelp("How long it may take.", valueName: "seconds"))
  var seconds: Double = 600

  @Option(
    help: ArgumentHelp(
      "What embedding, reranking and rewriting may cost (default: no limit).",
      valueName: "dollars"))
  var dollars: Double?

  @Flag(help: "Print one JSON object.")
  var json = false

  func validate() throws {
    guard seconds > 0 else { throw ValidationError("--seconds takes a number above 0.") }
    guard dollars ?? 0 >= 0 else { throw ValidationError("--dollars takes a number from 0 on.") }
    guard metric?.metrics.count ?? 1 == 1 else { throw ValidationError("--metric takes one.") }
    // More passages than the budget has room for would say nothing about their number.
    guard retrieval.limit == nil else { throw ValidationError("sweep takes --limits for -k.") }
  }

  func run() throws {
    let surroundings = try Surroundings()
    let passages = try IndexOption.open(index, in: surroundings)
    let judgments = try files.judgments(ofIndex: index, passages, in: surroundings.folders)
    let settings = try retrieval.applied(to: surroundings.configuration.retrieval)
    let metric =
      metric?.metrics[0] ?? RetrievalMetric(judgments.hasSpans ? .tokenRecall : .recall)
    let grid = RetrievalSweep.grid(
      from: settings, chunkings: chunkings?.chunkings ?? [settings.chunking],
      methods: methods?.methods ?? [settings.method], limits: limits.numbers)
    let clock = SystemClock()
    let end = clock.now + seconds * 1000
    let interruption = Interruption()
    let isCancelled = { interruption.hasCome || clock.now > end }
    let budget = dollars.map { SearchBudget(Money(dollars: $0)) }
    let indexes = SweepIndexes(
      of: passages, models: surroundings.searchModels(budget: budget),
      progress: { if Console.showsStatus { Console.status($0) } })
    defer { indexes.remove() }
    let search = JudgedSearch { query, settings in
      try indexes.search(query, with: settings, isCancelled: isCancelled)
    }
    var sweep = RetrievalSweep(metric: metric, price: price)
    var stop: String?
    for (place, settings) in grid.enumerated() {
      if Console.showsStatus {
        Console.status("\(place + 1) of \(grid.count): \(settings.summary())")
      }
      do {
        let isDone = try sweep.tries(
          settings, on: judgments, search: search, now: { clock.now }, isCancelled: isCancelled)
        guard isDone else { break }
      } catch let error as SearchBudgetError where error.isEndOfBudget {
        stop = "\(error)"
        break
      }
    }
    if Console.showsStatus { Console.status("") }
    if let stop { Console.complain("whet: stopped: \(stop).") }
    if let budget { Console.complain("whet: models cost about \(Numbers.money(budget.spent)).") }
    let report = SweepReport(sweep, besides: settings, of: grid.count)
    if json {
      Console.line(report.json.text(indent: 2))
    } else {
      for line in report.lines { Console.line(line) }
    }
    if sweep.trials.isEmpty { throw ExitCode(1) }
  }
}

extension RetrievalSweep.Price: ExpressibleByArgument {}

/// Chunkings with commas between them.
struct ChunkingList: ExpressibleByArgument {
  var chunkings: [Chunking]

  init?(argument: String) {
    let names = argument.split(separator: ",", omittingEmptySubsequences: false)
    chunkings = names.compactMap { Chunking(String($0)) }
    guard chunkings.count == names.count else { return nil }
  }
}

/// Methods with commas between them.
struct MethodList: ExpressibleByArgument {
  var methods: [RetrievalSettings.Method]

  init?(argument: String) {
    let names = argument.split(separator: ",", omittingEmptySubsequences: false)
    methods = names.compactMap { RetrievalSettings.Method(rawValue: String($0)) }
    guard methods.count == names.count else { return nil }
  }
}

/// Numbers of passages with commas between them.
struct LimitList: ExpressibleByArgument, CustomStringConvertible {
  var numbers: [Int]

  init(numbers: [Int]) { self.numbers = numbers }

  init?(argument: String) {
    let pieces = argument.split(separator: ",", omittingEmptySubsequences: false)
    numbers = pieces.compactMap { Int($0) }.filter { 1...10_000 ~= $0 }
    guard numbers.count == pieces.count else { return nil }
  }

  var description: String { numbers.map(String.init).joined(separator: ",") }
}
