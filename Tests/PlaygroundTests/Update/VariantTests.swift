import Core
import Testing

@testable import Playground

@Suite("Columns as variants")
struct VariantTests {
  /// Chooses what a column that is the same is to have changed.
  private func choose(_ title: String, in state: inout State) throws -> [Effect] {
    state.press("S")
    state.type(title)
    #expect(state.picker?.selected?.title == title)
    return state.press("enter")
  }

  // MARK: Same but

  @Test("The same but for one thing stands to the right, and says what is changed")
  func sameBut() throws {
    var state = State.settled()
    state.focus(on: .column(0))
    _ = try choose("without context", in: &state)
    #expect(state.columns.map(\.model) == [.sample(0), .sample(0), .sample(1)])
    #expect(state.columns.map(\.variant.context) == [.shared, .none, .shared])
    #expect(state.focus == .column(1))
    #expect(
      state.notice?.text == "B is the same as A, but without context. ^R runs all columns.")
    _ = try choose("temperature 1", in: &state)
    #expect(state.columns[2].variant.context == .none)
    #expect(state.columns[2].variant.parameters == Parameters(temperature: 1))
    _ = try choose("with the context", in: &state)
    #expect(state.columns[3].variant.context == .shared)
    #expect(state.columns[3].variant.parameters == Parameters(temperature: 1))
    _ = try choose("local/model-5", in: &state)
    #expect(state.columns[4].model == .sample(5))
  }

  @Test("What a column asks already isn't offered")
  func offers() throws {
    var state = State.sample(
      prompt: "---\nconfig:\n  temperature: 0\n---\n{{question}}", index: "docs")
    state.focus(on: .column(0))
    state.press("S")
    let titles = try #require(state.picker).items.map(\.title)
    #expect(!titles.contains("with the context"))
    #expect(!titles.contains("temperature 0"))
    #expect(!titles.contains("local/model-0"))
    #expect(!titles.contains("the text on the screen"))
    #expect(titles.contains("temperature 1"))
    #expect(titles.contains("3 passages at most"))
    #expect(titles.contains("12 passages at most"))
  }

  @Test("Versions of the prompt join the list once they come, and are loaded when one is chosen")
  func versions() throws {
    var state = State.settled()
    state.focus(on: .column(0))
    #expect(
      state.press("S") == [.versions(.list(prompt: "sample", .sameBut(column: 0)))])
    let summary = VersionSummary(hash: "abc", prompt: "sample", number: 4, createdAt: 0)
    _ = update(
      &state, .versions(.listed([VersionRow(summary, time: "now")], .sameBut(column: 0))))
    state.type("version v4")
    let effects = state.press("enter")
    guard case .versions(.find(_, _, _, let wanted))? = effects.first else {
      Issue.record("the version is not asked for")
      return
    }
    #expect(wanted == ["abc"])
    _ = update(
      &state,
      .versions(
        .found(
          prompt: "sample", origin: nil,
          columns: [PromptVersion(summary, text: "Old: {{question}}")])))
    #expect(state.columns.map { $0.pinned?.version.label } == [nil, "v4", nil])
    let plans = State.started(by: state.press("ctrl-r"))
    #expect(plans.map(\.promptText)[1] == "Old: {{question}}")
  }

  @Test("Eight columns are the most")
  func most() throws {
    var state = State.settled(columns: 8)
    state.focus(on: .column(3))
    _ = try choose("temperature 1", in: &state)
    state.press("D")
    #expect(state.columns.count == 8)
    #expect(state.notice?.text == "There is room for 8 columns at most.")
  }

  // MARK: Parameters and names

  @Test("The parameters of a column stand over those of the prompt, in its runs only")
  func parameters() throws {
    var state = State.sample(
      prompt: "---\nconfig:\n  temperature: 0\n  seed: 5\n---\n{{question}}", index: nil)
    _ = state.start()
    state.focus(on: .column(1))
    state.press("P")
    state.type("temperature=1 top_p=.9")
    state.press("enter")
    #expect(state.overlays.isEmpty)
    let plans = State.started(by: state.press("ctrl-r"))
    #expect(
      plans.map(\.request.parameters)
        == [Parameters(temperature: 0, seed: 5), Parameters(temperature: 1, topP: 0.9, seed: 5)])
    #expect(plans.map(\.variant) == state.columns.map(\.variant))
    state.press("P")
    #expect(state.lineInput?.editor.text == "temperature=1 top_p=0.9")
  }

  @Test("A line of parameters that can't be read stays, and changes nothing")
  func wrongParameters() {
    var state = State.settled()
    state.focus(on: .column(0))
    state.press("P")
    state.type("temperature=hot")
    #expect(state.press("enter").isEmpty)
    #expect(state.notice?.kind == .error)
    #expect(state.lineInput?.editor.text == "temperature=hot")
    #expect(state.columns[0].variant.parameters == Parameters())
  }

  @Test("A column is named, and an empty name takes the name away")
  func name() {
    var state = State.settled()
    state.focus(on: .column(1))
    state.press("i")
    state.type("base")
    state.press("enter")
    #expect(state.columns.map(\.variant.name) == ["", "base"])
    state.press("i ctrl-u enter")
    #expect(state.columns[1].variant.name.isEmpty)
  }

  @Test("An answer to another question than the next one is marked")
  func changed() {
    var state = State.settled()
    state.press("ctrl-r")
    for index in 0..<2 { state.stream(index, .text("x"), .finish(.stop)) }
    #expect(state.columns.allSatisfy { !$0.isChanged })
    state.columns[0].variant.name = "named"
    state.columns[1].variant.parameters.temperature = 1
    #expect(state.columns.map(\.isChanged) == [false, true])
  }

  // MARK: Context

  @Test("A column without a passage is given the others")
  func without() throws {
    var state = State.settled()
    state.columns[1].variant.context = .without(Passage.sample(1).origin)
    let plans = State.started(by: state.press("ctrl-r"))
    #expect(plans.map { $0.request.passages.map(\.id) } == [[0, 1, 2], [0, 2]])
    #expect(state.columns.map { $0.passages.count } == [3, 2])
    #expect(plans[1].request.messages != plans[0].request.messages)
  }

  // MARK: Moving and removing

  @Test("A column that is moved takes its answer and the focus along")
  func move() {
    var state = State.settled(columns: 3)
    state.press("ctrl-r")
    state.stream(0, .text("first"))
    state.focus(on: .column(0))
    state.press(">")
    #expect(state.columns.map(\.model) == [.sample(1), .sample(0), .sample(2)])
    #expect(state.columns[1].answer.text == "first")
    #expect(state.focus == .column(1))
    state.stream(1, .text(" and last"))
    #expect(state.columns[1].answer.text == "first and last")
    state.press("< <")
    #expect(state.columns.map(\.model) == [.sample(0), .sample(1), .sample(2)])
  }

  @Test("The column that others are seen beside stays the same when columns move")
  func pair() {
    var state = State.settled(columns: 3)
    state.focus(on: .column(1))
    state.arrangement = .pair(with: 1)
    state.press("<")
    #expect(state.arrangement == .pair(with: 0))
    state.press("right D")
    #expect(state.arrangement == .pair(with: 0))
    state.press("left left x")
    #expect(state.arrangement == .panes)
  }

  @Test("A column that was removed comes back where it was, with its answer")
  func restore() {
    var state = State.settled(columns: 3)
    state.press("ctrl-r")
    for index in 0..<3 { state.stream(index, .text("answer \(index)"), .finish(.stop)) }
    state.focus(on: .column(1))
    state.press("x x")
    #expect(state.columns.map(\.answer.text) == ["answer 0"])
    state.press("X X")
    #expect(state.columns.map(\.answer.text) == ["answer 0", "answer 1", "answer 2"])
    state.press("X")
    #expect(state.notice?.text == "No column was removed.")
  }

  @Test("A column that is removed while it runs is cancelled, and comes back empty")
  func removedWhileRunning() throws {
    var state = State.settled()
    let plans = State.started(by: state.press("ctrl-r"))
    state.stream(1, .text("so far"))
    state.focus(on: .column(1))
    #expect(state.press("x").contains(.cancelRuns([plans[1].number])))
    state.press("X")
    #expect(state.columns[1].phase == .empty)
    #expect(state.columns[1].model == .sample(1))
  }

  // MARK: Kept

  @Test("What columns ask is kept with the draft")
  func draft() {
    var state = State.settled()
    state.columns[1].variant.context = .none
    state.columns[1].variant.parameters.seed = 4
    state.columns[1].variant.repeatCount = 3
    let draft = Draft(json: state.draft.json)
    let again = State(
      size: state.size, draft: draft, models: [], defaults: [], retrieval: RetrievalSettings())
    #expect(again.columns.map(\.variant) == state.columns.map(\.variant))
  }

  @Test("The passages of the context pane are those that the columns shared")
  func openedContext() {
    var state = State.settled()
    var alone = RecordedRun.sample(0)
    alone.run.variant = Variant(.sample(0), context: .none)
    alone.run.request.passages = []
    _ = update(&state, .runsLoaded([alone, .sample(1)], .show))
    #expect(state.context.passages == [.sample(7)])
  }

  @Test("A run from the store shows as what it was")
  func opened() {
    var state = State.settled()
    var recorded = RecordedRun.sample(0)
    var variant = Variant(.sample(0), parameters: Parameters(temperature: 1), context: .none)
    variant.name = "hot"
    recorded.run.variant = variant
    _ = update(&state, .runsLoaded([recorded], .show))
    #expect(state.columns.map(\.variant) == [variant])
    #expect(state.columns.allSatisfy { !$0.isChanged })
    #expect(state.columns[0].passages == [.sample(7)])
  }
}

extension State {
  /// The line on top.
  fileprivate var lineInput: LineInput? {
    if case .line(let line)? = overlays.last { line } else { nil }
  }
}
