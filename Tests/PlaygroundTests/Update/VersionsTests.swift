import Core
import Testing

@testable import Playground

@Suite("Versions")
struct VersionsTests {
  private static let texts = [
    "Was: {{question}}\n", "Was it: {{question}}\n", State.samplePrompt,
  ]

  private static let versions = texts.enumerated().map { index, text in
    PromptVersion(
      VersionSummary(
        hash: ContentHash.of(text), prompt: "sample", number: index + 1, createdAt: 1000,
        parent: index > 0 ? ContentHash.of(texts[index - 1]) : nil, change: "change \(index)"),
      text: text)
  }

  /// Newest first.
  private static let rows = versions.reversed().map { VersionRow($0.summary, time: "12:04") }

  private static func requests(in effects: [Effect]) -> [VersionRequest] {
    effects.reduce(into: []) { if case .versions(let request) = $1 { $0.append(request) } }
  }

  private static func opened(text: String? = nil) -> State {
    var state = State.settled()
    if let text { state.prompt.editor.replaceAll(with: text) }
    _ = update(&state, .versions(.listed(rows, .overlay)))
    return state
  }

  @Test("At the start, the version of the text is asked for, and shown with what changed since")
  func stem() {
    var state = State.sample()
    #expect(
      Self.requests(in: state.start()) == [
        .find(prompt: "sample", text: State.samplePrompt, parent: nil, columns: [])
      ])
    #expect(state.prompt.stem.isEmpty)
    _ = update(
      &state, .versions(.found(prompt: "sample", origin: Self.versions[2], columns: [])))
    #expect(state.prompt.stem == "v3")
    state.type("New\n")
    _ = update(&state, .timer(.settle))
    #expect(state.prompt.stem == "v3 +1")
    #expect(state.draft.parentVersion == Self.versions[2].hash)
    _ = update(&state, .versions(.found(prompt: "other", origin: Self.versions[0], columns: [])))
    #expect(state.prompt.stem == "v3 +1")
  }

  @Test("A version in a column has the partials of the prompt's folder")
  func partials() {
    var state = State.settled()
    let draft = Draft(name: "/p/a.prompt", promptText: "{{question}}", promptPath: "/p/a.prompt")
    _ = update(&state, .promptOpened(draft))
    let text = "{{> tone}} {{question}}"
    let version = PromptVersion(
      VersionSummary(
        hash: ContentHash.of(text), prompt: "/p/a.prompt", number: 1, createdAt: 1000), text: text)
    let effects = update(&state, .versions(.fetched(version, .column(0))))
    #expect(effects.contains(.readPartials(path: "/p/a.prompt", names: ["tone"])))
    _ = update(&state, .partialsRead(["tone": "Be {{how}}."], path: "/p/a.prompt"))
    #expect(state.columns[0].pinned?.prompt.variables == ["how", "question"])
    #expect(state.prompt.fields.map(\.name).contains("how"))
  }

  @Test("A text that is run is the version from which editing goes on")
  func ran() {
    var state = State.settled()
    _ = update(&state, .versions(.found(prompt: "sample", origin: Self.versions[1], columns: [])))
    let plans = State.started(by: state.press("ctrl-r"))
    #expect(plans.map(\.parentVersion) == [Self.versions[1].hash, Self.versions[1].hash])
    #expect(state.prompt.parentVersion == Self.versions[2].hash)
    #expect(state.prompt.stem.isEmpty)
    let begun = plans.map {
      BegunRun(number: $0.number, id: "run-\($0.column)", version: Self.versions[2].summary)
    }
    _ = update(&state, .runsBegan(begun))
    #expect(state.prompt.stem == "v3")
    #expect(state.columns.map(\.recordedRun) == ["run-0", "run-1"])
  }

  @Test("Undo and redo ask which version the text is again, and say when there is nothing left")
  func undo() {
    var state = State.sample(index: nil)
    state.type("x")
    let find = VersionRequest.find(
      prompt: "sample", text: State.samplePrompt, parent: nil, columns: [])
    #expect(Self.requests(in: state.press("alt-u")) == [find])
    #expect(state.notice == nil)
    #expect(state.press("alt-u").isEmpty)
    #expect(state.notice == Notice(.information, "Nothing to undo."))
    #expect(Self.requests(in: state.press("alt-r")).count == 1)
    #expect(state.press("alt-r").isEmpty)
    #expect(state.notice == Notice(.information, "Nothing to redo."))
    // In vi, too.
    state.vi = Vi()
    #expect(Self.requests(in: state.press("u")) == [find])
    #expect(state.press("u").isEmpty)
    #expect(state.notice == Notice(.information, "Nothing to undo."))
  }

  @Test("The list marks the text on the screen, which is an entry where it was not run")
  func list() {
    let same = Self.opened()
    #expect(same.versionsView?.entries.count == 3)
    #expect(same.versionsView?.current == Self.versions[2].hash)
    let other = Self.opened(text: "Another text")
    #expect(other.versionsView?.entries.first == .now)
    #expect(other.versionsView?.current == nil)
    var empty = State.settled()
    _ = update(&empty, .versions(.listed([], .overlay)))
    #expect(empty.versionsView == nil && empty.notice != nil)
  }

  @Test("A version is compared with its parent, or with the one that was marked, the older first")
  func compared() {
    var state = State.settled()
    var effects = update(&state, .versions(.listed(Self.rows, .overlay)))
    func sides(_ effects: [Effect]) -> [VersionSide] {
      for case .compare(_, _, let old, let new) in Self.requests(in: effects) { return [old, new] }
      return []
    }
    func side(_ index: Int) -> VersionSide { .version(hash: Self.versions[index].hash) }
    #expect(sides(effects) == [side(1), side(2)])
    effects = state.press("end")
    #expect(sides(effects) == [.text(""), side(0)])
    state.press("space")
    effects = state.press("home")
    #expect(sides(effects) == [side(0), side(2)])
    state.press("space")
    effects = state.press("down")
    #expect(sides(effects) == [side(1), side(2)])
    effects = state.press("space space")
    #expect(sides(effects) == [side(0), side(1)])
  }

  @Test("Only the difference that was asked for last is shown")
  func lateDifference() {
    var state = Self.opened()
    let late = state.versionsView?.pendingNumber ?? -1
    state.press("down")
    let difference = WordDiff(from: "a", to: "b")
    _ = update(&state, .versions(.compared(number: late, difference)))
    #expect(state.versionsView?.difference == nil)
    _ = update(
      &state,
      .versions(.compared(number: state.versionsView?.pendingNumber ?? -1, difference)))
    #expect(state.versionsView?.difference == difference)
    #expect(state.versionsView?.rows.rows.map(\.line.kind) == [.removed, .added])
  }

  @Test("A version comes back as one change of the prompt, which undo takes back")
  func restore() {
    var state = Self.opened(text: "Not run yet {{question}}")
    let path = state.prompt.path
    let effects = state.press("down enter")
    #expect(
      Self.requests(in: effects) == [
        .fetch(prompt: "sample", hash: Self.versions[2].hash, .restore)
      ])
    _ = update(&state, .versions(.fetched(Self.versions[0], .restore)))
    #expect(state.overlays.isEmpty)
    #expect(state.prompt.editor.text == Self.texts[0])
    #expect(state.prompt.stem == "v1")
    #expect(state.prompt.path == path && state.prompt.draftName == "sample")
    state.press("alt-u")
    #expect(state.prompt.editor.text == "Not run yet {{question}}")
    _ = update(&state, .timer(.settle))
    #expect(state.prompt.parentVersion == nil && state.prompt.stem.isEmpty)
    // The text on the screen is no version that could come back.
    state = Self.opened(text: "Not run yet")
    #expect(state.press("enter").isEmpty)
    #expect(state.notice != nil)
  }

  @Test("A version is named and given a note, and the list says so")
  func name() {
    var state = Self.opened()
    state.press("down n")
    state.type("strict")
    #expect(
      Self.requests(in: state.press("enter")) == [
        .name(prompt: "sample", hash: Self.versions[1].hash, "strict"),
        .list(prompt: "sample", .overlay),
      ])
    var rows = Self.rows
    rows[1].summary.name = "strict"
    _ = update(&state, .versions(.listed(rows, .overlay)))
    #expect(state.versionsView?.selected?.label == "v2 strict")
    state.press("n ctrl-u")
    #expect(
      Self.requests(in: state.press("enter")).first
        == .name(prompt: "sample", hash: Self.versions[1].hash, nil))
    state.press("e")
    state.type("why")
    #expect(
      Self.requests(in: state.press("enter")).first
        == .note(prompt: "sample", hash: Self.versions[1].hash, "why"))
  }

  @Test("A version runs in a column of its own beside the text")
  func compareAsColumn() {
    var state = Self.opened()
    #expect(
      Self.requests(in: state.press("end c")) == [
        .fetch(prompt: "sample", hash: Self.versions[0].hash, .newColumn)
      ])
    _ = update(&state, .versions(.fetched(Self.versions[0], .newColumn)))
    #expect(state.columns.map(\.model) == [.sample(0), .sample(1), .sample(0)])
    #expect(state.focus == .column(2))
    let plans = State.started(by: state.press("ctrl-r"))
    #expect(plans.map(\.promptText) == [State.samplePrompt, State.samplePrompt, Self.texts[0]])
    #expect(plans[2].request.messages.map(\.text) == ["Was: How long?\n"])
    #expect(state.draft.variants.map(\.version) == [nil, nil, Self.versions[0].hash])
  }

  @Test("A variable that only a column's version has gets a field of its own")
  func variables() {
    let text = "---\ninput: {default: {tone: kind}}\n---\n{{topic}} {{tone}} {{question}}"
    let version = PromptVersion(
      VersionSummary(hash: ContentHash.of(text), prompt: "sample", number: 9, createdAt: 0),
      text: text)
    var state = Self.opened()
    state.press("c")
    _ = update(&state, .versions(.fetched(version, .newColumn)))
    #expect(state.prompt.fields.map(\.name) == ["question", "topic", "tone"])
    #expect(state.prompt.inputs["tone"] == "kind")
    #expect(State.started(by: state.press("ctrl-r")).isEmpty)
    #expect(state.focus == .field(1))
    state.type("Wheels")
    let plans = State.started(by: state.press("ctrl-r"))
    #expect(plans.last?.request.messages.map(\.text) == ["Wheels kind How long?"])
    // They go when no column needs them.
    _ = state.choose(version: nil, column: 2)
    #expect(state.prompt.fields.map(\.name) == ["question"])
  }

  @Test("A column's version is picked from a list, and given up there")
  func pick() {
    var state = State.settled()
    state.focus(on: .column(1))
    #expect(
      Self.requests(in: state.press("v")) == [.list(prompt: "sample", .picker(column: 1))])
    _ = update(&state, .versions(.listed(Self.rows, .picker(column: 1))))
    #expect(state.picker?.items.count == 4)
    #expect(
      Self.requests(in: state.press("down down enter")) == [
        .fetch(prompt: "sample", hash: Self.versions[1].hash, .column(1))
      ])
    _ = update(&state, .versions(.fetched(Self.versions[1], .column(1))))
    #expect(state.columns[1].pinned?.version == Self.versions[1])
    _ = update(&state, .versions(.listed(Self.rows, .picker(column: 1))))
    #expect(state.picker?.selected?.choice == .version(Self.versions[1].hash, column: 1))
    state.press("up up enter")
    #expect(state.columns[1].pinned == nil)
  }

  @Test("Columns have their versions again after a restart")
  func restart() {
    var draft = State.sample().draft
    draft.variants[1].version = Self.versions[0].hash
    #expect(Draft(json: draft.json).variants == draft.variants)
    var state = State(
      size: Size(width: 105, height: 30), draft: draft, models: [], defaults: [],
      retrieval: RetrievalSettings())
    #expect(state.draft.variants == draft.variants)
    _ = state.start()
    _ = update(
      &state, .versions(.found(prompt: "sample", origin: nil, columns: [Self.versions[0]])))
    #expect(state.columns.map { $0.pinned?.version.label } == [nil, "v1"])
    #expect(state.draft.variants == draft.variants)
  }

  @Test("Runs of several versions are opened with each in its column")
  func openedRuns() {
    var state = State.settled()
    var second = RecordedRun.sample(1)
    second.run.promptText = Self.texts[1]
    let effects = update(&state, .runsLoaded([.sample(0), second], .show))
    #expect(
      Self.requests(in: effects) == [
        .find(
          prompt: "runs/run-0/prompt", text: "Was: {{question}}",
          parent: ContentHash.of("Was: {{question}}"), columns: [Self.versions[1].hash])
      ])
  }
}
