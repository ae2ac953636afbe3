import Core
import Testing

@testable import Playground

/// Undo over a restart: the edits of earlier starts come after the text.
@Suite struct EarlierHistoryTests {
  private static let text = "one two"

  /// What undo knows of a text of two words, as the store keeps it, with the second undone or not.
  private func stored(isUndone: Bool = false) -> (place: HistoryPlace, history: EditHistory) {
    var editor = Editor()
    editor.insert("one")
    editor.insert(" two")
    if isUndone { _ = editor.undo() }
    let hash = ContentHash.of(editor.text)
    return (HistoryPlace(of: editor.history, in: "a", textHash: hash), editor.history)
  }

  /// A prompt whose history has not come yet.
  private func opened(_ text: String = text, at place: HistoryPlace) -> State {
    var draft = Draft(name: "a", promptText: text)
    draft.cursor = TextPosition(line: 0, offset: text.utf8.count)
    draft.history = EditHistory(after: place)
    var state = State.settled()
    let effects = update(&state, .promptOpened(draft))
    #expect(effects.contains(.readHistory(place)))
    #expect(state.start().contains(.readHistory(place)))
    return state
  }

  @Test func `undo that is asked for before its edits have come is done once they have`() {
    let (place, history) = stored()
    var state = opened(at: place)
    state.press("alt-u")
    #expect(state.prompt.editor.text == Self.text)
    let effects = update(&state, .historyRead(place, history))
    #expect(state.prompt.editor.text == "one")
    #expect(effects.contains(.schedule(.saveDraft, after: 500)))
    state.press("alt-r")
    #expect(state.prompt.editor.text == Self.text)
  }

  @Test func `redo that is asked for too soon is done, too, and takes back an undo`() {
    let (place, history) = stored(isUndone: true)
    var state = opened("one", at: place)
    state.press("alt-r")
    #expect(state.prompt.editor.text == "one")
    _ = update(&state, .historyRead(place, history))
    #expect(state.prompt.editor.text == Self.text)

    state = opened("one", at: place)
    state.press("alt-u alt-r")
    _ = update(&state, .historyRead(place, history))
    #expect(state.prompt.editor.text == "one")
  }

  @Test func `what was typed meanwhile is undone first`() {
    let (place, history) = stored()
    var state = opened(at: place)
    state.press("alt-u")
    state.type("!")
    #expect(update(&state, .historyRead(place, history)).isEmpty)
    #expect(state.prompt.editor.text == "one two!")
    state.press("alt-u")
    #expect(state.prompt.editor.text == Self.text)
    state.press("alt-u alt-u alt-u")
    #expect(state.prompt.editor.text == "")
    state.press("alt-r alt-r alt-r")
    #expect(state.prompt.editor.text == "one two!")
  }

  @Test func `a history that is lost, or of another prompt, undoes nothing`() {
    let (place, history) = stored()
    var state = opened(at: place)
    var other = place
    other.draft = "b"
    _ = update(&state, .historyRead(other, history))
    #expect(state.draft.history.earlier == place)
    _ = update(&state, .historyRead(place, nil))
    state.press("alt-u")
    #expect(state.prompt.editor.text == Self.text)
    #expect(state.draft.history == EditHistory())
  }

  @Test func `what the file changed meanwhile is known when it is taken back`() {
    let (place, history) = stored()
    var draft = Draft(
      name: "a", promptText: Self.text, promptPath: "/a.prompt", savedText: Self.text)
    draft.history = EditHistory(after: place)
    var state = State.settled()
    _ = update(&state, .promptOpened(draft))
    _ = update(&state, .promptFileFound(PromptFileState(path: "/a.prompt", text: "theirs")))
    #expect(state.prompt.editor.text == "theirs")
    _ = update(&state, .historyRead(place, history))
    state.press("alt-u")
    #expect(state.prompt.editor.text == Self.text)
    #expect(state.prompt.outsideText == "theirs")
  }

  @Test func `an insertion in vi that began meanwhile is one change`() {
    let (place, history) = stored()
    var state = State.sample(keys: .vi)
    var draft = Draft(name: "a", promptText: Self.text)
    draft.cursor = .start
    draft.history = EditHistory(after: place)
    _ = update(&state, .promptOpened(draft))
    state.press("i")
    _ = update(&state, .historyRead(place, history))
    state.type("x y z ")
    state.press("escape u")
    #expect(state.prompt.editor.text == Self.text)
  }
}
