import Core
import Evaluation

// From the grid to the panes and back: a case is opened, its prompt is changed, and what it says then
// becomes a variant. And cases that are made in the panes.

extension State {
  /// Opens the selected case in the panes, with the marked variants as columns.
  mutating func openCase() -> [Effect] {
    guard let grid = evaluations.grid, let place = grid.selectedCase else { return [] }
    // The selected one comes first: its prompt is the one that is edited.
    let wanted = [grid.column] + grid.marked.sorted().filter { $0 != grid.column }
    let answered = wanted.filter { variant in
      grid.results(place, variant).contains { $0?.finishReason != nil }
    }
    guard let first = answered.first else {
      let error = grid.results(place, grid.column).compactMap { $0?.error }.first
      notice = Notice(
        .information, error.map { "There is no answer: \($0)" } ?? "It was not asked yet.")
      return []
    }
    let record = grid.record
    evaluations.opened = OpenedCase(evaluation: record.id, variant: first)
    return [
      .evaluations(
        .openCase(
          CaseOpening(
            evaluation: record.id, name: record.name, startedAt: record.startedAt,
            repeatCount: record.repeatCount, testCase: record.cases[place], place: place,
            columns: answered.prefix(Self.mostColumns).map { .init($0, record.variants[$0]) })))
    ]
  }

  /// Makes the prompt as it stands a variant of the evaluation that its case is of, and asks the cases
  /// first that the variant failed which it was made from.
  mutating func runAsVariant() -> [Effect] {
    guard let opened = evaluations.opened, let grid = evaluations.grid,
      grid.record.id == opened.evaluation, grid.record.variants.indices.contains(opened.variant)
    else {
      notice = Notice(
        .information, "Open a case of an evaluation first: M-E lists them, Enter opens.")
      return []
    }
    let record = grid.record
    let base = record.variants[opened.variant]
    var variant = base
    variant.promptText = prompt.editor.text
    variant.kind = nil
    if columns.indices.contains(currentColumn) {
      let asked = columns[currentColumn].variant
      variant.asked.model = asked.model
      variant.asked.parameters = asked.parameters
    }
    guard variant != base else {
      notice = Notice(
        .information, "Nothing differs from '\(base.name)' yet: change the prompt first.")
      return []
    }
    let names = Set(record.variants.map(\.name))
    let numbered = (2...(names.count + 2)).map { "\(base.name) #\($0)" }
    variant.name = numbered.first { !names.contains($0) } ?? base.name
    variant.asked.name = ""
    var plan = EvaluationPlan(
      name: record.name, path: record.path, cases: record.cases,
      variants: record.variants + [variant])
    plan.repeatCount = record.repeatCount
    let failed = record.cases.indices.filter { grid.cell($0, opened.variant).failed > 0 }
    return start(EvaluationStart(plan, first: Set(failed)))
  }

  // MARK: Cases from the panes

  /// Adds the inputs, with the answer as it is or was corrected, to a dataset; asks for its file the
  /// first time.
  mutating func saveCase() -> [Effect] {
    guard prompt.inputs.contains(where: { !$0.value.isEmpty }) else {
      notice = Notice(.information, "There are no inputs that could be a case.")
      return []
    }
    guard let path = evaluations.casePath else {
      let beside = prompt.path.map { $0.split(separator: "/").last.map(String.init) ?? $0 }
      let stem = (beside ?? prompt.name).prefix { $0 != "." }
      overlays.append(.line(LineInput(.caseFile, text: "\(stem).jsonl")))
      return []
    }
    return saveCase(to: path)
  }

  mutating func saveCase(to path: String) -> [Effect] {
    evaluations.casePath = path
    let column = columns.indices.contains(currentColumn) ? columns[currentColumn] : nil
    let answer = column?.wantedText ?? ""
    return [
      .evaluations(
        .saveCase(
          SavedCase(
            path: path, promptPath: prompt.path, inputs: prompt.valueTexts,
            expected: answer.isEmpty ? nil : answer)))
    ]
  }
}
