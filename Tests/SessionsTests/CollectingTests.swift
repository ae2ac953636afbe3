// What was pruned is taken away for good, and nothing else; the file gets smaller by it.

import Core
import Foundation
import GRDB
import Testing

@testable import Sessions

@Suite struct CollectingTests {
  let folder: TemporaryFolder
  let store: SessionStore
  let session: Session

  init() throws {
    folder = try TemporaryFolder()
    store = try SessionStore(path: folder.file("sessions.sqlite"))
    session = try store.createSession(name: "s")
  }

  /// Records a run of a moment of its own, with a stream of so many bytes.
  private func record(_ id: Identifier, bytes: Int = 100) throws {
    var events = TimedWireEvent.sampleStream
    events.append(TimedWireEvent(time: 5, event: .body(Array(repeating: 0x61, count: bytes))))
    try store.record(
      RecordedRun(
        run: .sample(id, session: session.id), events: events, answer: .sample("walrus \(id)")))
  }

  private func found() throws -> Set<Identifier> {
    Set(try store.find(try RunQuery(line: "walrus", now: 0)).map(\.run))
  }

  private var fileSize: Int {
    get throws {
      try FileManager.default.attributesOfItem(atPath: store.path)[.size] as? Int ?? 0
    }
  }

  @Test func toAskTakesNothing() throws {
    for id in ["A", "B"] { try record(id, bytes: 5000) }
    try store.name("B", "twig", in: session.id)
    try store.name("nowhere", "lost", in: session.id)
    try store.prune(["B"], in: session.id)
    let garbage = try store.garbage(withBackups: false)
    #expect(garbage.moments == 1 && garbage.runs == 1 && garbage.branches == 1)
    #expect(garbage.runBytes > 5000)
    try store.undoPruning(in: session.id)
    #expect(try store.loadRun("B").answer.text == "walrus B")
    #expect(try found() == ["A", "B"])
  }

  @Test func onlyWhatIsPrunedGoesInSeveralSlices() throws {
    for number in 0..<230 { try record("R\(number)") }
    let kept = Set((0..<230).filter { $0 % 2 == 0 }.map { "R\($0)" })
    let before = try kept.map { try store.loadRun($0) }
    try store.rate("R1", .good)
    try store.name("R1", "twig", in: session.id)
    try store.name("R2", "trunk", in: session.id)
    try store.prune((0..<230).map { "R\($0)" }.filter { !kept.contains($0) }, in: session.id)

    try store.collect(try store.garbage(withBackups: false))
    #expect(Set(try store.runs(of: session.id).map(\.id)) == kept)
    #expect(try kept.map { try store.loadRun($0) } == before)
    #expect(sessionError { try store.loadRun("R1") } == .noRun(id: "R1"))
    #expect(try found() == kept)
    #expect(try store.undoPruning(in: session.id) == 0)
    #expect(try store.tree(of: session.id).branches.map(\.name) == ["trunk"])
    let left = try store.garbage(withBackups: false)
    #expect(left.runs == 0 && left.branches == 0)
    #expect(try store.check().findings.allSatisfy { $0.kind == .fine })
  }

  @Test func aPrunedRunThatStreamsStays() throws {
    try store.begin(.sample("A", session: session.id))
    try store.prune(["A"], in: session.id)
    try store.collect(try store.garbage(withBackups: false))
    try store.append(TimedWireEvent.sampleStream, to: "A")
    try store.finish("A", answer: .sample())
    #expect(try store.garbage(withBackups: false).runs == 1)
  }

  @Test func thePackedFileIsSmaller() throws {
    for number in 0..<20 { try record("R\(number)", bytes: 100_000) }
    try store.prune((1..<20).map { "R\($0)" }, in: session.id)
    try store.collect(try store.garbage(withBackups: false))
    #expect(try store.garbage(withBackups: false).freeBytes > 1_500_000)
    #expect(try store.pack())
    #expect(try fileSize < 600_000)
    #expect(try store.loadRun("R0").answer.text == "walrus R0")
    #expect(try store.garbage(withBackups: false).freeBytes == 0)
  }

  @Test func anotherWhetKeepsOnWritingAndTheFileIsNotPacked() async throws {
    for number in 0..<400 { try record("R\(number)", bytes: 20_000) }
    try store.prune((0..<400).map { "R\($0)" }, in: session.id)
    let other = try SessionStore(path: store.path)
    try other.begin(.sample("A", session: session.id))
    let (store, garbage) = (store, try store.garbage(withBackups: false))
    async let collected: Void = Task.detached { try store.collect(garbage) }.value
    for number in 0..<100 {
      try other.append([TimedWireEvent(time: Double(number), event: .body([0x61]))], to: "A")
    }
    try await collected
    #expect(try !store.pack())
    #expect(try other.loadRun("A").events.count == 100)
    #expect(try store.runs(of: session.id).map(\.id) == ["A"])
  }

  @Test func backupsGoWhenThatIsAskedFor() throws {
    let backup = try store.repair()
    #expect(try store.garbage(withBackups: false).backups.isEmpty)
    let garbage = try store.garbage(withBackups: true)
    #expect(garbage.backups.map(\.path) == [backup.path])
    try store.collect(garbage)
    #expect(StoreBackup.all(of: store.path).isEmpty)
  }
}
