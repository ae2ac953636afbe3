import Core
import FineTuning
import Testing

@testable import Playground

@Suite struct BrowsingExamplesTests {
  @Test func `only rows around those in sight are asked for`() throws {
    var state = State.browsing(1_000_000)
    #expect(state.training.browser?.count == 1_000_000)
    let effects = state.press("G")
    let question = try #require(effects.question)
    #expect(question.offset > 999_000)
    #expect(question.limit < 1000)
    // What isn't there yet is waited for by nobody.
    #expect(state.training.browser?.selection == 999_999)
    #expect(state.training.browser?.selected == nil)
    state.answer(effects, of: 1_000_000)
    #expect(state.training.browser?.selected?.number == 1_000_000)
    #expect(state.training.browser?.detail?.number == 1_000_000)
    // A step within what is here asks for no rows.
    #expect(state.press("k").question == nil)
  }

  @Test func `an answer to an older question is dropped`() throws {
    var state = State.browsing()
    let old = try #require(state.press("G").question)
    state.answer(state.press("g"))
    let shown = state.training.browser
    _ = update(&state, .training(.window(.sample(old, of: 5), number: old.number)))
    #expect(state.training.browser == shown)
  }

  @Test func `a mark is shown at once, and goes on to the next`() {
    var state = State.browsing()
    let effects = state.press("a")
    #expect(
      effects.first == .training(.change(set: "support", number: 1, .setState(.approved))))
    #expect(state.training.browser?.row(at: 0)?.state == .approved)
    #expect(state.training.browser?.selection == 1)
    // Several keys in a row wait for nothing.
    #expect(
      state.press("x").first
        == .training(.change(set: "support", number: 2, .setState(.rejected))))
    // The same key takes it back, and stays.
    state.press("k")
    #expect(
      state.press("x").first == .training(.change(set: "support", number: 2, .setState(.pending))))
    #expect(state.training.browser?.selection == 1)
  }

  @Test func `all that fit are marked when it is asked for twice`() {
    var state = State.browsing()
    #expect(state.press("A") == [])
    #expect(state.notice?.text.contains("1,000") == true)
    #expect(
      state.press("A")
        == [.training(.changeAll(set: "support", filter: "", .setState(.approved)))])
    // Another key between them is a change of mind.
    state.press("A j")
    #expect(state.press("A") == [])
  }

  @Test func `a filter that can't be read stays open, and says why`() throws {
    var state = State.browsing()
    state.press("/")
    state.type("tokens>")
    #expect(state.press("enter") == [])
    #expect(state.notice?.kind == .warning)
    guard case .line? = state.overlays.last else {
      Issue.record("It was closed.")
      return
    }
    state.type("100 state:approved")
    let question = try #require(state.press("enter").question)
    #expect(question.filter == "tokens>100 state:approved")
    #expect(question.offset == 0)
    #expect(state.overlays.last == .trainingExamples)
    #expect(state.press("0").question?.filter == "")
  }

  @Test func `an answer is edited, and nothing typed is lost`() throws {
    var state = State.browsing()
    state.press("e")
    #expect(state.pageEditor != nil)
    state.type("New. ")
    state.press("escape")
    // It is asked once more.
    #expect(state.pageEditor != nil)
    let effects = state.press("ctrl-s")
    guard case .training(.change("support", 1, .edit(let example)))? = effects.first else {
      Issue.record("\(effects)")
      return
    }
    #expect(example.answer.first?.text.hasPrefix("New. line 0") == true)
    #expect(example.input == StoredExample.sample(1).example.input)
    #expect(state.overlays.last == .trainingExamples)
  }

  @Test func `a record that is none stays open`() {
    var state = State.browsing()
    state.press("E")
    state.type("x")
    #expect(state.press("ctrl-s") == [])
    #expect(state.pageEditor != nil)
    #expect(state.notice?.kind == .error)
  }

  @Test func `tags are one word`() {
    var state = State.browsing()
    state.press("t")
    state.type("hard")
    #expect(
      state.press("enter") == [.training(.change(set: "support", number: 1, .addTag("hard")))])
    state.press("t")
    state.type("-hard")
    #expect(
      state.press("enter") == [.training(.change(set: "support", number: 1, .removeTag("hard")))])
    state.press("t")
    state.type("two words")
    #expect(state.press("enter") == [])
    #expect(state.notice?.kind == .warning)
  }

  @Test func `without room beside the table, an example has a page of its own`() {
    var state = State.browsing(size: Size(width: 60, height: 20))
    #expect(state.exampleRoom.detail == nil)
    state.press("enter")
    #expect(state.exampleRoom.isDetailAlone)
    state.press("j")
    #expect(state.training.browser?.selection == 0)
    #expect(state.training.browser?.detailTop == 1)
    state.press("escape")
    #expect(!state.exampleRoom.isDetailAlone)
    #expect(state.overlays.last == .trainingExamples)
    state.press("escape")
    #expect(state.overlays.last == .trainingSets)
  }

  @Test func `a finding leads to its example`() {
    var state = State.training(.findings)
    #expect(state.training.findings?.findings.isEmpty == false)
    let line = state.training.findings?.selected?.line ?? 0
    state.answer(state.press("enter"))
    #expect(state.overlays.last == .trainingExamples)
    #expect(state.training.browser?.selected?.number == line)
    // Also where the set was filtered.
    state.press("/")
    state.type("nothing")
    state.press("enter")
    state.overlays.append(.findings)
    state.answer(state.press("enter"))
    #expect(state.training.browser?.selected?.number == line)
  }

  @Test func `a set is deleted when it is asked for twice`() {
    var state = State.training(.trainingSets)
    #expect(state.press("D") == [])
    #expect(state.notice?.text.contains("set-30") == true)
    #expect(state.press("D").first == .training(.remove("set-30")))
    state.press("D j")
    #expect(state.press("D") == [])
  }
}
