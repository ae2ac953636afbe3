// Searching: what is found, how it is ranked and marked, and that any text is a query.

import Core
import Foundation
import RandomSource
import Testing

@testable import Retrieval

@Suite struct SearchTests {
  private let folder: TemporaryFolder
  private let index: PassageIndex

  init() throws {
    folder = try TemporaryFolder()
    index = try folder.index()
  }

  private func add(_ documents: [String: String]) throws {
    for (name, text) in documents { try folder.write("docs/" + name, text) }
    try index.add([folder["docs"]])
  }

  private func sources(_ query: String) throws -> [String] {
    try index.search(query, limit: 100).map { String($0.source.dropFirst("docs/".count)) }
  }

  private func matches(_ query: String) throws -> [String] {
    let passage = try #require(try index.search(query, limit: 1).first)
    let bytes = Array(passage.text.utf8)
    return passage.matches.map { String(decoding: bytes[$0], as: UTF8.self) }
  }

  @Test func `the passage that fits best comes first`() throws {
    try add([
      "a.md": "Shipping takes three days.", "b.md": "A refund takes 30 days.",
      "c.md": "Refunds: you get the refund within 30 days of delivery.", "d.md": "Nothing.",
    ])
    let found = try index.search("When do I get my refund?", limit: 10)
    #expect(found.map(\.source) == ["docs/c.md", "docs/b.md"])
    #expect(found.map { $0.standings[.bm25]?.rank } == [1, 2])
    #expect(found[0].score > found[1].score && found[1].score > 0)
  }

  @Test func `names and headings count for every passage below them`() throws {
    try add([
      "acme.md": "# Terms\n\n## Ending\n\nThirty days.", "other.md": "# Terms\n\n## Fees\n\nNone.",
    ])
    #expect(try sources("acme") == ["acme.md"])
    #expect(try sources("ending terms").first == "acme.md")
  }

  @Test func `words are found in other forms, cases and accents`() throws {
    try add(["a.txt": "Policies for RETURNED cafés", "b.txt": "unrelated"])
    for query in ["policy", "returning", "cafe", "CAFÉ", "cafe\u{301}"] {
      #expect(try sources(query) == ["a.txt"], "\(query)")
    }
  }

  @Test func `parts of identifiers and of unspaced scripts are found`() throws {
    try add([
      "a.swift": "func writeBoolean(to stream: HTTPServer) {}", "b.txt": "本店的退货政策如下。",
    ])
    #expect(try sources("boolean") == ["a.swift"])
    #expect(try sources("http") == ["a.swift"])
    #expect(try sources("writeBoolean") == ["a.swift"])
    #expect(try sources("退货政策") == ["b.txt"])
    #expect(try matches("boolean server") == ["Boolean", "Server"])
    #expect(try matches("退货政策") == ["退货政策"])
  }

  @Test func `matches are the words as they stand in the text`() throws {
    try add(["a.md": "Die Rückgabe: returns, RETURN and (returned) — 30 days’ tour."])
    #expect(try matches("return day") == ["returns", "RETURN", "returned", "days"])
    #expect(try matches("ruckgabe") == ["Rückgabe"])
    // The name of the document fits, its text doesn't.
    #expect(try matches("docs").isEmpty)
  }

  @Test func `a repeated word of the query counts as often as it stands there`() throws {
    try add(["a.txt": "red red blue", "b.txt": "blue blue red"])
    #expect(try sources("red blue red red").first == "a.txt")
    #expect(try sources("blue red blue blue").first == "b.txt")
  }

  @Test func `equal passages come in the order in which they were indexed`() throws {
    try add(Dictionary(uniqueKeysWithValues: (10..<40).map { ("\($0).txt", "same text") }))
    let found = try sources("same")
    #expect(found == (10..<40).map { "\($0).txt" })
    for _ in 0..<3 { #expect(try sources("same") == found) }
    #expect(
      try index.search("same", limit: 5).map(\.source) == found.prefix(5).map { "docs/" + $0 })
  }

