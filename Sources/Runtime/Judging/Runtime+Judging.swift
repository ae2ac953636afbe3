import Core
import Playground

// Judgments of passages, kept beside their index as they are made.

extension Runtime {
  /// Appends a judgment, and tells what is relevant to the query by now.
  func judge(_ judging: PassageJudging) {
    withFiles { [folder = IndexFolder(settings.folders.indexes)] in
      guard let file = JudgmentFile(ofIndex: judging.index, in: folder) else { return nil }
      var judgments = try file.judgments()
      let query = JudgedQuery(
        id: judgments.id(ofText: judging.query) ?? JudgedQuery.id(ofText: judging.query),
        text: judging.query)
      let judgment = Judgment(
        query: query.id, document: judging.passage.document, span: judging.passage.bytes,
        grade: judging.grade)
      var lines: [JSON] = []
      if judgments.insert(query) { lines.append(query.json) }
      if judgments.insert(judgment) { lines.append(judgment.json) }
      try file.append(lines)
      return .relevanceRead(
        QueryRelevance(
          index: judging.index, query: judging.query,
          relevance: judgments.relevance(to: query.id) ?? Relevance()))
    }
  }

  /// Tells what is relevant to a query, as far as it was judged.
  func readRelevance(index: String, query: String) {
    withFiles { [folder = IndexFolder(settings.folders.indexes)] in
      guard let file = JudgmentFile(ofIndex: index, in: folder) else { return nil }
      let judgments = try file.judgments()
      let relevance = judgments.id(ofText: query).flatMap(judgments.relevance)
      return .relevanceRead(
        QueryRelevance(index: index, query: query, relevance: relevance ?? Relevance()))
    }
  }
}
