import Core

// Variants that are asked several times: how often, and which of the attempts is shown.

extension State {
  mutating func askForRepeatCount() {
    let count = columns[currentColumn].variant.repeatCount
    overlays.append(
      .line(LineInput(.repeatCount(column: currentColumn), text: count == 1 ? "" : "\(count)")))
  }

  /// Has a column ask as often as a line says; one that can't be read stays open.
  mutating func `repeat`(column: Int, _ text: String) -> [Effect] {
    let counts = Variant.repeatCounts
    guard let count = text.isEmpty ? 1 : Int(text), counts.contains(count) else {
      notice = Notice(
        .error,
        "'\(text)' is no number from \(counts.lowerBound) to \(counts.upperBound).")
      return []
    }
    closeLine(for: .repeatCount(column: column))
    return change(variantOf: column) {
      $0.repeatCount = count
    } news: { letter in
      count == 1
        ? "\(letter) asks once."
        : "\(letter) asks \(count) times from now on: , and . go from answer to answer."
    }
  }

  /// Shows the attempt so many further on, or before when negative.
  mutating func showAttempt(by step: Int) {
    let index = currentColumn
    guard columns[index].attemptCount > 1 else {
      notice = Notice(.information, "There is one answer here: R has the column ask several times.")
      return
    }
    columns[index].show(attempt: columns[index].shownAttempt + step)
    let inside = columnInside(index)
    columns[index].reflow(width: inside.width, height: inside.height)
    // What holds for all columns may have been turned while it wasn't shown.
    columns[index].showSupport(showsSupport)
  }

  // MARK: Attempts that aren't shown

  /// The column and the attempt whose run has a number; nil for one that is nowhere any more.
  func place(ofRun number: Int) -> (column: Int, attempt: Int)? {
    if let index = columns.firstIndex(where: { $0.run == number }) {
      return (index, columns[index].shownAttempt)
    }
    for index in columns.indices {
      if let attempt = columns[index].attempt(ofRun: number) { return (index, attempt) }
    }
    return nil
  }

  /// Does something with an attempt as if it were the one that is shown.
  mutating func withAttempt<Result>(
    _ attempt: Int, inColumn index: Int, _ body: (inout State) -> Result
  ) -> Result {
    let shown = columns[index].shownAttempt
    columns[index].show(attempt: attempt)
    defer { columns[index].show(attempt: shown) }
    return body(&self)
  }
}
