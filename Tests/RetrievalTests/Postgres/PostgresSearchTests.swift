// The same passages as from an index in a file, by words, vectors and both, with their reasons.

import Core
import Foundation
import Testing

@testable import Retrieval

@Suite(.onPostgres) struct PostgresSearchTests {
  private let folder: TemporaryFolder
  private let database: TestDatabase
  private let local: PassageIndex
  private let index: PostgresIndex

  private static let queries = [
    "refund for a broken part", "the", "how do I return the order of the shop",
    "writeBoolean value",
    "deliver deliver deliver", "naïve Café", "検索", "no-such-word-anywhere", "", "' OR 1=1 \\ : & !",
  ]

  init() throws {
    folder = try TemporaryFolder()
    database = try TestDatabase()
    local = try folder.index()
    index = try database.index()
    let tour = URL(filePath: #filePath).deletingLastPathComponent().appending(
      path: "../../../examples/tour/docs"
    ).standardized.path
    for file in try FileManager.default.contentsOfDirectory(atPath: tour)
    where file.hasSuffix(".md") {
      let text = try [UInt8](Data(contentsOf: URL(filePath: "\(tour)/\(file)")))
      try folder.write("docs/tour/\(file)", text)
    }
    try folder.write("docs/code/a.swift", "func writeBoolean(_ value: Bool) {\n  print(value)\n}\n")
    try folder.write(
      "docs/café.md", "# Naïve café\n\nA 'quoted' \\ back\\slash: tab\there.\n\n検索エンジン\n")
    let rows = (0..<60).map {
      #"{"id": "r\#($0)", "title": "Row \#($0)", "text": "the order of row \#($0 % 7)", "kind": "k\#($0 % 3)"}"#
    }
    try folder.write("docs/rows.jsonl", rows.joined(separator: "\n"))
    for store in [local, index] as [any PassageStore] {
      try store.add([folder["docs"]])
      try store.embed(with: StaticTable.embedder())
    }
  }

  @Test func `words, vectors and both find what an index in a file finds`() throws {
    #expect(try index.statistics() == local.statistics())
    #expect(try index.chunkings() == local.chunkings())
    #expect(try index.embedders().map(\.passages) == local.embedders().map(\.passages))
    try expectSameSearches(index, as: local, Self.queries)
    try expectSameSearches(index, as: local, Self.queries) { $0.diversity = 0.5 }
    try expectSameSearches(index, as: local, Self.queries, methods: [.hybrid]) {
      $0.fusion = .ranks
    }
  }

  @Test(arguments: ["tour/*.md", "*.jsonl", "docs/tour", "**/code/**", "re?urns.md", "!*.md"])
  func `a filter of paths lets the same through`(pattern: String) throws {
    try expectSameSearches(index, as: local, Self.queries) { $0.filter.path = pattern }
  }

  @Test func `filters of headings, fields and pages let the same through`() throws {
    try expectSameSearches(index, as: local, Self.queries) { $0.filter.heading = "REFUND" }
    try expectSameSearches(index, as: local, Self.queries) { $0.filter.heading = "naïve" }
    try expectSameSearches(index, as: local, Self.queries) { $0.filter.metadata = ["kind": "k1"] }
    try expectSameSearches(index, as: local, Self.queries) {
      $0.filter.metadata = ["kind": "k1", "nothing": "' OR true"]
    }
    try expectSameSearches(index, as: local, Self.queries) { $0.filter.pages = 1...2 }
  }

