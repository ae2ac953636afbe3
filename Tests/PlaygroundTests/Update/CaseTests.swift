import Core
import Testing

@testable import Playground

@Suite("Cases of a dataset")
struct CaseTests {
  private static let dataset = Dataset(
    name: "cases.jsonl",
    cases: [
      DatasetCase(values: ["question": "Why?", "tone": "mild"]),
      DatasetCase(name: "second", values: ["question": "How?", "ticket": 7]),
      DatasetCase(values: ["question": "@home", "tone": "harsh"]),
    ])

  private func readings(in effects: [Effect]) -> [DatasetReading] {
    effects.reduce(into: []) { if case .readDataset(let reading) = $1 { $0.append(reading) } }
  }

  /// A playground on the first case of a dataset.
  private func opened(
    _ dataset: Dataset = dataset, prompt: String = "{{question}} {{tone}} {{author}}",
    columns: Int = 1
  ) throws -> State {
    var state = State.sample(
      prompt: prompt, inputs: ["question": "Mine?", "author": "Ada"], columns: columns)
    _ = state.start()
    state.press("alt-t")
    state.type("cases.jsonl")
    let reading = try #require(readings(in: state.press("enter")).first)
    #expect(reading.path == "cases.jsonl")
    _ = update(&state, .datasetRead(number: reading.number, dataset, path: "/d/cases.jsonl"))
    return state
  }

  @Test("A dataset fills the fields with its first case, and is searched for")
  func first() throws {
    var state = State.sample(
      prompt: "{{question}} {{tone}} {{author}}", inputs: ["author": "Ada"])
    _ = state.start()
    let number = try #require(readings(in: state.openDataset(at: "x")).first).number
    let effects = update(&state, .datasetRead(number: number, Self.dataset, path: "/x"))
    #expect(state.prompt.inputs == ["question": "Why?", "tone": "mild", "author": "Ada"])
    #expect(State.searches(in: effects).map(\.query) == ["Why?"])
    #expect(state.prompt.unusedColumns == ["ticket"])
    #expect(state.draft.dataset == DatasetPlace(path: "/x", index: 0))
  }

  @Test("A path that can't be read stays in its line, under what is wrong with it")
  func unreadable() throws {
    var state = try opened()
    state.press("alt-t")
    state.type("other")
    state.press("enter ctrl-a ctrl-k")
    state.type("nowhere.csv")
    let number = try #require(readings(in: state.press("enter")).first).number
    _ = update(&state, .datasetFailed(number: number, problem: "nowhere.csv is not there."))
    #expect(state.notice == Notice(.error, "nowhere.csv is not there."))
    guard case .line(let line)? = state.overlays.last else {
      Issue.record("the line is gone")
      return
    }
    #expect(line.editor.text == "nowhere.csv")
    state.press("backspace")
    let again = try #require(readings(in: state.press("enter")).first)
    #expect(again.path == "nowhere.cs")
    _ = update(&state, .datasetRead(number: again.number, Self.dataset, path: "/d/nowhere.cs"))
    #expect(state.overlays.isEmpty)
  }

  @Test("Cases follow one another, and end at the last")
  func stepping() throws {
    var state = try opened()
    let effects = state.press("alt-.")
    #expect(State.searches(in: effects).map(\.query) == ["How?"])
    // The second case has no tone: that of the first would be a lie.
    #expect(state.prompt.inputs == ["question": "How?", "tone": "", "author": "Ada"])
    state.press("alt-.")
    #expect(state.prompt.inputs["question"] == "@@home")
    #expect(state.prompt.question == "@home")
    state.press("alt-.")
    #expect(state.notice == Notice(.information, "This is the last case."))
    state.press("alt-, alt-,")
    #expect(state.prompt.inputs["tone"] == "mild")
    state.press("alt-,")
    #expect(state.notice == Notice(.information, "This is the first case."))
  }

  @Test("A locked value stays while cases change")
  func lock() throws {
    var state = try opened()
    state.focus(on: .field(1))
    state.press("alt-l alt-. alt-.")
    #expect(state.prompt.inputs["tone"] == "mild")
    #expect(state.draft.lockedInputs == ["tone"])
    state.press("alt-l alt-, alt-.")
    #expect(state.prompt.inputs["tone"] == "harsh")
  }

  @Test("What is typed over a case's value is marked, and gone with the case; undo brings it back")
  func edited() throws {
    var state = try opened()
    let field = { (state: State) in state.prompt.fields[0] }
    #expect(state.prompt.source(of: field(state)) == .datasetCase(isEdited: false))
    state.focus(on: .field(0))
    state.type("!")
    #expect(state.prompt.source(of: field(state)) == .datasetCase(isEdited: true))
    #expect(state.prompt.dataset == Self.dataset)
    state.press("alt-. alt-,")
    #expect(state.prompt.inputs["question"] == "Why?")
    state.press("alt-u alt-u")
    #expect(state.prompt.inputs["question"] == "Why?!")
  }

  @Test("A file that is named over a case's value shows as a file")
  func fileOverCase() throws {
    var state = try opened()
    state.focus(on: .field(0))
    state.press("ctrl-u")
    state.type("@n.md")
    #expect(state.prompt.source(of: state.prompt.fields[0]) == .file(nil))
  }

