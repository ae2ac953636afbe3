import Core
import Testing

@testable import Playground

@Suite("Sets of columns")
struct ColumnSetTests {
  private let set = ColumnSet(
    name: "with and without",
    variants: [Variant(.sample(0)), Variant(.sample(0), context: .none), Variant(.sample(6))])

  @Test("The columns are saved under a name, with all that they ask")
  func save() {
    var state = State.settled()
    state.columns[1].variant.context = .none
    state.focus(on: .column(0))
    #expect(state.press("C") == [.columnSets(.list)])
    _ = update(&state, .columnSetsListed([]))
    state.press("enter")
    state.type("mine")
    #expect(
      state.press("enter")
        == [.columnSets(.save(ColumnSet(name: "mine", variants: state.columns.map(\.variant))))])
  }

  @Test("A set takes the place of the columns; those that ask the same keep their answers")
  func bringBack() {
    var state = State.settled()
    state.press("ctrl-r")
    for index in 0..<2 { state.stream(index, .text("answer \(index)"), .finish(.stop)) }
    state.focus(on: .column(1))
    state.press("C")
    _ = update(&state, .columnSetsListed([set]))
    state.press("enter")
    #expect(state.columns.map(\.variant) == set.variants)
    #expect(state.columns.map(\.answer.text) == ["answer 0", "", ""])
    #expect(state.focus == .column(0))
    state.press("X")
    #expect(state.columns.map(\.answer.text) == ["answer 0", "answer 1", "", ""])
  }

  @Test("A set that is brought back cancels what runs")
  func running() {
    var state = State.settled()
    let plans = State.started(by: state.press("ctrl-r"))
    #expect(state.bringBack(set).first == .cancelRuns(plans.map(\.number)))
    #expect(state.columns.allSatisfy { $0.phase == .empty })
  }

  @Test("Hostile sets leave columns to show")
  func hostile() {
    var state = State.settled()
    _ = state.bringBack(ColumnSet(name: "", variants: []))
    #expect(state.columns.count == 2)
    _ = state.bringBack(
      ColumnSet(name: "many", variants: Array(repeating: Variant(.echo), count: 50)))
    #expect(state.columns.count == 8)
  }

  @Test("The set that is selected is deleted, and the list stays")
  func delete() {
    var state = State.settled()
    state.focus(on: .column(0))
    state.press("C")
    _ = update(&state, .columnSetsListed([set]))
    #expect(
      state.press("alt-x") == [.columnSets(.delete(name: set.name)), .columnSets(.list)])
    _ = update(&state, .columnSetsListed([]))
    #expect(state.picker?.items.count == 1)
    #expect(state.overlays.count == 1)
  }
}