  @Test func `the inspector is told the same of each passage`() throws {
    let query = "how do I return the order of the shop"
    let vector = try StaticTable.embedder().vectors(of: [query], as: .query) { false }[0]
    var filter = PassageFilter()
    filter.path = "tour/*"
    var settings = RetrievalSettings(limit: 40)
    settings.method = .bm25
    let found = try Retriever(index, models: BuiltinModels()).search(query, with: settings).passages
    #expect(found.count == 40)
    for passage in found {
      let twin = try #require(
        try local.passages(
          in: passage.source, line: passage.lines.lowerBound, phrase: nil, chunking: nil, limit: 50,
          isCancelled: { false }
        ).first { Place($0) == Place(passage) })
      #expect(
        try index.explanations(of: [passage.id], for: query)[passage.id]
          == local.explanations(of: [twin.id], for: query)[twin.id])
      for filter in [PassageFilter(), filter] {
        #expect(
          try index.standing(of: passage.id, for: query, filter: filter) { false }
            == local.standing(of: twin.id, for: query, filter: filter) { false })
        let standing = try index.standing(
          of: passage.id, for: vector, of: StaticEmbedder.name, filter: filter
        ) { false }
        let expected = try local.standing(
          of: twin.id, for: vector, of: StaticEmbedder.name, filter: filter
        ) { false }
        #expect(abs((standing?.score ?? 9) - (expected?.score ?? -9)) < 1e-5)
        #expect(abs((standing?.rank ?? 99) - (expected?.rank ?? -99)) <= 1)
      }
      let neighbours = try index.neighbours(of: passage.id)
      let expected = try local.neighbours(of: twin.id)
      #expect(neighbours.before.map(Place.init) == expected.before.map(Place.init))
      #expect(neighbours.after.map(Place.init) == expected.after.map(Place.init))
    }
  }

  @Test func `passages are found by source, line and phrase`() throws {
    for (source, line, phrase) in [
      ("returns.md", nil, nil), ("tour/returns.md", 30, nil), (nil, nil, "A 'QUOTED'"),
      (nil, nil, "50%_"), ("urns.md", nil, nil),
    ] as [(String?, Int?, String?)] {
      let found = try index.passages(
        in: source, line: line, phrase: phrase, chunking: nil, limit: 9, isCancelled: { false })
      let expected = try local.passages(in: source, line: line, phrase: phrase, limit: 9)
      #expect(found.map(Place.init) == expected.map(Place.init))
    }
  }

  @Test func `documents and their texts are the same`() throws {
    let (documents, expected) = (try index.documents(), try local.documents())
    #expect(documents.map(\.id) == expected.map(\.id))
    for (document, twin) in zip(documents, expected) where document.row == nil {
      #expect(try index.text(of: document) == local.text(of: twin))
    }
    let passage = try #require(
      try index.passages(
        in: "café.md", line: nil, phrase: nil, chunking: nil, limit: 1, isCancelled: { false }
      ).first)
    #expect(try index.path(of: passage) == folder["docs/café.md"])
    #expect(try index.documentText(of: passage)?.hasPrefix("# Naïve café") == true)
    let cut = try index.cutDocument(of: passage, by: [Chunking()])
    #expect(cut?.cuts.values.first?.isEmpty == false)
  }

  @Test func `the doctor finds the same`() throws {
    let (diagnosis, expected) = (try index.diagnose(), try local.diagnose())
    #expect(diagnosis.passages == expected.passages)
    #expect(diagnosis.findings.map(\.kind) == expected.findings.map(\.kind))
    #expect(diagnosis.findings.map(\.count) == expected.findings.map(\.count))
  }
}

/// A collection of abstracts, where it is at hand.
private let cranfield = ProcessInfo.processInfo.environment["WHET_TEST_COLLECTIONS"].map {
  $0 + "/cranfield"
}

@Suite(
  .onPostgres,
  .enabled(if: cranfield != nil, "WHET_TEST_COLLECTIONS is not set: no collection is searched"))
struct PostgresCollectionTests {
  @Test func `questions to a collection get the same passages in two chunkings`() throws {
    let folder = try TemporaryFolder()
    let database = try TestDatabase()
    let (local, index) = (try folder.index(), try database.index())
    let path = try #require(cranfield)
    let small = try #require(Chunking("sentences-60"))
    let rows = try String(contentsOfFile: path + "/corpus.jsonl", encoding: .utf8)
      .split(separator: "\n").prefix(400)
    try folder.write("corpus.jsonl", rows.joined(separator: "\n"))
    for store in [local, index] as [any PassageStore] {
      try store.add(
        [folder["corpus.jsonl"]], reading: ReadingSettings(), by: [Chunking(), small],
        progress: { _ in }, isCancelled: { false })
      try store.embed(with: StaticTable.embedder())
    }
    let queries = try String(contentsOfFile: path + "/queries.jsonl", encoding: .utf8)
      .split(separator: "\n").prefix(20).compactMap {
        try JSON(parsing: String($0))["text"]?.string
      }
    #expect(queries.count == 20)
    try expectSameSearches(index, as: local, queries)
    try expectSameSearches(index, as: local, queries, methods: [.bm25, .hybrid]) {
      $0.chunking = small
    }
  }
}
