// What is written into a database stays in step with the files, whoever else writes, and whenever a
// run ends.

import Core
import Foundation
import Testing

@testable import Retrieval

@Suite(.onPostgres) struct PostgresIndexingTests {
  private let folder: TemporaryFolder
  private let database: TestDatabase
  private let index: PostgresIndex

  init() throws {
    folder = try TemporaryFolder()
    database = try TestDatabase()
    index = try database.index()
  }

  /// An index made at once of what the folder holds now.
  private func expectLikeNew(
    _ queries: [String], sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let name = UUID().uuidString
    let fresh = try folder.index(name)
    try fresh.add([folder["docs"]])
    #expect(try index.statistics() == fresh.statistics(), sourceLocation: sourceLocation)
    var settings = RetrievalSettings(limit: 50)
    settings.method = .bm25
    for query in queries {
      let found = try Retriever(index, models: BuiltinModels()).search(query, with: settings)
      let expected = try Retriever(fresh, models: BuiltinModels()).search(query, with: settings)
      #expect(
        Set(found.passages.map { "\(Place($0)) \($0.score)" })
          == Set(expected.passages.map { "\(Place($0)) \($0.score)" }),
        sourceLocation: sourceLocation)
    }
    let terms = try database.connection().query(
      """
      SELECT count(*) FROM whet.term FULL JOIN (
        SELECT chunking, lexeme, count(*) FROM whet.words, unnest(words.words) GROUP BY 1, 2
      ) AS counted (chunking, term, passages) USING (chunking, term)
      WHERE coalesce(term.passages, 0) <> coalesce(counted.passages, 0)
      """)
    #expect(terms.integer(0, 0) == 0, sourceLocation: sourceLocation)
  }

  @Test func `files that change, go and come back are followed`() throws {
    try folder.write("docs/a.md", "# One\n\nThe first text of all.\n")
    try folder.write("docs/b.md", "# Two\n\nThe second text.\n")
    try folder.write("docs/blob.bin", [0, 1, 2, 3])
    let first = try index.add([folder["docs"]])
    #expect(first.added == 2 && first.skipped.map(\.reason) == [.binary])
    let again = try index.add([folder["docs"]])
    #expect(again.unchanged == 2 && again.filesRead == 0)
    try expectLikeNew(["text", "first second"])

    try folder.write("docs/a.md", "# One\n\nQuite another text now.\n", age: 5)
    folder.touch("docs/b.md", age: 5)
    let changed = try index.add([])
    #expect((changed.changed, changed.unchanged) == (1, 1))
    try expectLikeNew(["text", "first second", "another"])

    try FileManager.default.removeItem(atPath: folder["docs/a.md"])
    try folder.write("docs/blob.bin", "No longer binary text.\n", age: 9)
    let removed = try index.add([folder["docs"]])
    #expect((removed.removed, removed.added) == (1, 1))
    try expectLikeNew(["text", "another", "binary"])
  }

  @Test func `rows that change, go, repeat and come are followed`() throws {
    func rows(_ rows: [(String, String)]) -> String {
      rows.map { #"{"id": "\#($0)", "text": "\#($1)"}"# }.joined(separator: "\n")
    }
    try folder.write("docs/r.jsonl", rows([("1", "red one"), ("2", "red two"), ("3", "blue")]))
    #expect(try index.add([folder["docs"]]).added == 3)
    let before = try index.documents()
    try folder.write(
      "docs/r.jsonl",
      rows([("3", "blue"), ("2", "green two"), ("4", "red four"), ("4", "again"), ("2", "more")]),
      age: 3)
    let report = try index.add([folder["docs"]])
    #expect(
      (report.added, report.changed, report.unchanged, report.removed) == (1, 1, 1, 1))
    #expect(report.skippedRows.map(\.reason) == [.duplicate])
    #expect(report.skippedRows.map(\.count) == [2])
    // A row keeps its number.
    #expect(try index.documents().prefix(2) == before.dropFirst())
    try expectLikeNew(["red", "two", "again", "blue green"])
  }

  @Test func `a new chunking cuts what is there, and stands beside the first`() throws {
    try folder.write("docs/a.md", String(repeating: "A sentence of some words. ", count: 80))
    try index.add([folder["docs"]])
    let small = try #require(Chunking("sentences-30"))
    try index.add(
      [], reading: ReadingSettings(), by: [small], progress: { _ in }, isCancelled: { false })
    #expect(try index.chunkings() == [Chunking(), small])
    var settings = RetrievalSettings()
    settings.chunking = small
    let found = try Retriever(index, models: BuiltinModels()).search("sentence", with: settings)
    #expect(found.passages.allSatisfy { $0.tokens <= 30 } && !found.passages.isEmpty)
    settings.chunking = Chunking("tokens-77")
    #expect(throws: MissingChunkingError.self) {
      try Retriever(index, models: BuiltinModels()).search("sentence", with: settings)
    }
  }

  @Test func `words of any length, and passages of any size, are taken`() throws {
    let word = String(repeating: "x", count: 5000)
    try folder.write(
      "docs/long.txt", "short \(word) end " + String(repeating: "and so on ", count: 9000))
    try index.add(
      [folder["docs"]], reading: ReadingSettings(), by: [try #require(Chunking("document-1000"))],
      progress: { _ in }, isCancelled: { false })
    let found = try Retriever(index, models: BuiltinModels()).search(
      word, with: RetrievalSettings())
    #expect(found.passages.count == 1)
  }

  @Test func `a NUL, which no text of PostgreSQL's can hold, becomes a space`() throws {
    try folder.write(
      "docs/r.jsonl",
      #"{"id": "a\u0000", "text": "one\u0000two", "title": "t\u0000", "x": "\u0000"}"#)
    #expect(try index.add([folder["docs"]]).added == 1)
    let found = try Retriever(index, models: BuiltinModels()).search(
      "two", with: RetrievalSettings())
    #expect(found.passages.map(\.text) == ["one two"])
    try folder.write("docs/r.jsonl", #"{"id": "a\u0000", "text": "one\u0000three"}"#, age: 3)
    #expect(try index.add([folder["docs"]]).changed == 1)
  }

  @Test func `vectors follow their texts, and are made once for each`() throws {
    try folder.write("docs/a.md", "The same words.\n")
    try folder.write("docs/b.md", "Other words.\n")
    try index.add([folder["docs"]])
    let embedder = RecordingEmbedder()
    #expect(try index.embed(with: embedder) == EmbeddingReport(embedded: 2))
    #expect(try index.embed(with: embedder) == EmbeddingReport())
    // Read anew, with the same text: its vector waits for it.
    let again = try database.connection()
    try again.query("UPDATE whet.file SET hash = 0, modified = -1")
    try again.query("UPDATE whet.document SET hash = 0")
    try folder.write("docs/b.md", "Quite other words.\n", age: 4)
    try index.add([folder["docs"]])
    #expect(
      try index.embed(with: embedder) == EmbeddingReport(embedded: 1, reused: 1, dropped: 2))
    #expect(try index.embedders().map(\.passages) == [2])
    let passages = try index.documents().count
    #expect(passages == 2)
  }

  @Test func `the second who writes is told who does, and searches go on`() throws {
    try folder.write("docs/a.md", "Some text.\n")
    try index.add([folder["docs"]])
    let other = try PostgresIndex(PostgresAddress(database.url))
    try index.withWriter { _ in
      do {
        try other.add([folder["docs"]])
        Issue.record("two write at once")
      } catch PostgresError.busy(_, let holder) {
        #expect(holder.hasPrefix("postgres from 127.0.0.1 since "))
      }
      #expect(
        try Retriever(other, models: BuiltinModels()).search("text", with: RetrievalSettings())
          .passages.count == 1)
    }
    #expect(try other.add([folder["docs"]]).unchanged == 1)
  }

  @Test func `what another has added from elsewhere isn't gone because it isn't here`() throws {
    try folder.write("docs/a.md", "Some text.\n")
    try folder.write("mine/b.md", "Some more text.\n")
    try index.add([folder["docs"], folder["mine"]])
    try FileManager.default.removeItem(atPath: folder["docs"])
    #expect(try index.add([]).removed == 0)
    #expect(try index.statistics().documents == 2)
    try FileManager.default.removeItem(atPath: folder["mine"])
    #expect(throws: IndexError.noSuchFile(path: folder["docs"])) { try index.add([]) }
    #expect(try index.add([folder["docs"]]).removed == 1)
  }

  @Test func `a run that is killed leaves whole documents, and the next goes on`() throws {
    let rows = (0..<9000).map { #"{"id": "\#($0)", "text": "word\#($0 % 977)x of row\#($0)x"}"# }
    try folder.write("docs/rows.jsonl", rows.joined(separator: "\n"))
    for number in 0..<30 {
      try folder.write("docs/\(number).txt", String(repeating: "text \(number) ", count: 900))
    }
    for tries in 1...5 {
      let process = Process()
      process.executableURL = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
        .deletingLastPathComponent().appending(path: "lexical-timer")
      process.arguments = [database.url, "add", folder["docs"]]
      process.standardOutput = FileHandle.nullDevice
      try process.run()
      // Once some more was written: at another moment each time.
      let deadline = ContinuousClock.now + .seconds(60)
      while process.isRunning, ContinuousClock.now < deadline,
        try index.statistics().documents < tries * 20
      {}
      kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
      let broken = try database.connection().query(
        """
        SELECT count(*) FROM whet.document WHERE passages <> (
          SELECT count(*) FROM whet.passage JOIN whet.words ON passage = id
          WHERE document = document.id)
        """)
      #expect(broken.integer(0, 0) == 0)
    }
    // The server notices the end of a connection in its own time, and lets the lock go.
    let deadline = ContinuousClock.now + .seconds(30)
    while ContinuousClock.now < deadline {
      do {
        try index.add([folder["docs"]])
        break
      } catch PostgresError.busy { continue }
    }
    try expectLikeNew(["word7x", "text 3"])
  }
}
