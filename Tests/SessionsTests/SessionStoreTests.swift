// Sessions, runs and the draft in a real store file.

import Core
import Foundation
import Testing

@testable import Sessions

@Suite struct SessionStoreTests {
  let folder: TemporaryFolder
  let path: String
  let store: SessionStore

  init() throws {
    folder = try TemporaryFolder()
    path = folder.file("sessions.sqlite")
    store = try SessionStore(path: path)
  }

  @Test func aRecordedRunComesBackEqual() throws {
    let (_, runs) = try store.makeSampleSession()
    for run in runs { #expect(try store.loadRun(run.run.id) == run) }
    let reopened = try SessionStore(path: path)
    for run in runs { #expect(try reopened.loadRun(run.run.id) == run) }
  }

  @Test func batchesFollowEachOther() throws {
    let session = try store.createSession(name: "s")
    try store.begin(.sample("A", session: session.id))
    for event in TimedWireEvent.sampleStream { try store.append([event], to: "A") }
    try store.append([], to: "A")
    #expect(try store.loadRun("A").events == TimedWireEvent.sampleStream)
  }

  @Test func runsAreListedOldestFirstWithWhatTheyCameTo() throws {
    let (session, _) = try store.makeSampleSession()
    let list = try store.runs(of: session.id)
    #expect(list.map(\.id) == ["A1", "A2", "A3"])
    #expect(list.map(\.state) == [.ended(.stop), .ended(.error), .ended(.stop)])
    #expect(list.map(\.firstLine) == ["Hello there.", "", "counted"])
    #expect(list[2].parent == "A1")
    #expect(list[2].usage == Usage(inputTokens: 900, outputTokens: 44))
    #expect(list[0].usage?.isEstimated == true)
    #expect(list[0].timing == Timing(firstActivity: 20, firstText: 21.5, total: 30))
    #expect(list[0].model.description == "ollama/llama3.2:3b")
    #expect(list[0].column == 2)
    #expect(try store.runs(of: "none").isEmpty)
  }

  @Test func theFirstLineOfALongOutputIsCut() throws {
    let session = try store.createSession(name: "s")
    try store.begin(.sample("A", session: session.id))
    try store.finish("A", answer: .sample(String(repeating: "word ", count: 1000)))
    #expect(try store.runs(of: session.id).first?.firstLine.count == 200)
  }

  @Test func sessionsAreListedByTheirLatestActivity() throws {
    let first = try store.createSession(name: "first")
    let second = try store.createSession(name: "second")
    #expect(try store.sessions().map(\.session.name) == ["second", "first"])
    let later = second.createdAt + 100
    try store.begin(.sample("A", session: first.id, startedAt: later))
    #expect(
      try store.sessions() == [
        SessionSummary(session: first, runCount: 1, lastActivity: later, cost: .zero),
        SessionSummary(
          session: second, runCount: 0, lastActivity: second.createdAt, cost: .zero),
      ])
  }

  @Test func aSessionCanBeRenamed() throws {
    let session = try store.createSession(name: "before")
    try store.renameSession(session.id, to: "after")
    #expect(try store.sessions().map(\.session.name) == ["after"])
    #expect(
      sessionError { try store.renameSession("none", to: "x") } == .noSession(named: "none"))
  }

  @Test func aSessionIsFoundByIdByNameAndByTheStartOfItsId() throws {
    let session = try store.createSession(name: "100% of_it")
    #expect(try store.findSession(session.id) == session)
    #expect(try store.findSession("100% of_it") == session)
    #expect(try store.findSession(String(session.id.prefix(12))) == session)
    #expect(try store.findSession(session.id.prefix(12).lowercased()) == session)
    for other in ["", "%", "_", "100% of", session.id + "0", "' OR 1 --"] {
      #expect(sessionError { try store.findSession(other) } == .noSession(named: other))
    }
  }

  @Test func aNameThatCouldMeanSeveralSessionsIsRefused() throws {
    let both = [try store.createSession(name: "same"), try store.createSession(name: "same")]
    let error = sessionError { try store.findSession("same") }
    guard case .ambiguous("same", let matches)? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(matches.sorted() == both.map(\.id).sorted())
    #expect(try store.findSession(both[1].id) == both[1])
  }

  @Test func aRunIsFoundByTheStartOfItsId() throws {
    _ = try store.makeSampleSession()
    #expect(try store.findRun("a1").id == "A1")
    #expect(sessionError { try store.findRun("B") } == .noRun(id: "B"))
    guard case .ambiguous? = sessionError({ try store.findRun("A") }) else {
      Issue.record("'A' starts three ids")
      return
    }
  }

  @Test func whatIsNotThereIsSaid() throws {
    #expect(sessionError { try store.loadRun("none") } == .noRun(id: "none"))
    let events = TimedWireEvent.sampleStream
    #expect(sessionError { try store.append(events, to: "none") } == .noRun(id: "none"))
    #expect(sessionError { try store.finish("none", answer: .sample()) } == .noRun(id: "none"))
    #expect(
      sessionError { try store.begin(.sample("A", session: "none")) } == .noSession(named: "none"))
  }

  @Test func draftsAreKeptByName() throws {
    #expect(try store.latestDraft() == nil)
    let draft = Draft(
      name: "a.prompt", promptText: "Hello\n", promptPath: "a.prompt", savedText: "Hell",
      inputs: ["a": "b"], models: [.echo, .extractive], index: "docs", session: "S")
    let tour = Draft(name: "tour", promptText: "earlier")
    try store.saveDraft(Draft(name: "a.prompt", promptText: "Hel"))
    try store.saveDraft(tour)
    try store.saveDraft(draft)
    let reopened = try SessionStore(path: path)
    #expect(try reopened.latestDraft() == draft)
    #expect(try reopened.loadDraft(named: "tour") == tour)
    #expect(try reopened.loadDraft(named: "none") == nil)
  }

  @Test func identifiersGrowAlsoWithinAMillisecondAndWhenTheClockIsSetBack() {
    let generator = IdentifierGenerator()
    let times: [Double] = Array(repeating: 1_700_000_000, count: 2000) + [1, 1_700_000_001]
    let made = times.map { generator.next(now: $0) }
    #expect(made == made.sorted())
    #expect(Set(made).count == made.count)
    #expect(made.allSatisfy { $0.utf8.count == 26 })
    // 1,700,000,000,000 in Crockford's base 32.
    #expect(made[0].hasPrefix("01HF7YAT00"))
    #expect(IdentifierGenerator().next(now: 1_700_000_000) != made[0])
    for extreme: Double in [.infinity, .nan, -1, 1e300] {
      #expect(IdentifierGenerator().next(now: extreme).utf8.count == 26)
    }
  }
}
