import Core
import Playground
import Sessions
import Testing

@testable import Runtime

// Two programs on one store: what one writes, the other is told of.

@Suite("A store that others write to is watched")
struct StoreWatchTests {
  private func changeCount(_ bench: Workbench) -> Int { bench.events.count { $0 == .storeChanged } }

  @Test("A write of another is told, and each one after that; one's own isn't")
  func telling() throws {
    let bench = try Workbench(clock: SystemClock())
    defer { bench.remove() }
    bench.perform(.lookAround(session: nil))
    try bench.runUntilIdle()
    let other = try bench.store
    for count in 1...3 {
      let session = try other.createSession(name: "s")
      try bench.run(until: { changeCount($0) >= count }, waiting: true)
      bench.perform(.nameSession(session.id, "\(count)"))
      try bench.run { bench in try bench.store.sessions().contains { $0.session.name == "\(count)" }
      }
      try bench.runUntilIdle()
    }
    let told = changeCount(bench)
    bench.perform(.listSessions)
    try bench.runUntilIdle()
    #expect(changeCount(bench) == told)
  }

  @Test("What is thought of runs is read anew")
  func opinions() throws {
    let bench = try Workbench()
    defer { bench.remove() }
    let store = try bench.store
    let session = try store.createSession(name: "s")
    let run = Run(
      id: "R", session: session.id, startedAt: 1, column: 0, promptText: "p", inputs: [:],
      request: CompletionRequest(model: .echo, messages: []))
    try store.begin(run)
    try store.rate("R", .bad)
    bench.perform(.readOpinions(of: ["R", "gone"]))
    try bench.runUntilIdle()
    let rows = bench.events.compactMap { event -> [RunRow]? in
      if case .opinionsRead(let rows) = event { rows } else { nil }
    }
    #expect(rows.map { $0.map(\.id) } == [["R"]])
    #expect(rows.first?.first?.rating == .bad)
  }
}
