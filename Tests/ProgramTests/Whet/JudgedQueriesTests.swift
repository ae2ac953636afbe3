import Core
import Foundation
import Testing

// Queries from a file, judgments, and what is measured by them, in a pipe.

@Suite struct JudgedQueriesTests {
  private let home: WhetHome

  init() throws {
    home = try WhetHome()
    try home.write(
      """
      {"id": "bread", "title": "Bread", "text": "Knead the dough, and let it rise."}
      {"id": "soup 1", "title": "Soup", "text": "Boil leeks in water."}
      {"id": "leeks", "title": "Leeks", "text": "Leeks grow in winter — slowly, in rows."}
      """, to: "rows.jsonl")
    try home.write(
      """
      {"id": "1", "text": "leeks in winter"}
      {"id": "2", "text": "dough"}
      {"id": "3", "text": "xylophone"}
      """, to: "queries.jsonl")
    try home.write(
      "query-id\tcorpus-id\tscore\n1\tsoup 1\t1\n1\tleeks\t2\n2\tbread\t1\n3\tbread\t1\n",
      to: "qrels.tsv")
    #expect(try home.run("index", "add", "rows.jsonl").status == 0)
  }

  private var judgments: String { home.indexes + "/default.judgments.jsonl" }

  private func judge(_ arguments: String...) throws {
    let judged = try home.command(
      ["index", "judge", "--queries", "queries.jsonl", "--qrels", "qrels.tsv"] + arguments
    ).finish()
    #expect(judged.status == 0, "\(judged.errors)")
  }

  @Test func `a run names each document once, best first, for tools that part by spaces`() throws {
    let run = try home.run("search", "--queries", "queries.jsonl", "--run-name", "mine")
    #expect(run.status == 0)
    let rows = run.output.split(separator: "\n").map { $0.split(separator: " ") }
    #expect(
      rows.map { "\($0[0]) \($0[2]) \($0[3])" } == ["1 leeks 1", "1 soup%201 2", "2 bread 1"])
    #expect(rows.allSatisfy { $0.count == 6 && $0[1] == "Q0" && $0[5] == "mine" })
    let lines = try home.run(
      "search", "--queries", "queries.jsonl", "-k", "1", "--format", "jsonl")
    let objects = try lines.output.split(separator: "\n").map { try JSON(parsing: String($0)) }
    #expect(objects.map { $0["document"]?.string } == ["leeks", "bread"])
    #expect(objects.first?["text"]?.string == "Leeks grow in winter — slowly, in rows.")
  }

  @Test func `judgments are kept once, and measured by`() throws {
    try judge()
    let again = try home.run(
      "index", "judge", "--queries", "queries.jsonl", "--qrels", "qrels.tsv")
    #expect(again.output.contains("default: 0 of 7 queries and judgments are new; 3 queries"))
    let text = try String(contentsOfFile: judgments, encoding: .utf8)
    #expect(text.split(separator: "\n").count == 7)

    let table = try home.run("index", "eval", "--metrics", "recall@1,MRR,nDCG@10,recall")
    let lines = table.output.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.first == "default · 3 judged queries")
    // Of the first query one of two is first, of the second the only one, of the third none.
    #expect(lines.contains { $0.hasPrefix("recall@1") && $0.contains(" .500 ") })
    #expect(lines.contains { $0.hasPrefix("MRR") && $0.contains(" .667 ") })
    #expect(lines.contains { $0.hasPrefix("nDCG@10") && $0.contains(" .667 ") })
  }

  @Test func `two settings are compared query by query`() throws {
    try judge()
    let compared = try home.run(
      "index", "eval", "-k", "2", "--against", "k=1", "--metrics", "recall", "--by-query")
    #expect(compared.output.contains("A: k=2\nB: k=1\n"))
    #expect(compared.output.contains("lost most recall\n  -.500  1  leeks in winter\n"))
    let json = try JSON(
      parsing: home.run(
        "index", "eval", "-k", "2", "--against", "k=1", "--metrics", "recall", "--by-query",
        "--json"
      ).output)
    #expect(json["metrics"]?[0]?["difference"]?["mean"]?.double == -0.5 / 3)
    #expect(json["by_query"]?[0]?["metrics"]?["recall"]?.double == 1)
    #expect(json["by_query"]?[0]?["against"]?["recall"]?.double == 0.5)
  }

  @Test func `spans are in characters, and what isn't there is told`() throws {
    try home.write(
      #"{"query": "1", "doc": "leeks", "start": 23, "end": 29, "content": "slowly"}"#,
      to: "spans.jsonl")
    try judge("--qrels", "spans.jsonl")
    let text = try String(contentsOfFile: judgments, encoding: .utf8)
    #expect(text.contains(#""document":"leeks","start":25,"end":31,"grade":1"#))
    let measured = try home.run("index", "eval", "--metrics", "token-recall,IoU")
    #expect(measured.output.contains("token-recall"))

    try home.write(
      #"{"query": "1", "doc": "leeks", "start": 20, "end": 26, "content": "slowly"}"#,
      to: "spans.jsonl")
    let wrong = try home.run("index", "judge", "--qrels", "spans.jsonl")
    #expect(wrong.status == 1)
    #expect(wrong.errors.contains("spans.jsonl:1: leeks has another text there than \"content\""))
  }

  @Test func `a sweep shows what is worth its price, and leaves the index as it was`() throws {
    try judge()
    let before = try FileManager.default.contentsOfDirectory(atPath: home.indexes).sorted()
    let swept = try home.run("index", "sweep", "--limits", "1,2,3")
    #expect(swept.status == 0, "\(swept.errors)")
    #expect(swept.output.contains("Best recall: k=2, .667."))
    #expect(swept.output.contains("Over k=1: +.167"))
    let json = try JSON(
      parsing: home.run("index", "sweep", "--limits", "1,2,3", "--json").output)
    #expect(json["trials"]?.array?.map { $0["frontier"]?.bool } == [true, true, false])
    let other = try JSON(
      parsing: home.run(
        "index", "sweep", "--chunkings", "structure-240,document", "--limits", "2", "--json"
      ).output)
    #expect(
      other["trials"]?.array?.map { $0["settings"]?["chunking"]?.string } == [
        "structure-240", "document",
      ])
    #expect(other["trials"]?.array?.map { $0["mean"]?.double } == [2.0 / 3, 2.0 / 3])
    #expect(try FileManager.default.contentsOfDirectory(atPath: home.indexes).sorted() == before)
  }

  @Test func `what can't be measured is told with what to do`() throws {
    let unjudged = try home.run("index", "eval")
    #expect(unjudged.status == 1)
    #expect(unjudged.errors.contains("`whet index judge --index default"))
    let bad = try home.run("index", "eval", "--against", "method=x")
    #expect(bad.status == 2)
    #expect(bad.errors.contains("must be bm25, vector or hybrid"))
    try home.write("{\"id\": 1}\n", to: "queries.jsonl")
    let broken = try home.run("search", "--queries", "queries.jsonl")
    #expect(broken.status == 1)
    #expect(broken.errors.contains("queries.jsonl:1: no \"text\"; expected {"))
    #expect(try home.run("search", "x", "--queries", "queries.jsonl").status == 2)
    #expect(try home.run("search").status == 2)
  }
}
