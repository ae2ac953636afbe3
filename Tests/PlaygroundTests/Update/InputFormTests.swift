import Core
import Testing

@testable import Playground

@Suite("Inputs")
struct InputFormTests {
  private func readings(in effects: [Effect]) -> [InputReading] {
    effects.reduce(into: []) { if case .readInputs(let reading) = $1 { $0.append(reading) } }
  }

  private func messages(_ effects: [Effect]) -> [String] {
    State.started(by: effects).flatMap { $0.request.messages.map(\.text) }
  }

  @Test("A missing variable is known before anything is run")
  func missing() {
    var state = State.sample(
      prompt: "{{a}} {{#if b}}{{b}}{{/if}} {{c}}", inputs: ["c": "x"], index: nil)
    _ = state.start()
    #expect(state.prompt.missing == ["a"])
    state.focus(on: .field(0))
    state.type("now")
    _ = update(&state, .timer(.settle))
    #expect(state.prompt.missing.isEmpty)
    #expect(state.prompt.source(of: state.prompt.fields[0]) == .typed)
    #expect(state.prompt.source(of: state.prompt.fields[1]) == nil)
  }

  @Test("While the text can't be read, values stay what they were, and the count is an old one")
  func broken() {
    let text = "---\ninput:\n  default:\n    a: mild\n---\n{{a}} {{b}}"
    var state = State.sample(prompt: text, inputs: ["b": "x"], index: nil)
    _ = state.start()
    #expect(!state.isCountOutdated)
    state.press("alt->")
    state.type("{{#if")
    _ = update(&state, .timer(.settle))
    #expect(state.prompt.source(of: state.prompt.fields[0]) == .defaultValue)
    #expect(state.prompt.source(of: state.prompt.fields[1]) == .typed)
    #expect(state.isCountOutdated)
    state.type(" a}}{{/if}}")
    _ = update(&state, .timer(.settle))
    #expect(!state.isCountOutdated)
  }

  @Test("A value that outgrows its rows has none of them blank")
  func grown() throws {
    var state = State.sample(prompt: "{{a}} {{b}}", inputs: [:], index: nil)
    _ = state.start()
    state.focus(on: .field(0))
    for _ in 0..<12 {
      state.press("enter")
      let field = try #require(state.promptLayout.fields.first { $0.index == 0 })
      let editor = state.prompt.fields[0].editor
      #expect(editor.top.line + field.value.height <= editor.buffer.lines.count)
    }
    for _ in 0..<12 {
      state.press("backspace")
      let field = try #require(state.promptLayout.fields.first { $0.index == 0 })
      let editor = state.prompt.fields[0].editor
      let shown = editor.buffer.lines.count - editor.top.line
      #expect(shown >= min(field.value.height, editor.buffer.lines.count))
    }
  }

  @Test("A list in a field is a list where the template loops over it")
  func list() {
    var state = State.sample(
      prompt: "{{#each items}}<{{this}}>{{/each}}", inputs: ["items": "[\"a\", \"b\"]"], index: nil,
      columns: 1)
    #expect(messages(state.press("ctrl-r")) == ["<a><b>"])
  }

  // MARK: Files

  @Test("A field that begins with @ takes the text of its file, once that has been read")
  func file() throws {
    var state = State.sample(
      prompt: "{{notes}}", inputs: ["notes": "@n.md"], index: nil, columns: 1)
    let first = try #require(readings(in: state.start()).first)
    #expect(first.paths == ["n.md"])
    _ = update(&state, .inputsRead(number: first.number, ["n.md": .text("old", tokens: 1)]))
    #expect(state.prompt.source(of: state.prompt.fields[0]) == .file(.text("old", tokens: 1)))

    let effects = state.press("ctrl-r")
    let second = try #require(readings(in: effects).first)
    #expect(State.started(by: effects).isEmpty)
    let late = update(&state, .inputsRead(number: first.number, ["n.md": .text("late", tokens: 1)]))
    #expect(State.started(by: late).isEmpty)
    let after = update(
      &state, .inputsRead(number: second.number, ["n.md": .text("new", tokens: 1)]))
    #expect(messages(after) == ["new"])
    #expect(State.started(by: after).first?.inputs == ["notes": "new"])
    #expect(state.draft.inputs == ["notes": "@n.md"])
  }

