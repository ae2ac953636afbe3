// The lexical index gives what scoring every passage gives, however its segments came to be.

import Core
import Foundation
import GRDB
import RandomSource
import Testing

@testable import Retrieval

@Suite struct LexicalSearchTests {
  private let folder: TemporaryFolder
  private let index: PassageIndex

  init() throws {
    folder = try TemporaryFolder()
    index = try folder.index()
  }

  /// A word; few of them are common.
  private func word(_ random: inout SeededRandom) -> String {
    let draw = Double.random(in: 0..<1, using: &random)
    return "word\(Int(exp(draw * 7)) - 1)x"
  }

  private func text(_ words: Int, _ random: inout SeededRandom) -> String {
    (0..<words).map { _ in word(&random) }.joined(separator: " ")
  }

  private func addRows(
    _ name: String, _ rows: Range<Int>, seed: UInt64, age: Int = 0
  ) throws {
    var random = SeededRandom(seed: seed)
    let lines = rows.map { row in
      let text = text(Int.random(in: 1...60, using: &random), &random)
      return #"{"id": "\#(row)", "title": "\#(word(&random))", "text": "\#(text)"}"#
    }
    try folder.write("docs/" + name, lines.joined(separator: "\n") + "\n", age: age)
    try index.add([folder["docs"]])
  }