  @Test(arguments: [
    "", " ", "\"", "\"\"\"", "'", "*", "AND", "OR OR", "NOT", "NEAR(", "NEAR(a b, 2)", "name : x",
    "{name headings} : x", "^a", "a + b", "a*", "-a", "(", ")", "\\", "%_", "?1", ":a", "@a", "$a",
    ";--",
    "'; DROP TABLE passage; --", "\0", "alpha\0beta", "\u{1B}[31m", "😀", "👩‍👩‍👧", "e\u{301}",
    "日本語", "عربى", "\u{202E}abc", "\u{FEFF}", "\r\n\t", "…—", "\u{FFFD}", "a\"b", "col:val",
  ])
  func `any text is a query`(_ query: String) throws {
    try add(["a.md": "alpha beta NEAR not and or text a x"])
    _ = try index.search(query, limit: 5)
    #expect(try sources("alpha") == ["a.md"])
  }

  @Test func `random bytes and very long texts are queries`() throws {
    try add(["a.md": "alpha beta"])
    var random = SeededRandom(seed: 3)
    for _ in 0..<300 {
      let bytes = (0..<Int.random(in: 0..<40, using: &random)).map { _ in
        UInt8.random(in: 0...255, using: &random)
      }
      _ = try index.search(String(decoding: bytes, as: UTF8.self), limit: 5)
    }
    let long = (0..<150_000).map { "word\($0)" }.joined(separator: " ")
    #expect(try sources(long).isEmpty)
    #expect(try sources("alpha " + long) == ["a.md"])
    #expect(try sources(String(repeating: "alpha ", count: 200_000)) == ["a.md"])
    #expect(try sources(String(repeating: "日", count: 400_000)).isEmpty)
    #expect(try sources(String(repeating: "x", count: 1 << 20)).isEmpty)
  }

  @Test func `no words find nothing and no limit gives nothing`() throws {
    try add(["a.md": "alpha"])
    #expect(try sources("?! … —").isEmpty)
    #expect(try index.search("alpha", limit: 0).isEmpty)
    #expect(try index.search("alpha", limit: -1).isEmpty)
    #expect(try index.search("alpha", limit: .max).count == 1)
  }

  @Test func `every stored passage is exactly its span in the file`() throws {
    let texts = [
      "bom.md": "\u{FEFF}# Ä\r\n\r\nalpha 日本\r\n",
      "setext.md": "Alpha\n=====\n\nalpha\n\nB\n-\nalpha",
      "fence.md": "# A\n\n```\n# alpha\n\n```\n\nalpha", "none.txt": "alpha",
      "long.txt": String(repeating: "alpha beta. ", count: 2000),
    ]
    try add(texts)
    let found = try index.search("alpha", limit: 1000)
    #expect(Set(found.map(\.source)).count == texts.count)
    for passage in found {
      let path = try #require(try index.path(of: passage))
      let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
      #expect(passage.text.utf8.elementsEqual(bytes[passage.bytes]))
    }
  }

  @Test func `of very many words the rarest are searched for`() throws {
    let query = (0..<200).map { "w\($0)" }.joined(separator: " ")
    var terms = QueryTerms(query, tokenizer: try tokenizer())
    terms.prune { Int($0.word.dropFirst()) ?? 0 }
    #expect(terms.terms.map(\.word) == (1...64).map { "w\($0)" })
  }

  private func tokenizer() throws -> Tokenizer { try index.read { try Tokenizer($0) } }

  @Test func `a search ends when it is cancelled and the next one works`() throws {
    let text = (0..<40).map { "alpha\($0) beta\($0)" }.joined(separator: " ")
    try add(Dictionary(uniqueKeysWithValues: (0..<300).map { ("\($0).txt", text) }))
    // At its first moments, and later.
    for moment in [1, 2] {
      var asked = 0
      #expect(throws: CancellationError.self) {
        try index.search(
          text, limit: 5,
          isCancelled: {
            asked += 1
            return asked >= moment
          })
      }
      #expect(asked == moment)
    }
    #expect(try index.search(text, limit: 5, isCancelled: { false }).count == 5)
  }
}
