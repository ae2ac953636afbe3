// Indexing what isn't plain text: rows, pages, web pages; and what an index remembers of how its
// files were read.

import Core
import Foundation
import GRDB
import Testing

@testable import Retrieval

@Suite struct ReadingTests {
  private let folder: TemporaryFolder
  private let index: PassageIndex

  init() throws {
    folder = try TemporaryFolder()
    index = try folder.index()
  }

  /// `source#row` of everything in the index that holds a word.
  private func found(_ word: String) throws -> [String] {
    try index.search(word, limit: 10_000).map { $0.source + ($0.row.map { "#\($0)" } ?? "") }
      .sorted()
  }

  private func counts(_ report: IndexReport) -> [Int] {
    [report.added, report.changed, report.unchanged, report.removed]
  }

  // MARK: Rows

  @Test func `each row is a document, and only those that changed are written`() throws {
    try folder.write(
      "docs/a.jsonl",
      """
      {"id": "x", "title": "T", "text": "apple pie"}
      {"id": "y", "text": "apple tart"}
      {"id": "z", "text": "cherry"}
      """)
    let first = try index.add([folder["docs"]])
    #expect(counts(first) == [3, 0, 0, 0])
    #expect(first.fields.map(\.summary) == ["id id, title title, text text"])
    #expect(try found("apple") == ["docs/a.jsonl#x", "docs/a.jsonl#y"])
    let passage = try #require(try index.search("tart", limit: 1).first)
    #expect(passage.lines == 2...2)
    #expect(try index.path(of: passage) == folder["docs/a.jsonl"])
    #expect(counts(try index.add([folder["docs"]])) == [0, 0, 3, 0])
    let kept = try #require(try index.search("pie", limit: 1).first?.id)

    try folder.write(
      "docs/a.jsonl",
      """
      {"id": "x", "title": "T", "text": "apple pie"}
      {"id": "z", "text": "apple cherry"}
      {"id": "new", "text": "plum"}
      """, age: 1)
    let second = try index.add([folder["docs"]])
    #expect(counts(second) == [1, 1, 1, 1])
    #expect(second.filesRead == 1)
    #expect(try found("apple") == ["docs/a.jsonl#x", "docs/a.jsonl#z"])
    #expect(try index.search("pie", limit: 1).first?.id == kept)
    #expect(try index.statistics().documents == 3)

    unlink(folder["docs/a.jsonl"])
    #expect(counts(try index.add([folder["docs"]])) == [0, 0, 0, 3])
    #expect(try index.statistics().passages == 0)
  }

