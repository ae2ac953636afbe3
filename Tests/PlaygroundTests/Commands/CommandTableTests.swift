import Core
import Testing

@testable import Playground

@Suite("Command table")
struct CommandTableTests {
  @Test("No key means two things in one place", arguments: Scope.allCases)
  func keysAreUnique(scope: Scope) {
    let keys = CommandTable.entries.filter { $0.scope == scope }.flatMap(\.keys)
    let counts = Dictionary(grouping: keys, by: \.self).filter { $1.count > 1 }
    #expect(counts.isEmpty)
  }

  @Test("Every command has an entry, and every entry says what it does")
  func everyCommandIsThere() {
    let listed = Set(CommandTable.entries.map(\.command))
    #expect(listed == Set(Command.allCases))
    for entry in CommandTable.entries {
      #expect(!entry.title.isEmpty)
      #expect(entry.hint.map { !$0.isEmpty && entry.keys.count > 0 } ?? true)
      // What has no key is found in the palette, which lists all that holds anywhere.
      #expect(!entry.keys.isEmpty || entry.scope == .anywhere)
    }
  }

  @Test("Every key has a name that leads back to it, and a short form to show")
  func names() {
    for key in CommandTable.entries.flatMap(\.keys) {
      #expect(Key(name: key.name) == key)
      #expect(!key.display.contains("?") || key.code == .character("?"))
    }
    #expect(Key("r", .control).display == "^R")
    #expect(Key("x", .alt).display == "M-x")
    #expect(Key(.tab, .shift).display == "⇧Tab")
    #expect(Key(name: "ctrl-alt-page-up") == Key(.pageUp, [.control, .alt]))
    #expect(Key(name: "hyper-x") == nil)
    #expect(Key(name: "") == nil)
  }

  @Test("A pane's own keys come before those that hold anywhere")
  func ownKeysFirst() {
    #expect(CommandTable.command(for: Key("a", .control), inPane: .text) == .lineStart)
    #expect(CommandTable.command(for: Key("a"), inPane: .column) == .addColumn)
    #expect(CommandTable.command(for: Key("a"), inPane: .text) == nil)
    #expect(CommandTable.command(for: Key("r", .control), inPane: .context) == .run)
  }

  @Test("Every entry does something", arguments: CommandTable.entries)
  func everyEntryActs(entry: CommandEntry) {
    var state = State.busy(focus: entry.scope)
    if entry.command == .showEvents { state.press("1") }
    // Before a pick is made, they would tell too much.
    if entry.scope == .blind, [.nextPair, .showWins].contains(entry.command) { state.press("1") }
    let before = Picture(state)
    let effects: [Effect]
    if let key = entry.keys.first {
      effects = update(&state, .input(.key(key)))
    } else {
      effects = state.perform(entry.command)
    }
    #expect(!effects.isEmpty || Picture(state) != before)
  }

