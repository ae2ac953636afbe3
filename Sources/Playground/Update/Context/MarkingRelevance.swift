import Core

// Passages marked as relevant to the question, or not, while one looks at them.

extension State {
  /// Asks for what is known to be relevant to the question, unless that is here.
  func readRelevance() -> [Effect] {
    guard let answered = context.answered,
      relevance?.index != answered.index || relevance?.query != answered.query
    else { return [] }
    return [.readRelevance(index: answered.index, query: answered.query)]
  }

  /// What is known to be relevant to the question that is shown.
  private var currentRelevance: Relevance? {
    guard let relevance, let answered = context.answered, relevance.index == answered.index,
      relevance.query == answered.query
    else { return nil }
    return relevance.relevance
  }

  /// Whether a passage was found relevant to the question; nil where nothing was said of it.
  public func isRelevant(_ passage: Passage) -> Bool? {
    currentRelevance?.isRelevant(passage.bytes, of: passage.document)
  }

  /// Says whether the selected passage is relevant; the same once more takes it back.
  mutating func judge(isRelevant: Bool) -> [Effect] {
    guard let answered = context.answered, let passage = context.selected?.original else {
      notice = Notice(.information, "Only what a search has found can be marked.")
      return []
    }
    let known = currentRelevance?.parts[passage.document]?[passage.bytes].map { $0 > 0 }
    let grade: Int? = known == isRelevant ? nil : isRelevant ? 1 : 0
    var relevance = currentRelevance ?? Relevance()
    relevance.parts[passage.document, default: [:]][passage.bytes] = grade
    self.relevance = QueryRelevance(
      index: answered.index, query: answered.query, relevance: relevance)
    return [
      .judge(
        PassageJudging(
          index: answered.index, query: answered.query, passage: passage, grade: grade))
    ]
  }
}
