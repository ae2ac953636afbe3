import Core
import Foundation
import RandomSource
import Testing

@testable import Sessions

// Files of other programs taken into the store: twice, grown, damaged, on trial.

private let dialogues = (0..<3).map { number in
  """
  {"messages":[{"role":"user","content":"Name river \(number)"},\
  {"role":"assistant","content":"River \(number)"}]}
  """
}

private func conversation(_ id: String, _ answers: Int = 1) -> String {
  let nodes = (0..<answers).map { number in
    """
    "u\(number)":{"parent":\(number == 0 ? "null" : "\"a\(number - 1)\""),"message":\
    {"author":{"role":"user"},"content":{"parts":["Question \(number)"]}}},\
    "a\(number)":{"parent":"u\(number)","message":{"author":{"role":"assistant"},\
    "create_time":\(1_700_000_000 + number),"content":{"parts":["Answer \(number) [\\"}]"]}}}
    """
  }
  return """
    {"title":"\(id)","conversation_id":"\(id)","mapping":{\(nodes.joined(separator: ","))}}
    """
}

@Suite struct HistoryTests {
  private let folder: TemporaryFolder
  private let store: SessionStore

  init() throws {
    folder = try TemporaryFolder()
    store = try SessionStore(path: folder.file("store.db"))
  }

  private func runs(_ outcome: HistoryOutcome) throws -> [RecordedRun] {
    try outcome.sessions.flatMap { try store.runs(of: $0.session.id) }.map {
      try store.loadRun($0.id)
    }
  }

  @Test func aFileIsTakenOnceHoweverOftenItIsImported() throws {
    let file = try folder.write(dialogues.joined(separator: "\n"), to: "rivers.jsonl")
    let first = try store.importFile(file)
    #expect(first.sessions.map(\.added) == [3])
    #expect(first.sessions.map(\.session.name) == ["rivers"])
    #expect(try runs(first).map(\.answer.text) == ["River 0", "River 1", "River 2"])
    let second = try store.importFile(file)
    #expect(second.sessions.map(\.added) == [0])
    #expect(second.sessions.map(\.alreadyThere) == [3])
  }

  @Test func aFileThatHasGrownAddsWhatIsNew() throws {
    let file = try folder.write(dialogues[0] + "\n", to: "rivers.jsonl")
    _ = try store.importFile(file)
    try folder.write(dialogues.joined(separator: "\n"), to: "rivers.jsonl")
    let second = try store.importFile(file)
    #expect(second.sessions.map(\.added) == [2])
    #expect(try store.sessions().count == 1)
  }

  @Test func aTrialKeepsNothing() throws {
    let file = try folder.write(dialogues.joined(separator: "\n"), to: "rivers.jsonl")
    #expect(try store.importFile(file, isTrial: true).sessions.map(\.added) == [3])
    #expect(try store.sessions().isEmpty)
    let own = folder.file("own.jsonl")
    try SessionFile.write(
      Session(id: "s1", name: "own", createdAt: 1),
      runs: [
        RecordedRun(
          run: .sample("r1", session: "s1"), events: TimedWireEvent.sampleStream, answer: .sample())
      ], to: own)
    #expect(try store.importFile(own, isTrial: true).sessions.map(\.added) == [1])
    #expect(try store.sessions().isEmpty)
    #expect(try store.importFile(own).sessions.map(\.added) == [1])
  }

  @Test func damagedLinesAreToldAndTheOthersTaken() throws {
    let file = try folder.write(
      [dialogues[0], "{broken", "", "{\"messages\":[]}", dialogues[1]].joined(separator: "\n"),
      to: "rivers.jsonl")
    let outcome = try store.importFile(file)
    #expect(outcome.sessions.map(\.added) == [2])
    #expect(outcome.leftOut == 2)
    #expect(outcome.notes.count == 2)
    #expect(outcome.notes[0].contains("rivers.jsonl:2: "))
    #expect(outcome.notes[1].contains("rivers.jsonl:4: "))
  }

  @Test func damagedConversationsAreToldAndTheOthersTaken() throws {
    let list = [
      conversation("one", 2), "{\"mapping\":{\"a\":{}}}", "{\"mapping\" 3}", "7",
      conversation("two"),
    ]
    let file = try folder.write("[\(list.joined(separator: ",\n"))]", to: "conversations.json")
    let outcome = try store.importFile(file)
    #expect(outcome.sessions.map(\.session.name) == ["one", "two"])
    #expect(outcome.sessions.map(\.added) == [2, 1])
    #expect(outcome.leftOut == 3)
    #expect(outcome.notes.joined(separator: "\n").contains("conversations.json:3: item 3"))
    #expect(try runs(outcome).map(\.answer.text).first == "Answer 0 [\"}]")
  }

