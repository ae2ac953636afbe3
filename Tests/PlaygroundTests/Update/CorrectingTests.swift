import Core
import Testing

@testable import Playground

@Suite("Correcting an answer")
struct CorrectingTests {
  /// A playground whose first column has answered, with the focus on it.
  private func answered(_ text: String = "You have ten days.", keys: KeyBindings = .emacs) -> State
  {
    var state = State.sample(keys: keys)
    for case .search(let request) in state.start() {
      _ = update(&state, .passagesFound(.sample(request.number)))
    }
    state.focus(on: .column(0))
    state.press("ctrl-r")
    state.stream(0, .text(text), .finish(.stop))
    state.stream(1, .text(text), .finish(.stop))
    state.columns[0].recordedRun = "run-0"
    return state
  }

  private func shown(_ state: State) -> String {
    state.columns[0].view.rows(in: 0..<100).map(\.text).joined(separator: "\n")
  }

  @Test("^S keeps the text beside the original, and it is shown in its place")
  func keeps() {
    var state = answered()
    state.press("e ctrl-e")
    state.type(" Or so.")
    let effects = state.press("ctrl-s")
    #expect(effects == [.correct(run: "run-0", "You have ten days. Or so.")])
    #expect(state.overlays.isEmpty)
    #expect(state.columns[0].answer.text == "You have ten days.")
    #expect(state.columns[0].isCorrected)
    #expect(shown(state) == "You have ten days. Or so.")
  }

  @Test("V shows what differs, the original, and the correction again")
  func sides() {
    var state = answered()
    state.press("V")
    #expect(state.notice?.text == "This answer is not corrected: e corrects it.")
    state.press("e ctrl-e")
    state.type(" Or so.")
    state.press("ctrl-s V")
    #expect(shown(state) == "You have ten days. Or so.")
    let pieces = state.columns[0].view.rows(in: 0..<1).flatMap(\.pieces)
    #expect(pieces.map(\.face.kind).contains(.added))
    state.press("V")
    #expect(shown(state) == "You have ten days.")
    state.press("V")
    #expect(shown(state) == "You have ten days. Or so.")
  }

  @Test("A correction has no place for the cursor and the marks of the original")
  func isNoSource() {
    var state = answered("One two three.")
    state.press("e")
    state.type("Zero ")
    state.press("ctrl-s enter")
    #expect(state.columns[0].cursor == nil)
    #expect(state.columns[0].view.rows(in: 0..<9).allSatisfy { $0.source == nil })
  }

  @Test("Escape keeps what was typed as a draft, which e goes on with and undo takes back")
  func draft() {
    var state = answered()
    state.press("e")
    state.type("No: ")
    let effects = state.press("escape")
    #expect(effects == [.saveCorrectionDraft(run: "run-0", "No: You have ten days.")])
    #expect(!state.columns[0].isCorrected)
    state.press("e")
    #expect(state.answerEditor?.editor.text == "No: You have ten days.")
    state.press("alt-u")
    #expect(state.answerEditor?.editor.text == "You have ten days.")
    #expect(state.press("escape") == [.saveCorrectionDraft(run: "run-0", nil)])
    #expect(state.columns[0].correctionDraft == nil)
  }

  @Test("What is being typed is saved with the draft of the prompt, and when the program ends")
  func isSaved() {
    var state = answered()
    state.press("e")
    let typed = update(&state, .input(.key(Key("x"))))
    #expect(typed.contains(.schedule(.saveDraft, after: 500)))
    let draft = Effect.saveCorrectionDraft(run: "run-0", "xYou have ten days.")
    #expect(update(&state, .timer(.saveDraft)).contains(draft))
    #expect(state.end().contains(draft))
    let quitting = state.press("ctrl-q")
    #expect(quitting.isEmpty || quitting.contains(draft))
  }

