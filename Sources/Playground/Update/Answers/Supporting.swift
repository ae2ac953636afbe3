import Core

// What passages say of answers: asked for when an answer is whole, shown as underlines, and lit from
// either side: the passages of the sentence at the cursor, the sentences of the selected passage.

/// A passage that is lit in the context.
public struct LitPassage: Hashable, Sendable {
  /// As the run was given it.
  public var passage: Passage
  /// What supports the sentence at the cursor: UTF-8 offsets in its text.
  public var spans: [Range<Int>]
}

/// The sentence at the cursor, in a line that says what passages say of it.
public struct SupportLine: Hashable, Sendable {
  public var verdict: SupportVerdict
  public var text: String
}

/// What the lit sentences follow from; while that stays, so do they.
struct LitSource: Hashable, Sendable {
  var passage: PassageOrigin?
  /// Of each column, the run whose support is known.
  var runs: [Int?]
}

extension State {
  /// Does something, and has lights and examinations follow.
  mutating func followingSupport(_ work: (inout State) -> [Effect]) -> [Effect] {
    let effects = work(&self)
    lightPassages()
    lightSentences()
    return effects + examineSupport()
  }

  /// Asks for what isn't known yet of the answers that are shown.
  private mutating func examineSupport() -> [Effect] {
    let context = context
    return columns.indices.compactMap {
      columns[$0].takeSupportExamination(in: context).map(Effect.examineSupport)
    }
  }

  mutating func take(_ examined: ExaminedSupport) {
    guard let (index, attempt) = place(ofRun: examined.number) else { return }
    let isShown = showsSupport
    columns[index].change(attempt: attempt) { $0.take(examined, isShown: isShown) }
  }

  /// Takes the underlines away in all columns, or brings them back.
  mutating func toggleSupport() {
    showsSupport.toggle()
    for index in columns.indices { columns[index].showSupport(showsSupport) }
    notice = Notice(
      .information,
      showsSupport
        ? "Sentences that no passage supports are underlined." : "No sentence is underlined.")
  }

  // MARK: Lights

  /// What passages say of the sentence at the cursor; nil without one, and where the run had none.
  public var supportLine: SupportLine? {
    guard let column = columnWithCursor, let sentence = column.supportAtCursor else { return nil }
    let text = sentence.reason { place in
      let title = column.passages.indices.contains(place) ? column.passages[place].title : ""
      return "\(place + 1) \(title)"
    }
    return SupportLine(verdict: sentence.verdict, text: text)
  }

  private var columnWithCursor: Column? {
    guard case .column(let index) = focus, columns.indices.contains(index),
      columns[index].cursor != nil
    else { return nil }
    return columns[index]
  }

  /// Lights the passages that say something of the sentence at the cursor, and brings the first of
  /// them into sight.
  private mutating func lightPassages() {
    let column = columnWithCursor
    let lit = (column?.supportAtCursor?.evidence ?? []).compactMap { evidence in
      column?.passages.indices.contains(evidence.passage) == true
        ? column.map { LitPassage(passage: $0.passages[evidence.passage], spans: evidence.spans) }
        : nil
    }
    guard lit != context.lit else { return }
    context.light(lit, height: contextHeight)
  }

  /// Lights the sentences in all columns that the selected passage supports.
  private mutating func lightSentences() {
    let source = LitSource(
      passage: focus == .context ? context.selected?.original.origin : nil,
      runs: columns.map { $0.support == nil ? nil : $0.run })
    guard source != litSource else { return }
    litSource = source
    for index in columns.indices { columns[index].light(source.passage) }
  }
}
