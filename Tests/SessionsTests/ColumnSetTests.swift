import Core
import Testing

@testable import Sessions

@Suite struct ColumnSetTests {
  private let folder: TemporaryFolder
  private let store: SessionStore

  init() throws {
    folder = try TemporaryFolder()
    store = try SessionStore(path: folder.file("sessions.sqlite"))
  }

  @Test func `a set is kept whole, and replaced by one of its name`() throws {
    var variant = Variant(
      .echo, version: "abc", parameters: Parameters(temperature: 1),
      context: .without(Run.sample("A", session: "S").request.passages[0].origin))
    variant.name = "it's \"mine\"\u{0}"
    let first = ColumnSet(name: "one", variants: [variant, Variant(.extractive)])
    try store.saveColumnSet(first, at: 1)
    try store.saveColumnSet(ColumnSet(name: "two", variants: [Variant(.echo)]), at: 2)
    #expect(try store.columnSets().map(\.name) == ["two", "one"])
    #expect(try store.columnSets().last == first)
    let other = ColumnSet(name: "one", variants: [Variant(.extractive)])
    try store.saveColumnSet(other, at: 3)
    #expect(try store.columnSets().first == other)
    #expect(try store.columnSets().count == 2)
  }

  @Test func `a set that is deleted is gone, and one that isn't there does no harm`() throws {
    try store.saveColumnSet(ColumnSet(name: "one", variants: [Variant(.echo)]), at: 1)
    try store.deleteColumnSet(named: "other")
    #expect(try store.columnSets().count == 1)
    try store.deleteColumnSet(named: "one")
    #expect(try store.columnSets().isEmpty)
  }
}

@Suite struct RepetitionTests {
  @Test func `runs of a batch come in the order of column, repetition and step`() throws {
    let folder = try TemporaryFolder()
    let store = try SessionStore(path: folder.file("sessions.sqlite"))
    let session = try store.createSession(name: "s", at: 0)
    // Identifiers in the order in which a chain's steps begin: all first steps, then the second ones.
    for (id, column, repetition, step) in [
      ("A", 0, nil, 1), ("B", 1, 1, 1), ("C", 1, 2, 1), ("D", 1, 2, 2), ("E", 1, 1, 2),
      ("F", 0, nil, 2),
    ] as [(String, Int, Int?, Int)] {
      var run = Run.sample(id, session: session.id)
      run.batch = "batch"
      (run.column, run.repetition, run.step) = (column, repetition, step)
      try store.begin(run)
      try store.finish(id, answer: .sample())
    }
    #expect(try store.loadBatch(of: "D").map(\.run.id) == ["A", "F", "B", "E", "C", "D"])
    #expect(try store.runs(of: session.id).map(\.repetition) == [nil, 1, 2, 2, 1, nil])
  }

  @Test func `a session file keeps what was asked, and how often`() throws {
    let folder = try TemporaryFolder()
    let store = try SessionStore(path: folder.file("one.sqlite"))
    let session = try store.createSession(name: "s", at: 0)
    var run = Run.sample("A", session: session.id)
    run.variant = Variant(run.request.model, parameters: Parameters(seed: 3), context: .none)
    run.variant?.repeatCount = 4
    run.repetition = 2
    try store.begin(run)
    try store.finish("A", answer: .sample())
    try store.exportSession(session.id, to: folder.file("s.jsonl"))
    let other = try SessionStore(path: folder.file("two.sqlite"))
    _ = try other.importSession(from: folder.file("s.jsonl"))
    #expect(try other.loadRun("A").run == run)
    #expect(try other.findRun("A").repetition == 2)
  }
}
