import Core
import Testing

@testable import Playground

@Suite("Columns")
struct ColumnTests {
  private static let longText = (0..<60).map { "row \($0)" }.joined(separator: "\n")

  /// A playground whose first column streams more than fits.
  private func streaming(_ text: String = longText) -> State {
    var state = State.settled()
    state.press("ctrl-r")
    state.stream(0, .text(text))
    state.focus(on: .column(0))
    return state
  }

  private func height(_ state: State) -> Int { state.columnInside(0).height }

  @Test("A column is added with the model of the last, up to eight")
  func add() {
    var state = State.settled(columns: 1)
    state.press("alt-a")
    #expect(state.columns.map(\.model) == [.sample(0), .sample(0)])
    #expect(state.focus == .column(1))
    #expect(state.picker?.kind == .models(column: 1))
    for _ in 0..<9 { state.press("escape alt-a") }
    #expect(state.columns.count == 8)
    #expect(state.notice?.text == "There is room for 8 columns at most.")
  }

  @Test("The focused column is removed, its run cancelled; the last one stays")
  func remove() {
    var state = State.settled(columns: 3)
    let numbers = State.started(by: state.press("ctrl-r")).map(\.number)
    state.focus(on: .column(2))
    #expect(state.press("x") == [.cancelRuns([numbers[2]]), .schedule(.saveDraft, after: 500)])
    #expect(state.focus == .column(1))
    #expect(state.columns.map(\.model) == [.sample(0), .sample(1)])
    state.press("x x x")
    #expect(state.columns.map(\.model) == [.sample(0)])
    #expect(state.notice?.kind == .information)
  }

  @Test("Left and right go from column to column, no further")
  func focus() {
    var state = State.settled(columns: 3)
    state.focus(on: .column(0))
    state.press("right right right")
    #expect(state.focus == .column(2))
    state.press("h h h h")
    #expect(state.focus == .column(0))
  }

