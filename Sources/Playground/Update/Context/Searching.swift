import Core

// From the question to the passages: what is searched when, and what comes back.

extension State {
  /// Reads the text as it is now, however long it is, and searches if the question is another.
  mutating func settle() -> [Effect] { readPartials() + readPrompt() }

  /// Reads the text with the partials that are known.
  mutating func readPrompt() -> [Effect] {
    pendingParsing = nil
    let effects = settle { $0.settle() }
    countTokens()
    return effects
  }

  /// - Parameters:
  ///   - question: what passages are searched with, where that is known: to find it out can mean to
  ///     fill in the whole prompt.
  ///   - read: tells the prompt what its text says.
  mutating func settle(
    question: String? = nil, _ read: (inout PromptPane) -> Void
  ) -> [Effect] {
    let focused = focusedFieldName
    let layout = promptLayout
    prompt.pinned = columns.compactMap(\.pinned?.prompt)
    read(&prompt)
    if let focused {
      if let place = prompt.fields.firstIndex(where: { $0.name == focused }) {
        focus = .field(place)
      } else {
        focus(on: .prompt)
      }
    }
    // Else everything stays as it stands, a text that was scrolled away from its cursor, too.
    if promptLayout != layout { reflow() }
    let question = question ?? prompt.question
    let hasPassages =
      question == context.query && prompt.givenPassages == context.givenPassages
    return readNewInputs() + (hasPassages ? [] : search(for: question))
  }

  /// The variable that is typed into; others may come to stand before it.
  private var focusedFieldName: String? {
    guard case .field(let place) = focus, prompt.fields.indices.contains(place) else { return nil }
    return prompt.fields[place].name
  }

  /// Searches for the question as it is now.
  mutating func search() -> [Effect] { search(for: prompt.question) }

  private mutating func search(for question: String) -> [Effect] {
    context.query = question
    context.pendingSearch = nil
    // What was changed is about the passages of one case, or about those of the index.
    if context.givenPassages != prompt.givenPassages { context.curation = PassageCuration() }
    context.givenPassages = prompt.givenPassages
    if let given = context.givenPassages {
      context.problem = nil
      return show(given)
    }
    guard let index = context.index, question.contains(where: { !$0.isWhitespace }) else {
      runsAfterSearch = false
      context.problem = nil
      return show([])
    }
    let request = SearchRequest(
      number: takeNumber(), query: question, index: index, retrieval: searchSettings)
    context.pendingSearch = request.number
    context.request = request
    return [.search(request)]
  }

  mutating func take(_ result: SearchResult) -> [Effect] {
    guard result.number == context.pendingSearch else { return takeForColumn(result) }
    context.pendingSearch = nil
    context.take(result, height: contextHeight)
    let counting = countTokensInTime()
    guard runsAfterSearch else { return counting + readRelevance() }
    runsAfterSearch = false
    return readRelevance() + settle() + runWithInputs()
  }

  mutating func searchFailed(_ number: Int, _ problem: String) -> [Effect] {
    guard number == context.pendingSearch else {
      return searchForColumnFailed(number, problem)
    }
    context.pendingSearch = nil
    context.fail(problem)
    let counting = countTokensInTime()
    // Answers without the passages that were asked for would mislead: nothing is sent.
    if runsAfterSearch {
      runsAfterSearch = false
      notice = Notice(.error, "Nothing was run: \(problem)")
    }
    return counting
  }

  private mutating func show(_ passages: [Passage]) -> [Effect] {
    context.passages = passages
    context.select(0, height: contextHeight)
    return countTokensInTime()
  }

  mutating func countTokens() {
    take(prompt.rehearse(passages: context.passages))
    recountParts()
    layOutExactText()
  }

  mutating func take(_ rehearsal: Rehearsal?) {
    isCountOutdated = rehearsal == nil
    guard let rehearsal else { return }
    prompt.missing = rehearsal.missing
    plainPromptTokens = rehearsal.plainTokens
  }

  // MARK: The context pane

  mutating func selectBefore() { selectPassage(context.selection - 1) }

  mutating func selectAfter() { selectPassage(context.selection + 1) }

  mutating func selectPassage(_ place: Int) {
    context.select(place, height: contextHeight)
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
    context.curation = PassageCuration()
    return search() + [.schedule(.saveDraft, after: 500)]
  }
}
