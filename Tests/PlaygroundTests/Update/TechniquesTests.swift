import Core
import Testing

@testable import Playground

@Suite("Applying techniques")
struct TechniquesTests {
  private func playground(_ prompt: String = "Ask: {{question}}") -> State {
    var state = State.sample(prompt: prompt, index: nil, columns: 1)
    _ = state.start()
    return state
  }

  /// Chooses the item of a list that has these words.
  @discardableResult
  private func choose(_ words: String, in state: inout State) -> [Effect] {
    state.type(words)
    return state.press("enter")
  }

  @Test("A technique is one change, which one undo takes back")
  func undo() {
    var state = playground()
    let before = state.prompt.editor.text
    state.press("alt-k")
    choose("sections", in: &state)
    #expect(state.prompt.editor.text.contains("# Task"))
    #expect(state.prompt.editor.selection != nil)
    #expect(state.notice?.text.contains("^_ takes it back") == true)
    state.press("ctrl-_")
    #expect(state.prompt.editor.text == before)
  }

  @Test("A technique is never applied twice in silence")
  func twice() {
    var state = playground()
    for _ in 0..<2 {
      state.press("alt-k")
      choose("quotes", in: &state)
    }
    #expect(state.prompt.editor.text.ranges(of: "<quotes> tags").count == 1)
    #expect(state.notice?.text.hasPrefix("It is there already") == true)
  }

  @Test("A prompt that can't be read is left alone")
  func broken() {
    var state = playground("{{#if a}}")
    state.press("alt-k")
    #expect(state.overlays.isEmpty)
    #expect(state.notice?.kind == .error)
    #expect(state.prompt.editor.text == "{{#if a}}")
  }

  @Test("A schema follows the answer on the screen")
  func schema() {
    var state = playground()
    state.press("ctrl-r")
    state.stream(0, .text(#"{"total": 3}"#), .finish(.stop))
    state.press("alt-k")
    choose("json", in: &state)
    #expect(state.prompt.editor.text.contains("    total: integer\n"))
  }

  @Test("Examples are asked for by source and by choice, and inserted as turns")
  func examples() throws {
    var state = playground()
    state.press("alt-k")
    choose("add examples", in: &state)
    let effects = choose("most like", in: &state)
    let request = ExampleRequest(
      source: .approvedRuns(prompt: "sample"), choice: .similar(to: "How long?"))
    #expect(effects == [.loadExamples(request)])
    let before = state.prompt.editor.text
    let example = Example(inputs: ["question": "Why?"], answer: "Because.")
    _ = update(&state, .examplesFound(request, [example]))
    #expect(state.prompt.editor.text.contains("Ask: Why?\n{{role \"model\"}}\nBecause.\n"))
    #expect(state.notice?.text.contains("≈") == true)
    state.press("ctrl-_")
    #expect(state.prompt.editor.text == before)
  }

  @Test("Examples are marked by hand")
  func byHand() {
    var state = playground()
    let request = ExampleRequest(source: .dataset(path: "x", promptPath: nil), choice: .byHand)
    let examples = (0..<4).map { Example(inputs: ["question": "q\($0)"], answer: "a\($0)") }
    _ = update(&state, .examplesFound(request, examples))
    state.press("space down space enter")
    let text = state.prompt.editor.text
    #expect(text.contains("q0") && text.contains("q2"))
    #expect(!text.contains("q1") && !text.contains("q3"))
    #expect(state.overlays.isEmpty)
  }

  @Test("Where there are no examples, it says how to come by some")
  func noExamples() {
    var state = playground()
    let request = ExampleRequest(source: .approvedRuns(prompt: "sample"), choice: .byHand)
    _ = update(&state, .examplesFound(request, []))
    #expect(state.overlays.isEmpty)
    #expect(state.notice?.text.contains("rated good") == true)
  }
}