  @Test("A second file that is named while a run waits for the first is waited for, too")
  func secondFile() throws {
    var state = State.sample(
      prompt: "{{a}} {{b}}", inputs: ["a": "@a.md", "b": ""], index: nil, columns: 1)
    _ = state.start()
    let running = try #require(readings(in: state.press("ctrl-r")).first)
    state.focus(on: .field(1))
    state.type("@b.md")
    let both = try #require(readings(in: update(&state, .timer(.settle))).first)
    #expect(both.paths == ["a.md", "b.md"])
    let texts: [String: InputFile] = ["a.md": .text("A", tokens: 1), "b.md": .text("B", tokens: 1)]
    #expect(State.started(by: update(&state, .inputsRead(number: running.number, texts))).isEmpty)
    #expect(messages(update(&state, .inputsRead(number: both.number, texts))) == ["A B"])
  }

  @Test("A file that can't be used stops the run, and takes the cursor to its field")
  func brokenFile() throws {
    var state = State.sample(
      prompt: "{{a}}{{notes}}", inputs: ["a": "x", "notes": "@n"], index: nil)
    _ = state.start()
    let reading = try #require(readings(in: state.press("ctrl-r")).first)
    let effects = update(&state, .inputsRead(number: reading.number, ["n": .problem("No file n.")]))
    #expect(State.started(by: effects).isEmpty)
    #expect(state.notice == Notice(.error, "Nothing was run: No file n."))
    #expect(state.focus == .field(1))
  }

  @Test("A question in a file is what is searched for")
  func questionInFile() throws {
    var state = State.sample(inputs: ["question": "@q.txt"])
    let reading = try #require(readings(in: state.start()).first)
    let effects = update(
      &state, .inputsRead(number: reading.number, ["q.txt": .text("How long?", tokens: 3)]))
    #expect(State.searches(in: effects).map(\.query) == ["How long?"])
  }

  @Test("A value that a run had is never taken for the name of a file")
  func replayedValue() {
    var pane = PromptPane(draft: Draft(promptText: "{{a}}"))
    pane.open(text: "{{a}} again", name: "run", inputs: ["a": "@home.md"])
    #expect(pane.inputs == ["a": "@@home.md"])
    #expect(pane.filePaths.isEmpty)
    #expect(pane.valueTexts == ["a": "@home.md"])
  }

  // MARK: The form

  @Test("On a small screen the form has a place of its own, between the prompt and the context")
  func apart() {
    var state = State.sample(
      size: Size(width: 60, height: 20), prompt: "{{a}}{{b}}", inputs: [:], index: nil)
    #expect(state.hasInputsApart)
    #expect(state.promptLayout.fields.isEmpty)
    state.press("tab")
    #expect(state.focus == .field(0))
    #expect(state.promptLayout.text.height == 0)
    #expect(state.promptLayout.fields.count == 2)
    state.press("tab tab")
    #expect(state.focus == .context)
  }

  @Test("The row of the passages leads to the context")
  func passagesRow() throws {
    var state = State.settled(size: Size(width: 250, height: 70))
    #expect(state.promptLayout.arrangement == .beside)
    let row = try #require(state.promptLayout.passages)
    state.take(.mouse(Mouse(.press, at: Point(x: row.x + 3, y: row.y))))
    #expect(state.focus == .context)
  }

  @Test("The value with the cursor grows with its text")
  func growing() {
    var state = State.sample(
      size: Size(width: 250, height: 70), prompt: "{{a}}{{b}}", inputs: [:], index: nil)
    state.focus(on: .field(1))
    state.type("1\n2\n3\n4\n5")
    #expect(state.promptLayout.fields.map(\.value.height) == [3, 5])
  }

  @Test("Values outlive a template that is broken when the program ends")
  func valuesOfBrokenTemplates() {
    let draft = Draft(
      name: "w", promptText: "Hi {{aa}} and {{bb", inputs: ["aa": "one", "bb": "two"])
    var state = State(
      size: Size(width: 105, height: 30), draft: draft, models: [], defaults: [.echo],
      retrieval: RetrievalSettings())
    #expect(state.draft.inputs == ["aa": "one", "bb": "two"])
    state.press("alt->")
    state.type("}}")
    _ = update(&state, .timer(.settle))
    #expect(state.prompt.fields.map(\.name) == ["aa", "bb"])
    #expect(state.prompt.inputs == ["aa": "one", "bb": "two"])
  }
}
