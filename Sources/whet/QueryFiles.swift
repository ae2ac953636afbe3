import ArgumentParser
import Core
import Retrieval
import Runtime

// Queries and judgments as commands are given them.

enum QueryFiles {
  /// The largest file that is read, in bytes.
  private static let mostBytes = 1 << 30

  /// The queries of a file. Throws a sentence, also where there are none.
  static func queries(at path: String) throws -> [JudgedQuery] {
    let queries = try QueryFile.queries(of: text(at: path), name: path)
    guard !queries.isEmpty else { throw CommandError("\(path) holds no queries.") }
    return queries
  }

  /// What files of queries and judgments hold, by the names that an index has for the documents.
  static func importing(
    queries: [String], qrels: [String], into index: any PassageStore, besides known: Judgments
  ) throws -> QrelsImport {
    var imported = try QrelsImport(into: index, besides: known)
    for path in queries { imported.add(try Self.queries(at: path)) }
    for path in qrels {
      try imported.add(QrelsFile.judgments(of: text(at: path), name: path), from: path)
    }
    return imported
  }

  private static func text(at path: String) throws -> String {
    try PromptFiles.read(path, mayWait: true, mostBytes: mostBytes)
  }
}

/// Judged queries as a command is given them: from files, else those that the index has.
struct JudgmentOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Queries in JSON Lines, with id and text; may be repeated.", valueName: "file"))
  var queries: [String] = []

  @Option(
    help: ArgumentHelp(
      "Judgments: TREC's qrels, BEIR's table, or spans in JSON Lines; may be repeated.",
      valueName: "file"))
  var qrels: [String] = []

  func validate() throws {
    if qrels.isEmpty, !queries.isEmpty {
      throw ValidationError("--queries says what is asked: add --qrels, which says what is right.")
    }
  }

  /// The judgments to measure by. Throws a sentence where no query has any.
  func judgments(
    ofIndex name: String, _ index: any PassageStore, in folders: Folders
  ) throws -> Judgments {
    let file = JudgmentFile(ofIndex: name, in: IndexFolder(folders.indexes))
    // With queries of their own, files stand alone.
    var judgments = queries.isEmpty ? try file?.judgments() ?? Judgments() : Judgments()
    if !qrels.isEmpty {
      let imported = try QueryFiles.importing(
        queries: queries, qrels: qrels, into: index, besides: judgments)
      for warning in imported.warnings { Console.complain("whet: \(warning)") }
      judgments = imported.result
    }
    guard !judgments.judgedQueries.isEmpty else {
      throw CommandError(
        "No query of the index '\(name)' is judged: `whet index judge --index \(name) --queries FILE "
          + "--qrels FILE` brings judgments, or mark passages in the context pane.")
    }
    return judgments
  }
}

extension QrelsImport {
  /// What there is to say of what was brought.
  var warnings: [String] {
    var warnings: [String] = []
    if unknownDocuments > 0 {
      warnings.append(
        "\(unknownDocuments) of \(judgments) judgments name documents that the index doesn't have: "
          + "they count as not found, and parts of them can't be kept.")
    }
    if unknownQueries > 0 {
      warnings.append(
        "\(unknownQueries) of \(judgments) judgments are of queries without a text: they count for "
          + "nothing until --queries brings it.")
    }
    return warnings
  }
}
