// Actions on a set: their log, and that each can be taken back and carried out again.

import Core
import FineTuning
import RandomSource
import Testing

@testable import Sessions

@Suite struct CurationTests {
  let folder: TemporaryFolder
  let store: SessionStore

  init() throws {
    folder = try TemporaryFolder()
    store = try SessionStore(path: folder.file("sessions.sqlite"))
  }

  private func act(_ filter: String, _ change: CurationAction.Change) throws -> CurationReport {
    try store.perform(CurationAction(.filter(filter), change), on: "s", by: "ann")
  }

  @Test func `an action on many is logged, taken back and done again`() throws {
    try store.add((1...2500).map { .numbered($0) }, to: "s")
    let before = try store.examples(of: "s")
    let summary = try store.trainingSet("s")
    #expect(
      try act("number<=2400", .setState(.approved)) == CurationReport(number: 1, affected: 2400))
    #expect(try act("number>2400", .setState(.rejected)).affected == 100)
    #expect(try act("", .replaceInAnswers("answer", with: "reply")).affected == 2500)
    let after = try store.examples(of: "s")
    #expect(
      after[0].example == .sample("question 1", "reply 1") && after[0].lineage.editor == "ann")
    #expect(after[2499].state == .rejected)
    let changed = try store.trainingSet("s")
    #expect(changed.approved == 2400 && changed.rejected == 100)

    #expect(try store.undoCuration(of: "s").standing == .undone)
    try store.undoCuration(of: "s")
    try store.undoCuration(of: "s")
    #expect(sessionError { try store.undoCuration(of: "s") } == .nothingToUndo(set: "s"))
    #expect(try store.examples(of: "s") == before)
    let undone = try store.trainingSet("s")
    #expect(undone.approved == 0 && undone.rejected == 0 && undone.tokens == summary.tokens)

    // What was added since is no part of what is done again.
    try store.add([.numbered(9000)], to: "s")
    for _ in 1...3 { try store.redoCuration(of: "s") }
    #expect(sessionError { try store.redoCuration(of: "s") } == .nothingToRedo(set: "s"))
    #expect(try store.examples(of: "s").dropLast() == after[...])
    #expect(try store.trainingExample(set: "s", number: 2501).state == .pending)
    #expect(try store.actions(of: "s").map(\.affected) == [2400, 100, 2500])
  }

  @Test func `another action in place of one that was taken back drops it`() throws {
    try store.add((1...5).map { .numbered($0) }, to: "s")
    _ = try act("", .addTag("a"))
    _ = try act("", .addTag("b"))
    try store.undoCuration(of: "s")
    _ = try act("number:1", .addTag("c"))
    #expect(sessionError { try store.redoCuration(of: "s") } == .nothingToRedo(set: "s"))
    #expect(try store.actions(of: "s").map(\.standing) == [.done, .dropped, .done])
    #expect(try store.examples(of: "s").map(\.tags) == [["a", "c"], ["a"], ["a"], ["a"], ["a"]])
    try store.undoCuration(of: "s")
    try store.undoCuration(of: "s")
    #expect(try store.examples(of: "s").allSatisfy(\.tags.isEmpty))
  }

  @Test func `an edited example keeps in the log what it was`() throws {
    try store.add([.numbered(1), .numbered(2)], to: "s")
    let old = try store.trainingExample(set: "s", number: 1)
    let new = TrainingExample.sample("question 1", "a better answer")
    try store.perform(
      CurationAction(.examples([old.example.hash]), .edit(to: new)), on: "s", by: "ann")
    let edited = try store.trainingExample(set: "s", number: 1)
    #expect(edited.example == new && edited.lineage.editor == "ann")
    #expect(
      try store.exampleWindow(set: "s", offset: 0, limit: 1).rows[0].answer == "a better answer")
    // It is found by what it says now, and no more by what it said.
    #expect(try store.add([.numbered(1)], to: "s").duplicates == 0)
    var again = [IncomingExample(new, lineage: old.lineage)][...]
    #expect(try store.appendExamples(to: "s") { again.popFirst() }.duplicates == 1)
    try store.undoCuration(of: "s")
    #expect(try store.trainingExample(set: "s", number: 1) == old)
  }

  @Test func `what changes nothing is not logged`() throws {
    try store.add([.numbered(1)], to: "s")
    #expect(try act("", .setState(.pending)) == CurationReport(number: nil, affected: 0))
    #expect(try act("nowhere", .addTag("x")).number == nil)
    #expect(try store.actions(of: "s").isEmpty)
    #expect(throws: ExampleFilterError.self) { try act("state:maybe", .addTag("x")) }
    #expect(
      sessionError {
        try store.perform(CurationAction(.examples(["no hash"]), .addTag("x")), on: "t")
      } == .noTrainingSet(named: "t"))
  }

  @Test func `a log makes the same of a set that has grown`() throws {
    try store.add((1...20).map { .numbered($0) }, to: "s")
    _ = try act("\"question 1\"", .setState(.approved))
    let third = try store.trainingExample(set: "s", number: 3)
    try store.perform(
      CurationAction(
        .examples([third.example.hash]), .edit(to: .sample("question 3", "a third answer"))),
      on: "s")
    _ = try act("third", .addTag("ordinal"))
    _ = try act("question", .setSystem("Be brief."))
    let lines = try store.actions(of: "s").map(\.json.text).joined(separator: "\n")
    // The same examples in other places, with others among them.
    try store.add(([30, 5, 3, 199, 2] + Array(6...20) + [1, 4]).map { .numbered($0) }, to: "t")
    let reports = try store.replay(try CurationAction.read(log: lines), on: "t")
    #expect(reports.map(\.affected) == [12, 1, 1, 22])
    let grown = try store.examples(of: "t")
    for old in try store.examples(of: "s") {
      let same = try #require(grown.first { $0.example == old.example })
      #expect(same.state == old.state && same.tags == old.tags)
    }
    #expect(grown.filter { $0.state == .approved }.count == 12)
  }

  @Test func `what was cut off is taken back before anything else is done`() throws {
    try store.add((1...3).map { .numbered($0) }, to: "s")
    let first = try store.trainingExample(set: "s", number: 1)
    // As a whet leaves it that is killed after a part of an action.
    _ = try act("number<=2", .setState(.rejected))
    try store.write { db in
      try db.execute(
        sql:
          "UPDATE training_action SET standing = 'performing'; UPDATE training_set SET writer = 5")
    }
    try store.perform(
      CurationAction(.examples([first.example.hash]), .setState(.approved)), on: "s")
    #expect(try store.examples(of: "s").map(\.state) == [.approved, .pending, .pending])
    #expect(try store.actions(of: "s").map(\.affected) == [1])
    let summary = try store.trainingSet("s")
    #expect(summary.approved == 1 && summary.rejected == 0)
  }

  @Test func `random actions, taken back and done again, leave what they should`() throws {
    var random = SeededRandom(seed: 9)
    try store.add((1...40).map { .numbered($0) }, to: "s")
    var states = [try store.examples(of: "s")]
    var place = 0
    for _ in 0..<150 {
      switch Int.random(in: 0..<4, using: &random) {
      case 0 where place > 0:
        try store.undoCuration(of: "s")
        place -= 1
      case 1 where place < states.count - 1:
        try store.redoCuration(of: "s")
        place += 1
      default:
        let low = Int.random(in: 1...40, using: &random)
        let filter = "number:\(low)..\(Int.random(in: low...40, using: &random))"
        let changes: [CurationAction.Change] = [
          .setState(ExampleState.allCases.randomElement(using: &random) ?? .approved),
          .addTag("t\(Int.random(in: 0..<3, using: &random))"),
          .removeTag("t\(Int.random(in: 0..<3, using: &random))"),
          .replaceInAnswers("answer", with: "reply"), .replaceInAnswers("reply", with: "answer"),
          .setSystem(Bool.random(using: &random) ? "" : "Be brief."),
        ]
        guard try act(filter, changes.randomElement(using: &random) ?? .addTag("x")).number != nil
        else { continue }
        states = Array(states[...place]) + [try store.examples(of: "s")]
        place += 1
      }
      let now = try store.examples(of: "s")
      #expect(now == states[place])
      let summary = try store.trainingSet("s")
      #expect(summary.approved == now.count { $0.state == .approved })
      #expect(summary.rejected == now.count { $0.state == .rejected })
      #expect(
        summary.tokens == now.reduce(0) { $0 + ($1.state == .rejected ? 0 : $1.tokens) })
    }
  }
}