  @Test func `rows that are left out are counted by reason, with the first line`() throws {
    try folder.write(
      "docs/a.jsonl",
      """
      {"id": 1, "text": "one"}
      {"id": 1, "text": "another one"}
      {broken
      {"id": 2, "text": ""}
      [broken]
      """)
    let report = try index.add([folder["docs"]])
    #expect(report.added == 1)
    #expect(try found("one") == ["docs/a.jsonl#1"])
    #expect(
      report.skippedRows.sorted { $0.firstLine < $1.firstLine }
        .map { "\($0.reason.rawValue) \($0.count) \($0.firstLine)" } == [
          "duplicate 1 2", "malformed 2 3", "no_text 1 4",
        ])
  }

  @Test func `a file of rows that is left in the middle is gone on with`() throws {
    let lines = (0..<9000).map { #"{"id": "\#($0)", "text": "text \#($0)"}"# }
    try folder.write("docs/a.jsonl", lines.joined(separator: "\n"))
    var seen = 0
    let first = try index.add(
      [folder["docs"]], progress: { seen = $0.passages }, isCancelled: { seen >= 1000 })
    #expect(first.wasCancelled)
    #expect(0 < first.added && first.added < 9000)
    #expect(try index.statistics().documents == first.added)
    let second = try index.add([folder["docs"]])
    #expect(!second.wasCancelled)
    #expect(counts(second) == [9000 - first.added, 0, first.added, 0])
    #expect(try index.add([folder["docs"]]).filesRead == 0)
    #expect(try found("text").count == 9000)
  }

  // MARK: Settings

  @Test func `an index remembers how the rows of each path are read`() throws {
    let row = #"{"key": "k", "a": "apple", "b": "banana"}"#
    try folder.write("one/x.jsonl", row)
    try folder.write("two/x.jsonl", row)
    try index.add([folder["one"]], reading: ReadingSettings(id: "key", text: ["a"]))
    try index.add([folder["two"]])
    #expect(try found("apple") == ["one/x.jsonl#k", "two/x.jsonl#1"])
    #expect(try found("banana") == ["two/x.jsonl#1"])
    try folder.write("one/y.jsonl", row)
    let second = try index.add([])
    #expect(counts(second) == [1, 0, 2, 0])
    #expect(try found("apple") == ["one/x.jsonl#k", "one/y.jsonl#k", "two/x.jsonl#1"])
    // What is left open stays; the rows are read by it anew.
    #expect(counts(try index.add([folder["one"]], reading: .init(text: ["b"]))) == [0, 2, 0, 0])
    #expect(try found("apple") == ["two/x.jsonl#1"])
    #expect(try found("banana") == ["one/x.jsonl#k", "one/y.jsonl#k", "two/x.jsonl#1"])
    #expect(try index.add([folder["one/x.jsonl"]]).filesRead == 0)
  }

  @Test func `the size limit is remembered, and can be raised and lowered`() throws {
    try folder.write("docs/small.txt", "text")
    try folder.write("docs/large.txt", String(repeating: "text ", count: 100))
    try folder.write("docs/rows.csv", "id,text\n" + String(repeating: "1,text\n", count: 100))
    let small = ReadingSettings(maximumSize: 100)
    #expect(try index.add([folder["docs"]], reading: small).skipped.map(\.reason) == [.tooLarge])
    #expect(try found("text") == ["docs/rows.csv#1", "docs/small.txt"])
    #expect(try index.add([folder["docs"]]).skipped.map(\.reason) == [.tooLarge])
    let raised = try index.add([folder["docs"]], reading: .init(maximumSize: 1000))
    #expect(raised.added == 1)
    #expect(raised.filesRead == 1)
    let lowered = try index.add([folder["docs"]], reading: small)
    #expect(lowered.filesRead == 0)
    #expect(lowered.skipped.map(\.reason) == [.tooLarge])
    #expect(try found("text") == ["docs/rows.csv#1", "docs/small.txt"])
  }

  @Test func `settings are stored and read back`() throws {
    for settings in [
      ReadingSettings(), ReadingSettings(id: "a", title: "b", text: ["c", "d"], maximumSize: 7),
    ] {
      #expect(ReadingSettings(json: settings.json) == settings)
    }
    let remembered = RememberedSettings([
      "/": .init(id: "root"), "/a/b": .init(id: "b"), "/a/bc": .init(id: "bc", maximumSize: 5),
    ])
    #expect(remembered.settings(for: "/a/b/c.csv").id == "b")
    #expect(remembered.settings(for: "/a/bcd").id == "root")
    #expect(remembered.settings(for: "/a/bc").id == "bc")
    #expect(remembered.smallestLimit == 5)
  }

  @Test func `what was skipped for want of a program is read once it is there`() throws {
    try folder.write("docs/a.html", "<p>text")
    try index.add([folder["docs"]])
    try index.openWriter().write {
      try $0.execute(sql: "UPDATE file SET skip_reason = ?", arguments: ["no_libxml2"])
    }
    #expect(try index.add([folder["docs"]]).filesRead == 1)
    #expect(try index.add([folder["docs"]]).filesRead == 0)
  }

  // MARK: Pages

  @Test func `a passage of a web page knows its headings and its lines there`() throws {
    try folder.write(
      "docs/a.html", "<title>T</title>\n<h1>Top</h1>\n<h2>Sub</h2>\n\n<p>needle</p>\n")
    try index.add([folder["docs"]])
    let passage = try #require(try index.search("needle", limit: 1).first)
    #expect(passage.headings == ["Top", "Sub"])
    #expect(passage.lines.upperBound == 5)
    #expect(passage.page == nil)
  }

  @Test(.enabled(if: ConverterTests.hasPDFReader, "pdftotext is not installed"))
  func `a passage of a PDF file knows its page`() throws {
    try folder.write("docs/a.pdf", PDF.bytes(pages: ["First words", "needle", "Last words"]))
    try index.add([folder["docs"]])
    let passage = try #require(try index.search("first", limit: 1).first)
    #expect(passage.page == 1)
    let file = try SourceFile(path: folder["docs/a.pdf"])
    let document = try file.content(as: .pdf, knownHash: nil, isCancelled: { false }).document
    #expect(document?.pages.map(\.number) == [1, 2, 3])
    folder.touch("docs/a.pdf", age: 9)
    #expect(try index.add([folder["docs"]]).unchanged == 1)
  }

  @Test func `a passage leads back to the text of its document`() throws {
    try folder.write("docs/a.txt", [0xFF, 0xFE, 0x64, 0x00, 0xE9, 0x00])
    try folder.write("docs/b.html", "<h1>One</h1><p>two")
    try folder.write("docs/c.csv", "id,words\n1,three\n2,four\n")
    try index.add([folder["docs"]], reading: ReadingSettings(text: ["words"]))
    for (query, text) in [("dé", "dé"), ("two", "# One\n\ntwo\n"), ("four", "four")] {
      let passage = try #require(try index.search(query, limit: 1).first)
      let document = try #require(try index.documentText(of: passage))
      #expect(document == text)
      #expect(String(decoding: Array(document.utf8)[passage.bytes], as: UTF8.self) == passage.text)
    }
    let passage = try #require(try index.search("four", limit: 1).first)
    try folder.write("docs/c.csv", "id,words\n1,three\n", age: 1)
    #expect(try index.documentText(of: passage) == nil)
    unlink(folder["docs/c.csv"])
    #expect(
      throws: IndexError.unreachable(path: folder["docs/c.csv"], reason: "not readable")
    ) { try index.documentText(of: passage) }
  }

  @Test func `a file that changes while it is read is read again`() throws {
    let path = try folder.write("docs/a.txt", "text one")
    let file = try SourceFile(path: path)
    #expect(file.stampAfterReading == file.stamp)
    try folder.write("docs/b.txt", "x")
    let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
    try handle.write(contentsOf: Data("text two, longer".utf8))
    try handle.close()
    let content = try file.content(as: .text(.prose), knownHash: nil, isCancelled: { false })
    #expect(content.document?.text == Array("text two".utf8))
    #expect(file.stampAfterReading.modified == FileStamp.unknown)
  }
}
