// The same passages as from an index in a file, by words, vectors and both, with their reasons: on the
// machine that wrote them, and on another.

import Core
import Foundation
import Testing

@testable import Retrieval

@Suite struct ChromaSearchTests {
  private let folder: TemporaryFolder

  private static let queries = [
    "refund for a broken part", "the", "how do I return the order of the shop",
    "writeBoolean value", "deliver deliver deliver", "naïve Café", "検索", "no-such-word-anywhere",
    "",
  ]

  init() throws {
    folder = try TemporaryFolder()
    let tour = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../../examples/tour/docs").standardized.path
    for file in try FileManager.default.contentsOfDirectory(atPath: tour)
    where file.hasSuffix(".md") {
      let text = try [UInt8](Data(contentsOf: URL(filePath: "\(tour)/\(file)")))
      try folder.write("docs/tour/\(file)", text)
    }
    try folder.write("docs/code/a.swift", "func writeBoolean(_ value: Bool) {\n  print(value)\n}\n")
    try folder.write(
      "docs/café.md", "# Naïve café\n\nA 'quoted' \\ back\\slash: tab\there.\n\n検索\n")
    let rows = (0..<60).map {
      #"{"id": "r\#($0)", "title": "Row \#($0)", "text": "order of row \#($0)", "kind": "k\#($0 % 3)"}"#
    }
    try folder.write("docs/rows.jsonl", rows.joined(separator: "\n"))
  }

  /// An index in a file, the collection as it was written from the same folder, and as another machine
  /// sees it.
  private func indexes(
    _ collection: TestCollection
  ) throws -> (local: PassageIndex, own: ChromaIndex, other: ChromaIndex) {
    let local = try folder.index()
    try local.add([folder["docs"]])
    try local.embed(with: StaticTable.embedder())
    let own = try collection.index("a", folder)
    try own.add([folder["docs"]])
    return (local, own, try collection.index("b", folder))
  }

  @Test(arguments: ChromaSite.all)
  func `words, vectors and both find what an index in a file finds`(site: ChromaSite) throws {
    let collection = try TestCollection(on: site)
    let (local, own, other) = try indexes(collection)
    for index in [own, other] {
      #expect(try index.statistics().passages == local.statistics().passages)
      #expect(try index.statistics().documents == local.statistics().documents)
      #expect(try index.statistics().tokens == local.statistics().tokens)
      #expect(try index.chunkings() == local.chunkings())
      #expect(try index.embedders().map(\.name) == [StaticEmbedder.name])
      #expect(try index.embedders().map(\.passages) == local.embedders().map(\.passages))
      try expectSameSearches(index, as: local, Self.queries)
      try expectSameSearches(index, as: local, Self.queries, methods: [.hybrid]) {
        $0.fusion = .ranks
      }
      try expectSameSearches(index, as: local, [Self.queries[0]]) { $0.diversity = 0.5 }
    }
  }

  @Test(arguments: ChromaSite.all)
  func `filters let the same through`(site: ChromaSite) throws {
    let collection = try TestCollection(on: site)
    let (local, own, other) = try indexes(collection)
    let changes: [(inout PassageFilter) -> Void] = [
      { $0.path = "tour/*.md" }, { $0.path = "*.jsonl" }, { $0.path = "!*.md" },
      { $0.heading = "REFUND" }, { $0.heading = "naïve" }, { $0.metadata = ["kind": "k1"] },
      { $0.metadata = ["kind": "k1", "none": "' OR true"] }, { $0.pages = 1...2 },
    ]
    for index in [own, other] {
      for change in changes {
        try expectSameSearches(index, as: local, Array(Self.queries.prefix(3))) {
          change(&$0.filter)
        }
      }
    }
  }

