// Indexing files and folders: what is read, what is left out, what a second run does.

import Core
import Foundation
import RandomSource
import Testing

@testable import Retrieval

@Suite struct AddTests {
  private let folder: TemporaryFolder
  private let index: PassageIndex

  init() throws {
    folder = try TemporaryFolder()
    index = try folder.index()
  }

  /// The sources of everything in the index that holds a word.
  private func sources(_ word: String = "text") throws -> [String] {
    try index.search(word, limit: 1000).map(\.source).sorted()
  }

  @Test func `a folder's files are found under its name`() throws {
    try folder.write("tour/returns.md", "# Refunds\n\ntext")
    try folder.write("tour/deep/er/notes.txt", "text")
    try folder.write("tour/main.swift", "// text")
    let report = try index.add([folder["tour"]])
    #expect(report.added == 3)
    #expect(report.passages == 3)
    #expect(report.filesRead == 3)
    #expect(try sources() == ["tour/deep/er/notes.txt", "tour/main.swift", "tour/returns.md"])
    let passage = try #require(try index.search("refunds", limit: 1).first)
    #expect(try index.path(of: passage) == folder["tour/returns.md"])
    #expect(passage.headings == ["Refunds"])
    #expect(passage.lines == 1...3)
    #expect(passage.tokens == TokenEstimate.tokens(in: passage.text))
  }

  @Test func `all but a folder's documents can be dropped`() throws {
    for name in ["old/a.txt", "new/b.txt", "newer/c.txt"] { try folder.write(name, "text") }
    try index.add([folder["old"], folder["new"], folder["newer"]])
    try index.drop(allBut: folder["new"])
    #expect(try sources() == ["new/b.txt"])
  }

