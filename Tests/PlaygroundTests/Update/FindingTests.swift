import Core
import Testing

@testable import Playground

@Suite struct FindingTests {
  private func state(_ text: String) -> State {
    var state = State.sample(prompt: text, inputs: [:], index: nil)
    state.focus(on: .prompt)
    state.prompt.editor.moveTo(.start)
    return state
  }

  private func cursor(_ state: State) -> [Int] {
    [state.prompt.editor.cursor.line, state.prompt.editor.cursor.offset]
  }

  @Test func `typing selects the nearest place and counts all`() {
    var state = state("one\ntwo one\nOne")
    state.prompt.editor.moveTo(TextPosition(line: 1, offset: 0))
    state.press("ctrl-g")
    state.type("one")
    #expect(state.finder?.countText == "2 of 3")
    #expect(cursor(state) == [1, 4])
    state.press("ctrl-g")
    #expect(cursor(state) == [2, 0])
    state.press("f3")
    #expect(cursor(state) == [0, 0])
    state.press("ctrl-p up")
    #expect(cursor(state) == [1, 4])
  }

  @Test func `Escape leads back, Enter stays`() {
    var state = state("a b c")
    state.press("ctrl-g c escape")
    #expect(state.finder == nil && cursor(state) == [0, 0])
    state.press("ctrl-g c enter")
    #expect(state.finder == nil && cursor(state) == [0, 4])
  }

  @Test func `what is not there leaves the cursor, and is said`() {
    var state = state("abc")
    state.press("ctrl-g")
    state.type("x")
    #expect(state.finder?.countText == "nothing found" && cursor(state) == [0, 0])
  }

  @Test func `an empty bar looks for what was looked for last`() {
    var state = state("a b a")
    state.press("ctrl-g b enter alt-< ctrl-g ctrl-g")
    #expect(cursor(state) == [0, 2])
  }

  @Test func `other keys close the bar and mean what they do`() {
    var state = state("a b")
    state.press("ctrl-g b page-down")
    #expect(state.finder == nil && cursor(state) == [0, 3])
    state.press("ctrl-g a alt-m")
    #expect(state.finder == nil && !state.overlays.isEmpty)
  }

  @Test func `each place is asked about, and each answer undone by itself`() {
    var state = state("x1 x2\nx3 x4")
    state.press("alt-% x enter y y enter y n y")
    #expect(state.prompt.editor.text == "yy1 x2\nyy3 x4")
    #expect(state.finder?.phase == .asking)
    state.press("q")
    #expect(state.finder == nil && state.notice?.text == "Replaced 2 places of 'x'.")
    state.press("ctrl-_")
    #expect(state.prompt.editor.text == "yy1 x2\nx3 x4")
  }

  @Test func `all at once is one change`() {
    var state = state("x x\nx")
    state.press("alt-%")
    state.type("x\nxx\n!")
    #expect(state.prompt.editor.text == "xx xx\nxx" && state.finder == nil)
    state.press("ctrl-_")
    #expect(state.prompt.editor.text == "x x\nx")
  }

  @Test func `replacing goes round the end of the text`() {
    var state = state("a b a b")
    state.prompt.editor.moveTo(TextPosition(line: 0, offset: 4))
    state.press("alt-%")
    state.type("a\n日\nyy")
    #expect(state.prompt.editor.text == "日 b 日 b" && state.finder == nil)
  }

  @Test func `values are searched, too`() {
    var state = State.sample(prompt: "{{a}}", inputs: ["a": "one two"], index: nil)
    state.press("tab home alt-%")
    state.type("two\nthree\ny")
    #expect(state.prompt.fields.first?.editor.text == "one three")
  }

  @Test func `vi looks for text through the bar`() {
    var state = state("a b a b")
    state.vi = Vi()
    state.press("/ b enter")
    #expect(cursor(state) == [0, 2])
    state.press("n")
    #expect(cursor(state) == [0, 6])
    state.press("N N")
    #expect(cursor(state) == [0, 6])
    state.press("? a enter")
    #expect(cursor(state) == [0, 4])
  }
}

@Suite struct CompletingTests {
  private func state(_ text: String = "{{question}} ") -> State {
    var state = State.sample(prompt: text, index: nil)
    state.press("alt->")
    return state
  }

  private func names(_ state: State) -> [String] { state.completion?.items.map(\.name) ?? [] }