  @Test("A variable that comes back later has the value of the case that is shown then")
  func shelf() throws {
    var state = try opened()
    state.prompt.editor.replaceAll(with: "{{question}}")
    _ = update(&state, .timer(.settle))
    state.press("alt-. alt-.")
    state.prompt.editor.replaceAll(with: "{{question}} {{tone}}")
    _ = update(&state, .timer(.settle))
    #expect(state.prompt.inputs["tone"] == "harsh")
  }

  @Test("Values of a case are what they are: numbers, lists, false")
  func types() throws {
    let values: JSON.Object = ["flag": false, "items": ["a", "b"], "count": 2]
    var state = try opened(
      Dataset(name: "x", cases: [DatasetCase(values: values)]),
      prompt: "{{#if flag}}no{{/if}}{{#each items}}{{this}};{{/each}}{{count}}")
    state.context.index = nil
    _ = state.search()
    #expect(
      State.started(by: state.press("ctrl-r")).first?.request.messages.map(\.text) == ["a;b;2"])
  }

  @Test("Passages of a case are used in place of the index's")
  func passages() throws {
    let dataset = Dataset(
      name: "x",
      cases: [
        DatasetCase(values: ["question": "Why?", "passages": ["one", ["text": "two"]]]),
        DatasetCase(values: ["question": "Why?"]),
      ])
    var state = try opened(dataset, prompt: "{{#each passages}}[{{text}}]{{/each}} {{question}}")
    #expect(state.context.pendingSearch == nil)
    let plans = State.started(by: state.press("ctrl-r"))
    #expect(plans.first?.request.messages.map(\.text) == ["[one][two] Why?"])
    #expect(plans.first?.request.passages.map(\.text) == ["one", "two"])
    state.stream(0, .finish(.stop))
    #expect(State.searches(in: state.press("alt-.")).map(\.query) == ["Why?"])
  }

  @Test("A dataset that comes too late, or can't be read, changes nothing")
  func late() throws {
    var state = State.sample()
    _ = state.start()
    let first = try #require(readings(in: state.openDataset(at: "a")).first).number
    let second = try #require(readings(in: state.openDataset(at: "b")).first).number
    _ = update(&state, .datasetRead(number: first, Self.dataset, path: "/a"))
    #expect(state.prompt.dataset == nil)
    _ = update(&state, .datasetFailed(number: second, problem: "b:1: no"))
    #expect(state.notice == Notice(.error, "b:1: no"))
    #expect(state.prompt.inputs == ["question": "How long?"])
  }

  @Test("A draft comes back with its case, and what was typed over it")
  func draft() throws {
    var state = try opened()
    state.press("alt-.")
    state.focus(on: .field(0))
    state.type("!")
    let draft = state.draft
    var again = State(
      size: state.size, draft: draft, models: [], defaults: [.extractive],
      retrieval: RetrievalSettings())
    let reading = try #require(readings(in: again.start()).first)
    #expect(reading.path == "/d/cases.jsonl")
    _ = update(&again, .datasetRead(number: reading.number, Self.dataset, path: reading.path))
    #expect(again.prompt.datasetPlace?.index == 1)
    #expect(again.prompt.inputs["question"] == "How?!")
    #expect(again.prompt.source(of: again.prompt.fields[0]) == .datasetCase(isEdited: true))
    #expect(again.draft == draft)
  }

  @Test("A dataset that became shorter is shown at its last case")
  func shorter() throws {
    var draft = Draft(promptText: "{{question}}")
    draft.dataset = DatasetPlace(path: "/d", index: 9)
    var state = State(
      size: Size(width: 105, height: 30), draft: draft, models: [], defaults: [.extractive],
      retrieval: RetrievalSettings())
    let reading = try #require(readings(in: state.start()).first)
    _ = update(&state, .datasetRead(number: reading.number, Self.dataset, path: "/d"))
    #expect(state.prompt.datasetPlace?.index == 2)
  }

  @Test("The list of cases leads to one by its number, to another file, or away")
  func list() throws {
    var state = try opened()
    state.press("alt-t")
    #expect(state.picker?.items.count == 5)
    #expect(state.picker?.items[1].title == "2  second")
    state.type("3")
    state.press("enter")
    #expect(state.prompt.datasetPlace?.index == 2)
    state.press("alt-t")
    state.type("other")
    state.press("enter")
    guard case .line(let line)? = state.overlays.last else {
      Issue.record("no question for a file")
      return
    }
    #expect(line.editor.text == "/d/cases.jsonl")
    state.press("escape alt-t")
    state.type("detach")
    state.press("enter")
    #expect(state.prompt.dataset == nil)
    #expect(state.prompt.inputs["question"] == "@@home")
    #expect(state.draft.dataset == nil)
  }

  @Test("A prompt that is opened next goes on with the cases")
  func nextPrompt() throws {
    var state = try opened()
    _ = update(&state, .promptOpened(Draft(name: "b", promptText: "B {{tone}}")))
    #expect(state.prompt.dataset == Self.dataset)
    #expect(state.prompt.inputs == ["tone": "mild"])
  }
}
