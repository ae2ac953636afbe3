import Core
import Testing

@testable import Playground

@Suite("Comparing answers with a baseline")
struct ComparingTests {
  /// Two columns with whole answers; the focus is on the first.
  private func answered(_ texts: String...) -> State {
    var state = State.settled(columns: texts.count)
    state.press("ctrl-r")
    for (index, text) in texts.enumerated() { finish(&state, index, text) }
    state.focus(on: .column(0))
    return state
  }

  @discardableResult
  private func finish(_ state: inout State, _ column: Int, _ text: String) -> [Effect] {
    state.stream(column, .text(text))
    return state.stream(column, .finish(.stop), wire: .end(.complete))
  }

  private func comparisons(in effects: [Effect]) -> [AnswerComparing] {
    effects.compactMap { if case .compareAnswers(let comparing) = $0 { comparing } else { nil } }
  }

  /// Carries out what was asked to be compared.
  private func compare(_ effects: [Effect], in state: inout State) {
    for comparing in comparisons(in: effects) {
      _ = update(&state, .answerCompared(comparing.result()))
    }
  }

  private func shownTexts(of column: Int, in state: State) -> [String] {
    state.columns[column].view.rows(in: 0..<100).map(\.text)
  }

  @Test("b has the other answers compared with this one, and marks what differs in them")
  func pin() throws {
    var state = answered("thirty days of delivery", "fourteen days", "thirty days of delivery")
    let effects = state.press("b")
    #expect(state.baselineLabel == "A")
    #expect(
      comparisons(in: effects).map(\.old) == Array(repeating: "thirty days of delivery", count: 2))
    #expect(effects.contains(.schedule(.saveDraft, after: 500)))
    compare(effects, in: &state)
    #expect(state.columns[0].comparison == nil)
    #expect(
      state.columns[1].marks[.difference] == [
        AnswerMark(0..<8, .added), AnswerMark(12..<13, .omission),
      ])
    #expect(state.columns[1].comparison?.difference?.agreement?.percent == 33)
    #expect(state.columns[2].marks[.difference].isEmpty)
    #expect(state.columns[2].comparison?.difference?.agreement?.percent == 100)
    // Nothing is asked for twice.
    #expect(comparisons(in: state.press("right")).isEmpty)
  }

  @Test("b once more lets the baseline go, and what was marked")
  func unpin() {
    var state = answered("one two", "one three")
    compare(state.press("b"), in: &state)
    #expect(!state.columns[1].marks[.difference].isEmpty)
    state.press("b")
    #expect(state.baseline == nil)
    #expect(state.columns[1].marks[.difference].isEmpty)
    #expect(state.columns[1].comparison == nil)
  }

  @Test("Only a whole answer can be pinned, and without one there is nothing to compare with")
  func refusals() {
    var state = State.settled(columns: 2)
    state.focus(on: .column(0))
    state.press("b")
    #expect(state.baseline == nil)
    state.press("d")
    #expect(state.differenceView == .off)
    state.press("ctrl-r")
    state.stream(0, .text("so far"))
    state.press("b")
    #expect(state.baseline == nil)
  }

  @Test("d shows marks, then what is missing, then only what differs, then nothing")
  func views() {
    var state = answered("same\nthirty days of delivery\nend\nend", "same\nthirty days\nend\nend")
    compare(state.press("b"), in: &state)
    #expect(state.columns[1].view.textRows == nil)
    state.press("d")
    #expect(shownTexts(of: 1, in: state) == ["same", "thirty days of delivery", "end", "end"])
    let missing = state.columns[1].view.rows(in: 1..<2)[0].pieces.last
    #expect(missing == AnswerRow.Piece(" of delivery", .removed))
    #expect(state.columns[1].marks[.difference].isEmpty)
    state.press("d")
    #expect(
      shownTexts(of: 1, in: state) == ["same", "thirty days of delivery", "⋯ 2 lines alike"])
    state.press("d")
    #expect(state.columns[1].view.textRows == nil)
    #expect(state.columns[1].marks[.difference].isEmpty)
    state.press("d")
    #expect(!state.columns[1].marks[.difference].isEmpty)
  }

  @Test("Answers that are JSON are compared by value")
  func values() {
    var state = answered(#"{"days":30,"b":1}"#, #"{"b":1.0,"days":14}"#)
    compare(state.press("b"), in: &state)
    state.press("d d")
    #expect(shownTexts(of: 1, in: state) == ["1 value differs", ".days: 30 → 14"])
  }

  @Test("The baseline stays the pinned answer when its column is run again")
  func rerun() {
    var state = answered("old answer", "other")
    compare(state.press("b"), in: &state)
    state.press("ctrl-r")
    #expect(state.baselineLabel == "old A")
    #expect(state.columns[1].marks[.difference].isEmpty)
    let effects = finish(&state, 0, "new answer")
    #expect(comparisons(in: effects).map(\.old) == ["old answer"])
    #expect(comparisons(in: effects).map(\.new) == ["new answer"])
    // The new answer can be pinned in its stead.
    compare(effects, in: &state)
    state.press("b")
    #expect(state.baselineLabel == "A")
    #expect(state.baseline?.text == "new answer")
  }

  @Test("While an answer comes, it is compared as far as it is, in a moment and not before")
  func streaming() throws {
    var state = answered("one two three four", "x")
    compare(state.press("b"), in: &state)
    state.press("ctrl-r")
    let first = state.stream(1, .text("one "))
    #expect(comparisons(in: first).isEmpty)
    #expect(first.contains(.schedule(.compare, after: 250)))
    #expect(!state.stream(1, .text("2 ")).contains(.schedule(.compare, after: 250)))
    let due = update(&state, .timer(.compare))
    let comparing = try #require(comparisons(in: due).first)
    #expect(comparing.new == "one 2 ")
    #expect(!comparing.isComplete)
    // One at a time: what comes meanwhile waits for the next.
    state.stream(1, .text("three"))
    #expect(comparisons(in: update(&state, .timer(.compare))).isEmpty)
    compare(due, in: &state)
    #expect(state.columns[1].marks[.difference] == [AnswerMark(4..<6, .added)])
    #expect(state.columns[1].comparison?.difference?.agreement == nil)
    let end = state.stream(1, .finish(.stop), wire: .end(.complete))
    #expect(comparisons(in: end).map(\.isComplete) == [true])
  }

  @Test("An answer that ended while it was compared is compared once more, whole")
  func endWhileComparing() throws {
    var state = answered("one two", "x")
    state.press("b")
    state.press("ctrl-r")
    state.stream(1, .text("one"))
    let due = update(&state, .timer(.compare))
    #expect(comparisons(in: finish(&state, 1, " two")).isEmpty)
    let comparing = try #require(comparisons(in: due).first)
    let next = update(&state, .answerCompared(comparing.result()))
    #expect(comparisons(in: next).map(\.new) == ["one two"])
  }

  @Test("What was compared for another run or another baseline is dropped")
  func stale() throws {
    var state = answered("one two", "one three", "four")
    let comparing = try #require(comparisons(in: state.press("b")).first)
    state.press("right right b")
    _ = update(&state, .answerCompared(comparing.result()))
    #expect(state.columns[1].marks[.difference].isEmpty)
    state.press("ctrl-r")
    _ = update(&state, .answerCompared(comparing.result()))
    #expect(state.columns[1].comparison?.difference == nil)
  }

  @Test("A column that changes its width lays the difference out anew")
  func reflow() {
    var state = answered("one two three", "one three four five six seven eight nine ten eleven")
    compare(state.press("b"), in: &state)
    state.press("d")
    state.take(.resize(Size(width: 60, height: 20)))
    #expect(
      shownTexts(of: 1, in: state).joined()
        == "one two three four five six seven eight nine ten eleven")
    state.take(.resize(Size(width: 105, height: 30)))
    state.press("d d d")
    #expect(!state.columns[1].marks[.difference].isEmpty)
  }

  @Test("The baseline is found again after a restart, by its run")
  func restart() throws {
    var state = answered("kept answer", "other")
    _ = update(
      &state,
      .runsBegan([BegunRun(number: try #require(state.columns[0].run), id: "run-1", version: nil)]))
    state.press("b")
    #expect(state.draft.baseline == "run-1")

    var draft = state.draft
    draft = Draft(json: draft.json)
    var next = State(
      size: Size(width: 105, height: 30), draft: draft, models: [], defaults: [.extractive],
      retrieval: RetrievalSettings())
    #expect(next.start().contains(.loadBaseline(run: "run-1")))
    #expect(next.draft.baseline == "run-1")
    // That of the second column then, by the sample's place.
    _ = update(&next, .baselineLoaded(.sample(1, text: "kept answer")))
    #expect(next.baseline?.text == "kept answer")
    #expect(next.baselineLabel == "old B")
    #expect(next.draft.baseline == "run-1")
  }

  @Test("E asks for a file, and has the kept runs written to it, the baseline among them")
  func export() throws {
    var state = answered("one", "two")
    state.press("E")
    #expect(state.overlays.isEmpty)
    let begun = try (0..<2).map { index in
      BegunRun(number: try #require(state.columns[index].run), id: "run-\(index)", version: nil)
    }
    _ = update(&state, .runsBegan(begun))
    state.press("b E")
    guard case .line(let line)? = state.overlays.last else {
      Issue.record("nothing asks for a file")
      return
    }
    #expect(line.editor.text == "sample-comparison.html")
    #expect(
      state.press("enter").contains(
        .exportComparison(
          ComparisonExport(
            promptName: "sample",
            entries: [.init(name: "A", run: "run-0"), .init(name: "B", run: "run-1")],
            baseline: "run-0", path: "sample-comparison.html"))))
  }
}
