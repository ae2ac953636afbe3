import Core
import Testing

@testable import Playground

@Suite("Looking for a text in an answer")
struct AnswerSearchTests {
  private static let text = (0..<100).map { "line \($0)" }.joined(separator: "\n")

  private static func state(_ text: String = text) -> State {
    var state = State.settled(columns: 2)
    state.press("ctrl-r")
    state.stream(0, .text(text), .finish(.stop))
    state.focus(on: .column(0))
    state.press("g")
    return state
  }

  private func marked(_ state: State) -> [AnswerMark] { state.columns[0].marks[.match] }

  @Test("It is found while it is typed, and brought into sight")
  func typing() {
    var state = Self.state()
    state.press("/ l i n e space 9 9")
    #expect(state.answerSearch?.countText == "1 of 1")
    let column = state.columns[0]
    #expect(column.top + state.columnInside(0).height == 100)
    #expect(marked(state).map(\.kind) == [.currentMatch])
    state.press("backspace")
    #expect(state.answerSearch?.countText == "1 of 11")
  }

  @Test("Enter stays, n and N go round, Escape takes the marks away")
  func staying() {
    var state = Self.state("a b a b a")
    state.press("/ a enter n")
    #expect(state.answerSearch?.countText == "2 of 3")
    state.press("n n")
    #expect(state.answerSearch?.countText == "1 of 3")
    state.press("N")
    #expect(marked(state).map(\.kind) == [.match, .match, .currentMatch])
    state.press("escape")
    #expect(marked(state).isEmpty)
    state.press("n")
    #expect(state.answerSearch?.countText == "1 of 3")
  }

  @Test("Escape from the bar leads back to where one was")
  func leaving() {
    var state = Self.state()
    state.press("down down down / 9 0")
    #expect(state.columns[0].top > 50)
    state.press("escape")
    #expect(state.columns[0].top == 3)
    #expect(state.answerSearch == nil && marked(state).isEmpty)
    state.press("/ enter")
    #expect(state.answerSearch?.query.text == "90")
  }

  @Test("The first place is looked for from what is in sight on")
  func fromHere() {
    var state = Self.state()
    state.columns[0].scroll(to: 50, height: 10)
    state.press("/ l i n e")
    #expect(state.answerSearch?.countText == "51 of 100")
  }

  @Test("What has come meanwhile is found by the next step")
  func growing() {
    var state = State.settled()
    state.press("ctrl-r")
    state.stream(0, .text("a b"))
    state.focus(on: .column(0))
    state.press("/ a enter")
    state.stream(0, .text(" a"))
    state.press("n")
    #expect(state.answerSearch?.countText == "2 of 2")
  }

  @Test("With the cursor in the answer, it goes along")
  func cursor() {
    var state = Self.state("one two\none")
    state.press("enter / o n e enter n")
    #expect(state.columns[0].cursor?.offset == 8)
  }

  @Test("Nothing found is said, and nothing moves")
  func missing() {
    var state = Self.state()
    state.press("/ z")
    #expect(state.answerSearch?.countText == "nothing found")
    #expect(state.columns[0].top == 0)
    state.press("enter n")
    #expect(state.columns[0].top == 0)
  }
}
