import Core
import Playground
import Sessions
import Testing

@testable import Runtime

@Suite("Versions and ratings")
struct VersionsTests {
  private static let prompt = "a/refunds.prompt"

  private static func plan(
    _ number: Int, prompt text: String, parent: String? = nil, answer: String = "one two three"
  ) -> RunPlan {
    var plan = RunPlan.echo(number, answer)
    plan.promptText = text
    plan.parentVersion = parent
    return plan
  }

  private static func begun(in bench: Workbench) -> [BegunRun] {
    bench.events.flatMap { if case .runsBegan(let runs) = $0 { runs } else { [BegunRun]() } }
  }

  private static func replies(in bench: Workbench) -> [VersionReply] {
    bench.events.compactMap { if case .versions(let reply) = $0 { reply } else { nil } }
  }

  @Test("A run tells under which name it is kept, and which version its text is")
  func begins() throws {
    let bench = try Workbench()
    defer { bench.remove() }
    bench.perform(.startRuns([Self.plan(1, prompt: "one"), Self.plan(2, prompt: "one")]))
    try bench.runUntilIdle()
    let first = try #require(Self.begun(in: bench).first?.version)
    bench.perform(.startRuns([Self.plan(3, prompt: "one more", parent: first.hash)]))
    try bench.runUntilIdle()
    bench.runtime.finish()
    let begun = Self.begun(in: bench)
    #expect(begun.map(\.number) == [1, 2, 3])
    #expect(begun.map { $0.version?.number } == [1, 1, 2])
    #expect(begun[2].version?.parent == first.hash)
    let store = try bench.store
    #expect(try begun.map { try store.findRun($0.id).id } == begun.map(\.id))
    #expect(try store.versions(of: Self.prompt).map(\.score.runCount) == [1, 2])
  }

  @Test("Versions are found by a text or its parent, listed, told apart, fetched and named")
  func requests() throws {
    let bench = try Workbench()
    defer { bench.remove() }
    bench.perform(.startRuns([Self.plan(1, prompt: "one")]))
    try bench.runUntilIdle()
    bench.perform(.startRuns([Self.plan(2, prompt: "one two")]))
    try bench.runUntilIdle()
    let (one, two) = (ContentHash.of("one"), ContentHash.of("one two"))
    bench.perform(
      .versions(.find(prompt: Self.prompt, text: "one", parent: two, columns: [two, "gone"])),
      .versions(.find(prompt: Self.prompt, text: "new", parent: two, columns: [])),
      .versions(.find(prompt: Self.prompt, text: "new", parent: nil, columns: [])),
      .versions(.name(prompt: Self.prompt, hash: one, "short")),
      .versions(.note(prompt: Self.prompt, hash: one, "a note")),
      .versions(.list(prompt: Self.prompt, .overlay)),
      .versions(
        .compare(
          number: 7, prompt: Self.prompt, old: .version(hash: one), new: .text("one three"))),
      .versions(.fetch(prompt: Self.prompt, hash: two, .restore)))
    try bench.runUntilIdle()
    var origins: [String?] = []
    for case .found(_, let origin, let columns) in Self.replies(in: bench) {
      origins.append(origin?.text)
      if origin?.text == "one" { #expect(columns.map(\.text) == ["one two"]) }
    }
    #expect(origins == ["one", "one two", nil])
    for case .listed(let rows, _) in Self.replies(in: bench) {
      #expect(rows.map(\.summary.label) == ["v2", "v1 short"])
      #expect(rows.map(\.summary.note) == ["", "a note"])
    }
    let difference = WordDiff(from: "one", to: "one three")
    #expect(Self.replies(in: bench).contains(.compared(number: 7, difference)))
    #expect(
      Self.replies(in: bench).contains {
        if case .fetched(let version, .restore) = $0 { version.text == "one two" } else { false }
      })
    #expect(bench.notices.isEmpty)
    bench.perform(.versions(.fetch(prompt: Self.prompt, hash: "gone", .newColumn)))
    try bench.runUntilIdle()
    #expect(bench.notices.map(\.kind) == [.error])
  }

  @Test("The last runs of a prompt in its session are found, those of others are not")
  func lastRuns() throws {
    let bench = try Workbench()
    defer { bench.remove() }
    for text in ["one", "two"] {
      bench.perform(.startRuns([Self.plan(1, prompt: text), Self.plan(2, prompt: text)]))
      try bench.runUntilIdle()
    }
    var other = Self.plan(3, prompt: "three")
    other.draftName = "other"
    bench.perform(.startRuns([other]))
    try bench.runUntilIdle()
    bench.runtime.finish()
    let session = try #require(try bench.store.sessions().first).session.id
    bench.perform(
      .loadLastRuns(prompt: Self.prompt, session: session, shown: nil),
      .loadLastRuns(prompt: Self.prompt, session: "gone", shown: nil),
      .loadLastRuns(prompt: "nothing", session: session, shown: nil))
    try bench.runUntilIdle()
    let loaded = bench.events.compactMap { event -> [RecordedRun]? in
      if case .lastRunsLoaded(let runs, Self.prompt) = event { runs } else { nil }
    }
    #expect(loaded.count == 1)
    #expect(loaded.first?.map(\.run.promptText) == ["two", "two"])
    #expect(loaded.first?.map(\.answer.text) == ["one two three", "one two three"])
    #expect(bench.notices.isEmpty)
  }

  @Test("A rating of a run that still streams is kept, and shown when the run is opened again")
  func rating() throws {
    let bench = try Workbench()
    defer { bench.remove() }
    let text = (0..<400).map { "word\($0)" }.joined(separator: " ")
    bench.perform(.startRuns([Self.plan(1, prompt: "one", answer: text)]))
    try bench.run { !Self.begun(in: $0).isEmpty && $0.answers[1]?.text.isEmpty == false }
    let run = try #require(Self.begun(in: bench).first)
    #expect(bench.answers[1]?.isFinished == false)
    bench.perform(.rate(run: run.id, .good))
    try bench.runUntilIdle()
    bench.runtime.finish()
    bench.perform(.loadRuns(run.id, .show))
    let session = try #require(try bench.store.sessions().first)
    bench.perform(.readTree(session: session.session.id, at: nil))
    try bench.runUntilIdle()
    for event in bench.events {
      if case .runsLoaded(let runs, _) = event {
        #expect(runs.map(\.rating) == [.good])
        #expect(runs.first?.answer.finishReason == .stop)
      }
      if case .treeRead(let tree, _) = event {
        #expect(tree.moments.flatMap(\.runs).map(\.rating) == [.good])
      }
    }
    #expect(try bench.store.versions(of: Self.prompt).first?.score.goodCount == 1)
  }

  @Test("Where nothing is kept, no version is looked for")
  func keepsNothing() throws {
    let bench = try Workbench { $0.keepsRuns = false }
    defer { bench.remove() }
    bench.perform(
      .versions(.find(prompt: Self.prompt, text: "one", parent: nil, columns: [])),
      .startRuns([Self.plan(1, prompt: "one")]))
    try bench.runUntilIdle()
    #expect(Self.replies(in: bench).isEmpty && Self.begun(in: bench).isEmpty)
    #expect(bench.answers[1]?.finishReason == .stop)
  }
}