  @Test func aListThatWasCutOffGivesWhatStandsBefore() throws {
    let whole = "[\(conversation("one")),\(conversation("two"))]"
    let file = try folder.write(String(whole.dropLast(30)), to: "conversations.json")
    let outcome = try store.importFile(file)
    #expect(outcome.sessions.map(\.session.name) == ["one"])
    #expect(outcome.notes.joined().contains("cut off"))
  }

  @Test func aConversationThatWentOnAddsItsNewAnswers() throws {
    let file = try folder.write("[\(conversation("one", 2))]", to: "conversations.json")
    _ = try store.importFile(file)
    try folder.write("[\(conversation("one", 4))]", to: "conversations.json")
    let second = try store.importFile(file)
    #expect(second.sessions.map(\.added) == [2])
    #expect(second.sessions.map(\.alreadyThere) == [2])
    let runs = try store.runs(of: second.sessions[0].session.id)
    #expect(runs.map(\.parent) == [nil] + runs.dropLast().map(\.id))
  }

  @Test(arguments: [
    ("", "empty"), ("   \n ", "empty"), ("hello\n", "neither JSON"), ("{\"a\":1}\n", "no history"),
    ("[]", "no history"), ("[1,2]", "no history"), ("{\"results\":{\"results\":[]}}", "no history"),
    ("PK\u{3}\u{4}abc", "unpack"), ("{\n\"a\":\n", "no JSON"), ("[{\"a\"", "cut off"),
  ])
  func whatIsNoHistoryIsRefusedWithAReason(_ text: String, _ reason: String) throws {
    let file = try folder.write(text, to: "file")
    let error = #expect(throws: (any Error).self) { _ = try store.importFile(file) }
    #expect("\(try #require(error))".contains(reason), "\(String(describing: error))")
    #expect("\(try #require(error))".contains(file))
  }

  @Test func bytesThatAreNoTextBecomeReplacementCharacters() throws {
    var bytes = Array(dialogues[0].utf8)
    let place = try #require(bytes.firstIndex(of: UInt8(ascii: "N")))
    bytes[place] = 0xFF
    try Data(bytes).write(to: URL(filePath: folder.file("odd.jsonl")))
    let outcome = try store.importFile(folder.file("odd.jsonl"))
    #expect(try runs(outcome)[0].run.request.messages[0].text == "\u{FFFD}ame river 0")
  }

  @Test func manyLinesAreOneSession() throws {
    let line = dialogues[0]
    let file = try folder.write(
      String(repeating: line + "\n", count: 2000) + "[" + String(repeating: "[", count: 5000),
      to: "many.jsonl")
    let outcome = try store.importFile(file)
    #expect(outcome.sessions.map(\.added) == [2000])
    #expect(outcome.leftOut == 1)
    #expect(try store.importFile(file).sessions.map(\.alreadyThere) == [2000])
  }

  @Test func whatIsImportedIsExportedAndTakenInElsewhereAsTheSameBytes() throws {
    let file = try folder.write("[\(conversation("one", 3))]", to: "conversations.json")
    let id = try store.importFile(file).sessions[0].session.id
    try store.exportSession(id, to: folder.file("one.jsonl"))
    let other = try SessionStore(path: folder.file("other.db"))
    #expect(try other.importFile(folder.file("one.jsonl")).sessions.map(\.added) == [3])
    try other.exportSession(id, to: folder.file("two.jsonl"))
    #expect(
      try text(ofFile: folder.file("one.jsonl")) == text(ofFile: folder.file("two.jsonl")))
    // What came from the other store is the same as what the file itself gives.
    #expect(try other.importFile(file).sessions.map(\.alreadyThere) == [3])
  }
}

@Suite struct JSONElementReaderTests {
  private func items(_ text: String) throws -> [String] {
    let folder = try TemporaryFolder()
    var reader = try JSONElementReader(path: try folder.write(text, to: "list.json"))
    var items: [String] = []
    while let (bytes, line) = try reader.next() {
      items.append("\(line) " + String(decoding: bytes, as: UTF8.self))
    }
    return items
  }

