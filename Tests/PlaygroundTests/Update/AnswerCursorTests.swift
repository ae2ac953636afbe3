import Core
import Testing

@testable import Playground

@Suite("The cursor in an answer")
struct AnswerCursorTests {
  private static func state(_ text: String, size: Size = Size(width: 105, height: 30)) -> State {
    var state = State.settled(columns: 2)
    state.take(.resize(size))
    state.press("ctrl-r")
    state.stream(0, .text(text), .finish(.stop))
    state.focus(on: .column(0))
    return state
  }

  /// The character at the cursor.
  private func character(_ state: State) -> String {
    let column = state.columns[0]
    guard let offset = column.cursor?.offset else { return "" }
    let text = column.answer.text
    return String(text[text.utf8.index(text.startIndex, offsetBy: offset)])
  }

  @Test("Enter puts it into the first text in sight, Escape takes it away")
  func enterAndLeave() {
    var state = Self.state("one two\nthree")
    #expect(state.paneScope == .column)
    state.press("enter")
    #expect(state.columns[0].cursor == AnswerCursor(offset: 0))
    #expect(state.paneScope == .answer)
    state.press("escape")
    #expect(state.columns[0].cursor == nil)
    #expect(state.columns[0].marks.isEmpty)
  }

  @Test("It moves by characters, words, rows, and keeps its cell over short rows")
  func motions() {
    var state = Self.state("one two three\nx\n\nfour five")
    state.press("enter w")
    #expect(character(state) == "t")
    state.press("w l l")
    #expect(character(state) == "r")
    state.press("j")
    #expect(character(state) == "x")
    state.press("j")
    #expect(state.columns[0].cursor?.offset == 25)
    state.press("k k")
    #expect(character(state) == "r")
    state.press("$ l")
    #expect(character(state) == "x")
    state.press("h")
    #expect(state.columns[0].cursor?.offset == 12)
    state.press("G")
    #expect(character(state) == "e")
    state.press("b b")
    #expect(character(state) == "f")
    state.press("g 0 h k")
    #expect(state.columns[0].cursor?.offset == 0)
  }

  @Test("It steps over whole characters, however many bytes and scalars they have")
  func characters() {
    var state = Self.state("a👩‍🚀é日b")
    state.press("enter l")
    #expect(character(state) == "👩‍🚀")
    state.press("l l")
    #expect(character(state) == "日")
    state.press("l h h h")
    #expect(character(state) == "👩‍🚀")
  }

  @Test("A selection holds the characters at both of its ends, and is copied")
  func selecting() {
    var state = Self.state("one two three\nfour")
    let copied = state.press("enter w v w l y")
    #expect(copied.contains(.terminal(.copy("two th"))))
    #expect(state.columns[0].cursor?.anchor == nil)
    state.press("G v g")
    #expect(state.columns[0].selectedText == "one two three\nfour")
    state.press("escape")
    #expect(state.columns[0].cursor?.anchor == nil)
    #expect(state.columns[0].cursor != nil)
  }

  @Test("Its column scrolls as little as keeps it in sight")
  func revealing() {
    var state = Self.state((0..<100).map { "line \($0)" }.joined(separator: "\n"))
    state.press("g enter page-down page-down")
    let height = state.columnInside(0).height
    #expect(state.columns[0].top == 2 * (height - 1) - height + 1)
    state.press("page-up page-up")
    #expect(state.columns[0].top == 0)
    state.press("G")
    #expect(state.columns[0].top == 100 - height)
  }

  @Test("The mouse selects by dragging, also across rows")
  func dragging() {
    var state = Self.state("one two three\nfour five")
    let area = state.columnInside(0)
    state.take(.mouse(Mouse(.press, at: Point(x: area.x + 4, y: area.y))))
    state.take(.mouse(Mouse(.drag, at: Point(x: area.x + 3, y: area.y + 1))))
    #expect(state.columns[0].selectedText == "two three\nfour")
  }

  @Test("A run that begins takes the cursor and its marks away")
  func cleared() {
    var state = Self.state("one two")
    state.stream(1, .finish(.stop))
    state.press("enter v w ctrl-r")
    #expect(state.columns[0].cursor == nil)
    #expect(state.columns[0].marks.isEmpty)
  }

  @Test("Without text there is nothing to go into, which is said")
  func empty() {
    var state = State.settled()
    state.focus(on: .column(0))
    state.press("enter")
    #expect(state.columns[0].cursor == nil)
    #expect(state.notice?.text.contains("no text") == true)
  }
}
