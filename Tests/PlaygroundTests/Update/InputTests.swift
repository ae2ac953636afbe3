import Core
import Testing

@testable import Playground

@Suite("Keys, mouse, paste and size")
struct InputTests {
  @Test("A paste is text, never keys")
  func paste() {
    var state = State.sample(prompt: "", index: nil)
    state.take(.paste("a\u{12}\r\nb\u{1B}[2J"))
    #expect(state.prompt.editor.text == "a\u{12}\nb\u{1B}[2J")
    #expect(!state.isRunning)
    state.focus(on: .context)
    #expect(state.take(.paste("q")).isEmpty)
    #expect(!state.isQuitting)
    #expect(state.notice?.kind == .information)
  }

  @Test("What was killed is yanked, in another text too")
  func killAndYank() {
    var state = State.sample(prompt: "{{a}} words", inputs: ["a": "x"], index: nil)
    state.press("alt-f ctrl-k tab ctrl-y")
    #expect(state.prompt.editor.text == "{{a")
    #expect(state.prompt.fields.first?.editor.text == "x}} words")
  }

  @Test("Keys with modifiers that mean nothing type nothing")
  func unboundKeys() {
    var state = State.sample(prompt: "", index: nil)
    #expect(state.press("alt-q ctrl-alt-x f12 insert").isEmpty)
    #expect(state.prompt.editor.text == "")
  }

  @Test("The next key takes a notice away")
  func notices() {
    var state = State.settled()
    state.press("ctrl-c")
    #expect(state.notice != nil)
    state.press("left")
    #expect(state.notice == nil)
  }

  @Test("A click focuses the pane and puts the cursor where it points")
  func click() {
    var state = State.settled()
    let text = state.promptLayout.text
    state.take(.mouse(Mouse(.press, at: Point(x: text.x + 7, y: text.y + 1))))
    #expect(state.focus == .prompt)
    #expect(state.prompt.editor.cursor == TextPosition(line: 1, offset: 7))
    state.take(.mouse(Mouse(.press, at: Point(x: text.x + 9, y: text.bottom - 1))))
    #expect(state.prompt.editor.cursor == state.prompt.editor.buffer.end)

    let field = state.promptLayout.fields[0]
    state.take(.mouse(Mouse(.press, at: Point(x: field.value.x + 3, y: field.value.y))))
    #expect(state.focus == .field(0))
    #expect(state.prompt.fields[0].editor.cursor.offset == 3)

    let context = state.layout.context?.inside ?? Rectangle(size: state.size)
    state.take(.mouse(Mouse(.press, at: Point(x: context.x, y: context.y + 3))))
    #expect(state.focus == .context)
    #expect(state.context.selection == 1)

    state.take(.mouse(Mouse(.press, at: Point(x: 104, y: 20))))
    #expect(state.focus == .column(1))
    state.take(.mouse(Mouse(.press, at: Point(x: 0, y: 0))))
    #expect(state.focus == .column(1))
  }

  @Test("The wheel scrolls the pane under it, and leaves the focus")
  func wheel() {
    var state = State.settled(passages: 20)
    state.press("ctrl-r")
    state.stream(1, .text((0..<60).map { "\($0)\n" }.joined()))
    let end = state.columns[1].top
    state.take(.mouse(Mouse(.wheelUp, at: Point(x: 100, y: 20))))
    #expect(state.columns[1].top == end - 3)
    state.take(.mouse(Mouse(.wheelDown, at: Point(x: 100, y: 3))))
    #expect(state.context.selection == 1)
    #expect(state.focus == .prompt)
    state.press("ctrl-p")
    state.take(.mouse(Mouse(.wheelDown, at: Point(x: 100, y: 20))))
    #expect(state.picker?.selection == 1)
    #expect(state.columns[1].top == end - 3)
  }

  @Test("Clicks, drags and releases under an overlay do nothing")
  func overlayCatchesMouse() {
    var state = State.settled()
    state.press("ctrl-p")
    for action in [Mouse.Action.press, .release, .drag] {
      state.take(.mouse(Mouse(action, at: Point(x: 100, y: 20))))
    }
    #expect(state.focus == .prompt)
    #expect(state.overlays.count == 1)
  }

  @Test(
    "Any size does in any state, and the first size comes back whole",
    arguments: ["", "tab", "tab tab", "tab tab tab", "f1", "ctrl-p", "alt-o", "alt-z", "ctrl-r"])
  func resize(keys: String) {
    var state = State.settled(passages: 20)
    state.press(keys)
    let layout = state.layout
    for (width, height) in [(60, 20), (1, 1), (40, 12), (2000, 2000), (0, 0), (3, 300), (300, 3)] {
      state.take(.resize(Size(width: width, height: height)))
      for key in ["down", "up", "page-down", "page-up", "right", "end", "home", "G", "g"] {
        state.press(key)
      }
      state.take(.mouse(Mouse(.press, at: Point(x: 0, y: 0))))
      state.take(.mouse(Mouse(.wheelDown, at: Point(x: 0, y: 0))))
    }
    state.take(.resize(layout.size))
    #expect(state.layout.size == layout.size)
    #expect(
      state.columns.map(\.view.width) == state.columns.indices.map { state.columnInside($0).width })
  }

  @Test("Suspending and coming back paints anew")
  func suspend() {
    var state = State.settled()
    #expect(state.press("ctrl-z") == [.terminal(.suspend)])
    #expect(state.take(.resume) == [.terminal(.redraw)])
    #expect(state.press("ctrl-l") == [.terminal(.redraw)])
  }
}
