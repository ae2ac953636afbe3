import ArgumentParser
import Core
import Runtime

// `whet index judge`: what is relevant to which query, kept beside the index.

struct IndexJudgeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "judge",
    abstract: "Take in queries and judgments of what is relevant to them.",
    discussion: """
      They are kept in a file beside the index, where marks of the context pane go, too; what is said \
      last of the same document holds. `whet index eval` measures by them.
      """)

  @Option(help: "The index's name.")
  var index = IndexFolder.standardName

  @OptionGroup var files: JudgmentOptions

  func validate() throws {
    if files.qrels.isEmpty {
      throw ValidationError("judge needs --qrels, a file of judgments.")
    }
  }

  func run() throws {
    let surroundings = try Surroundings()
    let passages = try IndexOption.open(index, in: surroundings)
    let folder = IndexFolder(surroundings.folders.indexes)
    guard let file = JudgmentFile(ofIndex: index, in: folder) else { return }
    let imported = try QueryFiles.importing(
      queries: files.queries, qrels: files.qrels, into: passages, besides: try file.judgments())
    try file.append(imported.lines)
    for warning in imported.warnings { Console.complain("whet: \(warning)") }
    Console.line(
      "\(index): \(imported.lines.count) of \(imported.queries + imported.judgments) queries and "
        + "judgments are new; \(imported.result.judgedQueries.count) queries are judged in all")
  }
}
