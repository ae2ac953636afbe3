import Core
import Foundation
import RandomSource
import Testing

// Metrics against ir_measures, which nobody here wrote. WHET_TEST_IR_MEASURES names a Python that
// has it, WHET_TEST_COLLECTIONS a folder with collections: NAME/corpus.jsonl, queries.jsonl and
// qrels.tsv. All queries are compared.

private let python = ProcessInfo.processInfo.environment["WHET_TEST_IR_MEASURES"]
private let collections = ProcessInfo.processInfo.environment["WHET_TEST_COLLECTIONS"]
/// Seconds that a run over the queries may take.
private let patience = 900.0

@Suite(
  "Reference metrics",
  .enabled(
    if: python != nil && collections != nil,
    "WHET_TEST_IR_MEASURES and WHET_TEST_COLLECTIONS are not set: metrics are not compared"))
struct ReferenceMetricsTests {
  /// Reads qrels and a run, and prints an object of the values of each query.
  private static let script = """
    import ir_measures, json, sys
    qrels = list(ir_measures.read_trec_qrels(sys.argv[1]))
    run = list(ir_measures.read_trec_run(sys.argv[2]))
    names = {m: ir_measures.parse_measure(m) for m in sys.argv[3:]}
    values = {}
    for m in ir_measures.iter_calc(list(names.values()), qrels, run):
        values.setdefault(m.query_id, {})[str(m.measure)] = m.value
    print(json.dumps(values))
    """

  private static let names = ["nDCG@10", "R@10", "R@100", "P@10", "RR", "AP"]

  private func reference(qrels: String, run: String, _ home: WhetHome) throws -> JSON {
    let command = try Command(
      try #require(python), ["-c", Self.script, qrels, run] + Self.names,
      environment: home.environment, directory: home.directory.path)
    let result = try command.finish()
    try #require(result.status == 0, "\(result.errors)")
    return try JSON(parsing: result.output)
  }

  @Test(arguments: ["cranfield", "squad2dev", "cosqa"])
  func `a run and its metrics are those of ir_measures`(_ collection: String) throws {
    let folder = "\(try #require(collections))/\(collection)"
    let home = try WhetHome()
    #expect(try home.run("index", "add", folder + "/corpus.jsonl").status == 0)
    let queries = try String(contentsOfFile: folder + "/queries.jsonl", encoding: .utf8)
      .split(separator: "\n")
    try home.write(queries.joined(separator: "\n"), to: "queries.jsonl")
    let ids = Set(try queries.compactMap { try JSON(parsing: String($0))["id"]?.string })
    let rows = try String(contentsOfFile: folder + "/qrels.tsv", encoding: .utf8)
      .split(separator: "\n").dropFirst().map { $0.split(separator: "\t") }
      .filter { ids.contains(String($0[0])) }
    let qrels = try home.write(
      rows.map { "\($0[0]) 0 \($0[1]) \($0[2])\n" }.joined(), to: "qrels")
    let run = try home.write(
      home.command(["search", "--queries", "queries.jsonl", "-k", "100"])
        .finish(within: patience).output, to: "run")
    let expected = try reference(qrels: qrels, run: run, home)
    let evaluation = try JSON(
      parsing: home.command([
        "index", "eval", "--queries", "queries.jsonl", "--qrels", "qrels", "--json", "--by-query",
        "--metrics", Self.names.joined(separator: ","),
      ]).finish(within: patience).output)
    let byQuery = try #require(evaluation["by_query"]?.array)
    #expect(byQuery.count == ids.count)
    for query in byQuery {
      let id = try #require(query["query"]?.string)
      for name in Self.names {
        let metric = try #require(RetrievalMetric(name)?.name)
        let value = try #require(query["metrics"]?[metric]?.double)
        // ir_measures leaves out queries that found nothing.
        let reference = expected[id]?[name]?.double ?? 0
        #expect(abs(value - reference) < 1e-9, "\(collection) \(id) \(name)")
      }
    }
  }

  @Test func `graded judgments, also below 0, are measured as ir_measures does it`() throws {
    let home = try WhetHome()
    var qrels = ""
    var run = ""
    var judgments = Judgments()
    var results: [String: QueryResult] = [:]
    var random = SeededRandom(seed: 5)
    for query in (0..<40).map({ "q\($0)" }) {
      let documents = (0..<150).map { "d\($0)" }.shuffled(using: &random)
      for document in documents.prefix(Int.random(in: 1...60, using: &random)).shuffled(
        using: &random)
      {
        let grade = Int.random(in: -1...4, using: &random)
        judgments.insert(Judgment(query: query, document: document, grade: grade))
        qrels += "\(query) 0 \(document) \(grade)\n"
      }
      let found = documents.shuffled(using: &random).prefix(Int.random(in: 1...120, using: &random))
      // Equal scores are the hard case: tools sort them as they like.
      let ranking = found.map { document in
        Passage(source: "", row: document, bytes: 0..<1, lines: 1...1, text: "", score: 1)
      }.rankedDocuments()
      run += TRECRun(name: "random").lines(query: query, ranking: ranking)
      results[query] = QueryResult(documents: Array(found))
    }
    let expected = try reference(
      qrels: try home.write(qrels, to: "qrels"), run: try home.write(run, to: "run"), home)
    for (query, result) in results {
      let relevance = try #require(judgments.relevance(to: query))
      for name in Self.names {
        let value = try #require(RetrievalMetric(name)).value(of: result, given: relevance)
        let reference = try #require(expected[query]?[name]?.double)
        #expect(abs(value - reference) < 1e-9, "\(query) \(name)\n\(qrels)\n\(run)")
      }
    }
  }
}