  @Test func itemsAreCutWhereTheyEnd() throws {
    #expect(try items("[]") == [])
    #expect(
      try items(" [ {\"a\":[1,2]} , \n7,\"x,]\\\"\",[3]\n,null ] ") == [
        "1 {\"a\":[1,2]}", "2 7", "2 \"x,]\\\"\"", "2 [3]", "3 null ",
      ])
  }

  @Test func itemsLongerThanAReadAreWhole() throws {
    let long = "{\"a\":\"\(String(repeating: "x[", count: 700_000))\"}"
    let read = try items("[1,\(long),\n\(long)]")
    #expect(read == ["1 1", "1 \(long)", "2 \(long)"])
  }

  @Test(arguments: ["[1}]", "[1]2", "[1]]", "[}", "[{}}"])
  func signsOutOfTheirPlaceAreRefused(_ text: String) {
    let error = #expect(throws: SessionError.self) { _ = try items(text) }
    #expect("\(String(describing: error))".contains("expected"))
  }

  @Test(arguments: ["[", "[1,", "[{\"a\":1}", "[{\"a\":\"]}"])
  func aListWithoutAnEndIsRefused(_ text: String) {
    let error = #expect(throws: SessionError.self) { _ = try items(text) }
    #expect("\(String(describing: error))".contains("cut off"))
  }
}

@Suite struct SpoiledHistoryTests {
  /// One of each kind of file.
  private static let files = [
    "[\(conversation("one", 3)),\n\(conversation("two"))]",
    dialogues.joined(separator: "\n"),
    """
    {"role":"user","content":"Hello"}
    {"role":"assistant","content":[{"type":"text","text":"Hello there"}],"created_at":"2026-01-01"}
    """,
    """
    {"custom_id":"a","response":{"status_code":200,"body":{"choices":[{"finish_reason":"stop",\
    "message":{"content":"A","tool_calls":[{"id":"1","function":{"name":"f","arguments":"{}"}}]}}],\
    "usage":{"prompt_tokens":3,"completion_tokens":4}}}}
    """,
    """
    {"evalId":"e","results":{"version":3,"timestamp":"2026-01-01T00:00:00Z","prompts":[{"raw":"{{a}}"}],
    "results":[{"testIdx":0,"promptIdx":0,"vars":{"a":"1"},"prompt":{"raw":"1"},"response":
    {"output":"B","tokenUsage":{"prompt":1,"completion":2}},"score":0.5,"success":false,
    "gradingResult":{"reason":"no","componentResults":[{"pass":true,"assertion":{"type":"human"}}]}}]}}
    """,
  ]

  @Test(arguments: files.indices)
  func aSpoiledFileIsReadOrRefusedAndNeverMore(_ number: Int) throws {
    let folder = try TemporaryFolder()
    let store = try SessionStore(path: folder.file("store.db"))
    var random = SeededRandom(seed: UInt64(number + 1))
    let whole = Array(Self.files[number].utf8)
    let pieces: [[UInt8]] = ["null", "1e308", "-1", "[]", "{}", "\"\"", "[[[[", "\u{0}"].map {
      Array($0.utf8)
    }
    var taken = 0
    for _ in 0..<150 {
      var bytes = whole
      for _ in 0...Int.random(in: 0..<3, using: &random) {
        let place = Int.random(in: 0..<bytes.count, using: &random)
        let end = min(bytes.count, place + Int.random(in: 0..<12, using: &random))
        switch Int.random(in: 0..<4, using: &random) {
        case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
        case 1: bytes.removeSubrange(place..<end)
        case 2:
          bytes.replaceSubrange(place..<end, with: pieces[Int.random(in: 0..<8, using: &random)])
        default: bytes.insert(contentsOf: bytes[place..<end], at: place)
        }
        if bytes.isEmpty { bytes = [0] }
      }
      try Data(bytes).write(to: URL(filePath: folder.file("spoiled")))
      if let outcome = try? store.importFile(folder.file("spoiled")) {
        taken += outcome.sessions.reduce(0) { $0 + $1.added }
        // What was taken can be shared: nothing in it is out of bounds.
        for session in outcome.sessions {
          let file = folder.file("out.jsonl")
          try store.exportSession(session.session.id, to: file, replacing: true)
          _ = try SessionFile.read(from: file)
        }
      }
    }
    #expect(taken > 0)
  }
}
