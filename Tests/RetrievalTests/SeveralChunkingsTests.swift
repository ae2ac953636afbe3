// Chunkings that stand beside each other in one index.

import Core
import Foundation
import Testing

@testable import Retrieval

@Suite struct SeveralChunkingsTests {
  private let folder: TemporaryFolder
  private let small = Chunking(.sentences, size: 16)

  init() throws {
    folder = try TemporaryFolder()
    let text = (1...20).map { "Leeks number \($0) grow in winter and in spring." }
    try folder.write("docs/a.md", text.joined(separator: " "))
    try folder.write("more/b.md", text.joined(separator: " "))
    try folder.write("rows/c.jsonl", #"{"id": "one", "text": "Leeks of a row."}"# + "\n")
  }

  @Test func `a new index has only the chunkings that were asked for`() throws {
    let index = try folder.index()
    try index.add([folder["docs"]], by: [small])
    #expect(try index.chunkings() == [small])
    #expect(try index.search("leeks", limit: 100).count == 20)
  }

  @Test func `an index whose files are all gone has only the chunkings that are asked for then`()
    throws
  {
    let index = try folder.index()
    try index.add([folder["docs"]])
    try FileManager.default.removeItem(atPath: folder["docs/a.md"])
    try index.add([folder["docs"]])
    try index.add([folder["more"]], by: [small])
    #expect(try index.chunkings() == [small])
    #expect(try index.search("leeks", limit: 100).count == 20)
  }

  @Test func `an index remembers its first chunking`() throws {
    let index = try folder.index()
    try index.add([folder["docs"]])
    try folder.write("docs/d.md", "Beans.")
    try index.add([folder["docs"]])
    #expect(try index.chunkings() == [Chunking()])
  }

  @Test func `another chunking cuts all that the index has, beside the first one`() throws {
    let index = try folder.index()
    try index.add([folder["docs"], folder["more"], folder["rows"]])
    let before = try index.search("leeks", limit: 100).count
    // Only one of the folders is named.
    let report = try index.add([folder["docs"]], by: [small, small])
    #expect(report.changed == 3)
    #expect(try index.chunkings() == [Chunking(), small])
    #expect(try index.search("leeks", limit: 100).count == before)
    #expect(try index.search("leeks", limit: 100, chunking: small).count == 41)
    let again = try index.add([folder["docs"]], by: [small])
    #expect(again.changed == 0)
  }

  @Test func `a run that was stopped goes on with the new chunking`() throws {
    let index = try folder.index()
    try index.add([folder["docs"], folder["more"]])
    try index.add([folder["docs"]], by: [small], isCancelled: { true })
    try index.add([])
    #expect(try index.search("leeks", limit: 100, chunking: small).count == 40)
  }

  @Test func `a chunking that an index doesn't have is named with those it has`() throws {
    let index = try folder.index()
    try index.add([folder["docs"]])
    let error = #expect(throws: (any Error).self) {
      try index.search("leeks", limit: 1, chunking: small)
    }
    #expect(error.map { "\($0)" }?.contains("structure-230") == true)
  }

  @Test func `a document can be seen with the cuts of chunkings that the index doesn't have`()
    throws
  {
    let index = try folder.index()
    try index.add([folder["docs"]])
    let passage = try #require(index.search("leeks", limit: 1).first)
    let document = try #require(try index.cutDocument(of: passage, by: [Chunking(), small]))
    #expect(document.cuts[small]?.count == 20)
    #expect(document.cuts[Chunking()]?.contains { $0.bytes == passage.bytes } == true)
    #expect(document.text.hasPrefix("Leeks number 1 "))
  }
}
