import Core

// From the question to the passages: what is searched when, and what comes back.

extension State {
  /// The text has been left alone for a moment: reads it, and searches if the question is another.
  mutating func settle() -> [Effect] {
    prompt.settle()
    if case .field(let place) = focus, !prompt.fields.indices.contains(place) { focus = .prompt }
    reflow()
    countTokens()
    return prompt.question == context.query ? [] : search()
  }

  /// Searches for the question as it is now.
  mutating func search() -> [Effect] {
    let question = prompt.question
    context.query = question
    context.pendingSearch = nil
    guard let index = context.index, question.contains(where: { !$0.isWhitespace }) else {
      context.passages = []
      context.cut = []
      context.problem = nil
      context.select(0, height: contextHeight)
      return []
    }
    let number = takeNumber()
    context.pendingSearch = number
    return [
      .search(
        SearchRequest(
          number: number, query: question, index: index, retrieval: context.settings))
    ]
  }

  mutating func take(_ result: SearchResult) -> [Effect] {
    guard result.number == context.pendingSearch else { return [] }
    context.pendingSearch = nil
    context.problem = nil
    context.passages = result.passages
    context.cut = result.cut
    context.indexSize = result.indexSize
    countTokens()
    context.select(0, height: contextHeight)
    return startAwaitedRuns()
  }

  mutating func searchFailed(_ number: Int, _ problem: String) -> [Effect] {
    guard number == context.pendingSearch else { return [] }
    context.pendingSearch = nil
    context.problem = problem
    context.passages = []
    context.cut = []
    // Answers without the passages that were asked for would mislead: nothing is sent.
    if runsAfterSearch {
      runsAfterSearch = false
      notice = Notice(.error, "Nothing was run: \(problem)")
    }
    return []
  }

  mutating func countTokens() {
    guard let filled = try? prompt.fill(passages: context.passages) else { return }
    promptTokens = TokenEstimate.tokens(in: filled.messages)
  }

  private mutating func startAwaitedRuns() -> [Effect] {
    guard runsAfterSearch else { return [] }
    runsAfterSearch = false
    return startRuns()
  }

  // MARK: The context pane

  mutating func selectPassage(_ place: Int) {
    context.select(place, height: contextHeight)
  }

  mutating func readPassage() {
    guard context.found.indices.contains(context.selection) else { return }
    overlays.append(.passage(PassageReader(passage: context.found[context.selection])))
  }

  mutating func changeLimit(by step: Int) -> [Effect] {
    context.settings.limit = max(1, min(context.settings.limit + step, 50))
    return search()
  }

  mutating func showIndexes(_ names: [String]) {
    let items =
      names.map { Picker.Item($0, choice: .index($0)) }
      + [Picker.Item("none", detail: "run without passages", choice: .index(nil))]
    overlays.append(.picker(Picker(.indexes, items: items)))
  }

  mutating func pickIndex(_ name: String?) -> [Effect] {
    context.index = name
    context.indexSize = nil
    return search() + [.schedule(.saveDraft, after: 500)]
  }
}
