// Session files of an earlier version, and files that git has merged.

import Core
import Foundation
import Testing

@testable import Sessions

@Suite struct SessionFileUpgradeTests {
  let folder: TemporaryFolder
  let store: SessionStore
  let session: Session
  let path: String

  init() throws {
    folder = try TemporaryFolder()
    store = try SessionStore(path: folder.file("sessions.sqlite"))
    session = try store.makeSampleSession().session
    path = folder.file("s.jsonl")
    try store.exportSession(session.id, to: path)
  }

  private func writeFirstVersion() throws -> (first: String, second: String) {
    let second = try text(ofFile: path)
    let first = second.replacing("\"version\":2,", with: "\"version\":1,", maxReplacements: 1)
    try folder.write(first, to: "s.jsonl")
    return (first, second)
  }

  @Test func aFileOfTheFirstVersionIsWrittenAnewAndKept() throws {
    let (first, second) = try writeFirstVersion()
    #expect(try SessionFile.upgrade(path) == path + ".v1")
    #expect(try text(ofFile: path) == second)
    #expect(try text(ofFile: path + ".v1") == first)
    #expect(try SessionFile.upgrade(path) == nil)
    #expect(try folder.contents.filter { $0.hasPrefix("s.jsonl") } == ["s.jsonl", "s.jsonl.v1"])
  }

  @Test func nothingIsLostByAnUpgradeThatCannotBe() throws {
    let (first, _) = try writeFirstVersion()
    try folder.write("mine", to: "s.jsonl.v1")
    #expect(sessionError { try SessionFile.upgrade(path) } == .fileExists(path: path + ".v1"))
    #expect(try text(ofFile: path) == first)
    #expect(try text(ofFile: path + ".v1") == "mine")
    try folder.write(first + "{\"record\":\"novelty\"}\n", to: "t.jsonl")
    #expect(sessionError { try SessionFile.upgrade(folder.file("t.jsonl")) } != nil)
    try folder.write(first.replacing("\"version\":1", with: "\"version\":9"), to: "u.jsonl")
    #expect(
      sessionError { try SessionFile.upgrade(folder.file("u.jsonl")) }
        == .laterFile(path: folder.file("u.jsonl"), version: 9))
    #expect(
      try folder.contents.filter { $0.contains(".jsonl") }
        == ["s.jsonl", "s.jsonl.v1", "t.jsonl", "u.jsonl"])
  }

  @Test func aFileOfTheFirstVersionIsTakenInAndWrittenAsOneOfThisVersion() throws {
    let (_, second) = try writeFirstVersion()
    let other = try SessionStore(path: folder.file("other.sqlite"))
    _ = try other.importSession(from: path)
    try other.exportSession(session.id, to: folder.file("again.jsonl"))
    #expect(try text(ofFile: folder.file("again.jsonl")) == second)
  }

  /// Runs a program to its end, in the folder.
  private func run(_ words: String...) throws {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = words
    process.currentDirectoryURL = URL(filePath: folder.path)
    process.environment = [
      "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin", "HOME": folder.path,
      "GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@localhost", "GIT_COMMITTER_NAME": "a",
      "GIT_COMMITTER_EMAIL": "a@localhost", "GIT_CONFIG_NOSYSTEM": "1",
    ]
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0, "\(words)")
  }

  /// Adds a run and a branch to the session in a store of somebody else, and writes the file anew.
  private func add(_ id: Identifier, at time: Double) throws {
    let store = try SessionStore(path: folder.file("\(id).sqlite"))
    _ = try store.importSession(from: path)
    let run = Run.sample(id, session: session.id, startedAt: time)
    _ = try store.begin(run)
    try store.append(TimedWireEvent.sampleStream, to: id)
    try store.finish(id, answer: .sample("Answer of \(id)."))
    try store.name(id, "branch of \(id)", in: session.id)
    try store.exportSession(session.id, to: path, replacing: true)
  }

  @Test func twoAdditionsThatGitHasMergedAreTakenIn() throws {
    try folder.write("*.jsonl merge=union\n", to: ".gitattributes")
    try run("git", "init", "-q", "-b", "ours")
    try run("git", "add", ".gitattributes", "s.jsonl")
    try run("git", "commit", "-qm", "begin")
    try run("git", "checkout", "-qb", "theirs")
    try add("THEIRS", at: 5000)
    try run("git", "commit", "-qam", "theirs")
    try run("git", "checkout", "-q", "ours")
    try add("OURS", at: 6000)
    try run("git", "commit", "-qam", "ours")
    try run("git", "merge", "-q", "theirs", "-m", "both")

    let merged = try SessionStore(path: folder.file("merged.sqlite"))
    let outcome = try merged.importSession(from: path)
    #expect(outcome.added == 5 && outcome.differing == [] && outcome.unknownLines == 0)
    for id in ["OURS", "THEIRS"] {
      let recorded = try merged.loadRun(id)
      #expect(recorded.answer.text == "Answer of \(id).")
      #expect(recorded.events.count == TimedWireEvent.sampleStream.count)
    }
    #expect(
      try merged.tree(of: session.id).branches.map(\.name)
        == ["branch of OURS", "branch of THEIRS"])
    // Written again, all stands in its order.
    try merged.exportSession(session.id, to: folder.file("m.jsonl"))
    let ids = try SessionFile.read(from: folder.file("m.jsonl")).runs.map(\.run.id)
    #expect(ids.suffix(2) == ["THEIRS", "OURS"])
  }
}
