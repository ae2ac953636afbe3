import Core
import Foundation
import Testing

// `whet index` and `whet search`, in a pipe.

@Suite struct IndexCommandTests {
  private let home: WhetHome

  init() throws {
    home = try WhetHome()
    try home.write("# Bread\n\nKnead the dough.\n\n# Soup\n\nBoil leeks.\n", to: "docs/food.md")
    try home.write("Leeks grow in winter.\n", to: "docs/garden.txt")
  }

  private var indexFiles: [String] {
    (try? FileManager.default.contentsOfDirectory(atPath: home.indexes)) ?? []
  }

  @Test func `a second run reads only what changed`() throws {
    let first = try home.run("index", "add", "docs")
    #expect(first.status == 0)
    #expect(
      first.output
        == "default: 2 added, 0 changed, 0 unchanged, 0 removed; 3 passages in all\n")

    // Another text of the same size and time, in the same file: only reading it would tell.
    let garden = home.path("docs/garden.txt")
    var status = stat()
    #expect(stat(garden, &status) == 0)
    let file = try #require(FileHandle(forWritingAtPath: garden))
    try file.write(contentsOf: Data("Beans grow in winter.\n".utf8))
    try file.close()
    #expect(utimensat(AT_FDCWD, garden, [status.st_atim, status.st_mtim], 0) == 0)
    let second = try home.run("index", "add", "docs")
    #expect(
      second.output
        == "default: 0 added, 0 changed, 2 unchanged, 0 removed; 3 passages in all\n")
    #expect(try home.run("search", "beans").output == "")

    try home.write("Leeks and beans grow in winter.\n", to: "docs/garden.txt")
    try FileManager.default.removeItem(atPath: home.path("docs/food.md"))
    let third = try home.run("index", "add", "docs")
    #expect(
      third.output
        == "default: 0 added, 1 changed, 0 unchanged, 1 removed; 1 passages in all\n")
  }

  @Test func `progress is plain lines in a pipe and stays in place on a terminal`() throws {
    let piped = try home.run("index", "add", "docs")
    #expect(piped.errors.hasSuffix("\n"))
    #expect(!piped.errors.contains("\u{1B}") && !piped.errors.contains("\r"))

    let terminal = try home.start(["index", "add", "docs", "--index", "other"])
    #expect(try terminal.waitForExit() == .exited(0))
    #expect(String(decoding: terminal.output, as: UTF8.self).contains("\r\u{1B}[K"))
    #expect(terminal.screen.row(0).hasPrefix("other: 2 added"))
    #expect(terminal.screen.row(1) == "")
  }

  @Test func `rows are read by the fields that were chosen, and again without naming them`() throws
  {
    try home.write(
      #"{"key": "k1", "body": "Beans grow."}"# + "\n" + #"{"key": "k2", "body": ""}"# + "\n",
      to: "rows.jsonl")
    let first = try home.run("index", "add", "rows.jsonl", "--id", "key", "--text", "body")
    let path = home.path("rows.jsonl")
    #expect(
      first.output == """
        default: 1 added, 0 changed, 0 unchanged, 0 removed; 1 passages in all
        rows of \(path): id key, title none, text body
        skipped 1 row of \(path): no text in it (line 2)

        """)
    try home.write(#"{"key": "k1", "body": "Leeks grow."}"# + "\n", to: "rows.jsonl")
    let second = try home.run("index", "add")
    #expect(second.output.hasPrefix("default: 0 added, 1 changed, 0 unchanged, 0 removed;"))
    #expect(try home.run("search", "leeks").output.contains("rows.jsonl"))
    let none = try home.run("index", "add", "--index", "other")
    #expect(none.errors.contains("There is no index 'other'"))
    #expect(try home.run("index", "add", "docs", "--max-size", "much").status == 2)
    let small = try home.run("index", "add", "docs", "--max-size", "30")
    #expect(small.output.contains("skipped 1: too large"))
  }

  @Test func `a folder that is missing leaves no index behind`() throws {
    let result = try home.run("index", "add", "nowhere", "docs")
    #expect(result.status == 1)
    #expect(result.errors == "whet: there is no file or folder nowhere\n")
    #expect(indexFiles == [])
    // One that was indexed and is gone is no mistake: its documents go.
    #expect(try home.run("index", "add", "docs").status == 0)
    try FileManager.default.removeItem(atPath: home.path("docs"))
    #expect(try home.run("index", "add", "docs").output.contains("2 removed; 0 passages in all"))
  }

  @Test func `indexes are listed and removed by name`() throws {
    #expect(try home.run("index", "list").output.contains("`whet index add FOLDER` makes one"))
    #expect(try home.run("index", "add", "docs", "--index", "kitchen").status == 0)
    #expect(
      try home.run("index", "list").output
        == "kitchen\t2 documents\t3 passages\t18 tokens\tstructure-230\n")
    #expect(try home.run("index", "remove", "kitchen").output == "removed kitchen\n")
    #expect(indexFiles == [])
    let again = try home.run("index", "remove", "kitchen")
    #expect(again.status == 1)
    #expect(again.errors.hasPrefix("whet: There is no index 'kitchen'"))
  }

  @Test func `an index that can't be read is told and the others are listed`() throws {
    #expect(try home.run("index", "add", "docs", "--index", "good").status == 0)
    try home.write("no index at all, but long enough", to: "data/whet/indexes/bad.sqlite")
    let result = try home.run("index", "list")
    #expect(result.status == 1)
    #expect(result.output.hasPrefix("good\t2 documents"))
    #expect(result.errors.hasPrefix("whet: \(home.indexes)/bad.sqlite is not an index"))
  }

  @Test func `passages are found and printed a line each as JSON`() throws {
    #expect(try home.run("index", "add", "docs").status == 0)
    let text = try home.run("search", "boiling leeks", "-k", "1")
    #expect(text.output.hasPrefix("1. docs/food.md:5-7 › Soup  score "))
    #expect(text.output.hasSuffix("# Soup\n\nBoil leeks.\n"))
    let passages = try home.run("search", "leeks", "--json").lines.map { try JSON(parsing: $0) }
    #expect(Set(passages.map { $0["source"]?.string }) == ["docs/food.md", "docs/garden.txt"])
    for passage in passages {
      let source = try #require(passage["source"]?.string)
      let bytes = try Data(contentsOf: URL(filePath: home.path(source)))
      let start = try #require(passage["start"]?.integer)
      let end = try #require(passage["end"]?.integer)
      #expect(passage["text"]?.string == String(decoding: bytes[start..<end], as: UTF8.self))
      #expect((passage["score"]?.double ?? 0) > 0)
    }
    let none = try home.run("search", "unicorns", "--json")
    #expect(none.status == 0 && none.output == "")
  }
}
