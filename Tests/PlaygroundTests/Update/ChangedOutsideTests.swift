import Core
import Testing

@testable import Playground

@Suite("Files changed outside")
struct ChangedOutsideTests {
  private static let text = "One\ntwo\nthree\nfour\nfive\n"

  /// A prompt of a file, in which the cursor stands at the start of a line.
  private func opened(cursorLine: Int = 0) -> State {
    var state = State.settled()
    var draft = Draft(
      name: "/a/b.prompt", promptText: Self.text, promptPath: "/a/b.prompt", savedText: Self.text)
    draft.cursor = TextPosition(line: cursorLine, offset: 0)
    _ = update(&state, .promptOpened(draft))
    return state
  }

  @discardableResult
  private func find(_ text: String?, in state: inout State, isSaving: Bool = false) -> [Effect] {
    update(
      &state,
      .promptFileFound(PromptFileState(path: "/a/b.prompt", text: text, isSaving: isSaving)))
  }

  @Test("A prompt's file is watched as long as it is open")
  func watched() {
    var state = opened()
    #expect(state.start().contains(.watchPrompt(path: "/a/b.prompt")))
    let effects = update(&state, .promptSaved(path: "/c.prompt", text: Self.text))
    #expect(effects.contains(.watchPrompt(path: "/c.prompt")))
  }

  @Test("What is known already, or is of another file, changes nothing")
  func nothingNew() {
    var state = opened()
    let before = state.prompt
    #expect(find(Self.text, in: &state).isEmpty)
    #expect(
      update(&state, .promptFileFound(PromptFileState(path: "/other", text: "x"))).isEmpty)
    #expect(state.prompt == before)
  }

  @Test(
    "A text that was not touched is reloaded; undo brings it back, the cursor stays in its line")
  func reload() {
    var state = opened(cursorLine: 3)
    let effects = find("New\nOne\ntwo\nthree\nfour\nfive\n", in: &state)
    #expect(effects.contains(.schedule(.saveDraft, after: 500)))
    #expect(state.prompt.editor.text.hasPrefix("New\nOne\n"))
    #expect(state.prompt.editor.cursor == TextPosition(line: 4, offset: 0))
    #expect(!state.prompt.isModified)
    #expect(
      state.notice?.text == "b.prompt changed outside: reloaded, undo brings yours back.")
    state.press("alt-u")
    #expect(state.prompt.editor.text == Self.text)
    // What was taken back is still in the file: saving asks.
    #expect(state.prompt.outsideText == "New\nOne\ntwo\nthree\nfour\nfive\n")
    #expect(state.prompt.savedText == Self.text)
    #expect(state.press("ctrl-s").isEmpty)
    #expect(state.picker?.kind == .conflict("b.prompt"))
    // Redo takes it in again.
    state.press("escape alt-r")
    #expect(state.prompt.editor.text == "New\nOne\ntwo\nthree\nfour\nfive\n")
    #expect(state.prompt.outsideText == nil)
    #expect(!state.prompt.isModified)
  }

  @Test("A merge that was taken back is not overwritten by a save")
  func mergeTakenBack() {
    var state = opened(cursorLine: 4)
    state.type("x")
    find("New\ntwo\nthree\nfour\nfive\n", in: &state)
    #expect(state.prompt.editor.text == "New\ntwo\nthree\nfour\nxfive\n")
    #expect(state.prompt.outsideText == nil)
    state.press("alt-u")
    #expect(state.prompt.editor.text == "One\ntwo\nthree\nfour\nxfive\n")
    #expect(state.prompt.outsideText == "New\ntwo\nthree\nfour\nfive\n")
    #expect(state.press("ctrl-s").isEmpty)
  }

  @Test("Changes in different places are merged as one change, and saving writes both")
  func merge() {
    var state = opened()
    state.type("x")
    find("One\ntwo\nthree\nfour\nFIVE\nsix\n", in: &state)
    #expect(state.prompt.editor.text == "xOne\ntwo\nthree\nfour\nFIVE\nsix\n")
    #expect(
      state.notice?.text
        == "b.prompt changed outside: lines 5-6 are merged with yours, undo takes that back.")
    #expect(
      state.press("ctrl-s") == [
        .savePrompt(
          PromptSave(
            path: "/a/b.prompt", text: "xOne\ntwo\nthree\nfour\nFIVE\nsix\n",
            expected: "One\ntwo\nthree\nfour\nFIVE\nsix\n"))
      ])
    state.press("alt-u")
    #expect(state.prompt.editor.text == "x" + Self.text)
  }

  /// Both sides have changed the first line.
  private func conflicted() -> State {
    var state = opened()
    state.type("x")
    find("yOne\ntwo\nthree\nfour\nfive\n", in: &state)
    return state
  }

  @Test("Changes of the same line leave both as they are, and saving asks")
  func conflict() {
    var state = conflicted()
    #expect(state.prompt.editor.text == "x" + Self.text)
    #expect(state.prompt.outsideText?.hasPrefix("yOne") == true)
    #expect(state.press("ctrl-s").isEmpty)
    #expect(state.picker?.items.count == 4)
    state.press("escape")
    #expect(state.prompt.outsideText != nil)
  }

  @Test("A save that found the file changed asks at once where it must")
  func conflictWhileSaving() {
    var state = opened()
    state.type("x")
    find("yOne\ntwo\nthree\nfour\nfive\n", in: &state, isSaving: true)
    #expect(state.picker != nil)
  }

  @Test("Both can be had between marks")
  func marks() {
    var state = conflicted()
    state.press("ctrl-s enter")
    #expect(
      state.prompt.editor.text
        == "<<<<<<< mine\nxOne\n=======\nyOne\n>>>>>>> theirs\ntwo\nthree\nfour\nfive\n")
    #expect(state.prompt.outsideText == nil)
    #expect(State.saves(in: state.press("ctrl-s")).first?.expected?.hasPrefix("yOne") == true)
  }

  @Test("Mine can be kept, with theirs beside it")
  func keepMine() {
    var state = conflicted()
    let save = State.saves(in: state.press("ctrl-s down enter")).first
    #expect(save?.keepsAside == true)
    #expect(save?.text == "x" + Self.text)
    #expect(save?.expected?.hasPrefix("yOne") == true)
    _ = update(
      &state,
      .promptSaved(path: "/a/b.prompt", text: "x" + Self.text, aside: "/a/b.theirs.prompt"))
    #expect(state.prompt.outsideText == nil)
    #expect(state.notice?.text.contains("/a/b.theirs.prompt") == true)
  }

  @Test("Theirs can be taken, and mine is one undo away")
  func takeTheirs() {
    var state = conflicted()
    state.press("ctrl-s down down enter")
    #expect(state.prompt.editor.text.hasPrefix("yOne"))
    #expect(!state.prompt.isModified)
    state.press("alt-u")
    #expect(state.prompt.editor.text == "x" + Self.text)
  }

  @Test("Mine can go elsewhere")
  func saveElsewhere() {
    var state = conflicted()
    state.press("ctrl-s end down down down enter")
    guard case .line(let line)? = state.overlays.last else {
      Issue.record("no name was asked for")
      return
    }
    #expect(line.purpose == .savePromptAs)
  }

  @Test("A file that went back to what it was is no conflict any more")
  func revoked() {
    var state = conflicted()
    find(Self.text, in: &state)
    #expect(state.prompt.outsideText == nil)
    #expect(State.saves(in: state.press("ctrl-s")).count == 1)
  }

  @Test("A file that is gone is said to be, and the text stays")
  func deleted() {
    var state = opened()
    find(nil, in: &state)
    #expect(state.notice?.kind == .warning)
    #expect(state.prompt.editor.text == Self.text)
    #expect(State.saves(in: state.press("ctrl-s")).count == 1)
  }

  @Test("A text that is taken in changes the lines that differ only, whatever they hold")
  func take() {
    for (old, new) in [
      ("", "a"), ("a", ""), ("a\n", "a"), ("a\nb\n", "a\nb\nb\n"), ("a\nb\nb\n", "a\nb\n"),
      ("a\r\nb\r\n", "a\r\nc\r\n"), ("a\nb\n", "a\nb\r\n"), ("", "a\r\nb\n"),
      ("\u{FEFF}a\n", "a\n"), ("e\n", "e\u{301}\n"),
    ] {
      var editor = Editor(old)
      editor.take(new)
      #expect(editor.text.utf8.elementsEqual(new.utf8))
      _ = editor.undo()
      #expect(editor.text.utf8.elementsEqual(old.utf8))
    }
  }
}

