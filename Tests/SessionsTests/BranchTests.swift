// Sessions as trees: branches that move on, moments that are pruned and brought back.

import Core
import Foundation
import Testing

@testable import Sessions

@Suite struct BranchTests {
  let folder: TemporaryFolder
  let store: SessionStore
  let session: Session

  init() throws {
    folder = try TemporaryFolder()
    store = try SessionStore(path: folder.file("sessions.sqlite"))
    session = try store.createSession(name: "s")
  }

  @discardableResult
  private func run(_ id: String, from parent: String? = nil, at seconds: Double) throws -> Run {
    var run = Run.sample(id, session: session.id)
    run.parent = parent
    run.batch = "M" + id
    run.startedAt = seconds
    try store.begin(run)
    try store.finish(run.id, answer: .sample())
    return run
  }

  @Test func aTreeHasMomentsBranchesAndVersions() throws {
    try run("A", at: 1)
    try run("B", from: "A", at: 2)
    try store.name("MA", "start", in: session.id)
    let tree = try store.tree(of: session.id)
    #expect(tree.moments.map(\.id) == ["MB", "MA"])
    #expect(tree.moments[0].parent == "MA")
    #expect(tree.names(of: 1) == ["start"])
    #expect(tree.moments[0].runs[0].beginning == tree.moments[1].runs[0].beginning)
    #expect(throws: SessionError.self) { try store.tree(of: "nowhere") }
  }

  @Test func aBranchMovesOnWithWhatIsRunFromIt() throws {
    try run("A", at: 1)
    try store.name("MA", "main", in: session.id)
    try run("B", from: "A", at: 2)
    #expect(try store.tree(of: session.id).branches == [Branch(name: "main", moment: "MB")])
    try run("C", from: "A", at: 3)
    #expect(try store.tree(of: session.id).branches == [Branch(name: "main", moment: "MB")])
    #expect(try store.deleteBranch(named: "main", in: session.id))
    #expect(try store.deleteBranch(named: "main", in: session.id) == false)
  }

  @Test func pruningIsUndoneStepByStep() throws {
    for (place, id) in ["A", "B", "C"].enumerated() { try run(id, at: Double(place)) }
    try store.prune(["MA"], in: session.id)
    try store.prune(["MB", "MC", "MA"], in: session.id)
    #expect(try store.tree(of: session.id).moments.isEmpty)
    #expect(try store.tree(of: session.id).prunedCount == 3)
    #expect(try store.undoPruning(in: session.id) == 2)
    #expect(try store.tree(of: session.id).moments.map(\.id) == ["MC", "MB"])
    #expect(try store.undoPruning(in: session.id) == 1)
    #expect(try store.undoPruning(in: session.id) == 0)
  }

  @Test func branchesAreExportedAndPrunedMomentsAreNot() throws {
    try run("A", at: 1)
    try run("B", from: "A", at: 2)
    try store.name("MA", "start", in: session.id)
    try store.name("MB", "gone", in: session.id)
    try store.prune(["MB"], in: session.id)
    let path = folder.file("s.jsonl")
    try store.exportSession(session.id, to: path)
    let other = try SessionStore(path: folder.file("other.sqlite"))
    #expect(try other.importSession(from: path).added == 1)
    #expect(try other.tree(of: session.id).branches == [Branch(name: "start", moment: "MA")])
    try other.exportSession(session.id, to: folder.file("again.jsonl"))
    #expect(try text(ofFile: path) == text(ofFile: folder.file("again.jsonl")))
  }

  @Test func aBranchWithoutAProperNameIsRefused() throws {
    try run("A", at: 1)
    let path = folder.file("s.jsonl")
    try store.exportSession(session.id, to: path)
    for name in ["", " x", "a\\nb", "x\\u001b[31m"] {
      let line = #"{"record":"branch","name":"\#(name)","moment":"MA"}"# + "\n"
      try Data((try text(ofFile: path) + line).utf8).write(
        to: URL(filePath: folder.file("b.jsonl")))
      let other = try SessionStore(path: folder.file("other.sqlite"))
      if name.contains("u001b") {
        // Kept as it is: what is shown is sanitised where it is shown.
        #expect(throws: Never.self) { try other.importSession(from: folder.file("b.jsonl")) }
      } else {
        #expect(throws: SessionError.self) { try other.importSession(from: folder.file("b.jsonl")) }
      }
    }
  }
}
