import Core
import Testing

@testable import Playground

@Suite("Selecting, killing and yanking")
struct SelectingTests {
  private func state(_ prompt: String) -> State {
    State.sample(prompt: prompt, inputs: [:], index: nil)
  }

  private func selected(_ state: State) -> String? {
    state.prompt.editor.selection.map { state.prompt.editor.buffer.text(in: $0) }
  }

  private func drag(_ state: inout State, from: (x: Int, y: Int), to: (x: Int, y: Int)) {
    let room = state.textRoom
    let ends = [from, to].map { Point(x: room.x + $0.x, y: room.y + $0.y) }
    state.take(.mouse(Mouse(.press, at: ends[0])))
    state.take(.mouse(Mouse(.drag, at: ends[1])))
    state.take(.mouse(Mouse(.release, at: ends[1])))
  }

  @Test(
    "Keys with shift select, and keys without drop it",
    arguments: [
      ("shift-right shift-right", "on"), ("ctrl-shift-right", "one"), ("shift-end", "one two"),
      ("shift-down", "one two\n"), ("ctrl-shift-end", "one two\nthree"),
      ("alt-A", "one two\nthree"), ("ctrl-space alt-f right", "one "),
      ("ctrl-e shift-home", "one two"), ("ctrl-e ctrl-shift-left", "two"),
      ("shift-right left", nil), ("ctrl-space right escape right", nil), ("alt-A escape", nil),
    ])
  func keys(keys: String, expected: String?) {
    var state = state("one two\nthree")
    state.press(keys)
    #expect(selected(state) == expected)
  }

  @Test(
    "Typing, pasting, deleting and killing act on the selection",
    arguments: [
      ("x", "x two"), ("backspace", " two"), ("delete", " two"), ("ctrl-w", " two"),
      ("ctrl-y", " two"), ("enter", "\n two"),
    ])
  func actOnSelection(key: String, expected: String) {
    var state = state("one two")
    state.press("ctrl-shift-right \(key)")
    #expect(state.prompt.editor.text == expected)
    #expect(state.prompt.editor.selection == nil)
  }

  @Test(
    "Kills that know no selection go from the cursor, and drop it",
    arguments: [
      ("ctrl-k", "one"), ("ctrl-u", " two"), ("alt-d", "one"), ("ctrl-e ctrl-k", "one two"),
    ])
  func killBesideSelection(keys: String, expected: String) {
    var state = state("one two")
    state.press("ctrl-space alt-f \(keys)")
    #expect(state.prompt.editor.text == expected)
    #expect(selected(state) == nil)
    state.press("right")
    #expect(selected(state) == nil)
    state.press("ctrl-_")
    #expect(state.prompt.editor.text == "one two")
  }

  @Test("A copy goes to the terminal's clipboard, and is yanked")
  func copies() {
    var state = state("one two")
    #expect(state.press("ctrl-shift-right alt-w") == [.terminal(.copy("one"))])
    #expect(selected(state) == nil)
    state.press("ctrl-e ctrl-y")
    #expect(state.prompt.editor.text == "one twoone")
    #expect(state.press("alt-w").isEmpty)
    #expect(state.notice?.kind == .information)
  }

  @Test("Kills in a row are one; M-y puts the one before in place of what was yanked")
  func killRing() {
    var state = state("one two three")
    state.press("alt-d alt-d ctrl-e ctrl-w ctrl-y")
    #expect(state.prompt.editor.text == " three")
    state.press("alt-y")
    #expect(state.prompt.editor.text == " one two")
    state.press("alt-y")
    #expect(state.prompt.editor.text == " three")
    state.press("left alt-y")
    #expect(state.prompt.editor.text == " three")
  }

  @Test("Killing backward in a row keeps the order of the text")
  func killsBackward() {
    var state = state("one two three")
    state.press("ctrl-e ctrl-w ctrl-w ctrl-a ctrl-y")
    #expect(state.prompt.editor.text == "two threeone ")
  }

  @Test("The mouse selects while its button is down, also backward")
  func drags() {
    var state = state("one two\nthree")
    drag(&state, from: (1, 0), to: (2, 1))
    #expect(selected(state) == "ne two\nth")
    drag(&state, from: (3, 1), to: (0, 1))
    #expect(selected(state) == "thr")
    drag(&state, from: (2, 0), to: (2, 0))
    #expect(selected(state) == nil)
  }

  @Test("A second click selects the word, a third one the line, and a key starts over")
  func clicks() {
    var state = state("one two\nthree")
    let room = state.textRoom
    let click = Input.mouse(Mouse(.press, at: Point(x: room.x + 5, y: room.y)))
    state.take(click)
    #expect(selected(state) == nil)
    state.take(click)
    #expect(selected(state) == "two")
    state.take(click)
    #expect(selected(state) == "one two\n")
    state.press("left")
    state.take(click)
    #expect(selected(state) == nil)
    #expect(state.prompt.editor.cursor.offset == 5)
  }

  @Test("A drag beyond the edge scrolls the text")
  func dragScrolls() {
    var state = state((0..<60).map { "line \($0)" }.joined(separator: "\n"))
    let height = state.textRoom.height
    drag(&state, from: (0, 2), to: (3, height + 4))
    #expect(state.prompt.editor.top.line == 5)
    #expect(state.prompt.editor.cursor.line == height + 4)
    drag(&state, from: (0, 2), to: (3, -3))
    #expect(state.prompt.editor.top.line == 2)
  }

  @Test("A field is selected in like the prompt")
  func fields() {
    var state = State.sample(prompt: "{{a}}", inputs: ["a": "one two"], index: nil)
    state.press("tab ctrl-a ctrl-shift-right x")
    #expect(state.prompt.fields.first?.editor.text == "x two")
  }
}
