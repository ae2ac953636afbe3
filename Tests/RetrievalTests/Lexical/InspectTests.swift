// Filters, neighbours, and finding the passage that somebody means.

import Core
import Testing

@testable import Retrieval

@Suite struct InspectTests {
  private let folder: TemporaryFolder
  private let index: PassageIndex

  init() throws {
    folder = try TemporaryFolder()
    index = try folder.index()
    let section = String(repeating: "Alpha words fill this section. ", count: 12)
    try folder.write(
      "docs/a.md", "# Top\n\nalpha\n\n## Refunds\n\n\(section)\n\n## Fees\n\n\(section)")
    try folder.write("docs/sub/b.md", "# Other\n\nalpha beta, the Exact Phrase")
    try folder.write(
      "docs/rows.csv", "id,text,lang\n1,alpha one,de\n2,alpha two,en\n3,alpha three,de\n")
    try index.add(
      [folder["docs"]], reading: ReadingSettings(id: "id", text: ["text"]))
  }

  private func sources(_ change: (inout PassageFilter) -> Void) throws -> Set<String> {
    var filter = PassageFilter()
    change(&filter)
    return Set(
      try index.search("alpha", limit: 100, filter: filter).map {
        $0.source + ($0.row.map { "#" + $0 } ?? "")
      })
  }

  @Test func `a path filter is a glob as in gitignore`() throws {
    #expect(try sources { $0.path = "*.md" } == ["docs/a.md", "docs/sub/b.md"])
    #expect(try sources { $0.path = "sub/" } == ["docs/sub/b.md"])
    #expect(try sources { $0.path = "/docs/*.md" } == ["docs/a.md"])
    #expect(try sources { $0.path = "nothing" } == [])
  }

  @Test func `a heading filter wants its words in one heading`() throws {
    #expect(try sources { $0.heading = "refunds" } == ["docs/a.md"])
    #expect(try sources { $0.heading = "top refunds" } == [])
  }

  @Test func `a field of a row must be what the filter says`() throws {
    #expect(try sources { $0.metadata = ["lang": "de"] } == ["docs/rows.csv#1", "docs/rows.csv#3"])
    #expect(try sources { $0.metadata = ["lang": "de", "other": "x"] } == [])
  }

  @Test func `passages without pages are in no range of pages`() throws {
    #expect(try sources { $0.pages = 1...100 } == [])
  }

  @Test func `a standing counts only what the filter lets through`() throws {
    let last = try #require(try index.search("alpha", limit: 100).last)
    var filter = PassageFilter()
    filter.path = "nothing"
    #expect(try index.standing(of: last.id, for: "alpha", filter: filter)?.rank == 1)
    #expect(try #require(try index.standing(of: last.id, for: "alpha")).rank > 1)
  }

  @Test func `neighbours are those of the document`() throws {
    let all = try index.passages(in: "a.md", limit: 10)
    #expect(all.count >= 3)
    for (place, passage) in all.enumerated() {
      let neighbours = try index.neighbours(of: passage.id)
      #expect(neighbours.before == (place > 0 ? all[place - 1] : nil))
      #expect(neighbours.after == (place + 1 < all.count ? all[place + 1] : nil))
    }
  }

  @Test func `a passage is found by source, line and phrase`() throws {
    #expect(
      try index.passages(in: nil, phrase: "exact phrase", limit: 5).map(\.source) == [
        "docs/sub/b.md"
      ])
    #expect(try index.passages(in: "b.md", line: 3, limit: 5).count == 1)
    #expect(try index.passages(in: "b.md", line: 300, limit: 5).isEmpty)
    #expect(try index.passages(in: ".md", limit: 5).isEmpty)
    #expect(try index.passages(in: "docs/sub/b.md", phrase: "alpha", limit: 5).count == 1)
  }

  @Test func `a chunking that the index doesn't have is named`() {
    #expect(throws: MissingChunkingError.self) {
      try index.search("alpha", limit: 1, chunking: Chunking(.tokens, size: 64))
    }
  }
}
