import Core
import Foundation
import Playground
import Testing

@testable import Runtime

@Suite("Inspections")
struct InspectingTests {
  /// A workbench, and the passage that its index has of `returns.md`.
  private static func searched() throws -> (Workbench, Passage) {
    let bench = try Workbench()
    bench.perform(
      .lookAround(session: nil),
      .search(
        SearchRequest(
          number: 1, query: "thirty days", index: Tour.name, retrieval: RetrievalSettings())))
    var found: Passage?
    try bench.run { bench in
      for case .passagesFound(let result) in bench.events { found = result.passages.first }
      return found != nil
    }
    return (bench, try #require(found))
  }

  private static func inspected(
    _ bench: Workbench, _ number: Int, _ effect: Effect
  ) throws -> Inspection {
    bench.perform(effect)
    var found: Inspection?
    try bench.run { bench in
      for case .inspected(number, let inspection) in bench.events {
        if case .measuring = inspection { continue }
        found = inspection
      }
      return found != nil
    }
    return try #require(found)
  }

  private static func document(
    _ bench: Workbench, _ passage: Passage, number: Int = 7
  ) throws -> ReadDocument {
    let reading = DocumentReading(
      number: number, index: Tour.name, passage: passage, chunking: nil,
      compared: Chunking(.tokens, size: 16))
    guard case .document(let document) = try inspected(bench, number, .readDocument(reading)) else {
      throw CancellationError()
    }
    return document
  }

  @Test func `a document comes whole, with the cuts that were asked for`() throws {
    let (bench, passage) = try Self.searched()
    defer { bench.remove() }
    let document = try Self.document(bench, passage)
    #expect(document.note == nil && document.passage == passage.bytes)
    #expect(document.text.text.hasPrefix("# Returns\n"))
    #expect(document.cuttings.map(\.chunking) == [Chunking(), Chunking(.tokens, size: 16)])
    #expect(document.cuttings[0].passages == [passage.bytes])
  }

  @Test func `a passage whose file changed, or is gone, is shown as it was indexed`() throws {
    let (bench, passage) = try Self.searched()
    defer { bench.remove() }
    let file = bench.path + "/documents/returns.md"
    try Data("# Returns\n\nYou have forty days to return a wheel.\n".utf8)
      .write(to: URL(filePath: file))
    let changed = try Self.document(bench, passage)
    #expect(changed.note?.contains("has changed") == true)
    #expect(changed.text.text == passage.text && changed.cuttings.isEmpty)
    try FileManager.default.removeItem(atPath: file)
    #expect(try Self.document(bench, passage, number: 6).note?.contains("gone") == true)
  }

  @Test func `a passage that was edited for this run is shown as the prompt gets it`() throws {
    let (bench, passage) = try Self.searched()
    defer { bench.remove() }
    var edited = passage
    edited.text = "Ninety days."
    let document = try Self.document(bench, edited)
    #expect(document.note?.contains("edited") == true)
    #expect(document.text.text == "Ninety days.")
  }

  @Test func `a passage's details tell its terms and standings`() throws {
    let (bench, passage) = try Self.searched()
    defer { bench.remove() }
    let inspection = PassageInspection(
      number: 8, index: Tour.name, passage: passage, query: "thirty days",
      settings: RetrievalSettings())
    guard case .details(let details?) = try Self.inspected(bench, 8, .inspect(inspection)) else {
      Issue.record("there are no details")
      return
    }
    #expect(details.terms.map(\.word) == ["thirty", "days"])
    #expect(details.passage.standings[.bm25]?.rank == 1)
    #expect(details.passage.matches.count == 2 && details.before == nil && details.after == nil)
  }

  @Test func `the source of a passage is its file, at its line`() throws {
    let (bench, passage) = try Self.searched()
    defer { bench.remove() }
    bench.perform(.openSource(SourceOpening(index: Tour.name, passage: passage, line: 3)))
    try bench.run { bench in
      bench.events.contains { event in
        guard case .sourceFound(.file(let path, 3)) = event else { return false }
        return path.hasSuffix("/documents/returns.md")
      }
    }
  }

  @Test func `an inspection that was given up brings nothing`() throws {
    let (bench, passage) = try Self.searched()
    defer { bench.remove() }
    let reading = DocumentReading(
      number: 9, index: Tour.name, passage: passage, chunking: nil)
    // The first keeps the thread busy or is done; the second is given up before it is begun.
    bench.perform(.readDocument(reading), .endInspection(9))
    let request = AbsenceRequest(
      number: 10, index: Tour.name, question: AbsenceQuestion("returns.md"), query: "thirty days",
      settings: RetrievalSettings())
    guard case .absence(let report) = try Self.inspected(bench, 10, .explainAbsence(request)) else {
      Issue.record("there is no report")
      return
    }
    #expect(report.passages.first?.isGiven == true)
    for case .inspected(9, .failed) in bench.events { Issue.record("it failed in place of ending") }
  }

  @Test func `settings are measured by what was judged, or nothing is`() throws {
    let (bench, passage) = try Self.searched()
    defer { bench.remove() }
    var none = RetrievalSettings()
    none.filter.path = "nothing"
    func measuring(_ number: Int) -> Effect {
      .measure(
        RetrievalMeasuring(
          number: number, index: Tour.name, before: none, now: RetrievalSettings()))
    }
    #expect(try Self.inspected(bench, 11, measuring(11)) == .measured(nil))
    bench.perform(
      .judge(
        PassageJudging(index: Tour.name, query: "thirty days", passage: passage, grade: 1)))
    try bench.run { bench in
      bench.events.contains { if case .relevanceRead = $0 { true } else { false } }
    }
    guard case .measured(let comparison?) = try Self.inspected(bench, 12, measuring(12)) else {
      Issue.record("nothing was measured")
      return
    }
    #expect(comparison.queries == 1)
    #expect(comparison.rows.first?.metric == RetrievalMetric(.tokenRecall))
    #expect(comparison.rows.first?.before.mean == 0 && comparison.rows.first?.now.mean == 1)
    let table = comparison.lines.filter { $0.kind != .note }
    #expect(table.allSatisfy { DisplayText.width(of: $0.text) <= 54 })
  }

  @Test func `an index that isn't there is told of`() throws {
    let (bench, passage) = try Self.searched()
    defer { bench.remove() }
    let reading = DocumentReading(number: 13, index: "none", passage: passage, chunking: nil)
    guard case .failed(let problem) = try Self.inspected(bench, 13, .readDocument(reading)) else {
      Issue.record("it did not fail")
      return
    }
    #expect(problem.contains("none"))
  }
}
