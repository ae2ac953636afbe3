import Core
import Foundation
import Playground
import Sessions
import Testing

@testable import Runtime

@Suite("Recording")
struct RecordingTests {
  private static let longText = (0..<400).map { "word\($0)" }.joined(separator: " ")

  @Test("What was searched and run is in the store", arguments: [true, false])
  func searchAndRun(onScriptClock: Bool) throws {
    let bench = try Workbench(clock: onScriptClock ? ScriptClock() : SystemClock())
    defer { bench.remove() }
    bench.perform(
      .lookAround(session: nil),
      .search(
        SearchRequest(
          number: 7, query: "return wheel", index: Tour.name, retrieval: RetrievalSettings())))
    var found: SearchResult?
    try bench.run { bench in
      for case .passagesFound(let result) in bench.events { found = result }
      return found != nil
    }
    var result = try #require(found)
    // A row's number in the index is no part of a record.
    for place in result.passages.indices { result.passages[place].id = 0 }
    #expect(result.number == 7)
    #expect(result.indexSize == 1)
    #expect(result.queries == ["return wheel"])
    #expect(result.method == .bm25)
    #expect(result.chunkings == [Chunking()])
    #expect(!result.hasVectors)
    #expect(result.passages.map(\.text) == ["# Returns\n\nYou have thirty days to return a wheel."])

    var plan = RunPlan.echo(8)
    plan.request.passages = result.passages
    bench.perform(.startRuns([plan, .echo(9, "four")]))
    try bench.runUntilIdle()
    #expect(bench.answers[8]?.text == "one two three")
    #expect(bench.answers[9]?.finishReason == .stop)
    bench.runtime.finish()

    let store = try bench.store
    let session = try #require(try store.sessions().first)
    #expect(session.session.name == "refunds")
    let runs = try store.runs(of: session.session.id)
    #expect(runs.map(\.state) == [.ended(.stop), .ended(.stop)])
    let recorded = try store.loadBatch(of: runs[1].id)
    #expect(recorded.map(\.run.request) == [plan.request, RunPlan.echo(9, "four").request])
    #expect(recorded[0].run.inputs == ["text": "one two three"])
    #expect(recorded[0].answer.text == "one two three")
    #expect(Answer(replaying: recorded[0]).text == "one two three")
    #expect(recorded[0].events.last?.event == .end(.complete))
    #expect(
      bench.events.contains {
        if case .sessionChanged(let row) = $0 {
          row?.name == "refunds" && row?.runCount == 2
        } else {
          false
        }
      })
  }

  @Test("A quarter of a second after it came, a stream is in the store")
  func flush() throws {
    let bench = try Workbench()
    defer { bench.remove() }
    bench.perform(.startRuns([.echo(1, Self.longText)]))
    try bench.run { $0.clock.now >= 600 }
    #expect(bench.answers[1]?.isFinished == false)
    let store = try bench.store
    var stored: [TimedWireEvent] = []
    try bench.run { _ in
      guard let session = try store.sessions().first,
        let run = try store.runs(of: session.session.id).first
      else { return false }
      stored = try store.loadRun(run.id).events
      return (stored.last?.time ?? 0) >= 250
    }
    #expect(stored.count > 60)
  }

  @Test("A run that was cancelled is kept with what had come of it")
  func cancel() throws {
    let bench = try Workbench()
    defer { bench.remove() }
    bench.perform(.startRuns([.echo(1, Self.longText)]))
    try bench.run { $0.answers[1]?.text.contains("word20") == true }
    bench.perform(.cancelRuns([1]))
    try bench.runUntilIdle()
    #expect(bench.answers[1]?.finishReason == .cancelled)
    bench.runtime.finish()
    let store = try bench.store
    let session = try #require(try store.sessions().first)
    let run = try #require(try store.runs(of: session.session.id).first)
    #expect(run.state == .ended(.cancelled))
    #expect(try store.loadRun(run.id).answer.text == bench.answers[1]?.text)
  }

  @Test("A run that ends with the program is found and ended at the next start, once")
  func interrupted() throws {
    let bench = try Workbench()
    defer { bench.remove() }
    // What a program that was killed leaves behind.
    do {
      let store = try bench.store
      let session = try store.createSession(name: "killed")
      let plan = RunPlan.echo(0)
      let run = Run(
        id: store.identifiers.next(now: 1000), session: session.id, startedAt: 1000, column: 0,
        promptText: plan.promptText, inputs: plan.inputs, request: plan.request)
      try store.begin(run)
      try store.append(
        [
          TimedWireEvent(time: 1, event: .head(status: 200, contentType: "text/event-stream")),
          TimedWireEvent(
            time: 2,
            event: .body(
              Array(#"data: {"choices":[{"delta":{"content":"so far"}}]}"#.utf8 + [10, 10]))),
        ], to: run.id)
    }
    bench.perform(.lookAround(session: nil))
    try bench.runUntilIdle()
    let rows = bench.events.flatMap { event -> [RunRow] in
      if case .runsInterrupted(let rows) = event { rows } else { [] }
    }
    #expect(rows.map(\.finishReason) == [.interrupted])
    bench.runtime.finish()
    let store = try bench.store
    let session = try #require(try store.sessions().first)
    let run = try #require(try store.runs(of: session.session.id).first)
    #expect(run.state == .ended(.interrupted))
    #expect(try store.loadRun(run.id).answer.text == "so far")

    let second = try Workbench(in: bench.path)
    second.perform(.lookAround(session: nil))
    try second.runUntilIdle()
    #expect(second.events.isEmpty)
  }

  @Test("A store that can't be opened is said once, and runs go on")
  func noStore() throws {
    let bench = try Workbench()
    defer { bench.remove() }
    try FileManager.default.createDirectory(
      atPath: Folders(allIn: bench.path, share: nil).store, withIntermediateDirectories: true)
    bench.perform(.startRuns([.echo(1)]), .saveDraft(Draft()))
    try bench.runUntilIdle()
    bench.perform(.startRuns([.echo(2)]))
    try bench.runUntilIdle()
    #expect(bench.answers[1]?.text == "one two three")
    #expect(bench.answers[2]?.text == "one two three")
    #expect(bench.notices.count == 1)
    #expect(bench.notices.first?.kind == .error)
    #expect(bench.notices.first?.text.hasPrefix("Nothing is being kept: ") == true)
    // What is asked for is answered each time.
    bench.perform(.listSessions)
    try bench.runUntilIdle()
    #expect(bench.notices.count == 2)
  }

  @Test("A session is gone on with, or begun anew")
  func sessions() throws {
    let bench = try Workbench()
    defer { bench.remove() }
    bench.perform(.startRuns([.echo(1)]))
    try bench.runUntilIdle()
    bench.runtime.finish()
    let id = try #require(try bench.store.sessions().first?.session.id)

    let second = try Workbench(in: bench.path)
    second.perform(.lookAround(session: id), .startRuns([.echo(1)]))
    try second.runUntilIdle()
    second.perform(.newSession, .startRuns([.echo(2)]))
    try second.runUntilIdle()
    second.runtime.finish()
    #expect(try bench.store.sessions().map(\.runCount).sorted() == [1, 2])
  }

  @Test("Sessions and their runs are listed, loaded, exported and imported")
  func lookingBack() throws {
    let bench = try Workbench()
    defer { bench.remove() }
    bench.perform(.startRuns([.echo(0), .echo(1)]))
    try bench.runUntilIdle()
    bench.perform(.listSessions, .exportSession(path: bench.path + "/out.jsonl"))
    try bench.runUntilIdle()
    guard
      case .sessionsListed(let sessions)? = bench.events.last(where: { event in
        if case .sessionsListed = event { true } else { false }
      }), let session = sessions.first
    else {
      Issue.record("no sessions were listed")
      return
    }
    #expect(session.lastUsed == "2026-01-05 09:04")
    bench.perform(.findRuns(RunRequest(number: 7, line: "thr")))
    try bench.runUntilIdle()
    guard case .runsFound(number: 7, let found)? = bench.events.last,
      let run = found.runs.first?.hit
    else {
      Issue.record("no runs were found")
      return
    }
    #expect(found.runs.map(\.hit.snippet) == ["one two three", "one two three"])
    bench.perform(.readTree(session: session.id, at: run.run))
    try bench.runUntilIdle()
    guard case .treeRead(let tree, at: run.run)? = bench.events.last else {
      Issue.record("no tree was read")
      return
    }
    #expect(tree.moments.map { $0.runs.count } == [2])
    bench.perform(.loadRuns(run.run, .replay([run.run])))
    try bench.runUntilIdle()
    guard case .runsLoaded(let loaded, .replay([run.run]))? = bench.events.last else {
      Issue.record("no runs were loaded")
      return
    }
    #expect(loaded.map(\.run.column) == [0, 1])

    let other = try Workbench()
    defer { other.remove() }
    other.perform(
      .importSession(path: bench.path + "/out.jsonl"), .importSession(path: "/nowhere.jsonl"))
    try other.runUntilIdle()
    #expect(other.notices.map(\.kind) == [.success, .error])
    #expect(other.notices.first?.text == "2 runs added to 'refunds'.")
  }

  @Test("A replay says what the run said, and is not kept as another")
  func replay() throws {
    let bench = try Workbench()
    defer { bench.remove() }
    bench.perform(.startRuns([.echo(1)]))
    try bench.runUntilIdle()
    let store = try bench.store
    let session = try #require(try store.sessions().first?.session.id)
    let run = try #require(try store.runs(of: session).first)
    let recorded = try store.loadRun(run.id)
    bench.perform(.play([ReplayPlan(number: 5, events: recorded.events)]))
    try bench.runUntilIdle()
    #expect(bench.answers[5] != nil)
    #expect(bench.answers[5]?.text == bench.answers[1]?.text)
    #expect(bench.answers[5]?.timing == bench.answers[1]?.timing)
    bench.runtime.finish()
    #expect(try store.runs(of: session).count == 1)
  }

  @Test("Drafts are kept by their names")
  func drafts() throws {
    let bench = try Workbench()
    defer { bench.remove() }
    let first = Draft(name: "a.prompt", promptText: "A {{x}}", inputs: ["x": "1"])
    bench.perform(
      .saveDraft(first), .saveDraft(Draft(name: "b.prompt", promptText: "old")),
      .saveDraft(Draft(name: "b.prompt", promptText: "B")))
    try bench.runUntilIdle()
    #expect(bench.events.last == .draftSaved(time: "09:04:05"))
    bench.runtime.finish()
    #expect(try bench.store.loadDraft(named: "a.prompt") == first)
    #expect(try bench.store.loadDraft(named: "b.prompt")?.promptText == "B")
    #expect(try bench.store.latestDraft()?.name == "b.prompt")
  }
}
