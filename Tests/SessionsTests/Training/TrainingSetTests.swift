// Training sets in the store: made, filled, listed, renamed, removed.

import Core
import FineTuning
import Foundation
import GRDB
import Testing

@testable import Sessions

@Suite struct TrainingSetTests {
  let folder: TemporaryFolder
  let store: SessionStore

  init() throws {
    folder = try TemporaryFolder()
    store = try SessionStore(path: folder.file("sessions.sqlite"))
  }

  private struct Stopped: Error {}

  private func count(of table: String) throws -> Int {
    try store.read { db in try Int.fetchOne(db, sql: "SELECT count(*) FROM \(table)") ?? -1 }
  }

  @Test func `examples come back as they went in`() throws {
    let tools: JSON = [["type": "function", "function": ["name": "look"]]]
    let preference = IncomingExample(
      TrainingExample(
        input: [TrainingMessage(role: "user", text: "say \"hi\"\n日本語")],
        answer: [TrainingMessage(role: "assistant", text: "hi")],
        rejected: [TrainingMessage(role: "assistant", text: "no")], tools: tools),
      lineage: ExampleLineage(
        source: .preference(preferred: "A", rejected: "B", session: "s"), promptVersion: "abc",
        model: "m", editor: "ann", addedAt: 7.5), state: .approved, tags: ["b", "a", "b"])
    #expect(try store.add([.numbered(1), preference], to: "gold").added == 2)
    let stored = try store.trainingExample(set: "gold", number: 2)
    #expect(stored.example == preference.example)
    #expect(stored.lineage == preference.lineage)
    #expect(stored.state == .approved && stored.tags == ["a", "b"] && stored.number == 2)
    #expect(stored.tokens == preference.example.tokenEstimate)

    let window = try store.exampleWindow(set: "gold", offset: 0, limit: 10)
    #expect(window.count == 2 && window.isComplete)
    #expect(window.rows.map(\.question) == ["question 1", "say \"hi\" 日本語"])
    #expect(window.rows.map(\.answer) == ["answer 1", "hi"])
    #expect(window.rows.map(\.isPreference) == [false, true])
    #expect(window.rows[1].tags == ["a", "b"])
  }

  @Test func `a summary counts states, and tokens of what isn't rejected`() throws {
    try store.add(
      [.numbered(1), .numbered(2, state: .approved), .numbered(3, state: .rejected)], to: "s")
    let summary = try #require(try store.trainingSets().first)
    let each = IncomingExample.numbered(1).example.tokenEstimate
    #expect(summary.count == 3 && summary.approved == 1 && summary.rejected == 1)
    #expect(summary.tokens == 2 * each)
    #expect(try store.trainingSet("s") == summary)
  }

  @Test func `what is there already is told, and left out or kept as asked`() throws {
    try store.add([.numbered(1), .numbered(2)], to: "s")
    let report = try store.add([.numbered(3), .numbered(2), .numbered(3)], to: "s")
    #expect(report.added == 1 && report.duplicates == 2)
    #expect(
      report.firstDuplicates == [.init(incoming: 2, number: 2), .init(incoming: 3, number: 3)])
    var left = [IncomingExample.numbered(1)][...]
    let kept = try store.appendExamples(to: "s", keepsDuplicates: true) { left.popFirst() }
    #expect(kept.added == 1 && kept.duplicates == 1)
    #expect(try store.trainingSet("s").count == 4)
    // Another set knows nothing of them.
    #expect(try store.add([.numbered(1)], to: "t").duplicates == 0)
  }

  @Test func `an append that fails leaves nothing behind`() throws {
    try store.add([.numbered(1)], to: "old")
    for name in ["old", "new"] {
      var number = 0
      #expect(throws: Stopped.self) {
        _ = try store.appendExamples(to: name) {
          number += 1
          if number == 30_000 { throw Stopped() }
          return .numbered(100 + number)
        }
      }
    }
    #expect(try store.trainingSets().map(\.name) == ["old"])
    #expect(try count(of: "training_example") == 1)
    #expect(try count(of: "training_text") == 1)
    #expect(try store.add([.numbered(2)], to: "old").added == 1)
    #expect(try store.add([.numbered(2)], to: "new").added == 1)
  }

  @Test func `nothing of an append is seen before its end, and nobody else may change the set`()
    throws
  {
    try store.add([.numbered(1)], to: "s")
    let other = try SessionStore(path: store.path)
    var number = 1
    _ = try store.appendExamples(to: "s") {
      number += 1
      if number == 20_000 {
        #expect(try other.trainingSet("s").count == 1)
        #expect(try other.numbers(of: "s", "question") == [1])
        #expect(
          sessionError { try other.add([.numbered(1)], to: "s") }
            == .trainingSetBusy(named: "s"))
        let hash = IncomingExample.numbered(1).example.hash
        #expect(
          sessionError {
            try other.perform(CurationAction(.examples([hash]), .setState(.approved)), on: "s")
          } == .trainingSetBusy(named: "s"))
        // Other work on the store goes on.
        _ = try other.createSession(name: "meanwhile")
      }
      return number <= 20_000 ? .numbered(number) : nil
    }
    #expect(try other.trainingSet("s").count == 20_000)
  }

  @Test func `sets are made, renamed and removed by name`() throws {
    try store.createTrainingSet("a")
    #expect(sessionError { try store.createTrainingSet("a") } == .trainingSetExists(named: "a"))
    for name in ["", " ", "a\nb", String(repeating: "x", count: 101)] {
      #expect(sessionError { try store.createTrainingSet(name) } == .badTrainingSetName(name))
    }
    try store.add([.numbered(1)], to: "b")
    #expect(
      sessionError { try store.renameTrainingSet("b", to: "a") }
        == .trainingSetExists(named: "a"))
    try store.renameTrainingSet("b", to: "c")
    #expect(try store.trainingSets().map(\.name) == ["a", "c"])
    try store.perform(CurationAction(.filter(""), .addTag("x")), on: "c")
    try store.removeTrainingSet("c")
    #expect(try store.trainingSets().map(\.name) == ["a"])
    for table in ["training_example", "training_text", "training_action", "training_before"] {
      #expect(try count(of: table) == 0)
    }
    #expect(
      sessionError { try store.exampleWindow(set: "c", offset: 0, limit: 1) }
        == .noTrainingSet(named: "c"))
    #expect(try store.add([.numbered(2)], to: "c").added == 1)
    #expect(
      sessionError { try store.trainingExample(set: "c", number: 2) }
        == .noTrainingExample(number: 2, set: "c", count: 1))
  }

  @Test func `sets stand beside each other`() throws {
    for name in ["a", "b", "c"] { try store.add((1...5).map { .numbered($0) }, to: name) }
    try store.perform(CurationAction(.filter("line:2..3"), .setState(.rejected)), on: "b")
    #expect(try store.numbers(of: "a", "state:rejected") == [])
    #expect(try store.numbers(of: "b", "state:rejected") == [2, 3])
    try store.removeTrainingSet("b")
    #expect(try store.examples(of: "a").count == 5)
    #expect(try store.examples(of: "c").count == 5)
  }
}
