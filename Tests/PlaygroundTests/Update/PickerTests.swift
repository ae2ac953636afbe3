import Core
import Testing

@testable import Playground

@Suite("Lists and other overlays")
struct PickerTests {
  @Test("A model is found by any of its words, and chosen for its column")
  func model() {
    var state = State.settled()
    state.focus(on: .column(1))
    state.press("m")
    state.type("5 LOCAL")
    #expect(state.picker?.shown.map(\.title) == ["local/model-5"])
    #expect(state.press("enter") == [.schedule(.saveDraft, after: 500)])
    #expect(state.columns.map(\.model) == [.sample(0), .sample(5)])
    #expect(state.overlays.isEmpty)
  }

  @Test("The list of models opens at the column's own")
  func opensAtCurrent() {
    var state = State.settled()
    state.focus(on: .column(1))
    state.press("m")
    #expect(state.picker?.selected?.title == "local/model-1")
  }

  @Test("Models that a server offers later come in, and the choice stays")
  func modelsFound() {
    var state = State.settled()
    state.press("alt-m down down")
    let chosen = state.picker?.selected
    _ = update(
      &state, .modelsFound([ModelReference(provider: "a", model: "first"), .sample(0)]))
    #expect(state.picker?.items.count == 9)
    #expect(state.picker?.selected == chosen)
  }

  @Test("Escape and ^C leave without choosing")
  func escape() {
    var state = State.settled()
    for key in ["escape", "ctrl-c"] {
      state.press("alt-m down \(key)")
      #expect(state.overlays.isEmpty)
      #expect(state.columns.map(\.model) == [.sample(0), .sample(1)])
    }
  }

  @Test("With nothing left to choose, Enter does nothing")
  func nothingFits() {
    var state = State.settled()
    state.press("alt-m")
    state.type("zzz")
    #expect(state.picker?.selected == nil)
    #expect(state.press("enter").isEmpty)
    #expect(state.overlays.count == 1)
  }

  @Test("The selection stops at both ends and stays in sight")
  func selection() {
    var state = State.settled()
    state.press("ctrl-p up")
    #expect(state.picker?.selection == 0)
    for _ in 0..<99 { state.press("down") }
    let picker = state.picker
    #expect(picker?.selection == (picker?.shown.count ?? 0) - 1)
    let height = Layout.pickerItems(size: state.size).height
    #expect(picker?.top == (picker?.shown.count ?? 0) - height)
    state.press("page-up")
    #expect(state.picker?.selection == (picker?.shown.count ?? 0) - 1 - height)
  }

  @Test("The palette lists every command once, those that hold anywhere first")
  func palette() {
    var state = State.settled()
    state.press("ctrl-p")
    let choices = state.picker?.items.map(\.choice) ?? []
    #expect(Set(choices).count == choices.count)
    #expect(choices.first == .command(.run))
    #expect(choices.contains(.command(.killLine)))
    state.type("zoom")
    #expect(state.picker?.selected?.choice == .command(.zoom), "Its name is found, too")
    state.press("ctrl-u")
    state.type("fill the screen")
    state.press("enter")
    #expect(state.arrangement == .alone)
    #expect(state.overlays.isEmpty)
  }

  @Test("What begins with the filter comes before what only holds it")
  func ranks() {
    var picker = Picker(
      .techniques,
      items: [
        Picker.Item("Give time to think", detail: "step by step", choice: .command(.run)),
        Picker.Item("Step by step", choice: .command(.zoom)),
      ])
    picker.filter.insert("step")
    #expect(picker.shown.map(\.title) == ["Step by step", "Give time to think"])
  }

  @Test("A command of the palette that opens a list leaves that one on top")
  func stack() {
    var state = State.settled()
    state.press("ctrl-p")
    state.type("pick the model")
    state.press("enter")
    #expect(state.overlays.count == 1)
    #expect(state.picker?.kind == .models(column: 0))
  }

  @Test("Help tells the keys of where the focus was, and scrolls no further than its end")
  func help() {
    var state = State.settled(size: Size(width: 60, height: 20))
    state.focus(on: .context)
    state.press("? G")
    guard case .help(let page)? = state.overlays.last else {
      Issue.record("no help is shown")
      return
    }
    #expect(page.scope == .context)
    #expect(page.top == page.rows.count - Layout.pageFrame(size: state.size).inside.height)
    state.press("page-up page-up page-up page-up k")
    guard case .help(let top)? = state.overlays.last else { return }
    #expect(top.top == 0)
    state.press("?")
    #expect(state.overlays.isEmpty)
  }

  @Test("A line takes the first line of a paste")
  func paste() {
    var state = State.settled()
    state.press("alt-o")
    state.take(.paste("a/b.prompt\nrm -rf"))
    #expect(state.press("enter") == [.readPrompt(path: "a/b.prompt")])
  }

  @Test("A line is edited with the keys of texts, and an empty one does nothing")
  func line() {
    var state = State.settled()
    state.press("alt-o")
    state.type("one two")
    state.press("ctrl-w ctrl-a")
    state.type("x")
    #expect(state.press("enter") == [.readPrompt(path: "xone ")])
    // Until it is read: a file that isn't there can be named again.
    #expect(state.overlays.count == 1)
    _ = update(&state, .promptOpened(Draft(name: "/xone ", promptText: "a")))
    #expect(state.overlays.isEmpty)
    state.press("alt-o")
    #expect(state.press("enter").isEmpty)
    #expect(state.overlays.isEmpty)
  }
}