  @Test(arguments: ChromaSite.all)
  func `the inspector is told the same of each passage`(site: ChromaSite) throws {
    let collection = try TestCollection(on: site)
    let (local, own, other) = try indexes(collection)
    let query = "how do I return the order of the shop"
    let vector = try StaticTable.embedder().vectors(of: [query], as: .query) { false }[0]
    var filter = PassageFilter()
    filter.path = "tour/*"
    for index in [own, other] {
      var settings = RetrievalSettings(limit: 12)
      settings.method = .bm25
      let found = try Retriever(index, models: BuiltinModels()).search(query, with: settings)
      #expect(found.passages.count == 12)
      for passage in found.passages {
        let twin = try #require(
          try local.passages(
            in: passage.source, line: passage.lines.lowerBound, phrase: nil, limit: 50
          ).first { Place($0) == Place(passage) })
        #expect(
          try index.explanations(of: [passage.id], for: query)[passage.id]
            == local.explanations(of: [twin.id], for: query)[twin.id])
        for filter in [PassageFilter(), filter] {
          let standing = try index.standing(
            of: passage.id, for: vector, of: StaticEmbedder.name, filter: filter
          ) { false }
          let expected = try local.standing(
            of: twin.id, for: vector, of: StaticEmbedder.name, filter: filter
          ) { false }
          #expect(abs((standing?.score ?? 9) - (expected?.score ?? -9)) < 1e-5)
          #expect(abs((standing?.rank ?? 99) - (expected?.rank ?? -99)) <= 1)
        }
        let (neighbours, expected) = (
          try index.neighbours(of: passage.id), try local.neighbours(of: twin.id)
        )
        #expect(neighbours.before.map(Place.init) == expected.before.map(Place.init))
        #expect(neighbours.after.map(Place.init) == expected.after.map(Place.init))
        #expect(try index.path(of: passage) == (index === own ? local.path(of: twin) : nil))
      }
      let (diagnosis, expected) = (try index.diagnose(), try local.diagnose())
      #expect(diagnosis.findings.map(\.kind) == expected.findings.map(\.kind))
      #expect(diagnosis.findings.map(\.count) == expected.findings.map(\.count))
      let texts = try index.documents().map { try index.text(of: $0) }
      #expect(try Set(texts) == Set(local.documents().map { try local.text(of: $0) }))
    }
  }

  @Test(arguments: ChromaSite.all)
  func `what changed and what went is seen on every machine`(site: ChromaSite) throws {
    let collection = try TestCollection(on: site)
    let (_, own, other) = try indexes(collection)
    #expect(try other.statistics().documents > 60)
    try folder.write("docs/café.md", "# Naïve café\n\nNow with ice and a refund.\n", age: 1)
    try FileManager.default.removeItem(atPath: folder["docs/code/a.swift"])
    try FileManager.default.removeItem(atPath: folder["docs/rows.jsonl"])
    try own.add([])
    let fresh = try folder.index("fresh.db")
    try fresh.add([folder["docs"]])
    try fresh.embed(with: StaticTable.embedder())
    for index in [own, try collection.index("b", folder), try collection.index("c", folder)] {
      #expect(try index.statistics().passages == fresh.statistics().passages)
      #expect(try index.statistics().documents == fresh.statistics().documents)
      try expectSameSearches(index, as: fresh, Self.queries, methods: [.vector])
    }
    // A machine that comes anew has no traces of what went.
    try expectSameSearches(try collection.index("c", folder), as: fresh, Self.queries)
  }

  @Test(arguments: ChromaSite.all)
  func `chunkings stand beside each other`(site: ChromaSite) throws {
    let collection = try TestCollection(on: site)
    let (local, own, _) = try indexes(collection)
    let small = Chunking(.sentences, size: 60)
    for index in [local, own] as [any PassageStore] {
      try index.add(
        [], reading: ReadingSettings(), by: [small], progress: { _ in }, isCancelled: { false })
    }
    try local.embed(with: StaticTable.embedder())
    for index in [own, try collection.index("b", folder)] {
      #expect(try index.statistics().passages == local.statistics().passages)
      #expect(try index.chunkings() == local.chunkings())
      try expectSameSearches(index, as: local, Self.queries, methods: [.vector])
      try expectSameSearches(index, as: local, Self.queries, methods: [.vector]) {
        $0.chunking = small
      }
    }
  }
}

/// A collection of abstracts, where it is at hand.
private let cranfield = ProcessInfo.processInfo.environment["WHET_TEST_COLLECTIONS"].map {
  $0 + "/cranfield"
}

@Suite(
  .enabled(if: cranfield != nil, "WHET_TEST_COLLECTIONS is not set: no collection is searched"),
  .enabled(if: ChromaSite.realPort != nil, "WHET_TEST_SERVERS names no port: Chroma is not tried"))
struct ChromaCollectionTests {
  @Test func `questions to a collection get the same passages`() throws {
    let folder = try TemporaryFolder()
    let collection = try TestCollection(on: .real)
    let (local, index) = (try folder.index(), try collection.index("a", folder))
    let path = try #require(cranfield)
    let rows = try String(contentsOfFile: path + "/corpus.jsonl", encoding: .utf8)
      .split(separator: "\n")
    try folder.write("corpus.jsonl", rows.joined(separator: "\n"))
    try local.add([folder["corpus.jsonl"]])
    try local.embed(with: StaticTable.embedder())
    try index.add([folder["corpus.jsonl"]])
    let queries = try String(contentsOfFile: path + "/queries.jsonl", encoding: .utf8)
      .split(separator: "\n").prefix(40).compactMap {
        try JSON(parsing: String($0))["text"]?.string
      }
    #expect(queries.count == 40)
    try expectSameSearches(index, as: local, queries)
    try expectSameSearches(try collection.index("b", folder), as: local, queries)
  }
}