  @Test func `statistics count documents, passages, tokens and bytes`() throws {
    try folder.write("docs/a.md", "# A\n\none two\n\n# B\n\nthree")
    try folder.write("docs/empty.md", "")
    try folder.write("docs/binary", [1, 0, 2])
    try index.add([folder["docs"]])
    #expect(
      try index.statistics()
        == IndexStatistics(documents: 2, passages: 2, tokens: 6, bytes: 24))
  }

  @Test func `hidden, ignored and foreign files are left out`() throws {
    for name in [
      "docs/seen.md", "docs/.hidden.md", "docs/.git/config", "docs/.build/x.swift",
      "docs/node_modules/m/index.js", "docs/sub/node_modules/x.js", "docs/out/log.txt",
      "docs/sub/drop.tmp", "docs/sub/keep.tmp", "outside/secret.md",
    ] {
      try folder.write(name, "text")
    }
    try folder.write("docs/.gitignore", "/out/\n*.tmp\n")
    try folder.write("docs/sub/.gitignore", "!keep.tmp\n")
    symlink(folder["outside"], folder["docs/link"])
    symlink(folder["outside/secret.md"], folder["docs/link.md"])
    symlink(folder["docs"], folder["docs/loop"])
    symlink("nowhere", folder["docs/dangling"])
    try index.add([folder["docs"]])
    #expect(try sources() == ["docs/seen.md", "docs/sub/keep.tmp"])
  }

  @Test func `a file with two names is one document`() throws {
    try folder.write("docs/a.md", "text")
    symlink(folder["docs"], folder["other"])
    try index.add([
      folder["docs"], folder["docs/a.md"], folder["docs/../docs"], folder["other"],
      folder["other/a.md"],
    ])
    #expect(try sources() == ["docs/a.md"])
    #expect(try index.add([folder["docs/a.md"]]).unchanged == 1)
    #expect(try sources() == ["docs/a.md"])
  }

  @Test(.enabled(if: ConverterTests.hasPDFReader, "pdftotext is not installed"))
  func `what can't be indexed is skipped with a reason, and read only once`() throws {
    try folder.write("docs/good.md", "text")
    try folder.write("docs/nul.md", Array("text".utf8) + [0])
    try folder.write("docs/late-nul.txt", [UInt8](repeating: 0x61, count: 20_000) + [0])
    try folder.write("docs/control.txt", [0x61, 0xE9, 0x01])
    try folder.write("docs/blank.pdf", "")
    try folder.write("docs/utf16.csv", [0xFF, 0xFE, 0x61, 0x00])
    try folder.write("docs/pipe", "")
    unlink(folder["docs/pipe"])
    mkfifo(folder["docs/pipe"], 0o600)
    try folder.write("docs/large.txt", "")
    truncate(folder["docs/large.txt"], off_t(ReadingSettings.standardMaximumSize) + 1)
    folder.touch("docs/large.txt", age: 0)
    let first = try index.add([folder["docs"]])
    #expect(first.added == 1)
    let reasons = first.skipped.map { "\(($0.path as NSString).lastPathComponent): \($0.reason)" }
    #expect(
      reasons.sorted() == [
        "blank.pdf: " + SkipReason.damaged.description, "control.txt: binary",
        "large.txt: " + SkipReason.tooLarge.description, "late-nul.txt: binary", "nul.md: binary",
        "utf16.csv: not UTF-8",
      ])
    let second = try index.add([folder["docs"]])
    #expect(second.filesRead == 0)
    #expect(Set(second.skipped) == Set(first.skipped))
    #expect(try index.statistics().documents == 1)
  }

  @Test func `text in other encodings is read`() throws {
    try folder.write("docs/latin1.txt", [0x67, 0x72, 0xFC, 0xDF])
    try folder.write("docs/utf16.txt", [0xFF, 0xFE, 0x64, 0x00, 0xE9, 0x00])
    try folder.write("docs/cut.txt", Array("日本".utf8.dropLast()))
    try index.add([folder["docs"]])
    #expect(try sources("grüß") == ["docs/latin1.txt"])
    #expect(try sources("dé") == ["docs/utf16.txt"])
    #expect(try index.statistics().documents == 3)
  }

  @Test(.enabled(if: geteuid() != 0, "root may read everything"))
  func `what may not be read now keeps its passages`() throws {
    try folder.write("docs/sub/a.md", "text")
    try index.add([folder["docs"]])
    // Neither listed, nor entered though listed, nor reached at all.
    for (name, mode) in [("docs/sub", 0), ("docs/sub", 0o400), ("docs", 0)] as [(String, mode_t)] {
      chmod(folder[name], mode)
      defer { chmod(folder[name], 0o700) }
      let report = try index.add([folder["docs"]])
      #expect(report.removed == 0)
      #expect(report.skipped.map(\.reason) == [.notReadable])
      #expect(try sources() == ["docs/sub/a.md"])
    }
    chmod(folder["docs"], 0)
    defer { chmod(folder["docs"], 0o700) }
    #expect(
      throws: IndexError.unreachable(path: folder["docs/sub"], reason: "Permission denied")
    ) { try index.add([folder["docs/sub"]]) }
    #expect(try sources() == ["docs/sub/a.md"])
  }

  @Test func `a second run reads only what changed`() throws {
    for number in 0..<50 { try folder.write("docs/\(number).md", "text \(number)") }
    #expect(try index.add([folder["docs"]]).filesRead == 50)
    #expect(try index.add([folder["docs"]]).filesRead == 0)
    try folder.write("docs/7.md", "text changed", age: 1)
    try folder.write("docs/new.md", "text added")
    folder.touch("docs/8.md", age: 5)
    unlink(folder["docs/9.md"])
    rename(folder["docs/10.md"], folder["docs/renamed.md"])
    let report = try index.add([folder["docs"]])
    #expect(report.changed == 1)
    #expect(report.added == 2)
    #expect(report.removed == 2)
    #expect(report.unchanged == 47)
    #expect(report.filesRead == 4)
    #expect(report.passages == 3)
    #expect(try sources("changed") == ["docs/7.md"])
    #expect(try sources("9").isEmpty)
    #expect(try sources("10") == ["docs/renamed.md"])
    #expect(try sources().count == 50)
    #expect(try index.add([folder["docs"]]).filesRead == 0)
  }

  @Test func `a file replaced by one of the same size and time is noticed`() throws {
    try folder.write("docs/a.md", "text one")
    try index.add([folder["docs"]])
    try folder.write("docs/b.tmp", "text two")
    rename(folder["docs/b.tmp"], folder["docs/a.md"])
    #expect(try index.add([folder["docs"]]).changed == 1)
    #expect(try sources("two") == ["docs/a.md"])
  }

  @Test func `a file written in the same tick as it was read is noticed`() throws {
    let name = folder["docs/a.md"]
    try folder.write("docs/a.md", "text one")
    try Data("text one".utf8).write(to: URL(fileURLWithPath: name))
    var status = stat()
    #expect(stat(name, &status) == 0)
    try index.add([folder["docs"]])
    let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: name))
    try handle.write(contentsOf: Data("text two".utf8))
    try handle.close()
    utimensat(AT_FDCWD, name, [status.st_atim, status.st_mtim], 0)
    #expect(try index.add([folder["docs"]]).changed == 1)
  }

  @Test func `only what was below the given paths is dropped`() throws {
    for name in ["a/x.md", "ab/x.md", "a-b/x.md"] { try folder.write(name, "text") }
    try index.add([folder["a"], folder["ab"], folder["a-b"]])
    for name in ["a/x.md", "ab/x.md", "a-b/x.md"] { unlink(folder[name]) }
    #expect(try index.add([folder["a"]]).removed == 1)
    #expect(try sources() == ["a-b/x.md", "ab/x.md"])
    try FileManager.default.removeItem(atPath: folder["ab"])
    #expect(try index.add([folder["ab"]]).removed == 1)
    #expect(try sources() == ["a-b/x.md"])
  }

  @Test func `a path that never was is an error before anything is done`() throws {
    try folder.write("docs/a.md", "text")
    #expect(throws: IndexError.noSuchFile(path: folder["nothing"])) {
      try index.add([folder["docs"], folder["nothing"]])
    }
    #expect(try sources().isEmpty)
  }

  @Test func `a document that becomes binary loses its passages and comes back`() throws {
    try folder.write("docs/a.md", "text")
    try index.add([folder["docs"]])
    try folder.write("docs/a.md", [0, 1, 2], age: 1)
    #expect(try index.add([folder["docs"]]).skipped.map(\.reason) == [.binary])
    #expect(try sources().isEmpty)
    try folder.write("docs/a.md", "text again", age: 2)
    #expect(try index.add([folder["docs"]]).added == 1)
    #expect(try sources("again") == ["docs/a.md"])
  }

  @Test func `a run that is stopped is continued by the next`() throws {
    for number in 0..<1200 { try folder.write("docs/\(number).md", "text \(number)") }
    var asked = 0
    let first = try index.add(
      [folder["docs"]],
      isCancelled: {
        asked += 1
        return asked > 700
      })
    #expect(first.wasCancelled)
    #expect(0 < first.added && first.added < 1200)
    #expect(try index.statistics().documents == first.added)
    #expect(try sources().count == first.added)
    let second = try index.add([folder["docs"]])
    #expect(!second.wasCancelled)
    #expect(second.unchanged == first.added)
    #expect(second.added == 1200 - first.added)
    #expect(try index.add([folder["docs"]], isCancelled: { true }).wasCancelled)
    #expect(try index.statistics().documents == 1200)
  }

  @Test func `progress counts up to what there is to read`() throws {
    for number in 0..<20 { try folder.write("docs/\(number).md", "text") }
    try index.add([folder["docs/0.md"]])
    var seen: [IndexProgress] = []
    try index.add([folder["docs"]], progress: { seen.append($0) })
    let last = try #require(seen.last)
    #expect(last.filesTotal == 19)
    #expect(last.filesDone == 19)
    #expect(last.bytesTotal == 76)
    #expect(last.bytesDone == 76)
    #expect(last.passages == 19)
    #expect(seen.first?.filesTotal == nil)
    #expect(zip(seen, seen.dropFirst()).allSatisfy { $0.filesDone <= $1.filesDone })
  }

  @Test func `an index does not read itself`() throws {
    try folder.write("a.md", "text")
    try index.add([folder.path])
    #expect(try index.add([folder.path]).skipped.isEmpty)
    #expect(try index.statistics().documents == 1)
  }

  @Test func `databases in use are not opened`() throws {
    try folder.write("docs/a.md", "text")
    let other = try folder.index("docs/other.db")
    try other.add([folder["docs/a.md"]])
    #expect(try other.statistics().documents == 1)
    let report = try withExtendedLifetime(other) { try index.add([folder["docs"]]) }
    #expect(report.filesRead == 1)
    #expect(report.skipped.isEmpty)
  }

  @Test func `two writers and a reader share one index`() async throws {
    for number in 0..<300 { try folder.write("docs/\(number).md", "text \(number)") }
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<2 {
        group.addTask { try folder.index().add([folder["docs"]]) }
      }
      group.addTask {
        for _ in 0..<50 { _ = try index.search("text", limit: 10) }
      }
      try await group.waitForAll()
    }
    #expect(try sources().count == 300)
    #expect(try index.statistics().documents == 300)
  }

  @Test func `changing and dropping leaves nothing behind in the full-text index`() throws {
    var random = SeededRandom(seed: 7)
    let words = ["apple", "readFile", "日本語", "Ünïcode", "running", "it's", "HTTPServer"]
    for round in 0..<6 {
      for number in 0..<15 where Bool.random(using: &random) {
        let text = (0..<Int.random(in: 1...300, using: &random)).map { _ in
          words.randomElement(using: &random) ?? ""
        }
        try folder.write(
          "docs/\(number).md", "# " + text.joined(separator: " ") + "\n\n\(text)", age: round)
      }
      unlink(folder["docs/\(round).md"])
      try index.add([folder["docs"]])
    }
    let fresh = try folder.index("fresh.db")
    try fresh.add([folder["docs"]])
    for word in words {
      let kept = try index.search(word, limit: 1000)
      let made = try fresh.search(word, limit: 1000)
      #expect(kept.map(\.score) == made.map(\.score))
      #expect(Set(kept.map(\.text)) == Set(made.map(\.text)))
    }
    try FileManager.default.removeItem(atPath: folder["docs"])
    try index.add([folder["docs"]])
    for word in words { #expect(try sources(word).isEmpty) }
    #expect(try index.statistics().passages == 0)
  }
}
