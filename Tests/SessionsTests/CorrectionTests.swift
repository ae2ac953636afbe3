// Corrections: kept beside an answer that never changes, in the store and in files.

import Core
import Testing

@testable import Sessions

@Suite struct CorrectionTests {
  let folder: TemporaryFolder
  let store: SessionStore
  let session: Session

  init() throws {
    folder = try TemporaryFolder()
    store = try SessionStore(path: folder.file("sessions.sqlite"))
    session = try store.makeSampleSession().session
  }

  @Test func allCorrectionsAreKeptAndTheAnswerStaysAsItCame() throws {
    let before = try store.loadRun("A1").answer
    let corrections = [
      Correction(text: "One.", madeAt: 10), Correction(text: "Two.\u{0} \n日本", madeAt: 20),
    ]
    for correction in corrections { try store.correct("A1", correction) }
    let recorded = try store.loadRun("A1")
    #expect(recorded.corrections == corrections)
    #expect(recorded.answer == before)
    #expect(try store.loadRun("A2").corrections.isEmpty)
  }

  @Test func theSameCorrectionAgainIsNotKeptTwice() throws {
    try store.correct("A1", Correction(text: "One.", madeAt: 10))
    try store.correct("A1", Correction(text: "One.", madeAt: 20))
    #expect(try store.loadRun("A1").corrections.map(\.madeAt) == [10])
  }

  @Test func aDraftIsKeptUntilItIsDroppedOrTheCorrectionIsKept() throws {
    try store.saveCorrectionDraft("half", of: "A1")
    try store.saveCorrectionDraft("half a text", of: "A1")
    #expect(try store.loadRun("A1").correctionDraft == "half a text")
    try store.correct("A1", Correction(text: "whole", madeAt: 1))
    #expect(try store.loadRun("A1").correctionDraft == nil)
    try store.saveCorrectionDraft("again", of: "A1")
    try store.saveCorrectionDraft(nil, of: "A1")
    #expect(try store.loadRun("A1").correctionDraft == nil)
  }

  @Test func aRunThatIsNotThereCannotBeCorrected() throws {
    let error = sessionError { try store.correct("none", Correction(text: "", madeAt: 1)) }
    guard case .noRun(id: "none")? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  @Test func aFileHoldsCorrectionsAndNoDrafts() throws {
    try store.correct("A1", Correction(text: "One.", madeAt: 10))
    try store.correct("A1", Correction(text: "Two.", madeAt: 20))
    try store.saveCorrectionDraft("half", of: "A1")
    let path = folder.file("s.jsonl")
    try store.exportSession(session.id, to: path)
    let other = try SessionStore(path: folder.file("other.sqlite"))
    #expect(try other.importSession(from: path).added == 3)
    var expected = try store.loadRun("A1")
    expected.correctionDraft = nil
    #expect(try other.loadRun("A1") == expected)
    #expect(try store.importSession(from: path).alreadyThere == 3)
    #expect(try store.loadRun("A1").correctionDraft == "half")
  }

  @Test func anImportAddsTheCorrectionsOfOthersAndTheLastInTimeCounts() throws {
    try store.correct("A1", Correction(text: "Theirs, early.", madeAt: 10))
    try store.correct("A1", Correction(text: "Theirs, late.", madeAt: 30))
    let path = folder.file("s.jsonl")
    try store.exportSession(session.id, to: path)
    let other = try SessionStore(path: folder.file("other.sqlite"))
    _ = try other.importSession(from: path)
    try store.correct("A1", Correction(text: "Last.", madeAt: 40))
    try store.exportSession(session.id, to: path, replacing: true)
    try other.correct("A1", Correction(text: "Mine.", madeAt: 35))
    #expect(try other.importSession(from: path).differing.isEmpty)
    #expect(
      try other.loadRun("A1").corrections.map(\.text) == [
        "Theirs, early.", "Theirs, late.", "Mine.", "Last.",
      ])
  }

  @Test(arguments: [
    (#"{"record":"correction","run":"A1","text":"x"}"#, "made_at"),
    (#"{"record":"correction","run":"A1","made_at":-1,"text":"x"}"#, "made_at"),
    (#"{"record":"correction","run":"A1","made_at":1}"#, "text"),
    (#"{"record":"correction","run":"B","made_at":1,"text":"x"}"#, "doesn't stand behind"),
  ])
  func aCorrectionThatCannotBeIsRefusedWithItsLine(_ line: String, _ problem: String) throws {
    let path = folder.file("s.jsonl")
    try store.exportSession(session.id, to: path)
    let lines = try text(ofFile: path).split(separator: "\n").map(String.init)
    let place = try #require(lines.firstIndex { $0.contains(#""record":"answer","run":"A1""#) })
    var broken = lines
    broken.insert(line, at: place + 1)
    try folder.write(broken.joined(separator: "\n") + "\n", to: "broken.jsonl")
    let error = sessionError { try store.importSession(from: folder.file("broken.jsonl")) }
    #expect("\(error.map { "\($0)" } ?? "")".contains(problem))
    #expect("\(error.map { "\($0)" } ?? "")".contains(":\(place + 2)"))
  }
}