  @Test(arguments: ["{{", "{{#", "{{^", "{{> ", "{{>", "{{ ", "{{{", "{{#if (", "{{role \""])
  func `the list opens where a name begins`(text: String) {
    var state = state()
    state.prompt.partialNames = ["tone"]
    state.type(text)
    #expect(state.completion != nil)
    state.type("\t")
    state.press("backspace backspace")
    state.type("}}")
    #expect(state.completion == nil)
  }

  @Test(arguments: ["{", "{{json ", "{{}", "{{!", "{{question}} "])
  func `it stays closed where no name begins`(text: String) {
    var state = state()
    state.type(text)
    #expect(state.completion == nil)
  }

  @Test(arguments: [
    ("{{qu", "{{question}}"), ("{{{qu", "{{{question}}}"), ("{{#qu", "{{#question}}"),
    ("{{~qu", "{{~question}}"), ("{{jso", "{{json"), ("{{json qu", "{{json question"),
    ("{{#ea", "{{#each"), ("{{> to", "{{> tone}}"), ("{{role \"sy", "{{role \"system\"}}"),
    ("{{#each passages}}{{te", "{{#each passages}}{{text}}"),
    ("{{#each passages}}{{thi", "{{#each passages}}{{this"),
  ])
  func `a name that nothing follows ends its tag`(typed: String, expected: String) {
    var state = state()
    state.prompt.partialNames = ["tone"]
    state.type(typed)
    state.press("tab")
    #expect(state.prompt.editor.text == "{{question}} " + expected)
  }

  @Test func `a tag that is closed gets no second end`() {
    var state = state()
    state.type("{{}}")
    state.press("left left")
    state.type("qu")
    state.press("tab")
    #expect(state.prompt.editor.text == "{{question}} {{question}}")
  }

  @Test func `the end of a tag that came with a name can be typed by habit`() {
    var state = state("{{question}} ")
    state.prompt.editor.move(.textEnd)
    state.type("{{ques")
    state.press("tab")
    state.type("}}}")
    #expect(state.prompt.editor.text == "{{question}} {{question}}}")
    state.press("backspace")
    state.type("\n{{role \"us")
    state.press("tab")
    state.type("\"}}.")
    #expect(state.prompt.editor.text == "{{question}} {{question}}\n{{role \"user\"}}.")
    // Elsewhere, and after anything else, it is a text like any other.
    state.type("{{ques")
    state.press("tab left right")
    state.press("backspace backspace")
    state.type("}}")
    #expect(state.prompt.editor.text.hasSuffix(".{{question}}"))
  }

  @Test func `the key that opens the list takes its only name`() {
    var state = state()
    state.type("{{")
    state.press("alt-/")
    #expect(state.completion?.selection == 1, "the next of several names")
    state.type("qu")
    state.press("alt-/")
    #expect(state.prompt.editor.text == "{{question}} {{question}}")
    #expect(state.completion == nil)
  }

  @Test func `the list is narrowed`() {
    var state = state()
    state.type("{{q")
    #expect(names(state) == ["question"])
    state.type("x")
    #expect(state.completion == nil)
    state.press("backspace")
    state.type("u")
    #expect(names(state) == ["question"])
  }

  @Test(arguments: ["tab", "enter"])
  func `a name is taken as one change`(key: String) {
    var state = state()
    state.type("{{qu")
    state.press(key)
    #expect(state.prompt.editor.text == "{{question}} {{question}}")
    #expect(state.completion == nil && state.focus == .prompt)
    state.press("ctrl-_")
    #expect(state.prompt.editor.text == "{{question}} {{qu")
  }

  @Test func `keys that the list doesn't need mean what they do`() {
    var state = state()
    state.type("{{qu")
    state.press("left")
    #expect(state.completion == nil)
    state.press("right alt-/")
    #expect(names(state) == ["question"])
    state.press("escape tab")
    #expect(state.focus == .field(0))
  }

