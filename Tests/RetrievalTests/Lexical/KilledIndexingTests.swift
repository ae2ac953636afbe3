// kill -9 of a program that indexes: the index opens, holds whole documents, and the next run goes on.

import Core
import Foundation
import GRDB
import RandomSource
import Testing

@testable import Retrieval

@Suite struct KilledIndexingTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func writeCorpus() throws {
    var random = SeededRandom(seed: 1)
    func words(_ count: Int) -> String {
      (0..<count).map { _ in "word\(Int.random(in: 0..<5000, using: &random))x" }
        .joined(separator: " ")
    }
    // More than one transaction, and more segments than stay unmerged.
    let rows = (0..<24_000).map { #"{"id": "\#($0)", "text": "\#(words(8))"}"# }
    try folder.write("docs/rows.jsonl", rows.joined(separator: "\n"))
    for number in 0..<40 { try folder.write("docs/\(number).txt", words(2000)) }
  }

  private func start() throws -> pid_t {
    let program = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
      .deletingLastPathComponent().appending(path: "lexical-timer").path
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0)
    let words = [program, folder["index.db"], "add", folder["docs"]]
    var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
    defer { for argument in arguments { free(argument) } }
    var process: pid_t = 0
    try #require(posix_spawn(&process, program, &actions, nil, &arguments, environ) == 0)
    return process
  }

  private func expectConsistent(_ index: PassageIndex) throws {
    try index.read { db in
      #expect(try String.fetchAll(db, sql: "PRAGMA integrity_check") == ["ok"])
      // Each passage is in exactly one segment that can be searched, or has a tombstone.
      var segments: Set<Int64> = []
      for segment in try Segment.live(chunking: 1, db) {
        for (place, length) in try segment.lengths(db).enumerated() where length > 0 {
          #expect(segments.insert(segment.firstPassage + Int64(place)).inserted)
        }
      }
      let tombstones = try Set(Int64.fetchAll(db, sql: "SELECT passage FROM tombstone"))
      let passages = try Set(Int64.fetchAll(db, sql: "SELECT id FROM passage"))
      #expect(segments.subtracting(tombstones) == passages)
      let counted = try Int.fetchOne(db, sql: "SELECT sum(passages) FROM document") ?? 0
      #expect(counted == passages.count)
    }
  }

  @Test func `fifty kills at any moment leave an index that is whole`() throws {
    try writeCorpus()
    var random = SeededRandom(seed: 2)
    var died = 0
    for attempt in 0..<50 {
      let process = try start()
      usleep(UInt32.random(in: 20_000...400_000, using: &random))
      kill(process, SIGKILL)
      var status: Int32 = 0
      waitpid(process, &status, 0)
      if status & 0x7F == SIGKILL { died += 1 }
      let index = try folder.index()
      try expectConsistent(index)
      // Something to do for those that come after the first whole run.
      try folder.write("docs/\(attempt % 40).txt", "word\(attempt)x changed", age: attempt + 1)
    }
    #expect(died > 0)
    let index = try folder.index()
    try index.add([folder["docs"]])
    try expectConsistent(index)
    #expect(try index.statistics().documents == 24_040)
    #expect(try index.search("changed", limit: 100).count == 40)
  }

  @Test func `an index with damaged lists says so`() throws {
    for number in 0..<300 { try folder.write("docs/\(number).txt", "alpha word\(number)x") }
    let index = try folder.index()
    try index.add([folder["docs"]])
    let writer = try index.openWriter()
    try writer.write { db in
      try db.execute(sql: "UPDATE posting SET data = substr(data, 1, length(data) - 3)")
    }
    #expect(throws: IndexError.damaged(index: folder["index.db"])) {
      try index.search("alpha", limit: 5)
    }
    try writer.write { try $0.execute(sql: "UPDATE segment SET lengths = x'01'") }
    #expect(throws: IndexError.damaged(index: folder["index.db"])) {
      try index.search("word7x", limit: 5)
    }
    try writer.write { try $0.execute(sql: "UPDATE segment SET last_passage = -4") }
    #expect(throws: IndexError.damaged(index: folder["index.db"])) {
      try index.search("word7x", limit: 5)
    }
  }

  @Test func `a full disk is told and loses nothing`() throws {
    try folder.write("docs/a.txt", "alpha")
    let index = try folder.index()
    try index.add([folder["docs"]])
    let writer = try IndexWriter(index.openWriter())
    let pages = try writer.write { db in
      try Int.fetchOne(db, sql: "PRAGMA page_count") ?? 0
    }
    // What SQLite does when the file can't grow.
    try writer.write { db in
      try db.execute(sql: "PRAGMA max_page_count = \(pages + 2)")
    }
    let text = (0..<20_000).map { "word\($0)x" }.joined(separator: " ")
    let file = ReadFile(
      path: "/docs/b.txt", source: "docs/b.txt", stamp: FileStamp(size: 1, modified: 1, inode: 1),
      hash: 1, content: .document(SourceDocument(text: Array(text.utf8), syntax: .prose)))
    do {
      _ = try writer.write([file])
      Issue.record("there was room")
    } catch {
      #expect(IndexError(error, index: "i") == .diskFull(index: "i"))
    }
    try expectConsistent(index)
    #expect(try index.search("alpha word7x", limit: 5).map(\.source) == ["docs/a.txt"])
    // The next transaction takes nothing over from the one that failed.
    try writer.remove(["/nothing"])
    try expectConsistent(index)
  }
}