  @Test("Text that is pasted, and that of an editor outside, is saved as well")
  func pasted() {
    var state = answered()
    state.press("e")
    #expect(state.take(.paste("a\nb")).contains(.schedule(.saveDraft, after: 500)))
    let effects = state.press("ctrl-o")
    #expect(
      effects == [
        .terminal(.edit(OutsideEdit(target: .answer, text: "a\nbYou have ten days.", line: 2)))
      ])
    let edited = update(&state, .editedOutside(.answer, .edited("from outside")))
    #expect(edited.contains(.schedule(.saveDraft, after: 500)))
    #expect(state.answerEditor?.editor.text == "from outside")
  }

  @Test("An answer that streams, one that isn't there, and one that isn't kept say so")
  func refused() {
    var state = State.settled()
    state.focus(on: .column(0))
    state.press("e")
    #expect(state.notice?.text == "There is no answer to correct yet: ^R runs the prompt.")
    state.press("ctrl-r")
    state.stream(0, .text("You"))
    state.press("e")
    #expect(
      state.notice?.text == "An answer can be corrected once it has ended: c cancels this one.")
    state.stream(0, .finish(.stop))
    state.press("e")
    #expect(state.notice?.text == "This run is not kept, so it can't be corrected.")
    #expect(state.overlays.isEmpty)
  }

  @Test("A correction that leads back to the original is kept, and nothing is corrected any more")
  func back() {
    var state = answered()
    state.press("e")
    state.type("x")
    state.press("ctrl-s e backspace delete")
    #expect(state.press("ctrl-s") == [.correct(run: "run-0", "You have ten days.")])
    #expect(!state.columns[0].isCorrected)
    #expect(shown(state) == "You have ten days.")
  }

  @Test("A run that is opened again shows its correction, and its draft waits")
  func opened() {
    var state = answered()
    var recorded = RecordedRun.sample(0, text: "As it came.")
    recorded.corrections = [
      Correction(text: "Once.", madeAt: 1), Correction(text: "As it should be.", madeAt: 2),
    ]
    recorded.correctionDraft = "As it m"
    _ = update(&state, .runsLoaded([recorded], .show))
    #expect(shown(state) == "As it should be.")
    #expect(state.columns[0].answer.text == "As it came.")
    state.focus(on: .column(0))
    state.press("e")
    #expect(state.answerEditor?.editor.text == "As it m")
    state.take(.resize(Size(width: 60, height: 20)))
    state.press("escape")
    #expect(shown(state) == "As it should be.")
  }

  @Test("Whatever takes the page away while something is typed keeps it")
  func runsLoaded() {
    var state = answered()
    state.press("e")
    state.type("x")
    let effects = update(&state, .runsLoaded([.sample(0)], .show))
    #expect(effects.contains(.saveCorrectionDraft(run: "run-0", "xYou have ten days.")))
  }

  @Test("vi's modes work in it: Escape leaves the insert mode first")
  func vi() {
    var state = answered(keys: .vi)
    state.press("e A")
    state.type(" Or so.")
    state.press("escape")
    #expect(state.answerEditor?.editor.text == "You have ten days. Or so.")
    state.press("0 d w escape")
    #expect(state.overlays.isEmpty)
    #expect(state.columns[0].correctionDraft == "have ten days. Or so.")
  }

  // MARK: Going on

  @Test("The model goes on from what stands before the cursor, as a run made from this one")
  func continues() throws {
    var state = answered()
    state.press("e alt-f alt-f")
    state.type(" thirty")
    let effects = state.press("alt-enter")
    let plan = try #require(State.started(by: effects).first)
    #expect(plan.request.givenBeginning == "You have thirty")
    #expect(plan.request.messages.dropLast().map(\.role) == [.system])
    #expect(plan.parent == "run-0" && plan.column == 0)
    // What was typed is a draft of the answer that it was typed into.
    #expect(effects.contains(.saveCorrectionDraft(run: "run-0", "You have thirty ten days.")))
    #expect(state.columns[0].isRunning && state.overlays.isEmpty)
    #expect(shown(state) == "You have thirty")
    state.stream(0, .text(" days."), .finish(.stop))
    #expect(state.columns[0].answer.text == "You have thirty days.")
    #expect(shown(state) == "You have thirty days.")
    #expect(state.columns[0].marks[.given] == [AnswerMark(0..<15, .given)])
  }

  @Test("With the cursor at the start it goes on from the whole, with the column's model of now")
  func continuesWhole() throws {
    var state = answered("You can")
    state.columns[0].variant.model = .sample(5)
    let plan = try #require(State.started(by: state.press("e ctrl-r")).first)
    #expect(plan.request.givenBeginning == "You can")
    #expect(plan.request.model == .sample(5))
  }

  @Test("A run that went on can be gone on from again, with one beginning only")
  func continuesAgain() throws {
    var state = answered("You can")
    state.press("e alt-enter")
    state.stream(0, .text(" not"), .finish(.length))
    state.columns[0].recordedRun = "run-2"
    let plan = try #require(State.started(by: state.press("e alt-> alt-enter")).first)
    #expect(plan.request.givenBeginning == "You can not")
    #expect(plan.request.messages.map(\.role) == [.system, .assistant])
    #expect(plan.parent == "run-2")
  }

  @Test("A server that can't go on is told of before anything is sent, and the text stays open")
  func refusesToContinue() {
    var state = answered()
    let provider = Provider(name: "local", baseURL: "https://api.openai.com/v1")
    _ = update(&state, .catalogChanged(ModelCatalog(providers: [provider])))
    state.press("e")
    let effects = state.press("alt-enter")
    #expect(State.started(by: effects).isEmpty)
    #expect(state.notice?.text.hasPrefix("local always begins a new answer") == true)
    #expect(state.answerEditor != nil)
  }
}
