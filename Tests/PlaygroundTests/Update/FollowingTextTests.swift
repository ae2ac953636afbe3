import Core
import Testing

@testable import Playground

@Suite struct FollowingTextTests {
  /// A prompt of a file.
  private func opened(_ text: String, inputs: [String: String] = [:]) -> State {
    var state = State.settled()
    var draft = Draft(name: "/a/b.prompt", promptText: text, promptPath: "/a/b.prompt")
    draft.savedText = text
    draft.inputs = inputs
    draft.cursor = .start
    _ = update(&state, .promptOpened(draft))
    return state
  }

  private func writeOutside(_ text: String, in state: inout State) {
    _ = update(&state, .promptFileFound(PromptFileState(path: "/a/b.prompt", text: text)))
  }

  // MARK: Finding

  @Test func `replacing goes on in a text that its file has made another one`() {
    var state = opened("1\n2\n3 x\n4 x")
    state.press("alt-%")
    state.type("x\ny\n")
    writeOutside("3 x\n4 x", in: &state)
    state.press("y y")
    #expect(state.prompt.editor.text == "3 y\n4 y")
    #expect(state.finder == nil)
  }

  @Test func `replacing ends where nothing is left of what it was about`() {
    var state = opened("1\nx\nx")
    state.press("alt-%")
    state.type("x\ny\n")
    writeOutside("1", in: &state)
    #expect(state.finder == nil)
    #expect(state.prompt.editor.text == "1")
  }

  @Test func `a bar that is typed in stays, and looks anew`() {
    var state = opened("a\nb\nx")
    state.press("ctrl-g")
    state.type("x")
    writeOutside("x\nx", in: &state)
    #expect(state.finder?.matches.count == 2)
    state.press("escape")
    #expect(state.prompt.editor.text == "x\nx")
  }

  @Test func `the bar over a value closes when that variable is gone`() {
    var state = opened("{{a}}", inputs: ["a": "one one"])
    state.press("tab ctrl-g")
    state.type("one")
    writeOutside("none", in: &state)
    #expect(state.focus == .prompt && state.finder == nil)
  }

  // MARK: Names and vi

  @Test func `a list of names closes when the text changes under it`() {
    var state = opened("{{question}}\n\n\n\n")
    state.press("down down")
    state.type("{{qu")
    #expect(state.completion != nil)
    writeOutside("x {{question}}\n\n\n\n", in: &state)
    #expect(state.completion == nil)
  }

  @Test func `what a case puts into a value was not typed`() {
    var state = opened("{{a}}", inputs: ["a": ""])
    state.vi = Vi()
    let number = state.nextNumber
    _ = state.openDataset(at: "x")
    let cases = ["first", "second"].map { DatasetCase(values: ["a": .string($0)]) }
    _ = update(
      &state, .datasetRead(number: number, Dataset(name: "x", cases: cases), path: "/x"))
    state.press("tab 3 A")
    #expect(state.vi?.mode == .insert)
    state.press("alt-. escape")
    #expect(state.prompt.inputs["a"] == "second")
  }

  // MARK: Editor outside

  @Test func `what changed here while an editor was at work stays`() {
    var state = opened("a\nb\nc\nd\ne")
    state.press("ctrl-o")
    writeOutside("A\nb\nc\nd\ne", in: &state)
    _ = update(&state, .editedOutside(.prompt, .edited("a\nb\nc\nd\nE")))
    #expect(state.prompt.editor.text == "A\nb\nc\nd\nE")
    #expect(state.prompt.isModified)
  }

  @Test func `what an editor and something else both changed stands between marks`() {
    var state = opened("a\nb")
    state.press("ctrl-o")
    writeOutside("theirs\nb", in: &state)
    _ = update(&state, .editedOutside(.prompt, .edited("mine\nb")))
    #expect(state.prompt.editor.text.contains("theirs"))
    #expect(state.prompt.editor.text.contains("mine"))
    #expect(state.notice?.kind == .warning)
  }

  // MARK: Another prompt

  @Test func `a run that waited for passages is not made of the prompt that was opened meanwhile`()
    throws
  {
    var state = State.sample()
    let search = try #require(State.searches(in: state.start()).first)
    state.press("ctrl-r")
    _ = update(&state, .promptOpened(Draft(name: "other", promptText: "Other {{question}}")))
    #expect(State.started(by: update(&state, .passagesFound(.sample(search.number)))).isEmpty)
  }

  @Test func `a run that waited for a file is not made of a run that was opened meanwhile`()
    throws
  {
    var state = State.sample(inputs: ["question": "@a.txt"], index: nil)
    _ = state.start()
    let effects = state.press("ctrl-r")
    let number = try #require(
      effects.compactMap { if case .readInputs(let reading) = $0 { reading.number } else { nil } }
        .first)
    _ = update(&state, .runsLoaded([.sample(0)], .show))
    let read = update(&state, .inputsRead(number: number, ["a.txt": .text("A", tokens: 1)]))
    #expect(State.started(by: read).isEmpty)
  }

  @Test func `columns of a prompt that was opened run no version of the one before`() {
    var state = State.sample(index: nil)
    let text = "Was {{question}}"
    let version = PromptVersion(
      VersionSummary(hash: ContentHash.of(text), prompt: "sample", number: 1, createdAt: 0),
      text: text)
    _ = update(&state, .versions(.fetched(version, .column(1))))
    #expect(state.columns[1].pinned != nil)
    _ = update(&state, .promptOpened(Draft(name: "other", promptText: "Other")))
    #expect(state.columns.allSatisfy { $0.pinned == nil })
    #expect(State.started(by: state.press("ctrl-r")).map(\.promptText) == ["Other", "Other"])
  }
}
