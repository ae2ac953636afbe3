import Core
import Testing

@testable import Playground

@Suite("Prompt files and drafts")
struct FileTests {
  private func opened() -> State {
    var state = State.settled()
    let text = "Say {{what}}"
    _ = update(
      &state,
      .promptOpened(
        Draft(name: "a/b.prompt", promptText: text, promptPath: "a/b.prompt", savedText: text)))
    return state
  }

  @Test("An opened prompt takes the place of the text, with its own fields")
  func open() {
    let state = opened()
    #expect(state.prompt.editor.text == "Say {{what}}")
    #expect(state.prompt.fields.map(\.name) == ["what"])
    #expect(state.prompt.name == "b.prompt")
    #expect(!state.prompt.isModified)
    #expect(state.draft.name == "a/b.prompt")
  }

  @Test("The index belongs to the prompt that it was chosen for")
  func index() {
    var state = State.settled()
    #expect(state.context.index == "docs")
    let opened = update(&state, .promptOpened(Draft(name: "b", promptText: "{{question}}")))
    #expect(
      opened.contains {
        if case .saveDraft(let draft) = $0 { draft.index == "docs" } else { false }
      })
    #expect(state.context.index == nil)
    #expect(state.context.passages.isEmpty)
    let other = Draft(
      name: "c", promptText: "{{question}}", inputs: ["question": "?"], index: "law")
    let searched = update(&state, .promptOpened(other))
    #expect(
      searched.contains {
        if case .search(let search) = $0 { search.index == "law" } else { false }
      })
    #expect(state.draft.index == "law")
  }

  @Test("The partials of a prompt are read from beside its file, anew when the text settles")
  func partials() {
    var state = State.settled()
    let text = "{{> rules}} {{q}}"
    let opened = update(
      &state,
      .promptOpened(
        Draft(name: "a/b.prompt", promptText: text, promptPath: "a/b.prompt", savedText: text)))
    let request = Effect.readPartials(path: "a/b.prompt", names: ["rules"])
    #expect(opened.contains(request))
    _ = update(&state, .partialsRead(["rules": "Be {{tone}}."], path: "a/b.prompt"))
    #expect(state.prompt.fields.map(\.name) == ["tone", "q"])
    _ = update(&state, .partialsRead(["rules": "{{other}}"], path: "a/c.prompt"))
    #expect(state.prompt.fields.map(\.name) == ["tone", "q"])
    state.type("{{> more}}")
    let settled = update(&state, .timer(.settle))
    #expect(settled.contains(.readPartials(path: "a/b.prompt", names: ["rules", "more"])))
    let saved = update(&state, .promptSaved(path: "c/b.prompt", text: text))
    #expect(saved.contains(.readPartials(path: "c/b.prompt", names: ["rules", "more"])))
  }

  @Test("A partial that is not there is said when the prompt is run")
  func missingPartial() {
    var state = State.settled()
    let text = "{{> rules}} x"
    _ = update(
      &state,
      .promptOpened(
        Draft(name: "a/b.prompt", promptText: text, promptPath: "a/b.prompt", savedText: text)))
    let effects = state.press("ctrl-r")
    #expect(!effects.contains { if case .startRuns = $0 { true } else { false } })
    #expect(
      state.notice?.text
        == "Nothing was run: b.prompt:1:1: there is no partial 'rules': a file '_rules.prompt' was "
        + "expected beside the prompt")
  }

  @Test("Saving sends what the file is expected to hold, so that no change outside is lost")
  func save() {
    var state = opened()
    state.type("x")
    #expect(state.prompt.isModified)
    #expect(
      state.press("ctrl-s") == [
        .savePrompt(
          PromptSave(path: "a/b.prompt", text: "xSay {{what}}", expected: "Say {{what}}"))
      ])
    _ = update(&state, .promptSaved(path: "a/b.prompt", text: "xSay {{what}}"))
    #expect(!state.prompt.isModified)
    #expect(state.notice == Notice(.success, "Saved a/b.prompt."))
  }

  @Test("A prompt without a file asks for a name, and overwrites nothing")
  func saveAs() {
    var state = State.settled()
    #expect(state.press("ctrl-s").isEmpty)
    #expect(
      state.press("enter") == [
        .savePrompt(
          PromptSave(path: "new.prompt", text: State.samplePrompt, expected: nil))
      ])
    _ = update(&state, .promptSaved(path: "new.prompt", text: State.samplePrompt))
    #expect(state.draft.name == "new.prompt")
    #expect(state.draft.savedText == State.samplePrompt)
  }

  @Test("A change of text is kept as a draft half a second later")
  func draft() {
    var state = State.settled()
    #expect(state.press("x").contains(.schedule(.saveDraft, after: 500)))
    let effects = update(&state, .timer(.saveDraft))
    #expect(effects == [.saveDraft(state.draft)])
    #expect(state.draft.promptText == "x" + State.samplePrompt)
    #expect(state.draft.inputs == ["question": "How long?"])
    #expect(state.draft.models == [.sample(0), .sample(1)])
    #expect(state.draft.index == "docs")
    _ = update(&state, .draftSaved(time: "09:04:05"))
    #expect(state.savedTime == "09:04:05")
  }

  @Test("Fields are those of the text; values that were typed stay, also while it can't be read")
  func fields() {
    var state = State.sample(prompt: "{{a}} {{b}}", inputs: ["a": "1", "b": "2"], index: nil)
    state.type("{{#if c}}")
    _ = update(&state, .timer(.settle))
    #expect(state.prompt.inputs == ["a": "1", "b": "2"])
    state.type("{{/if}}")
    _ = update(&state, .timer(.settle))
    #expect(state.prompt.fields.map(\.name) == ["c", "a", "b"])
    #expect(state.prompt.inputs == ["c": "", "a": "1", "b": "2"])
  }

  @Test("A default that was emptied counts as missing")
  func emptiedDefault() {
    var state = State.sample(
      prompt: "---\ninput:\n  default:\n    tone: mild\n---\n{{tone}}", inputs: [:], index: nil)
    #expect(state.prompt.inputs == ["tone": "mild"])
    state.focus(on: .field(0))
    state.press("ctrl-e ctrl-u ctrl-r")
    #expect(state.notice?.text == "Nothing was run: 'tone' has no value.")
  }

  @Test("The cursor opens at the template, below the front matter")
  func opensAtTemplate() {
    let state = State.sample(prompt: "---\ndescription: x\n---\n\nSay {{what}}", index: nil)
    #expect(state.prompt.editor.cursor == TextPosition(line: 4, offset: 0))
    #expect(state.prompt.editor.top.line == 4)
  }
}
