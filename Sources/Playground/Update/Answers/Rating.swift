import Core

// What a person thinks of the answers.

extension State {
  /// Rates the answer of the current column; the same once more takes it back.
  mutating func rate(_ rating: Rating) -> [Effect] {
    let index = currentColumn
    guard let run = columns[index].recordedRun else {
      notice = Notice(
        .information,
        columns[index].phase == .empty
          ? "There is no answer to rate yet: ^R runs the prompt."
          : "This run is not kept, so it can't be rated.")
      return []
    }
    let rating = columns[index].rating == rating ? nil : rating
    // The same run may be shown in several columns.
    for place in columns.indices where columns[place].recordedRun == run {
      columns[place].rating = rating
    }
    return [.rate(run: run, rating)]
  }
}
