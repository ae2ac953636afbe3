// Every text that was run is a version of its prompt, with what it scored.

import Core
import GRDB
import Testing

@testable import Sessions

@Suite struct VersionTests {
  let folder: TemporaryFolder
  let store: SessionStore
  let session: Session

  init() throws {
    folder = try TemporaryFolder()
    store = try SessionStore(path: folder.file("sessions.sqlite"))
    session = try store.createSession(name: "s")
  }

  @discardableResult
  private func begin(
    _ id: Identifier, _ text: String, of prompt: String? = "p", parent: String? = nil
  ) throws -> VersionSummary? {
    var run = Run.sample(id, session: session.id)
    run.promptText = text
    run.promptPath = nil
    return try store.begin(run, of: prompt, parent: parent)
  }

  @Test func aTextThatIsRunIsAVersionOnce() throws {
    let first = try #require(try begin("A1", "Be brief.\n"))
    #expect(first.number == 1)
    #expect(first.hash == ContentHash.of("Be brief.\n"))
    #expect(first.parent == nil)
    let second = try #require(try begin("A2", "Be very brief.\n", parent: first.hash))
    #expect(second.number == 2)
    #expect(second.parent == first.hash)
    #expect(second.change == "very")
    #expect(try begin("A3", "Be brief.\n", parent: second.hash)?.number == 1)
    #expect(try begin("A4", "Other.\n", of: "q")?.number == 1)
    let versions = try store.versions(of: "p")
    #expect(versions.map(\.number) == [2, 1])
    #expect(versions.map(\.score.runCount) == [1, 2])
    #expect(versions[1].parent == nil)
    #expect(versions[0].createdAt == 1000.25)
  }

  @Test func aVersionIsItsTextByteForByte() throws {
    let texts = ["a\nb\n", "a\r\nb\r\n", "é", "e\u{301}", "\u{0}x"]
    for (index, text) in texts.enumerated() {
      let version = try begin("A\(index)", text)
      #expect(version?.number == index + 1)
      #expect(version?.hash == ContentHash.of(text))
    }
    for (index, text) in texts.enumerated() {
      let version = try store.findVersion("\(index + 1)", of: "p")
      #expect(version.text.utf8.elementsEqual(text.utf8))
    }
  }

  @Test func ratingsCountForTheVersion() throws {
    for (id, text) in [("A1", "one"), ("A2", "one"), ("A3", "one"), ("A4", "two")] {
      try begin(id, text)
    }
    try store.rate("A1", .good)
    try store.rate("A2", .bad)
    try store.rate("A3", .good)
    try store.rate("A3", nil)
    try store.rate("A4", .bad)
    try store.rate("A4", .good)
    let scores = try store.versions(of: "p").map(\.score)
    #expect(scores[1] == VersionScore(runCount: 3, goodCount: 1, badCount: 1))
    #expect(scores[0] == VersionScore(runCount: 1, goodCount: 1, badCount: 0))
    #expect(scores[1].words == "3 runs · 1+ 1−")
    #expect(try store.runs(of: session.id).map(\.rating) == [.good, .bad, nil, .good])
    #expect(sessionError { try store.rate("none", .good) } == .noRun(id: "none"))
  }

  @Test func aVersionIsFoundByNumberNameAndHash() throws {
    let first = try #require(try begin("A1", "one"))
    let second = try #require(try begin("A2", "two", parent: first.hash))
    try store.nameVersion(second.hash, of: "p", "strict")
    try store.noteVersion(second.hash, of: "p", "holds up in the tests")
    for name in ["2", "v2", "strict", second.hash, String(second.hash.prefix(9))] {
      let version = try store.findVersion(name, of: "p")
      #expect(version.text == "two")
      #expect(version.label == "v2 strict")
      #expect(version.summary.note == "holds up in the tests")
    }
    #expect(
      sessionError { try store.findVersion("3", of: "p") } == .noVersion(named: "3", prompt: "p"))
    #expect(try store.version(withHash: second.hash, of: "p")?.text == "two")
    #expect(try store.version(withHash: "2", of: "p") == nil)
    try store.nameVersion(second.hash, of: "p", nil)
    #expect(try store.findVersion("2", of: "p").summary.name == nil)
  }

  @Test func theTextOfAnEarlierRunIsAVersionOfItsPrompt() throws {
    try begin("A1", "one", of: "tour")
    try begin("A2", "two", of: "tour")
    let opened = Draft.name(ofRun: .sample("A1", session: session.id))
    #expect(try store.versions(of: opened).map(\.number) == [2, 1])
    try begin("A3", "three", of: opened)
    #expect(try store.versions(of: "tour").map(\.number) == [3, 2, 1])
    #expect(try store.versions(of: "runs/none/x").isEmpty)
  }

  @Test func whatWasRunBeforeThereWereVersionsBecomesThem() throws {
    for (index, text) in ["one", "two", "one"].enumerated() {
      var run = Run.sample("A\(index)", session: session.id, startedAt: Double(1000 + index))
      run.promptText = text
      try store.begin(run)
    }
    try store.write { db in
      try db.execute(sql: "DELETE FROM version; UPDATE run SET version = NULL")
    }
    #expect(try store.recordEarlierVersions(limit: 2))
    #expect(try !store.recordEarlierVersions(limit: 2))
    let versions = try store.versions(of: "greet.prompt")
    #expect(versions.map(\.score.runCount) == [1, 2])
    #expect(versions.map(\.createdAt) == [1001, 1000])
    #expect(versions[0].parent == versions[1].hash)
  }

  @Test func ratingsTravelWithTheSessionFile() throws {
    let (session, _) = try store.makeSampleSession()
    try store.rate("A1", .good)
    try store.rate("A3", .bad)
    let path = folder.file("s.jsonl")
    try store.exportSession(session.id, to: path)
    #expect(try text(ofFile: path).contains(#"{"record":"rating","run":"A3","value":"bad"}"#))
    let other = try SessionStore(path: folder.file("other.sqlite"))
    #expect(try other.importSession(from: path).added == 3)
    #expect(try other.runs(of: session.id).map(\.rating) == [.good, nil, .bad])
    #expect(try other.versions(of: "greet.prompt").map(\.score.runCount) == [3])
    // A rating is added to a run that has none; one that is there stays.
    try other.rate("A1", .bad)
    try other.rate("A3", nil)
    #expect(try other.importSession(from: path).alreadyThere == 3)
    #expect(try other.runs(of: session.id).map(\.rating) == [.bad, nil, .bad])
  }

  @Test func aRatingOutOfPlaceOrOfAnotherWordIsRefused() throws {
    let (session, _) = try store.makeSampleSession()
    let path = folder.file("s.jsonl")
    try store.exportSession(session.id, to: path)
    let lines = try text(ofFile: path).split(separator: "\n")
    for rating in [
      #"{"record":"rating","run":"A1","value":"great"}"#, #"{"record":"rating","run":"A1"}"#,
      #"{"record":"rating","run":"A9","value":"good"}"#,
    ] {
      let broken = try folder.write((lines + [rating[...]]).joined(separator: "\n"), to: "b.jsonl")
      guard case .badFile(_, let line, _)? = sessionError({ try store.importSession(from: broken) })
      else {
        Issue.record("\(rating) was taken in")
        continue
      }
      #expect(line == lines.count + 1)
    }
  }
}
