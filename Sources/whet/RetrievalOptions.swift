import ArgumentParser
import Core

// The settings of retrieval as they are written on a command line, where they stand above the
// configuration's: the same names as in `RetrievalSetting`.

struct RetrievalOptions: ParsableArguments {
  @Option(name: .customShort("k"), help: "Passages at most.")
  var limit: Int?

  @Option(
    name: .customLong("passage-tokens"),
    help: ArgumentHelp("Tokens of passages that a prompt is given at most.", valueName: "count"))
  var budget: String?

  @Option(
    help: ArgumentHelp(
      "What looks for passages: bm25, vector or hybrid (default: what the index has).",
      valueName: "method"))
  var method: String?

  @Option(
    help: ArgumentHelp(
      "What a hybrid search brings together: scores or ranks.", valueName: "fusion"))
  var fusion: String?

  @Option(
    name: .customLong("vector-weight"),
    help: ArgumentHelp(
      "How much vectors count in a hybrid search, from 0 to 1.", valueName: "weight"))
  var vectorWeight: String?

  @Option(
    help: ArgumentHelp(
      "How much passages unlike those before are preferred, from 0 to 1.", valueName: "weight"))
  var diversity: String?

  @Option(
    name: .customLong("min-score"),
    help: ArgumentHelp("Leave out passages of a smaller score.", valueName: "score"))
  var minimumScore: String?

  @Option(
    help: ArgumentHelp(
      "The cuts to search, as strategy-size-overlap: recursive-200-20.", valueName: "chunking"))
  var chunking: String?

  @Option(help: ArgumentHelp("Only in files that fit: 'docs/**/*.md'.", valueName: "pattern"))
  var path: String?

  @Option(help: ArgumentHelp("Only below headings with these words.", valueName: "words"))
  var heading: String?

  @Option(help: ArgumentHelp("Only on these pages: 3 or 3-7.", valueName: "pages"))
  var page: String?

  @Option(
    name: .customLong("where"),
    help: ArgumentHelp(
      "Only in documents whose field has this value; may be repeated.", valueName: "field=value"))
  var metadata: [String] = []

  @Option(
    help: ArgumentHelp(
      "The model that orders what was found anew, as provider/model.", valueName: "model"))
  var rerank: String?

  @Option(
    help: ArgumentHelp(
      "What is done to a query first: none, expansion, hypothesis or decomposition.",
      valueName: "step"))
  var rewrite: String?

  @Option(
    name: .customLong("set"),
    help: ArgumentHelp(
      "Any of these in one: k=10,method=bm25; may be repeated.", valueName: "name=value,…"))
  var list: [String] = []

  func validate() throws {
    _ = try applied(to: RetrievalSettings())
  }

  /// Settings, with those in their place that were given here.
  func applied(to settings: RetrievalSettings) throws -> RetrievalSettings {
    var result = settings
    do throws(RetrievalSettingError) {
      for text in list { try result.set(text) }
      for (setting, text) in given { try result.set(setting, to: text) }
    } catch {
      throw ValidationError(error.description)
    }
    return result
  }

  private var given: [(RetrievalSetting, String)] {
    let single: [(RetrievalSetting, String?)] = [
      (.limit, limit.map(String.init)), (.budget, budget), (.method, method), (.fusion, fusion),
      (.vectorWeight, vectorWeight),
      (.diversity, diversity), (.minimumScore, minimumScore), (.chunking, chunking), (.path, path),
      (.heading, heading), (.page, page), (.reranker, rerank), (.rewriting, rewrite),
    ]
    return single.compactMap { setting, text in text.map { (setting, $0) } }
      + metadata.map { (.metadata, $0) }
  }
}
