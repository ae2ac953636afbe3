import Core
import Testing

@testable import Playground

@Suite("Reading answers")
struct ReadingAnswersTests {
  private func streaming(_ events: StreamEvent...) -> State {
    var state = State.settled()
    state.press("ctrl-r")
    for event in events { state.stream(0, event) }
    state.focus(on: .column(0))
    return state
  }

  private func lines(_ state: State) -> [String] {
    state.columns[0].view.rows(in: 0..<200).map(\.text)
  }

  private static let long =
    "# Title\n\n"
    + (0..<80).map { "- item **\($0)** with some more words to wrap around" }
    .joined(separator: "\n")

  @Test("An answer is read as Markdown, and r shows it as it came")
  func raw() {
    var state = streaming(.text("# Title\n\nsome **fat** text\n"))
    #expect(lines(state) == ["Title", "", "some fat text"])
    state.press("r")
    #expect(lines(state).prefix(3) == ["# Title", "", "some **fat** text"])
    state.press("r")
    #expect(lines(state) == ["Title", "", "some fat text"])
  }

  @Test("That it is shown as it came stays from run to run, in its column only")
  func rawStays() {
    var state = streaming(.text("*a*"), .finish(.stop))
    state.stream(1, .finish(.stop))
    state.press("r ctrl-r")
    state.stream(0, .text("*b*"))
    state.stream(1, .text("*b*"))
    #expect(lines(state) == ["*b*"])
    #expect(state.columns[1].view.rows(in: 0..<9).map(\.text) == ["b"])
  }

  @Test("The place at the top stays when the answer is shown as it came, and at another width")
  func placeStays() {
    var state = streaming(.text(Self.long))
    state.press("g page-down page-down")
    func top() -> Range<Int>? {
      let column = state.columns[0]
      return column.view.rows(in: column.top..<column.top + 1).first?.source
    }
    let place = top()?.lowerBound ?? 0
    #expect(place > 0)
    state.press("r")
    #expect(top()?.contains(place) == true)
    state.press("r")
    state.take(.resize(Size(width: 73, height: 30)))
    #expect(top()?.contains(place) == true)
  }

  @Test("Who has scrolled up stays at the same place when a table above is set anew")
  func tableStays() {
    let table =
      "| a | b |\n|--|--|\n| x | y |\n"
      + String(repeating: "| a long cell of many words and more words | z |\n", count: 60)
    var state = streaming(.text(table))
    state.press("g page-down")
    let column = state.columns[0]
    let text = column.view.rows(in: column.top..<column.top + 1).first?.source
    state.stream(0, .text("\nafter the table\n"))
    let after = state.columns[0]
    let moved = after.view.rows(in: after.top..<after.top + 1).first?.source
    #expect(text?.lowerBound != nil)
    #expect(moved.map { $0.overlaps(text ?? 0..<0) } == true)
  }

  @Test("Tool calls are folded to a line, and unfold with their arguments indented")
  func toolCalls() {
    var state = streaming(
      .toolCall(ToolCallFragment(index: 0, id: "1", name: "look", arguments: #"{"a":[1]}"#)))
    #expect(lines(state) == ["▸ tool call: look, ≈4 tok (T unfolds)"])
    state.press("T")
    #expect(
      lines(state) == [
        "▾ tool call: look, ≈4 tok", "look({", #"  "a": ["#, "    1", "  ]", "})",
      ])
  }

  @Test("The thinking's tokens are the server's, once it has counted them")
  func thinkingTokens() {
    var state = streaming(.thinking("some thoughts"), .text("so"))
    #expect(lines(state)[0] == "▸ thinking, ≈4 tok (t unfolds)")
    state.stream(0, .usage(Usage(inputTokens: 5, outputTokens: 20, reasoningTokens: 12)))
    state.stream(0, .finish(.stop))
    #expect(lines(state)[0] == "▸ thinking, 12 tok (t unfolds)")
  }

  /// A column whose run asks for an object with a whole number `n`.
  private func asking(_ text: String) -> [AnswerRow] {
    var column = Column(Variant(.echo), width: 60)
    let schema: JSON = ["properties": ["n": ["type": "integer"]], "required": ["n"]]
    column.begin(run: 1, inputTokens: 0, terms: RunTerms(answerSchema: schema))
    column.apply(
      StreamUpdate(number: 1, time: 1, wire: .body([]), events: [.text(text), .finish(.stop)]),
      height: 20)
    return column.view.rows(in: 0..<20)
  }

  @Test("An answer that is to be JSON is held against its schema at its end")
  func schema() {
    #expect(asking(#"{"n":1}"#).last == AnswerRow("✓ valid JSON of the schema", .success))
    #expect(asking("```json\n{\"n\":1}\n```").last?.text == "✓ valid JSON of the schema")
    #expect(
      asking(#"{"n":"x"}"#).last
        == AnswerRow("✗ $.n: integer was expected, not string", .error))
    #expect(asking("Sure!").last?.text == "✗ no JSON: line 1, column 1: a value was expected")
  }
}
