import Core
import Testing

@testable import Playground

@Suite("Panes and columns as a person arranges them")
struct ArrangingTests {
  private static func state(columns: Int = 4, size: Size = Size(width: 105, height: 30)) -> State {
    var state = State.settled(columns: columns)
    state.take(.resize(size))
    state.focus(on: .column(0))
    return state
  }

  private func shown(_ state: State) -> [Int] { state.layout.columns.map(\.index) }

  @Test("| shows two columns, then all columns, then the panes again")
  func turn() {
    var state = Self.state()
    state.press("|")
    #expect(shown(state) == [0, 1])
    #expect(state.layout.prompt == nil && state.layout.context == nil)
    #expect(state.layout.columns[0].frame.height == 28)
    state.press("|")
    #expect(shown(state) == [0, 1, 2, 3])
    #expect(state.layout.prompt == nil)
    state.press("|")
    #expect(state.layout.prompt != nil)
  }

  @Test("Of two, the one where it began stays while the other changes")
  func pair() {
    var state = Self.state()
    state.press("right |")
    #expect(shown(state) == [1, 2])
    state.press("right right")
    #expect(state.focus == .column(3))
    #expect(shown(state) == [1, 3])
    state.focus(on: .column(0))
    #expect(shown(state) == [0, 1])
    state.focus(on: .prompt)
    #expect(state.layout.prompt != nil)
  }

  @Test("On a narrow screen they are stacked, as many as can be read")
  func stacked() {
    var state = Self.state(size: Size(width: 60, height: 20))
    state.press("|")
    #expect(
      state.layout.columns.map(\.frame) == [
        Rectangle(x: 0, y: 2, width: 60, height: 8), Rectangle(x: 0, y: 10, width: 60, height: 9),
      ])
    #expect(state.layout.tabs != nil)
    state.press("|")
    #expect(shown(state) == [0, 1])
    state.press("right right")
    #expect(shown(state) == [1, 2])
  }

  @Test("There is nothing to put beside a single column, which is said")
  func single() {
    var state = Self.state(columns: 1)
    state.press("|")
    #expect(state.arrangement == .panes)
    #expect(state.notice != nil)
  }

  @Test("Columns scroll together to the same share of their answers, or each alone")
  func together() {
    var state = Self.state(columns: 2)
    state.press("ctrl-r")
    for (column, count) in [(0, 100), (1, 200)] {
      state.stream(
        column, .text((1...count).map { "\($0)" }.joined(separator: "\n")), .finish(.stop))
    }
    let height = state.columnInside(0).height
    state.press("g down")
    #expect(state.columns[1].top == state.columns[1].view.rowCount - height + height / 3)
    state.press("L")
    state.press("page-down page-down page-down")
    let share = Double(state.columns[0].top) / Double(100 - height)
    #expect(state.columns[1].top == Int((share * Double(200 - height)).rounded()))
    state.press("G")
    #expect(state.columns.map(\.follows) == [true, true])
    state.press("g L G")
    #expect(state.columns[1].top == 0)
  }
}