@Suite("Where a prompt was left")
struct KeepingPlaceTests {
  @Test("Cursor, scroll and history are those of the draft")
  func restored() {
    let text = (0..<100).map { "line \($0) of the prompt\n" }.joined()
    var state = State.sample(prompt: text, index: nil)
    state.press("page-down page-down right right")
    state.type("ab")
    state.press("left alt-u")
    for _ in 0..<5 {
      state.take(.mouse(Mouse(.wheelDown, at: Point(x: 5, y: 5))))
    }
    var again = State(
      size: state.size, draft: state.draft, models: [], defaults: [],
      retrieval: RetrievalSettings())
    _ = again.start()
    #expect(again.prompt.editor.cursor == state.prompt.editor.cursor)
    #expect(again.prompt.editor.top == state.prompt.editor.top)
    #expect(again.draft == state.draft)
    again.press("alt-r")
    #expect(again.prompt.editor.text.contains("ab"))
  }

  @Test("A moved cursor is kept, too, and what moves nothing is not")
  func scheduled() {
    var state = State.settled()
    #expect(state.press("down").contains(.schedule(.saveDraft, after: 500)))
    state.press("ctrl-home")
    #expect(!state.press("f1").contains(.schedule(.saveDraft, after: 500)))
  }
}

extension State {
  fileprivate static func saves(in effects: [Effect]) -> [PromptSave] {
    effects.compactMap { if case .savePrompt(let save) = $0 { save } else { nil } }
  }
}
