import Core
import Testing

@testable import Playground

@Suite("Running steps")
struct StepsTests {
  static let chain = """
    {{!-- step: gather --}}
    Gather for {{question}} {{#each passages}}[{{index}}]{{/each}}
    {{!-- step: answer --}}
    {{role "system"}}From {{previous}}
    """

  /// A playground that runs a chain in its columns, and the runs that it asked for.
  private func running(_ prompt: String = chain, columns: Int = 1) -> (State, [RunPlan]) {
    var state = State.sample(prompt: prompt, index: nil, columns: columns)
    _ = state.start()
    let plans = State.started(by: state.press("ctrl-r"))
    return (state, plans)
  }

  /// Ends the step that is under way in the first column.
  @discardableResult
  private func end(
    _ state: inout State, _ events: StreamEvent..., by ending: WireEvent.Ending = .complete
  ) -> [Effect] {
    let number = state.columns[0].run ?? -1
    for event in events {
      _ = update(
        &state, .stream(StreamUpdate(number: number, time: 5, wire: .body([]), events: [event])))
    }
    return update(
      &state, .stream(StreamUpdate(number: number, time: 9, wire: .end(ending), events: [])))
  }

  @Test("When a step has ended well, the next is asked with its answer, in the same column")
  func next() throws {
    var (state, first) = running()
    #expect(first.map(\.step) == [1])
    #expect(state.prompt.fields.map(\.name) == ["question"])
    let effects = end(&state, .text("facts {{x}}"), .finish(.stop))
    let second = try #require(State.started(by: effects).first)
    #expect(second.step == 2)
    #expect(second.previous == first[0].number)
    #expect(second.column == 0)
    #expect(second.promptText == first[0].promptText)
    #expect(second.request.messages == [Message(role: .system, text: "From facts {{x}}")])
    #expect(state.columns[0].endedSteps.map(\.label) == ["1 gather"])
    #expect(state.columns[0].isRunning)
    end(&state, .text("done"), .usage(Usage(inputTokens: 7, outputTokens: 3)), .finish(.stop))
    #expect(!state.columns[0].isRunning)
    #expect(state.columns[0].answer.text == "done")
    #expect(
      state.columns[0].usage.outputTokens == 3
        + state.columns[0].endedSteps[0].answer.usage.outputTokens)
  }

  @Test("The steps to come are those of the text that was run, whatever is typed meanwhile")
  func editing() throws {
    var (state, _) = running()
    state.focus(on: .prompt)
    state.type("{{#if ")
    _ = update(&state, .timer(.settle))
    let effects = end(&state, .text("facts"), .finish(.stop))
    let second = try #require(State.started(by: effects).first)
    #expect(second.request.messages.map(\.text) == ["From facts"])
    #expect(second.promptText == Self.chain)
  }

  @Test("Passages go to the steps that use them")
  func passages() throws {
    var state = State.sample(prompt: Self.chain, columns: 1)
    for case .search(let request) in state.start() {
      _ = update(&state, .passagesFound(.sample(request.number)))
    }
    let first = State.started(by: state.press("ctrl-r"))
    #expect(first.first?.request.passages.count == 3)
    let second = State.started(by: end(&state, .text("facts"), .finish(.stop)))
    #expect(second.first?.request.passages == [])
  }

  @Test(
    "A step that ends in any other way ends the chain, and its column says which it was",
    arguments: [
      (StreamEvent.failure("no"), WireEvent.Ending.complete),
      (.finish(.length), .complete), (.finish(.stop), .cancelled),
    ])
  func broken(event: StreamEvent, ending: WireEvent.Ending) {
    var (state, _) = running()
    let effects = end(&state, .text("facts"), event, by: ending)
    #expect(State.started(by: effects).isEmpty)
    #expect(!state.isRunning)
    let rows = state.columns[0].view.rows(in: 0..<20)
    let endings = rows.filter { $0.pieces[0].face == .warning || $0.pieces[0].face == .error }
      .map(\.text)
    #expect(endings.joined(separator: " ").contains("step 1 gather"))
    #expect(state.notice?.text.contains("step 1 gather") == true)
  }

  @Test("An answer without text ends the chain, too")
  func empty() {
    var (state, _) = running()
    #expect(State.started(by: end(&state, .finish(.stop))).isEmpty)
    #expect(state.notice?.text.contains("no text") == true)
  }

  @Test("Between two steps ^C still finds the run, and no other can start")
  func between() {
    var (state, first) = running()
    _ = state.stream(0, .text("facts"), .finish(.stop))
    #expect(state.isRunning)
    #expect(State.started(by: state.press("ctrl-r")).isEmpty)
    #expect(state.press("ctrl-c").contains(.cancelRuns([first[0].number])))
  }

  @Test("What a later step lacks is said before the first is asked")
  func rehearsal() {
    let (state, plans) = running("a\n{{!-- step: b --}}\n{{steps.1}} {{previous}} {{who}}")
    #expect(plans.isEmpty)
    #expect(state.notice?.text == "Nothing was run: 'who' has no value in step 2 b.")
    #expect(state.focus == .field(0))
  }

  @Test("A step can't be given the answer of one that is not before it")
  func unknownStep() {
    for text in ["{{previous}}\n{{!-- step: b --}}\nb", "a\n{{!-- step: b --}}\n{{steps.c}}"] {
      let (state, plans) = running(text)
      #expect(plans.isEmpty)
      #expect(state.notice?.text.contains("a step that is not before step") == true)
    }
  }

  @Test("Earlier steps fold to a line, and o unfolds them")
  func folding() {
    var (state, _) = running()
    end(&state, .text("facts"), .finish(.stop))
    func rows() -> [AnswerRow] { state.columns[0].view.rows(in: 0..<20) }
    #expect(!rows().contains(AnswerRow("facts", .earlier)))
    state.focus(on: .column(0))
    state.press("o")
    #expect(rows().contains(AnswerRow("facts", .earlier)))
    state.press("o")
    #expect(!rows().contains(AnswerRow("facts", .earlier)))
    let (plain, _) = running("{{question}}")
    #expect(plain.columns[0].view.rows(in: 0..<20).isEmpty)
  }

  @Test("A chain that is looked back at shows its last step with those before it")
  func lookingBack() {
    var state = State.sample()
    _ = update(&state, .runsLoaded(Self.recorded, .show))
    #expect(state.columns.count == 2)
    #expect(state.columns[0].answer.text == "Second.")
    #expect(state.columns[0].endedSteps.map(\.label) == ["1 gather"])
    #expect(state.columns[1].endedSteps.isEmpty)
  }

  @Test("A chain is replayed step by step")
  func replay() {
    var state = State.sample()
    let first = State.replays(in: update(&state, .runsLoaded(Self.recorded, .replay([]))))
    #expect(first.count == 2)
    let second = State.replays(in: end(&state, .text("First."), .finish(.stop)))
    #expect(second.map(\.events) == [Self.recorded[1].events])
    #expect(State.replays(in: end(&state, .text("Second."), .finish(.stop))).isEmpty)
    #expect(!state.columns[0].isRunning)
  }

  private static let recorded: [RecordedRun] = {
    var first = RecordedRun.sample(0, text: "First.")
    first.run.step = 1
    first.run.promptText = chain
    var second = RecordedRun.sample(0, text: "Second.")
    second.run.step = 2
    second.run.promptText = chain
    return [first, second, RecordedRun.sample(1)]
  }()
}
