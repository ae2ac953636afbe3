import Core

// A moment is run again with something else: what it answered is what the new answers are compared
// with.

extension State {
  /// Pins what was answered, and asks what is to be something else.
  mutating func offerRerun() {
    let column = columns[0]
    guard !column.answer.text.isEmpty else {
      notice = Notice(.information, "It answered nothing that could be compared: ^R runs it again.")
      return
    }
    baseline = Baseline(
      number: takeNumber(), text: column.answer.text, name: Column.letter(of: 0),
      run: column.recordedRun, shownRun: column.run)
    if differenceView == .off { differenceView = .marks }
    notice = nil
    let items = [
      Picker.Item("As it is", detail: "runs at once", choice: .command(.run)),
      Picker.Item("Another model", detail: "then ^R", choice: .command(.pickModel)),
      Picker.Item(
        "Another version of the prompt", detail: "then ^R", choice: .command(.pickVersion)),
      Picker.Item("Another index", detail: "then ^R", choice: .command(.pickIndex)),
      Picker.Item("Something that is edited first", detail: "then ^R", choice: .stay),
    ]
    overlays.append(.picker(Picker(.rerun, items: items)))
  }
}