  @Test("Tab goes through prompt, fields, context and columns, and around")
  func panes() {
    var state = State.sample(prompt: "{{a}} {{b}}", columns: 2)
    var visited: [Focus] = []
    for _ in 0..<7 {
      visited.append(state.focus)
      state.press("tab")
    }
    #expect(
      visited == [
        .prompt, .field(0), .field(1), .context, .column(0), .column(1), .prompt,
      ])
    state.press("shift-tab shift-tab")
    #expect(state.focus == .column(1))
  }

  @Test("The end stays in sight while it grows")
  func follows() {
    var state = streaming()
    let column = state.columns[0]
    #expect(column.follows)
    #expect(column.top + height(state) >= column.view.rowCount)
    state.stream(0, .text(Self.longText))
    #expect(state.columns[0].top > column.top)
  }

  @Test("Who has scrolled up stays where they are, until they go to the end")
  func stays() {
    var state = streaming()
    state.press("g")
    #expect(state.columns[0].top == 0)
    state.stream(0, .text(Self.longText))
    #expect(state.columns[0].top == 0)
    state.press("down page-down")
    #expect(state.columns[0].top == height(state))
    state.press("G")
    state.stream(0, .text(Self.longText))
    #expect(state.columns[0].follows)
    #expect(state.columns[0].top + height(state) >= state.columns[0].view.rowCount)
  }

  @Test("A column goes on following its end over a change of width")
  func followsOverResize() {
    var state = streaming(String(repeating: "many words in one line ", count: 80))
    state.take(.resize(Size(width: 80, height: 30)))
    let column = state.columns[0]
    #expect(column.follows)
    #expect(column.top + height(state) >= column.view.rowCount)
  }

  @Test("An answer that was opened is read from its top, also at another width")
  func openedAnswer() {
    var state = State.settled()
    _ = update(
      &state, .runsLoaded([.sample(0, text: Self.longText)], .show))
    #expect(state.columns[0].top == 0)
    state.take(.resize(Size(width: 80, height: 30)))
    #expect(state.columns[0].top == 0)
  }

  @Test("Thinking is folded to a line, and unfolds")
  func thinking() {
    var state = State.settled()
    state.press("ctrl-r")
    state.stream(0, .thinking("one\ntwo"), .text("answer"))
    state.focus(on: .column(0))
    #expect(
      state.columns[0].view.rows(in: 0..<9) == [
        AnswerRow("▸ thinking, ≈2 tok (t unfolds)", .thinking),
        AnswerRow("answer", .text, source: 0..<6),
      ])
    state.press("t")
    #expect(
      state.columns[0].view.rows(in: 0..<9).map(\.text) == [
        "▾ thinking, ≈2 tok", "one", "two", "answer",
      ])
    #expect(state.columns[0].view.rows(in: 2..<3) == [AnswerRow("two", .thinking)])
  }

  @Test("Whether thinking is unfolded stays from run to run")
  func thinkingStaysUnfolded() {
    var state = State.settled()
    state.focus(on: .column(0))
    state.press("t ctrl-r")
    #expect(state.columns[0].view.mode.showsThinking)
  }

  @Test("An answer shows refusal, tool calls and how it ended, in this order")
  func sections() {
    var state = State.settled()
    state.press("ctrl-r")
    state.stream(
      0, .text("so"), .refusal("no"),
      .toolCall(ToolCallFragment(index: 0, id: "1", name: "look", arguments: "{}")),
      .finish(.length))
    #expect(
      state.columns[0].view.rows(in: 0..<20) == [
        AnswerRow("so", .text, source: 0..<2), AnswerRow("refused:", .refusal),
        AnswerRow("no", .refusal),
        AnswerRow("▸ tool call: look, ≈2 tok (T unfolds)", .partHeading),
        AnswerRow("Cut off at the token limit.", .warning),
      ])
  }

  @Test("A tool call of an impossible place is kept at the nearest one")
  func toolCallPlaces() {
    var state = State.settled()
    state.press("ctrl-r")
    state.stream(0, .toolCall(ToolCallFragment(index: -2, name: "first")))
    state.stream(0, .toolCall(ToolCallFragment(index: .max, name: "last")))
    let calls = state.columns[0].answer.toolCalls
    #expect(calls.first?.name == "first")
    #expect(calls.last?.name == "last")
    #expect(calls.count == 128)
  }

  @Test(
    "Each way to end but the good ones is told",
    arguments: [
      (FinishReason.stop, ""), (.toolCalls, ""), (.length, "Cut off at the token limit."),
      (.contentFilter, "Stopped by the server's content filter."), (.cancelled, "Cancelled."),
      (.interrupted, "whet ended while this streamed."), (.error, "The run failed."),
      (.truncated, "The connection ended before the answer did."),
    ])
  func endings(reason: FinishReason, sentence: String) {
    var state = State.settled()
    state.press("ctrl-r")
    state.stream(0, .finish(reason))
    #expect(
      state.columns[0].view.rows(in: 0..<9)
        == (sentence.isEmpty ? [] : rows(of: sentence, reason == .error ? .error : .warning)))
  }

  private func rows(of sentence: String, _ face: AnswerFace) -> [AnswerRow] {
    let wrapped = WrappedText(sentence, width: State.settled().columns[0].view.width)
    return wrapped.rows.map { AnswerRow(String(wrapped.text(of: $0)), face) }
  }

  @Test("An answer is copied once there is one")
  func copy() {
    var state = streaming("An answer.")
    #expect(state.press("y") == [.terminal(.copy("An answer."))])
    state.focus(on: .column(1))
    #expect(state.press("y").isEmpty)
    #expect(state.notice?.text == "There is no answer to copy yet.")
  }

  @Test("A finished answer stays in sight when its pane grows or its thinking is folded")
  func staysInSight() {
    var column = Column(Variant(.echo), width: 20)
    let lines = (1...60).map { "line \($0)" }.joined(separator: "\n")
    column.begin(run: 1, inputTokens: 0)
    column.apply(
      StreamUpdate(
        number: 1, time: 1, wire: .body([]),
        events: [.thinking(lines), .text("done"), .finish(.stop)]),
      height: 8)
    column.toggle(\.showsThinking, height: 8)
    column.scrollToEnd(height: 8)
    column.toggle(\.showsThinking, height: 8)
    #expect(column.top == 0)
    column.toggle(\.showsThinking, height: 8)
    column.scrollToEnd(height: 8)
    column.scroll(by: -1, height: 8)
    column.reflow(width: 200, height: 40)
    #expect(column.view.rows(in: column.top..<column.top + 40).count == 40)
  }
}
