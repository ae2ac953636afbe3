import Core
import Testing

@testable import Playground

@Suite("Looking back")
struct LookingBackTests {
  @Test("Opened runs put back prompt, inputs, passages, models and answers")
  func open() {
    var state = State.settled(columns: 3)
    state.press("alt-s")
    _ = update(&state, .runsLoaded([.sample(0), .sample(1)], .show))
    #expect(state.overlays.isEmpty)
    #expect(state.prompt.editor.text == "Was: {{question}}")
    #expect(state.prompt.inputs == ["question": "Before?"])
    #expect(state.context.passages == [.sample(7)])
    #expect(state.columns.map(\.model) == [.sample(0), .sample(1)])
    #expect(state.columns.map(\.answer.text) == ["An answer.", "An answer."])
    #expect(state.focus == .column(0))
    #expect(
      state.promptTokens == TokenEstimate.tokens(in: [Message(role: .user, text: "Was: Before?")]))
    // The passages are the run's own, until the question changes.
    #expect(State.searches(in: update(&state, .timer(.settle))).isEmpty)
  }

  @Test("At the start, what the prompt was answered last is shown, where nothing else is")
  func last() {
    var draft = Draft(
      name: "sample", promptText: State.samplePrompt, models: [.sample(0), .sample(2), .sample(2)])
    draft.session = "s"
    var state = State(
      size: Size(width: 105, height: 30), draft: draft, models: [], defaults: [],
      retrieval: RetrievalSettings())
    #expect(state.start().contains(.loadLastRuns(prompt: "sample", session: "s", shown: nil)))
    let runs: [RecordedRun] = [.sample(0), .sample(1), .sample(2)]
    _ = update(&state, .lastRunsLoaded(runs, prompt: "other"))
    #expect(state.columns.allSatisfy { $0.phase == .empty })
    _ = update(&state, .lastRunsLoaded(runs, prompt: "sample"))
    #expect(state.columns.map(\.answer.text) == ["An answer.", "", "An answer."])
    #expect(state.columns[0].recordedRun == runs[0].run.id)
    #expect(state.prompt.editor.text == State.samplePrompt)
    #expect(state.overlays.isEmpty && state.notice == nil && state.focus == .prompt)
    // What was run meanwhile stays.
    state.press("ctrl-r")
    let before = state.columns
    _ = update(&state, .lastRunsLoaded(runs, prompt: "sample"))
    #expect(state.columns == before)
  }

  @Test("The text that was there comes back with undo")
  func undo() {
    var state = State.settled()
    _ = update(&state, .runsLoaded([.sample(0)], .show))
    state.focus(on: .prompt)
    state.press("alt-u")
    #expect(state.prompt.editor.text == State.samplePrompt)
  }

  @Test("A replay plays every column's stream, and ends with the answers")
  func replay() {
    var state = State.settled()
    let recorded: [RecordedRun] = [.sample(0), .sample(1)]
    let effects = update(&state, .runsLoaded(recorded, .replay([])))
    let plans = State.replays(in: effects)
    #expect(plans.map(\.events) == recorded.map(\.events))
    #expect(state.columns.allSatisfy { $0.isReplay && $0.isRunning })
    #expect(plans.map(\.delay) == [0, 0])
    #expect(state.press("ctrl-c").first == .endPlayback)
    #expect(state.columns.map(\.answer.text) == recorded.map(\.answer.text))
    #expect(state.columns.allSatisfy { !$0.isRunning })
  }

  @Test("What runs is cancelled before something else is shown")
  func cancelsFirst() {
    var state = State.settled()
    let numbers = State.started(by: state.press("ctrl-r")).map(\.number)
    let effects = update(&state, .runsLoaded([.sample(0)], .show))
    #expect(effects.first == .cancelRuns(numbers))
  }

  @Test("No more runs are opened than there is room for, and none changes nothing")
  func counts() {
    var state = State.settled()
    #expect(update(&state, .runsLoaded([], .show)).isEmpty)
    #expect(state.prompt.editor.text == State.samplePrompt)
    _ = update(&state, .runsLoaded((0..<12).map { .sample($0) }, .show))
    #expect(state.columns.count == 8)
  }

  @Test("Interrupted runs are told of")
  func interrupted() {
    var state = State.settled()
    let row = RunRow(
      id: "r", model: "local/model-1", started: "2026-01-05 09:04", finishReason: .interrupted,
      beginning: "")
    _ = update(&state, .runsInterrupted([row]))
    #expect(
      state.notice
        == Notice(
          .warning,
          "A run was interrupted: local/model-1, 2026-01-05 09:04. M-s finds what came of it."))
    _ = update(&state, .runsInterrupted([row, row]))
    #expect(state.notice?.text.hasPrefix("2 runs were interrupted") == true)
  }

  @Test("A session is exported under its name, once there is one")
  func export() {
    var state = State.settled()
    state.press("alt-e")
    #expect(state.overlays.isEmpty)
    #expect(state.notice?.text == "There is nothing to export yet: ^R starts a session.")
    _ = update(
      &state,
      .sessionChanged(SessionRow(id: "s", name: "refunds", runCount: 2, lastUsed: "today")))
    state.press("alt-e")
    #expect(state.press("enter") == [.exportSession(path: "refunds.jsonl")])
  }

  @Test("A new session begins with the next run, in the draft too")
  func newSession() {
    var state = State.settled()
    _ = update(
      &state,
      .sessionChanged(SessionRow(id: "s", name: "refunds", runCount: 2, lastUsed: "today")))
    #expect(state.draft.session == "s")
    #expect(state.press("alt-n") == [.newSession, .schedule(.saveDraft, after: 500)])
    #expect(state.draft.session == nil)
  }

  @Test("A run that is looked at gets a draft of its own, and no file")
  func openedRunIsApart() {
    var state = State.settled()
    _ = update(
      &state,
      .promptOpened(
        Draft(name: "/a.prompt", promptText: "mine", promptPath: "/a.prompt", savedText: "mine")))
    state.type("unsaved ")
    let before = state.draft
    let effects = update(&state, .runsLoaded([.sample(1)], .show))
    #expect(effects.contains(.saveDraft(before)))
    #expect(state.draft.name != before.name)
    #expect(state.prompt.path == nil)
  }

  @Test("A file that is opened can't be given another file's text by undo")
  func undoStopsAtTheFile() {
    var state = State.settled()
    let draft = Draft(
      name: "/b.prompt", promptText: "b", promptPath: "/b.prompt", savedText: "b")
    _ = update(&state, .promptOpened(draft))
    state.press("ctrl-_ alt-u")
    #expect(state.prompt.editor.text == "b")
  }
}
