import Core

// Leave-one-out: a column that asks the same without one of the passages, to see whether the answer
// rests on it.

/// A run that goes without a passage, and the answer that it is compared with.
struct LeftOut: Hashable, Sendable {
  /// The number of the run that had the passage; nil where the column had none yet.
  var base: Int?
  /// The passage's number and title.
  var label: String
}

extension State {
  /// Leaves the selected passage out.
  mutating func leavePassageOut() -> [Effect] {
    guard let selected = context.selected, selected.state == .given else {
      notice = Notice(.information, "No passage that the prompt is given is selected.")
      return []
    }
    return leaveOut(selected.original.origin, inColumn: currentColumn)
  }

  /// Asks which of the passages of a column is to be left out.
  mutating func pickPassageToLeaveOut() {
    let index = currentColumn
    let items = context.passages.enumerated().map { place, passage in
      Picker.Item(
        Self.label(of: passage, at: place), detail: passage.lineSpan,
        choice: .leaveOut(passage.origin, column: index))
    }
    overlays.append(
      .picker(
        Picker(.leaveOut(column: index), items: items, emptyText: "The prompt has no passages.")))
  }

  private static func label(of passage: Passage, at place: Int) -> String {
    "\(place + 1) \(passage.title)"
  }

  /// Adds a column that is like another one, but for a passage, and runs it alone.
  mutating func leaveOut(_ origin: PassageOrigin, inColumn index: Int) -> [Effect] {
    guard columns.indices.contains(index),
      let place = context.passages.firstIndex(where: { $0.origin == origin })
    else {
      notice = Notice(.information, "The prompt isn't given this passage.")
      return []
    }
    guard columns[index].variant.context == .shared else {
      notice = Notice(
        .information,
        "\(Column.letter(of: index)) has passages of its own: leave one out of a column that shares "
          + "those of the context.")
      return []
    }
    guard context.pendingSearch == nil, pendingInputs == nil else {
      notice = Notice(.information, "The passages are being searched for: try again then.")
      return []
    }
    let label = Self.label(of: context.passages[place], at: place)
    var variant = columns[index].variant
    variant.name = "without \(label)"
    variant.context = .without(origin)
    let base = columns[index].answer.isFinished ? columns[index].run : nil
    let count = columns.count
    let effects = insert(variant, after: index) { letter in
      "\(letter) asks the same as \(Column.letter(of: index)) without \(label)."
    }
    guard columns.count > count else { return effects }
    let runs = startRuns(of: [index + 1])
    if let run = columns[index + 1].run { leftOut[run] = LeftOut(base: base, label: label) }
    return effects + runs
  }

  /// Says whether an answer without a passage is another one, when its run has ended.
  mutating func compareLeftOut(run: Int) {
    guard let (index, _) = place(ofRun: run), !columns[index].isRunning,
      let left = leftOut.removeValue(forKey: run), columns[index].answer.error == nil
    else { return }
    let without = "Without \(left.label)"
    guard let base = left.base, let (other, _) = place(ofRun: base) else { return }
    let letter = Column.letter(of: other)
    let (before, after) = (columns[other].answer.text, columns[index].answer.text)
    if before == after {
      notice = Notice(.information, "\(without), the answer is the same as that of \(letter).")
    } else if let agreement = Agreement(before, after, effort: Self.comparisonEffort) {
      notice = Notice(
        .warning,
        "\(without), the answer is another one: \(agreement.percent) % of its words agree with those "
          + "of \(letter).")
    } else {
      notice = Notice(.warning, "\(without), the answer is another one than that of \(letter).")
    }
  }

  /// What a comparison may take beside the keys: a few milliseconds.
  private static let comparisonEffort = 1_000_000
}
