import Core

// The baseline is pinned and let go, the other answers are compared with it, and what differs is
// shown in the columns.

extension State {
  /// Makes the current column's answer the baseline; the answer that it is already is let go.
  mutating func pinBaseline() -> [Effect] {
    let index = currentColumn
    let column = columns[index]
    let letter = Column.letter(of: index)
    if showsBaseline(column) {
      baseline = nil
      notice = Notice(.information, "Nothing is compared with \(letter) any more.")
      return [.schedule(.saveDraft, after: 500)]
    }
    guard column.answer.isFinished, !column.answer.text.isEmpty else {
      notice = Notice(
        .information,
        column.isRunning
          ? "The answer is still coming: b pins it once it is whole."
          : "There is no answer to compare with here: ^R runs the prompt.")
      return []
    }
    baseline = Baseline(
      number: takeNumber(), text: column.answer.text, name: letter, run: column.recordedRun,
      shownRun: column.run)
    if differenceView == .off { differenceView = .marks }
    notice = Notice(.success, "The other answers are compared with \(letter): d shows how.")
    return [.schedule(.saveDraft, after: 500)]
  }

  /// Shows what differs in the next way.
  mutating func showDifferenceNextWay() {
    guard let label = baselineLabel else {
      notice = Notice(
        .information, "There is nothing to compare with yet: b pins this answer as the baseline.")
      return
    }
    differenceView = differenceView.next
    let words =
      switch differenceView {
      case .off: "What differs from \(label) is not shown."
      case .marks: "What differs from \(label) is marked."
      case .full: "The words of \(label) that are missing stand in their places."
      case .changes: "Only what differs from \(label) is shown."
      }
    notice = Notice(.information, words)
  }

  /// The baseline of the last start is asked for, whether a column shows it or not.
  func loadBaseline() -> [Effect] { draftBaseline.map { [.loadBaseline(run: $0)] } ?? [] }

  /// Takes in the baseline of the last start, unless another was pinned meanwhile.
  mutating func take(baseline recorded: RecordedRun) {
    guard baseline == nil, draftBaseline == recorded.run.id else { return }
    draftBaseline = nil
    baseline = Baseline(
      number: takeNumber(), text: recorded.answer.text,
      name: Column.letter(of: recorded.run.column), run: recorded.run.id, shownRun: nil)
    if differenceView == .off { differenceView = .marks }
  }

  // MARK: Comparing

  /// Does something, and has the answers compared that it has brought, or brought a baseline for.
  mutating func comparingAnswers(_ work: (inout State) -> [Effect]) -> [Effect] {
    let effects = work(&self)
    guard baseline != nil || columns.contains(where: { $0.comparison != nil }) else {
      return effects
    }
    return effects + compareAnswers(isDue: false)
  }

  /// Asks for what is still to be compared.
  ///
  /// - Parameter isDue: whether answers that are still coming are compared as far as they are.
  mutating func compareAnswers(isDue: Bool) -> [Effect] {
    var effects: [Effect] = []
    for index in columns.indices {
      let column = columns[index]
      guard let baseline, let run = column.run, !baseline.isShown(in: column) else {
        columns[index].comparison = nil
        showDifference(inColumn: index)
        continue
      }
      var comparison = column.comparison ?? ColumnComparison(with: baseline.number)
      if comparison.baseline != baseline.number {
        comparison = ColumnComparison(with: baseline.number)
      }
      let extent = ColumnComparison.Extent(
        length: column.answer.text.utf8.count, isComplete: column.answer.isFinished)
      if comparison.needs(extent) {
        if extent.isComplete || isDue {
          comparison.begin(extent)
          effects.append(
            .compareAnswers(
              AnswerComparing(
                run: run, baseline: baseline.number, old: baseline.text, new: column.answer.text,
                isComplete: extent.isComplete)))
        } else if differenceView != .off, !awaitsComparison {
          awaitsComparison = true
          effects.append(.schedule(.compare, after: Self.comparisonMilliseconds))
        }
      }
      columns[index].comparison = comparison
      showDifference(inColumn: index)
    }
    return effects
  }

  /// An answer that is still coming is compared this often at most.
  private static let comparisonMilliseconds = 250.0

  mutating func compareInTime() -> [Effect] {
    awaitsComparison = false
    return compareAnswers(isDue: true)
  }

  mutating func take(_ compared: ComparedAnswer) {
    guard let (index, attempt) = place(ofRun: compared.run) else { return }
    columns[index].change(attempt: attempt) { column in
      guard column.comparison?.baseline == compared.baseline else { return }
      column.comparison?.end(compared.difference)
    }
  }

  private mutating func showDifference(inColumn index: Int) {
    columns[index].showDifference(as: differenceView, height: columnInside(index).height)
  }
}
