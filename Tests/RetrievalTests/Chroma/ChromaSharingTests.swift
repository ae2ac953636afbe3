// Several machines, other programs, and servers that fail.

import Core
import Foundation
import Synchronization
import Testing

@testable import Retrieval

@Suite struct ChromaSharingTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.write("docs/a.md", "# Wheels\n\nA wheel is returned within thirty days.\n")
    try folder.write("docs/b.md", "# Forks\n\nA fork is bent.\n")
  }

  private func found(_ query: String, _ index: ChromaIndex) throws -> [String] {
    var settings = RetrievalSettings(limit: 9)
    settings.method = .bm25
    return try Retriever(index, models: BuiltinModels()).search(query, with: settings).passages
      .map(\.source)
  }

  @Test(arguments: ChromaSite.all)
  func `each machine removes only what it wrote`(site: ChromaSite) throws {
    let collection = try TestCollection(on: site)
    try folder.write("notes/b.txt", "A fork is mended.\n")
    let (one, other) = (try collection.index("a", folder), try collection.index("b", folder))
    try one.add([folder["docs"]])
    try other.add([folder["notes"]])
    try FileManager.default.removeItem(atPath: folder["docs/b.md"])
    try one.add([folder["docs"]])
    #expect(try found("fork", collection.index("c", folder)) == ["notes/b.txt"])
    #expect(try found("wheel", collection.index("b", folder)) == ["docs/a.md"])
    // The other's are not this one's to remove, even when it reads all of its own again.
    try FileManager.default.removeItem(atPath: folder["notes/b.txt"])
    try collection.index("a", folder).add([])
    #expect(try found("fork", collection.index("c", folder)) == ["notes/b.txt"])
    try collection.index("b", folder).add([])
    #expect(try found("fork", collection.index("c", folder)).isEmpty)
  }

  @Test(arguments: ChromaSite.all)
  func `a mirror that was lost is made anew with nothing twice`(site: ChromaSite) throws {
    let collection = try TestCollection(on: site)
    try collection.index("a", folder).add([folder["docs"]])
    let again = try collection.index("new", folder)
    #expect(try found("wheel", again) == ["docs/a.md"])
    try again.add([folder["docs"]])
    #expect(try again.statistics().passages == 2)
    #expect(try again.statistics().documents == 2)
    #expect(try found("wheel", again) == ["docs/a.md"])
    #expect(try collection.index("b", folder).statistics().passages == 2)
  }

  @Test(arguments: ChromaSite.all)
  func `a collection that was removed is written again`(site: ChromaSite) throws {
    let collection = try TestCollection(on: site)
    let index = try collection.index("a", folder)
    try index.add([folder["docs"]])
    let other = try collection.index("other", folder)
    #expect(try other.statistics().passages == 2)
    try index.removeAll()
    // Also for one that has seen it.
    #expect(throws: ChromaError.self) { try collection.index("other", folder).statistics() }
    #expect(throws: ChromaError.noCollection(place: "\(collection.address)")) {
      try collection.index("b", folder).statistics()
    }
    try index.add([])
    #expect(try collection.index("b", folder).statistics().passages == 2)
  }

  @Test func `what was unchanged is neither embedded nor written again`() throws {
    let collection = try TestCollection()
    let memory = try #require(collection.memory)
    try collection.index("a", folder).add([folder["docs"]])
    try folder.write("docs/b.md", "# Forks\n\nA fork is straight.\n", age: 1)
    let before = memory.requests.count
    try collection.index("a", folder).add([])
    let written = memory.requests.dropFirst(before).filter { $0.line.hasSuffix("/upsert") }
    #expect(written.map { $0.body?["ids"]?.array?.count } == [1])
    let after = memory.requests.count
    try collection.index("a", folder).add([])
    #expect(memory.requests.dropFirst(after).allSatisfy { !$0.line.hasSuffix("/upsert") })
  }

  @Test func `a run that fails between two requests is continued`() throws {
    let collection = try TestCollection()
    let memory = try #require(collection.memory)
    let rows = (0..<600).map { #"{"id": "r\#($0)", "text": "row number \#($0)"}"# }
    try folder.write("docs/rows.jsonl", rows.joined(separator: "\n"))
    let local = try folder.index()
    try local.add([folder["docs"]])
    // Every request that writes fails once, then the run is done again with a new program.
    let failed = Failures()
    memory.fail { request in
      let isWrite =
        ["/upsert", "/delete"].contains(where: request.line.hasSuffix)
        || request.line.hasPrefix("PUT ")
      guard isWrite, failed.insert("\(request.line) \(request.body?["ids"]?[0]?.string ?? "")")
      else { return nil }
      return .init(status: "400 Bad Request", body: #"{"message":"not now"}"#)
    }
    var runs = 0
    while runs < 20 {
      runs += 1
      do {
        try collection.index("a", folder).add([folder["docs"]])
        break
      } catch let error where "\(error)".contains("not now") {
        continue
      }
    }
    // Three batches and the mark.
    #expect(runs == 5)
    let sent = memory.requests.filter { $0.line.hasSuffix("/upsert") }
    #expect(sent.count == 6)
    let other = try collection.index("b", folder)
    #expect(try other.statistics().passages == local.statistics().passages)
    #expect(try other.statistics().documents == 602)
  }

  @Test func `a run that is cancelled is continued`() throws {
    let collection = try TestCollection()
    let rows = (0..<600).map { #"{"id": "r\#($0)", "text": "row number \#($0)"}"# }
    try folder.write("docs/rows.jsonl", rows.joined(separator: "\n"))
    let memory = try #require(collection.memory)
    let index = try collection.index("a", folder)
    let report = try index.add(
      [folder["docs"]], reading: ReadingSettings(), by: [], progress: { _ in },
      isCancelled: { memory.requests.contains { $0.line.hasSuffix("/upsert") } })
    #expect(report.wasCancelled)
    #expect(try !index.add([]).wasCancelled)
    #expect(try collection.index("b", folder).statistics().documents == 602)
  }

  @Test(arguments: ChromaSite.all)
  func `another program's collection is searched, and not written to`(site: ChromaSite) throws {
    let collection = try TestCollection(on: site)
    let texts = ["A wheel is round.", "A fork is bent.", "Bread is baked."]
    let embedder = try StaticTable.embedder()
    try collection.makeForeign(
      texts, vectors: embedder.vectors(of: texts, as: .passage) { false })
    let index = try collection.index("a", folder)
    #expect(throws: ChromaError.foreign(place: "\(collection.address)")) {
      try index.add([folder["docs"]])
    }
    #expect(throws: ChromaError.foreign(place: "\(collection.address)")) { try index.removeAll() }
    #expect(try found("wheel", index) == ["notes.txt"])
    var settings = RetrievalSettings(limit: 3)
    let retriever = Retriever(index, models: BuiltinModels())
    // By words only, as long as nobody says what made the vectors.
    #expect(try retriever.search("wheel", with: settings).method == .bm25)
    settings.method = .vector
    #expect(throws: ChromaError.unknownEmbedder(place: "\(collection.address)")) {
      try retriever.search("wheel", with: settings)
    }
    settings.embedder = ModelReference(StaticEmbedder.name)
    let nearest = try retriever.search("Bread is baked.", with: settings).passages
    #expect(nearest.map(\.row).first == "doc-2")
    #expect(abs((nearest.first?.score ?? 0) - 1) < 1e-5)
    settings.filter.metadata = ["kind": "note"]
    settings.filter.pages = 2...2
    #expect(try retriever.search("Bread", with: settings).passages.map(\.text) == [texts[1]])
    #expect(try index.add([]).passages == 3)
  }

  @Test(arguments: ChromaSite.all)
  func `vectors of another length are refused`(site: ChromaSite) throws {
    let collection = try TestCollection(on: site)
    try collection.makeForeign(["one", "two"], vectors: [[1, 0, 0], [0, 1, 0]])
    var settings = RetrievalSettings(limit: 3)
    settings.method = .hybrid
    settings.embedder = ModelReference(StaticEmbedder.name)
    let index = try collection.index("a", folder)
    #expect(throws: EmbeddingError.self) {
      try Retriever(index, models: BuiltinModels()).search("one", with: settings)
    }
  }

  @Test func `the vectors of a collection are all made by one embedder`() throws {
    let collection = try TestCollection()
    let index = try collection.index("a", folder)
    try index.add([folder["docs"]])
    var settings = RetrievalSettings(limit: 3)
    settings.method = .vector
    settings.embedder = ModelReference("local/other")
    let error = ChromaError.otherEmbedder(
      place: "\(collection.address)", embedder: StaticEmbedder.name, wanted: "local/other")
    #expect(throws: error) {
      try Retriever(index, models: BuiltinModels()).search("wheel", with: settings)
    }
    let named = try ChromaIndex(
      ChromaAddress("\(collection.address)?embedder=local/other"), mirror: folder["x.mirror"],
      service: collection.service, models: BuiltinModels())
    #expect(throws: ChromaError.self) { try named.add([folder["docs"]]) }
  }
}

/// What has failed once.
private final class Failures: Sendable {
  private let seen = Mutex<Set<String>>([])

  /// Whether it is the first time.
  func insert(_ name: String) -> Bool { seen.withLock { $0.insert(name).inserted } }
}