  @Test func `variables of a dataset and all partials of the folder are offered`() {
    var state = state()
    let cases = [DatasetCase(values: ["ticket": 7])]
    let number = state.nextNumber
    _ = state.openDataset(at: "x")
    _ = update(
      &state, .datasetRead(number: number, Dataset(name: "x", cases: cases), path: "/x"))
    state.type("{{ti")
    #expect(names(state) == ["ticket"])
    let effects = update(
      &state, .promptOpened(Draft(name: "/a/b.prompt", promptText: "", promptPath: "/a/b.prompt")))
    #expect(effects.contains(.listPartials(path: "/a/b.prompt")))
    _ = update(&state, .partialsListed(["rules", "tone"], path: "/a/b.prompt"))
    _ = update(&state, .partialsListed(["other"], path: "/a/c.prompt"))
    state.type("{{> ")
    state.press("alt-/")
    #expect(names(state) == ["rules", "tone"])
    #expect(update(&state, .promptFolderChanged) == [.listPartials(path: "/a/b.prompt")])
  }

  @Test func `closers, roles, loops and helpers are known`() {
    var state = state("{{#each passages}}")
    state.type("{{/")
    #expect(names(state) == ["each"])
    state.press("enter")
    #expect(state.prompt.editor.text == "{{#each passages}}{{/each}}")
    state.type("{{role \"")
    #expect(names(state).contains("system"))
    state.press("down enter")
    #expect(state.prompt.editor.text.hasSuffix("{{role \"user\"}}"))
    state.type("{{#each passages}}{{@i")
    #expect(names(state) == ["@index"])
    state.press("backspace backspace")
    state.type("t")
    #expect(names(state) == ["text", "this"])
  }

  @Test func `names come from defaults and the schema`() {
    var state = state("---\ninput:\n  default: {tone: x}\n  schema: {topic?: string}\n---\nA ")
    state.type("{{to")
    #expect(names(state) == ["tone", "topic"])
  }

  @Test func `the matching brace is gone to`() {
    var state = state("{{#if question}}a{{/if}}")
    state.press("alt-< ctrl-]")
    #expect(state.prompt.editor.cursor.offset == 17)
    state.press("ctrl-]")
    #expect(state.prompt.editor.cursor.offset == 0)
  }
}

@Suite struct EditingOutsideTests {
  @Test func `the text goes out with its line, and comes back as one change`() {
    var state = State.sample(prompt: "a\nb\nc {{question}}", index: nil)
    state.focus(on: .prompt)
    state.prompt.editor.moveTo(TextPosition(line: 2, offset: 1))
    let text = state.prompt.editor.text
    #expect(
      state.press("ctrl-o") == [
        .terminal(.edit(OutsideEdit(target: .prompt, text: text, line: 3)))
      ])
    _ = update(&state, .editedOutside(.prompt, .edited("new\na\nB\nc {{question}}")))
    #expect(state.prompt.editor.text == "new\na\nB\nc {{question}}")
    #expect(state.prompt.editor.cursor == TextPosition(line: 3, offset: 1))
    state.press("ctrl-_")
    #expect(state.prompt.editor.text == text)
  }

  @Test func `an editor that fails changes nothing and says so`() {
    var state = State.sample(index: nil)
    let text = state.prompt.editor.text
    _ = update(&state, .editedOutside(.prompt, .failed("No.")))
    #expect(state.prompt.editor.text == text && state.notice?.text == "No.")
    _ = update(&state, .editedOutside(.field("question"), .edited("Why?")))
    #expect(state.prompt.inputs["question"] == "Why?")
  }

  @Test(arguments: [
    "", "a", "a\nb", "a\nb\nc", "b\nc", "x\na\nb\nc", "a\nx\nc\nd", "\n", "c\nb\na",
  ])
  func `any text takes the place of any other`(text: String) {
    for old in ["", "a\nb\nc", "a", "c\n"] {
      var editor = Editor(old)
      let isChanged = editor.take(text)
      #expect(isChanged == (old != text))
      #expect(editor.text == text)
      if old != text {
        _ = editor.undo()
        #expect(editor.text == old)
      }
    }
  }
}

@Suite struct CountingTests {
  @Test func `messages make the whole, passages and values are shares of it`() throws {
    var state = State.settled(passages: 2)
    state.press("alt-c")
    guard case .parts(let page)? = state.overlays.last else {
      Issue.record("no page")
      return
    }
    #expect(page.parts?.map(\.name).prefix(1) == ["system"])
    #expect(page.total == state.plainPromptTokens)
    let shares = (page.parts ?? []).filter { $0.kind == .share }
    #expect(shares.count == 3 && shares.last?.name == "{{question}}")
    #expect(shares.allSatisfy { $0.tokens > 0 && $0.tokens < page.total })
    state.press("escape")
    #expect(state.overlays.isEmpty)
  }
}
