import Core

// Scores, notes and tags of answers.

extension State {
  /// Gives the answer of the current column a score; the same once more takes it back.
  mutating func score(_ score: Int) -> [Effect] {
    guard let run = remarkableRun() else { return [] }
    return changeRemark(of: run) { $0.score = $0.score == score ? nil : score }
  }

  mutating func askForNote() {
    guard let run = remarkableRun() else { return }
    overlays.append(.line(LineInput(.note(run: run), text: columns[currentColumn].remark.note)))
  }

  mutating func askForTags() -> [Effect] {
    remarkableRun().map { [.readTags(run: $0)] } ?? []
  }

  /// Opens the line for the tags of a run, with those that are in use to choose from.
  mutating func showTags(inUse tags: [String], of run: Identifier) {
    guard let remark = columns.first(where: { $0.recordedRun == run })?.remark else { return }
    let text = remark.tags.isEmpty ? "" : remark.tags.joined(separator: ", ")
    overlays.append(.line(LineInput(.tags(run: run, inUse: tags), text: text)))
  }

  mutating func note(_ text: String, on run: Identifier) -> [Effect] {
    changeRemark(of: run) { $0 = Remark(score: $0.score, note: text, tags: $0.tags) }
  }

  mutating func tag(_ run: Identifier, with line: String) -> [Effect] {
    changeRemark(of: run) {
      $0 = Remark(score: $0.score, note: $0.note, tags: Remark.tags(in: line))
    }
  }

  /// The run whose answer the current column shows; nil, with a notice, for one that isn't kept.
  private mutating func remarkableRun() -> Identifier? {
    let column = columns[currentColumn]
    if column.recordedRun == nil {
      notice = Notice(
        .information,
        column.phase == .empty
          ? "There is no answer to remark on yet: ^R runs the prompt."
          : "This run is not kept, so nothing can be said of it.")
    }
    return column.recordedRun
  }

  private mutating func changeRemark(
    of run: Identifier, _ change: (inout Remark) -> Void
  ) -> [Effect] {
    // The same run may be shown in several columns.
    let places = columns.indices.filter { columns[$0].recordedRun == run }
    guard let first = places.first else { return [] }
    var remark = columns[first].remark
    change(&remark)
    for place in places { columns[place].remark = remark }
    return [.remark(run: run, remark)]
  }
}

extension LineInput {
  /// Completes the tag that is being typed with the first in use that begins so.
  mutating func completeTag() {
    guard case .tags(_, let inUse) = purpose else { return }
    let typed = editor.text.split(separator: ",", omittingEmptySubsequences: false).last ?? ""
    let beginning = typed.drop(while: \.isWhitespace)
    guard !beginning.isEmpty, let tag = inUse.first(where: { $0.hasPrefix(beginning) }) else {
      return
    }
    editor.move(.textEnd)
    editor.insert(String(tag.dropFirst(beginning.count)))
  }
}
