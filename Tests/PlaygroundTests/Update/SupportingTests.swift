import Core
import Testing

@testable import Playground

@Suite("Support in columns")
struct SupportingTests {
  private static let answer = "You have thirty days. Bananas are yellow. You have 14 days [9]."

  /// Two columns that have answered from three passages, which all say the same.
  private static func answered(_ text: String = answer) -> (State, [SupportExamination]) {
    var state = State.settled()
    state.press("ctrl-r")
    var effects: [Effect] = []
    for column in 0..<2 {
      state.stream(column, .text(text))
      effects += state.stream(column, .finish(.stop))
    }
    return (state, examinations(in: effects))
  }

  private static func examinations(in effects: [Effect]) -> [SupportExamination] {
    effects.reduce(into: []) {
      if case .examineSupport(let examination) = $1 { $0.append(examination) }
    }
  }

  private static func take(_ examination: SupportExamination, _ state: inout State) {
    let support = AnswerSupport(
      of: examination.text, by: examination.passages.map(SupportPassage.init))
    _ = update(
      &state,
      .supportExamined(
        ExaminedSupport(
          number: examination.number, length: examination.text.utf8.count, support: support)))
  }

  /// Two columns whose answers were examined.
  private static func examined() -> State {
    var (state, examinations) = answered()
    for examination in examinations { take(examination, &state) }
    return state
  }

  private static func marked(_ state: State, _ layer: AnswerMarks.Layer) -> [String] {
    state.columns[0].marks[layer].map { mark in
      String(decoding: Array(answer.utf8)[mark.range], as: UTF8.self)
    }
  }

  @Test("An answer is examined once, when it is whole, by the passages of its run")
  func examinedOnce() {
    var state = State.settled()
    state.press("ctrl-r")
    #expect(Self.examinations(in: state.stream(0, .text("You have"))).isEmpty)
    let asked = Self.examinations(in: state.stream(0, .text(" time."), .finish(.stop)))
    #expect(asked.map(\.text) == ["You have time."])
    #expect(asked.first?.passages == state.context.passages)
    #expect(Self.examinations(in: state.press("alt-x")).isEmpty)
  }

  @Test("A run without passages is not examined")
  func noPassages() {
    var state = State.sample(index: nil)
    _ = state.start()
    state.press("ctrl-r")
    #expect(Self.examinations(in: state.stream(0, .text("A."), .finish(.stop))).isEmpty)
  }

  @Test("A run whose passages have lost their texts is not examined")
  func passagesWithoutTexts() {
    var state = State.settled()
    for place in state.context.passages.indices { state.context.passages[place].text = "" }
    state.press("ctrl-r")
    #expect(Self.examinations(in: state.stream(0, .text("A."), .finish(.stop))).isEmpty)
  }

  @Test("What no passage says is marked, and citations that don't fit; u takes the marks away")
  func marks() {
    var state = Self.examined()
    #expect(
      Self.marked(state, .support) == ["Bananas are yellow.", "You have 14 days ", "[9]", "."])
    #expect(
      state.columns[0].marks[.support].map(\.kind)
        == [.unsupported, .unsupported, .citationMisfit, .unsupported])
    state.focus(on: .column(0))
    state.press("u")
    #expect(Self.marked(state, .support).isEmpty)
    state.press("u")
    #expect(Self.marked(state, .support).count == 4)
  }

  @Test("What was found of an answer that is gone is dropped")
  func stale() throws {
    var (state, examinations) = Self.answered()
    state.press("ctrl-r")
    Self.take(try #require(examinations.first), &state)
    #expect(state.columns[0].support == nil)
    #expect(state.columns[0].marks.isEmpty)
  }

  @Test("The sentence at the cursor lights its passages and says why")
  func cursor() throws {
    var state = Self.examined()
    state.focus(on: .column(0))
    #expect(state.supportLine == nil)
    state.press("enter")
    #expect(state.context.lit.count == 1)
    let lit = try #require(state.context.lit.first)
    #expect(lit.passage == state.context.passages[0])
    #expect(lit.spans == [0..<21])
    let entry = try #require(state.context.curated.entries.first)
    #expect(state.context.litSpans(of: entry) == [0..<21])
    #expect(
      state.supportLine
        == SupportLine(verdict: .supported, text: "supported by 1 file-0.md › Heading: thirty"))
    state.press("w w w w")
    #expect(state.context.lit.isEmpty)
    #expect(state.supportLine?.text == "no passage says: Bananas, yellow")
    state.press("escape")
    #expect(state.supportLine == nil)
  }

  @Test("The selected passage lights the sentences that rest on it, by where it is from")
  func selected() {
    var state = Self.examined()
    state.focus(on: .context)
    state.press("j")
    #expect(Self.marked(state, .lit).isEmpty)
    state.press("k")
    #expect(Self.marked(state, .lit) == ["You have thirty days."])
    #expect(state.columns[1].marks[.lit].count == 1)
    // Moved to another place, it is the same passage.
    state.press("J")
    #expect(Self.marked(state, .lit) == ["You have thirty days."])
    state.focus(on: .column(0))
    state.press("left")
    #expect(Self.marked(state, .lit).isEmpty)
  }

  @Test("l asks without the selected passage, in a column of its own that runs alone")
  func leaveOut() throws {
    var state = Self.examined()
    state.focus(on: .context)
    let origin = state.context.passages[1].origin
    let plans = State.started(by: state.press("j l"))
    #expect(plans.map(\.column) == [1])
    #expect(plans.first?.request.passages.map(\.origin).contains(origin) == false)
    #expect(plans.first?.request.passages.count == 2)
    #expect(state.columns.count == 3)
    #expect(state.columns[1].variant.context == .without(origin))
    #expect(state.columns[1].variant.name == "without 2 file-1.md › Heading")

    state.stream(1, .text("You have twenty days."), .finish(.stop))
    state.stream(1, wire: .end(.complete))
    let notice = try #require(state.notice)
    #expect(notice.text.hasPrefix("Without 2 file-1.md › Heading, the answer is another one:"))
  }

  @Test("O lists the passages; the same answer without one is said to be the same")
  func pickLeftOut() throws {
    var state = Self.examined()
    state.focus(on: .column(0))
    state.press("O")
    #expect(state.picker?.items.count == 3)
    let plans = State.started(by: state.press("enter"))
    #expect(plans.map(\.column) == [1])
    state.stream(1, .text(Self.answer), .finish(.stop))
    state.stream(1, wire: .end(.complete))
    #expect(
      state.notice?.text == "Without 1 file-0.md › Heading, the answer is the same as that of A.")
  }

  @Test("Nothing is left out of a column that has passages of its own, or of none")
  func noLeavingOut() {
    var state = Self.examined()
    state.columns[0].variant.context = .none
    state.focus(on: .context)
    #expect(State.started(by: state.press("l")).isEmpty)
    #expect(state.columns.count == 2)
    state.press("d")
    state.columns[0].variant.context = .shared
    #expect(State.started(by: state.press("l")).isEmpty)
  }
}
