// Session files that are broken, cut off, of a later version, or made to do harm: refused with the
// line and the reason, and nothing of them is taken in.

import Core
import Foundation
import Testing

@testable import Sessions

@Suite struct SessionFileFaultTests {
  let folder: TemporaryFolder
  let path: String

  static let header = #"{"whet":"session","version":1,"id":"S","name":"s","created_at":1}"#
  static let run = SessionRecord.run(.sample("A", session: "S")).json.text
  static let event = #"{"record":"event","run":"A","number":0,"at_ms":1,"body":"x"}"#
  static let answer = #"{"record":"answer","run":"A","output":"x","finish_reason":"stop"}"#

  init() throws {
    folder = try TemporaryFolder()
    path = folder.file("s.jsonl")
  }

  /// The error of a file with these lines, read and imported.
  private func error(of lines: [String], end: String = "\n") throws -> SessionError? {
    try folder.write(lines.joined(separator: "\n") + end, to: "s.jsonl")
    let store = try SessionStore(path: folder.file("sessions.sqlite"))
    let error = sessionError { try store.importSession(from: path) }
    #expect(sessionError { try SessionFile.read(from: path) } == error)
    if error != nil { #expect(try store.sessions().isEmpty) }
    return error
  }

  private func expectBad(
    _ lines: [String], line: Int, saying words: String,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    guard case .badFile(path, line, let problem)? = try error(of: lines), problem.contains(words)
    else {
      Issue.record(
        "\(String(describing: try error(of: lines)))", sourceLocation: sourceLocation)
      return
    }
  }

  @Test func theLinesOfTheseTestsAreSound() throws {
    #expect(try error(of: [Self.header, Self.run, Self.event, Self.answer]) == nil)
  }

  @Test func whatIsNoSessionFileIsSaidToBe() throws {
    try expectBad([""], line: 1, saying: "the file is empty")
    try expectBad(["hello"], line: 1, saying: "no JSON")
    try expectBad(["[]"], line: 1, saying: "no session file")
    try expectBad([#"{"whet":"prompt"}"#], line: 1, saying: "no session file")
    try expectBad([Self.run], line: 1, saying: "no session file")
    #expect(
      sessionError { try SessionFile.read(from: folder.file("none")) }
        == .cannotOpen(path: folder.file("none"), reason: "no such file or directory"))
    #expect(sessionError { try SessionFile.read(from: folder.path) } != nil)
  }

  @Test func aLaterVersionIsRefused() throws {
    let lines = [Self.header.replacing(#""version":1"#, with: #""version":3"#), "?"]
    #expect(try error(of: lines) == .laterFile(path: path, version: 3))
    for version in ["0", "-1", "1.5", #""1""#, "null"] {
      try expectBad(
        [Self.header.replacing(#""version":1"#, with: #""version":\#(version)"#)], line: 1,
        saying: "version")
    }
  }

  @Test func aHalfWrittenLastLineIsSaidToBe() throws {
    let whole = [Self.header, Self.run, Self.event, Self.answer]
    for last in 1..<whole.count {
      let half = String(whole[last].prefix(whole[last].count / 2))
      let lines = Array(whole[..<last]) + [half]
      guard case .badFile(path, last + 1, let problem)? = try error(of: lines, end: "") else {
        Issue.record("line \(last + 1)")
        return
      }
      #expect(problem.contains("half-written"))
    }
  }

  @Test func aLastLineNeedsNoLineFeedAndLinesMayEndAsOnWindows() throws {
    #expect(try error(of: [Self.header, Self.run, Self.event], end: "") == nil)
    let lines = [Self.header, "", Self.run, Self.event, "  "].map { $0 + "\r" }
    #expect(try error(of: lines) == nil)
  }

  @Test func theMarksOfAMergeAreNamed() throws {
    try expectBad([Self.header, "<<<<<<< HEAD", Self.run], line: 2, saying: "merge")
  }

  @Test func unknownMembersAndRecordsAreLeftOut() throws {
    let event = Self.event.replacing(#""number""#, with: #""mood":{"a":[1]},"number""#)
    let lines = [Self.header, Self.run, event, #"{"record":"praise","run":"A","stars":5}"#]
    try folder.write(lines.joined(separator: "\n"), to: "s.jsonl")
    let store = try SessionStore(path: folder.file("sessions.sqlite"))
    let outcome = try store.importSession(from: path)
    #expect(outcome.added == 1)
    #expect(outcome.unknownLines == 1)
    #expect(try store.loadRun("A").events == [TimedWireEvent(time: 1, event: .body([0x78]))])
  }

  @Test func recordsOutOfPlaceAreRefused() throws {
    try expectBad([Self.header, Self.event], line: 2, saying: "behind its run's line")
    try expectBad([Self.header, Self.answer], line: 2, saying: "behind its run's line")
    try expectBad([Self.header, Self.header], line: 2, saying: "no record")
    try expectBad(
      [Self.header, Self.run, Self.event, Self.event], line: 4, saying: "event 1 was expected")
    try expectBad(
      [Self.header, Self.run, Self.answer, Self.event], line: 4, saying: "behind its run's line")
    try expectBad(
      [Self.header, Self.run, Self.answer, Self.answer], line: 4, saying: "behind its run's line")
    let foreign = SessionRecord.run(.sample("A", session: "T")).json.text
    try expectBad([Self.header, foreign], line: 2, saying: "another session")
  }

  @Test func identifiersThatCouldDoHarmAreRefused() throws {
    let harmful = [
      "", "../../etc/passwd", "a/b", "a.b", "-rf", "a b", "a\u{1B}[2J", "a\nb", "\u{202E}a", "é",
      String(repeating: "a", count: 65),
    ]
    for id in harmful {
      let quoted = JSON.string(id).text
      try expectBad(
        [Self.header.replacing(#""S""#, with: quoted)], line: 1, saying: "identifier")
      try expectBad(
        [Self.header, Self.run.replacing(#""id":"A""#, with: #""id":"# + quoted)], line: 2,
        saying: "identifier")
      try expectBad(
        [Self.header, Self.run.replacing(#""parent":null"#, with: #""parent":"# + quoted)], line: 2,
        saying: "identifier")
      try expectBad(
        [Self.header, Self.run, Self.event.replacing(#""A""#, with: quoted)], line: 3,
        saying: "identifier")
    }
    try expectBad(
      [Self.header, Self.run.replacing(#""parent":null"#, with: #""parent":"A""#)], line: 2,
      saying: "own parent")
  }

  @Test func membersOfAWrongTypeAreNamed() throws {
    let changes = [
      (#""started_at":1000.25"#, #""started_at":1e300"#, "started_at"),
      (#""started_at":1000.25"#, #""started_at":"now""#, "started_at"),
      (#""column":2"#, #""column":-1"#, "column"),
      (#""column":2"#, #""column":9223372036854775807"#, "column"),
      (#""what":"hello""#, #""what":3"#, "inputs"),
      (#""role":"system""#, #""role":"king""#, "request"),
      (#""model":"ollama/llama3.2:3b""#, #""model":17"#, "request"),
      (#""start":10"#, #""start":-10"#, "request"),
      (#""end":37"#, #""end":1"#, "request"),
    ]
    for (sound, broken, name) in changes {
      let line = Self.run.replacing(sound, with: broken)
      #expect(line != Self.run)
      try expectBad([Self.header, line], line: 2, saying: name)
    }
    for broken in [
      #""at_ms":"soon","body":"x""#, #""at_ms":-1,"body":"x""#, #""at_ms":1e300,"body":"x""#,
      #""at_ms":1"#, #""at_ms":1,"body":7"#, #""at_ms":1,"body_base64":"a""#,
      #""at_ms":1,"head":{"status":"ok"}"#, #""at_ms":1,"end":"somehow""#,
    ] {
      let line = Self.event.replacing(#""at_ms":1,"body":"x""#, with: broken)
      try expectBad([Self.header, Self.run, line], line: 3, saying: "at_ms")
    }
    for broken in [
      #""finish_reason":"bored""#, #""finish_reason":1"#,
      #""finish_reason":"stop","timing":{"total_ms":-1}"#,
      #""finish_reason":"stop","timing":{"total_ms":1e301}"#,
    ] {
      let line = Self.answer.replacing(#""finish_reason":"stop""#, with: broken)
      try expectBad([Self.header, Self.run, line], line: 3, saying: "finish_reason")
    }
  }

  @Test func hugeNumbersOfTokensCanBeAddedUp() throws {
    let answer =
      String(Self.answer.dropLast())
      + #","usage":{"input_tokens":9223372036854775807,"output_tokens":-9223372036854775808,"#
      + #""estimated":false}}"#
    let run = Self.run.replacing(#""tokens":7"#, with: #""tokens":9223372036854775807"#)
    #expect(try error(of: [Self.header, run, Self.event, answer]) == nil)
    let read = try SessionFile.read(from: path).runs[0]
    #expect(read.answer.usage.inputTokens + read.run.request.passages[0].tokens > 0)
    #expect(read.answer.usage.outputTokens == 0)
  }

  @Test func deepNestingIsRefused() throws {
    let deep = String(repeating: "[", count: 1_000_000)
    try expectBad([Self.header, deep], line: 2, saying: "nested")
    try expectBad([Self.header, #"{"record":"run","inputs":"# + deep], line: 2, saying: "nested")
  }

  @Test func aLongLineIsRead() throws {
    let long = Self.event.replacing(
      #""x""#, with: "\"" + String(repeating: "long ", count: 2 << 20) + "\"")
    #expect(try error(of: [Self.header, Self.run, long, Self.answer]) == nil)
  }

  @Test func anEndlessLineIsRefused() throws {
    let endless = String(repeating: "x", count: LineReader.longestLine + 1)
    try expectBad([Self.header, endless], line: 2, saying: "longer than 32 MB")
  }

  @Test func aFileThatIsBrokenAtItsEndIsNotTakenInAtAll() throws {
    let lines = [Self.header, Self.run, Self.event, Self.answer, "{"]
    try expectBad(lines, line: 5, saying: "no JSON")
  }
}
