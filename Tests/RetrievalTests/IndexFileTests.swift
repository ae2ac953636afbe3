// Opening an index: making one, knowing other files from it, leaving those alone.

import Core
import Foundation
import GRDB
import Testing

@testable import Retrieval

@Suite struct IndexFileTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func error(opening name: String) -> IndexError? {
    #expect(throws: IndexError.self) { try folder.index(name) }
  }

  private func bytes(_ name: String) throws -> Data {
    try Data(contentsOf: URL(fileURLWithPath: folder[name]))
  }

  @Test func `a new index is empty and its owner's only`() throws {
    #expect(!PassageIndex.exists(at: folder["new/index.db"]))
    let index = try folder.index("new/index.db")
    #expect(PassageIndex.exists(at: folder["new/index.db"]))
    #expect(
      try index.statistics()
        == IndexStatistics(documents: 0, passages: 0, tokens: 0, bytes: 0))
    #expect(try index.search("anything", limit: 5).isEmpty)
    try folder.write("docs/a.md", "text")
    try index.add([folder["docs"]])
    for name in try FileManager.default.contentsOfDirectory(atPath: folder["new"]) {
      var status = stat()
      #expect(stat(folder["new/" + name], &status) == 0)
      #expect(status.st_mode & 0o777 == 0o600, "\(name)")
    }
  }

  @Test func `an index keeps what it holds when it is opened again`() throws {
    try folder.write("docs/a.md", "# Refunds\n\nWithin 30 days.")
    try folder.index().add([folder["docs"]])
    let passages = try folder.index().search("refund", limit: 5)
    #expect(passages.map(\.source) == ["docs/a.md"])
  }

  @Test func `an empty file becomes an index`() throws {
    try folder.write("index.db", "")
    #expect(try folder.index().statistics().documents == 0)
  }

  @Test(arguments: [
    Array("x".utf8), Array("just some notes\n".utf8),
    Array(String(repeating: "not a database ", count: 1000).utf8),
    [UInt8](repeating: 0, count: 5000),
  ])
  func `a file that is something else is refused and not changed`(_ content: [UInt8]) throws {
    try folder.write("index.db", content)
    #expect(error(opening: "index.db") == .notAnIndex(index: folder["index.db"]))
    #expect(try bytes("index.db") == Data(content))
  }

  @Test func `a database of another program is refused and not changed`() throws {
    try DatabaseQueue(path: folder["index.db"]).write {
      try $0.execute(sql: "CREATE TABLE other (a); INSERT INTO other VALUES (1)")
    }
    let before = try bytes("index.db")
    #expect(error(opening: "index.db") == .notAnIndex(index: folder["index.db"]))
    #expect(try bytes("index.db") == before)
  }

  @Test func `an index whose making was cut short is made`() throws {
    try DatabaseQueue(path: folder["index.db"]).write {
      try $0.execute(sql: "CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY)")
    }
    #expect(try folder.index().statistics().passages == 0)
  }

  @Test func `an index of a later version is refused and not changed`() throws {
    _ = try folder.index()
    try DatabaseQueue(path: folder["index.db"]).write {
      try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('what is to come')")
    }
    let before = try bytes("index.db")
    let error = error(opening: "index.db")
    #expect(error == .laterVersion(index: folder["index.db"]))
    #expect(error?.description.contains(folder["index.db"]) == true)
    #expect(try bytes("index.db") == before)
  }

  @Test func `a damaged index is refused with what to do and not changed`() throws {
    for number in 0..<200 { try folder.write("docs/\(number).md", "# Title\n\nText \(number)") }
    try folder.index().add([folder["docs"]])
    var cut = try bytes("index.db").prefix(9000)
    cut.replaceSubrange(100..<9000, with: [UInt8](repeating: 0xA5, count: 8900))
    try folder.write("cut.db", Array(cut))
    #expect(error(opening: "cut.db") == .damaged(index: folder["cut.db"]))
    #expect(try bytes("cut.db") == Data(cut))
  }

  @Test func `a folder in the place of the index is refused`() throws {
    try folder.write("index.db/file", "x")
    guard case .unreadable = error(opening: "index.db") else {
      Issue.record("a folder was opened as an index")
      return
    }
  }

  @Test(.enabled(if: geteuid() != 0, "root may read everything"))
  func `a file that may not be read is refused`() throws {
    _ = try folder.index()
    chmod(folder["index.db"], 0)
    guard case .unreadable = error(opening: "index.db") else {
      Issue.record("a file without permissions was opened")
      return
    }
  }

  @Test func `what a process that died left in its journal is found again`() throws {
    try folder.write("docs/a.md", "alpha")
    let index = try folder.index()
    try index.add([folder["docs"]])
    // A copy of file and journal while both are open is what kill -9 leaves behind.
    let writer = try index.openWriter()
    try writer.writeWithoutTransaction { db in
      try db.execute(sql: "BEGIN; DELETE FROM passage; UPDATE file SET path = 'half-written'")
      try db.execute(sql: "PRAGMA cache_spill = 1; PRAGMA shrink_memory")
      for suffix in ["", "-wal"] {
        try FileManager.default.copyItem(
          atPath: folder["index.db"] + suffix, toPath: folder["copy.db"] + suffix)
      }
      try db.execute(sql: "ROLLBACK")
    }
    let copy = try folder.index("copy.db")
    #expect(try copy.search("alpha", limit: 5).map(\.source) == ["docs/a.md"])
    let report = try copy.add([folder["docs"]])
    #expect(report.unchanged == 1)
  }

  @Test func `an index from before there were rows keeps its passages`() throws {
    let path = folder["old.db"]
    let old = try DatabaseQueue(path: path)
    try IndexSchema.migrator.migrate(old, upTo: "documents and passages")
    try old.write { db in
      try db.execute(
        sql: """
          INSERT INTO document VALUES (3, '/d/a.md', 'd/a.md', 10, 20, 30, 40, NULL, 1, 2);
          INSERT INTO document VALUES (4, '/d/b.png', 'd/b.png', 1, 2, 3, 4, 'binary', 0, 0);
          INSERT INTO passage VALUES (9, 3, 0, 5, 1, 1, 2, 'Top', 'gone');
          DELETE FROM passage WHERE id = 9;
          INSERT INTO passage VALUES (7, 3, 0, 5, 1, 1, 2, 'Top', 'alpha');
          INSERT INTO passage_text (rowid, name, headings, text, parts)
            VALUES (7, 'd/a', 'Top', 'alpha', '');
          """)
    }
    try old.close()
    let index = try PassageIndex(path: path)
    #expect(try index.chunkings() == [Chunking(.structure, size: 240)])
    let found = try index.search("alpha", limit: 5)
    #expect(found.map(\.id) == [7])
    #expect(found.map(\.source) == ["d/a.md"])
    #expect(found.first?.headings == ["Top"])
    let statistics = IndexStatistics(documents: 1, passages: 1, tokens: 2, bytes: 10)
    #expect(try index.statistics() == statistics)
    // No passage to come is taken for one that was there before.
    let sequence = try index.read {
      try Int.fetchAll($0, sql: "SELECT seq FROM sqlite_sequence WHERE name = 'passage'")
    }
    #expect(sequence == [9])
  }

  @Test func `several may open a new index at once`() async throws {
    try await withThrowingTaskGroup(of: Int.self) { group in
      for _ in 0..<4 {
        group.addTask { try folder.index("fresh/index.db").statistics().documents }
      }
      for try await documents in group { #expect(documents == 0) }
    }
  }
}