  @Test("The written key list holds every command and every key")
  func markdown() {
    let text = CommandTable.markdown
    for entry in CommandTable.entries {
      #expect(text.contains("| \(entry.command.rawValue) | \(entry.title) |"))
      for key in entry.keys { #expect(text.contains("`\(key.display)`")) }
    }
  }
}

extension State {
  /// A playground in the middle of everything, so that every command has something to do.
  fileprivate static func busy(focus scope: Scope) -> State {
    var state = State.settled(passages: 40, columns: 3)
    let lines = (0..<60).map { "line \($0) with several words" }.joined(separator: "\n")
    state.prompt.editor.replaceAll(with: lines)
    state.prompt.editor.moveTo(TextPosition(line: 30, offset: 8))
    state.press("x y ctrl-w alt-u alt-u")
    _ = state.startRuns()
    for column in 0..<3 {
      state.columns[column].recordedRun = "run-\(column)"
      state.stream(column, .thinking("Well."), .text(lines))
    }
    switch scope {
    case .anywhere, .text:
      state.focus(on: .prompt)
      state.press("shift-right")
    case .context:
      state.focus(on: .context)
      state.selectPassage(20)
    case .passage, .absence, .measuring: state.open(scope, lines)
    case .column:
      state.focus(on: .column(1))
      state.columns[1].scroll(to: 25, height: 10)
      state.press("/ l i n e enter")
    case .answer:
      state.focus(on: .column(1))
      state.columns[1].scroll(to: 25, height: 10)
      state.press("enter w w v l")
    case .correcting:
      state.stream(1, .finish(.stop))
      state.focus(on: .column(1))
      state.press("e x")
    case .wire:
      let piece = WireEvent.body(Array(lines.replacing("\n", with: "\n\n").utf8))
      state.stream(1, wire: .request(SentRequest(wire: .messages, url: "http://host/v1")))
      state.stream(1, wire: piece)
      state.focus(on: .column(1))
      state.press("w 2 b")
    case .sessions:
      state = .amongSessions()
    case .playback: state = .playing()
    case .tree:
      state = .inTree()
      state.press("space")
    case .blind, .wins, .judging: return .comparing(scope, lines)
    case .evaluations, .evaluationPlan, .grid, .ladder, .map: return .evaluating(scope)
    case .trainingSets, .trainingExamples, .findings: return .training(scope)
    case .versions:
      let rows = (1...40).reversed().map { number in
        let hash = ContentHash.of("\(number)")
        return VersionRow(
          VersionSummary(hash: hash, prompt: "sample", number: number, createdAt: 0), time: "")
      }
      _ = update(&state, .versions(.listed(rows, .overlay)))
      state.press("j")
      let number = state.versionsView?.pendingNumber ?? -1
      _ = update(&state, .versions(.compared(number: number, WordDiff(from: "", to: lines))))
      state.press("page-down")
    }
    return state
  }
}

extension State {
  /// Opens a page over the context, with more in it than there is room for.
  fileprivate mutating func open(_ scope: Scope, _ lines: String) {
    focus(on: .context)
    switch scope {
    case .passage:
      selectPassage(20)
      press("enter")
      let cuts = stride(from: 0, to: lines.utf8.count, by: 50).map { $0..<$0 + 50 }
      let document = ReadDocument(
        lines, cuttings: [ReadDocument.Cutting(chunking: Chunking(), passages: cuts)],
        chunkings: [Chunking()], passage: 500..<550)
      let number = reader?.pendingReading ?? -1
      _ = update(&self, .inspected(number: number, .document(document)))
      press("down")
    case .absence:
      press("w")
      type("file.md")
      press("enter")
      let absent = AbsentPassage(
        passage: .sample(1), rank: 9,
        obstacles: (0..<60).map { .init(.limit, "Reason \($0).") },
        remedies: [
          .init(
            changes: ["k=9"], settings: RetrievalSettings(limit: 9), query: "How long?", rank: 9)
        ])
      let report = AbsenceReport(
        question: "file.md", query: "How long?", passages: [absent, absent, absent])
      _ = update(&self, .inspected(number: nextNumber - 1, .absence(report)))
      press("n page-down")
    default:
      press("v")
      let row = RetrievalComparison.Row(metric: RetrievalMetric(.recall), before: [0], now: [1])
      let comparison = RetrievalComparison(
        queries: 1, before: RetrievalSettings(), now: RetrievalSettings(),
        rows: Array(repeating: row, count: 60), tokensBefore: 0, tokensNow: 0,
        millisecondsBefore: 0, millisecondsNow: 0)
      _ = update(&self, .inspected(number: nextNumber - 1, .measured(comparison)))
      press("page-down")
    }
  }
}

/// All of a state that a person can see, and what undo and yank would bring.
private struct Picture: Equatable {
  private let parts: [AnyHashable]

  init(_ state: State) {
    parts = [
      state.prompt, state.context, state.columns, state.focus, state.arrangement, state.overlays,
      state.notice, state.isQuitting, state.killRing, state.session, state.finder, state.completion,
      state.answerSearch, state.scrollsTogether, state.evaluations,
    ]
  }
}