  private func expectExact(
    _ queries: Int, seed: UInt64, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    var random = SeededRandom(seed: seed)
    let plain = try PlainScorer(index)
    for _ in 0..<queries {
      let query = text(Int.random(in: 1...20, using: &random), &random)
      let ranking = plain.ranking(query)
      let limit = [1, 3, 10, 100, 10_000].randomElement(using: &random) ?? 10
      let found = try index.search(query, limit: limit)
      #expect(
        found.map(\.id) == ranking.prefix(limit).map(\.id), "\(query)",
        sourceLocation: sourceLocation)
      #expect(
        found.map(\.score) == ranking.prefix(limit).map(\.score), sourceLocation: sourceLocation)
      guard let any = ranking.indices.randomElement(using: &random) else { continue }
      #expect(
        try index.standing(of: ranking[any].id, for: query)
          == Standing(rank: any + 1, score: ranking[any].score), sourceLocation: sourceLocation)
    }
  }

  private func segments() throws -> [Segment] {
    try index.read { try Segment.live(chunking: 1, $0) }
  }

  @Test func `a search gives what scoring every passage gives`() throws {
    // Several windows, several blocks of a list.
    try addRows("a.jsonl", 0..<5000, seed: 1)
    try expectExact(12, seed: 2)
  }

  @Test func `it does so over many segments and after they are merged`() throws {
    for part in 0..<7 {
      try addRows("\(part).jsonl", 0..<200, seed: UInt64(part))
    }
    #expect(try segments().count == 7)
    try expectExact(15, seed: 3)
    for part in 7..<20 {
      try addRows("\(part).jsonl", 0..<200, seed: UInt64(part))
    }
    #expect(try segments().map(\.level) == [1, 1, 0, 0, 0, 0])
    try expectExact(15, seed: 4)
  }

  @Test func `small files are merged with each other, not with large segments`() throws {
    for part in 0..<7 {
      try addRows("\(part).jsonl", 0..<1100, seed: UInt64(part))
    }
    let large = try segments().map(\.id)
    #expect(large.count == 7)
    for part in 7..<20 {
      try addRows("\(part).jsonl", 0..<1, seed: UInt64(part))
    }
    let segments = try segments()
    #expect(segments.prefix(7).map(\.id) == large)
    #expect(segments.count <= 14)
    try expectExact(2, seed: 6)
  }

  @Test func `small files between large ones don't pile up`() throws {
    for part in 0..<24 {
      try addRows("\(part).jsonl", 0..<(part.isMultiple(of: 2) ? 1 : 1100), seed: UInt64(part))
    }
    #expect(try segments().count <= 14)
    try expectExact(2, seed: 7)
  }

  @Test func `what is gone is not found, and leaves nothing behind when most is`() throws {
    try addRows("a.jsonl", 0..<500, seed: 1)
    try addRows("b.jsonl", 0..<100, seed: 2)
    // Too few to rewrite the segment for.
    try addRows("b.jsonl", 0..<90, seed: 2, age: 1)
    let all = try index.search("word0x word1x word2x word3x", limit: 10_000)
    #expect(all.count { $0.source == "docs/b.jsonl" } <= 90)
    #expect(try index.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM tombstone") } == 10)
    try addRows("b.jsonl", 0..<3, seed: 2, age: 2)
    try addRows("a.jsonl", 0..<3, seed: 1, age: 3)
    #expect(try index.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM tombstone") } == 0)
    #expect(try segments().reduce(0) { $0 + $1.passages } == 6)
    try expectExact(5, seed: 5)
  }

  /// Writes a file as a segment of its own, with no merge after it.
  private func write(_ name: String, _ text: String) throws {
    _ = try IndexWriter(index.openWriter()).write([
      ReadFile(
        path: "/docs/" + name, source: "docs/" + name,
        stamp: FileStamp(size: 1, modified: 1, inode: 1), hash: 1,
        content: .document(SourceDocument(text: Array(text.utf8), syntax: .prose)))
    ])
  }

  @Test func `a merge that was stopped goes on where it was`() throws {
    var random = SeededRandom(seed: 1)
    for part in 0..<8 {
      let paragraphs = (0..<40).map { _ in text(150, &random) }
      try write("\(part).txt", paragraphs.joined(separator: "\n\n"))
    }
    let query = "word3x word40x word500x word0x"
    let before = try index.search(query, limit: 50)
    var steps = 0
    // A new connection for each step, as if the process before had died.
    while try IndexWriter(index.openWriter()).write({ try SegmentMerge.step($0, bytes: 500) }) {
      steps += 1
      #expect(try index.search(query, limit: 50) == before)
      // A document that goes meanwhile is gone at once, and stays gone.
      if steps == 5 { try IndexWriter(index.openWriter()).remove(["/docs/7.txt"]) }
      if steps == 5 { break }
    }
    let after = try index.search(query, limit: 50)
    #expect(!after.contains { $0.source == "docs/7.txt" })
    while try IndexWriter(index.openWriter()).write({ try SegmentMerge.step($0, bytes: 500) }) {
      steps += 1
      #expect(try index.search(query, limit: 50).map(\.id) == after.map(\.id))
    }
    #expect(steps > 10)
    let merged = try segments()
    #expect(merged.count == 1)
    #expect(
      try index.read { try Int.fetchOne($0, sql: "SELECT count(DISTINCT segment) FROM posting") }
        == 1)
  }

  @Test func `the terms of a passage add up to its score`() throws {
    try addRows("a.jsonl", 0..<300, seed: 1)
    let query = "word0x word3x word3x word17x word200x missing"
    let found = try index.search(query, limit: 300)
    let explanations = try index.explanations(of: found.map(\.id), for: query)
    for passage in found {
      let terms = try #require(explanations[passage.id])
      #expect(terms.reduce(0) { $0 + $1.contribution } == passage.score)
      #expect(terms.allSatisfy { passage.text.contains($0.word) || $0.frequency >= 2 })
    }
    let three = try #require(
      explanations.values.flatMap { $0 }.first { $0.word == "word3x" })
    #expect(three.count == 2)
    #expect(three.passages > 0 && three.inverseFrequency > 0)
  }

  @Test func `a passage without the words has no standing`() throws {
    try addRows("a.jsonl", 0..<50, seed: 1)
    let first = try #require(try index.search("word0x", limit: 1).first)
    #expect(try index.standing(of: first.id, for: "missing") == nil)
    #expect(try index.standing(of: 1_000_000, for: "word0x") == nil)
    #expect(try index.standing(of: first.id, for: "word0x")?.rank == 1)
  }
}
