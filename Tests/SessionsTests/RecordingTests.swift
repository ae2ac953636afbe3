// Runs that are being written: by one store, by two at once, and by one that has gone.

import Core
import Foundation
import Synchronization
import Testing

@testable import Sessions

@Suite struct RecordingTests {
  let folder: TemporaryFolder
  let path: String
  let store: SessionStore

  init() throws {
    folder = try TemporaryFolder()
    path = folder.file("sessions.sqlite")
    store = try SessionStore(path: path)
  }

  /// A run that a store began and left without an end.
  private func leaveRun(_ id: Identifier, session: Identifier) throws {
    let writer = try SessionStore(path: path)
    try writer.begin(.sample(id, session: session))
    try writer.append(TimedWireEvent.sampleStream, to: id)
  }

  @Test func aRunThatIsWrittenIsNotInterrupted() throws {
    let session = try store.createSession(name: "s")
    try store.begin(.sample("A", session: session.id))
    let other = try SessionStore(path: path)
    for store in [store, other] {
      #expect(try store.interruptedRuns().isEmpty)
      #expect(try store.findRun("A").state == .streaming)
      try store.markInterrupted("A", answer: .sample())
      #expect(try store.findRun("A").state == .streaming)
    }
  }

  @Test func aRunWhoseWriterIsGoneIsInterrupted() throws {
    let session = try store.createSession(name: "s")
    try leaveRun("A", session: session.id)
    #expect(try store.interruptedRuns().map(\.id) == ["A"])
    let found = try store.loadRun("A")
    #expect(found.events == TimedWireEvent.sampleStream)
    #expect(found.answer == Answer())

    var answer = Answer()
    answer.apply(.text("so far"), at: 7)
    try store.markInterrupted("A", answer: answer)
    #expect(try store.interruptedRuns().isEmpty)
    let summary = try store.findRun("A")
    #expect(summary.state == .ended(.interrupted))
    #expect(summary.firstLine == "so far")
    #expect(summary.timing.total == 7)
    #expect(try store.loadRun("A").answer.finishReason == .interrupted)
  }

  @Test func anInterruptedRunWhoseStreamHadEndedKeepsItsEnd() throws {
    let session = try store.createSession(name: "s")
    try leaveRun("A", session: session.id)
    try store.markInterrupted("A", answer: .sample())
    #expect(try store.findRun("A").state == .ended(.stop))
  }

  @Test func anEndedRunIsNotMarkedInterrupted() throws {
    let session = try store.createSession(name: "s")
    try store.record(
      RecordedRun(run: .sample("A", session: session.id), events: [], answer: .sample()))
    try store.markInterrupted("A", answer: .failed)
    #expect(try store.loadRun("A").answer == .sample())
  }

  @Test func twoStoresOnOneFileWriteAtOnce() throws {
    let session = try store.createSession(name: "s")
    let stores = [store, try SessionStore(path: path)]
    let failures = Mutex<[String]>([])
    let expected = (0..<300).map { TimedWireEvent(time: Double($0), event: .body([UInt8($0 % 7)])) }
    DispatchQueue.concurrentPerform(iterations: 8) { worker in
      let store = stores[worker % 2]
      do {
        try store.begin(.sample("R\(worker)", session: session.id))
        for start in stride(from: 0, to: 300, by: 5) {
          try store.append(Array(expected[start..<start + 5]), to: "R\(worker)")
          _ = try stores[(worker + 1) % 2].runs(of: session.id)
        }
        try store.finish("R\(worker)", answer: .sample())
      } catch {
        failures.withLock { $0.append("\(error)") }
      }
    }
    #expect(failures.withLock { $0 } == [])
    #expect(
      try store.runs(of: session.id).map(\.state) == Array(repeating: .ended(.stop), count: 8))
    for worker in 0..<8 { #expect(try store.loadRun("R\(worker)").events == expected) }
  }

  @Test func storesThatOpenOneNewFileAtOnceAllWork() throws {
    for round in 0..<10 {
      let path = folder.file("new-\(round).sqlite")
      let failures = Mutex<[String]>([])
      DispatchQueue.concurrentPerform(iterations: 4) { worker in
        do {
          try SessionStore(path: path).createSession(name: "\(worker)")
        } catch {
          failures.withLock { $0.append("\(error)") }
        }
      }
      #expect(failures.withLock { $0 } == [])
      #expect(try SessionStore(path: path).sessions().count == 4)
    }
  }

  @Test func whatOneStoreWritesTheOtherReadsAtOnce() throws {
    let other = try SessionStore(path: path)
    let session = try store.createSession(name: "s")
    #expect(try other.sessions().map(\.session) == [session])
    try other.renameSession(session.id, to: "t")
    #expect(try store.findSession("t").id == session.id)
  }
}
