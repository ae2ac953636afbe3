// What a look at an index finds odd, on documents made to be so.

import Core
import Testing

@testable import Retrieval

@Suite struct DiagnosisTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func diagnose(by chunking: Chunking = Chunking()) throws -> IndexDiagnosis {
    let index = try folder.index()
    try index.add([folder["docs"]], by: [chunking])
    return try index.diagnose()
  }

  private func finding(
    _ kind: IndexFinding.Kind, in diagnosis: IndexDiagnosis
  ) -> IndexFinding? {
    diagnosis.findings.first { $0.kind == kind }
  }

  /// A paragraph of words that no other number's has.
  private func words(_ number: Int, count: Int = 60) -> String {
    (0..<count).map { "word\(number)x\($0)" }.joined(separator: " ") + "."
  }

  @Test func `nothing is odd about a few good documents`() throws {
    for number in 1...6 { try folder.write("docs/\(number).md", words(number)) }
    #expect(try diagnose().findings == [])
  }

  @Test func `an index without passages has no findings`() throws {
    try folder.write("docs/empty.md", "\n")
    #expect(try diagnose() == IndexDiagnosis(passages: 0, findings: []))
  }

  @Test func `passages of the same words are duplicates`() throws {
    try folder.write("docs/a.md", words(1))
    try folder.write("docs/b.md", words(2))
    try folder.write("docs/c.md", words(1).uppercased() + "\n")
    let found = try #require(finding(.duplicate, in: diagnose()))
    #expect(found.count == 1)
    #expect(found.examples.first?.places.map(\.source) == ["docs/a.md", "docs/c.md"])
    #expect(found.examples.first?.figure == "2 times")
  }

  @Test func `passages that differ in a word are near duplicates, and others aren't`() throws {
    try folder.write("docs/a.md", words(1, count: 120))
    try folder.write("docs/b.md", "Changed " + words(1, count: 120))
    try folder.write("docs/c.md", words(2, count: 120))
    let found = try #require(finding(.nearDuplicate, in: diagnose(by: Chunking(.document))))
    #expect(found.count == 1)
    #expect(found.examples.first?.places.map(\.source) == ["docs/a.md", "docs/b.md"])
  }

  @Test func `what neighbours share is no near duplicate`() throws {
    try folder.write("docs/a.txt", words(1, count: 600))
    let diagnosis = try diagnose(by: Chunking(.tokens, size: 200, overlap: 190))
    #expect(finding(.nearDuplicate, in: diagnosis) == nil)
  }

  @Test func `a line of many documents is boilerplate`() throws {
    let footer = "Copyright of this page belongs to nobody"
    for number in 1...7 { try folder.write("docs/\(number).md", words(number) + "\n\n" + footer) }
    let found = try #require(finding(.boilerplate, in: diagnose()))
    #expect(found.count == 1)
    #expect(found.examples.first?.excerpt == footer)
    #expect(found.examples.first?.figure == "in 7 of 7 documents")
  }

  @Test func `sentences that go on in the next passage are told with their place`() throws {
    try folder.write(
      "docs/a.txt", String(repeating: "plain words without any mark that ends them ", count: 40))
    try folder.write("docs/b.swift", String(repeating: "let plain = words\n", count: 200))
    let found = try #require(finding(.cutSentence, in: diagnose(by: Chunking(.tokens, size: 100))))
    #expect(found.examples.allSatisfy { $0.places.allSatisfy { $0.source == "docs/a.txt" } })
    #expect(found.examples.first?.places.first?.lines == 1...1)
  }

  @Test func `long and short passages are told by their tokens`() throws {
    try folder.write("docs/long.md", words(1, count: 1000))
    try folder.write("docs/short.md", "Little.")
    let diagnosis = try diagnose(by: Chunking(.document))
    #expect(
      finding(.tooLong, in: diagnosis)?.examples.first?.places.first?.source == "docs/long.md")
    #expect(finding(.tooShort, in: diagnosis)?.examples.first?.figure == "2 tokens")
  }

  @Test func `passages of the same few words aren't found by them`() throws {
    for number in 1...100 { try folder.write("docs/a\(number).md", words(number, count: 12)) }
    let names = ["alpha", "beta", "gamma", "delta", "epsilon"]
    let pairs = names.flatMap { first in names.filter { $0 != first }.map { [first, $0] } }
    for (number, pair) in pairs.enumerated() {
      let text = (pair + names.filter { !pair.contains($0) }).joined(separator: " ")
      try folder.write("docs/z\(number).md", "\(text) and so it goes on in all of them")
    }
    let found = try #require(finding(.unfindable, in: diagnose(by: Chunking(.document))))
    // Twenty are equal, and ten are found.
    #expect(found.count == 10)
    #expect(found.examined == 120)
    #expect(
      found.examples.allSatisfy { $0.places.allSatisfy { $0.source.hasPrefix("docs/z") } })
  }

  @Test func `a list of everything is a hub`() throws {
    for number in 1...150 { try folder.write("docs/\(number).md", words(number, count: 12)) }
    let all = (1...150).map { number in (3...8).map { "word\(number)x\($0)" } }
    try folder.write("docs/list.md", all.joined().joined(separator: " "))
    let found = try #require(finding(.hub, in: diagnose(by: Chunking(.document))))
    #expect(found.count == 1)
    #expect(found.examples.first?.places.first?.source == "docs/list.md")
    #expect(found.examples.first?.figure == "among the first 10 for 150 of 151 queries")
  }

  @Test func `a look can be stopped`() throws {
    try folder.write("docs/a.md", words(1))
    let index = try folder.index()
    try index.add([folder["docs"]])
    #expect(throws: CancellationError.self) { try index.diagnose(isCancelled: { true }) }
  }
}
