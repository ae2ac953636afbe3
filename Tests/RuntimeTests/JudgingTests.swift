import Core
import Foundation
import Playground
import Testing

@testable import Runtime

@Suite struct JudgingTests {
  private let folder = NSTemporaryDirectory() + "whet-judging-\(UUID().uuidString)"

  init() throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  }

  private func file(_ name: String = "a.jsonl") -> JudgmentFile {
    JudgmentFile("\(folder)/\(name)")
  }

  private func judgment(_ query: Int, grade: Int? = 1) -> JSON {
    Judgment(query: "\(query)", document: "d", grade: grade).json
  }

  @Test func `writers that append at once lose nothing`() async throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let file = file()
    await withTaskGroup(of: Void.self) { group in
      for writer in 0..<8 {
        group.addTask {
          for mark in 0..<25 { try? file.append([self.judgment(writer * 25 + mark)]) }
        }
      }
    }
    #expect(try file.judgments().count == 200)
  }

  @Test func `a file without an end of line is gone on with`() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let file = file()
    try Data(judgment(1).text.utf8).write(to: URL(filePath: file.path))
    try file.append([judgment(2)])
    #expect(try file.judgments().ids == ["1", "2"])
  }

  @Test func `a line that is none of ours is told, and a disk that is full leaves no half of one`()
    throws
  {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let broken = file("broken.jsonl")
    try Data("{\"query\": \"1\", \"gra".utf8).write(to: URL(filePath: broken.path))
    #expect(throws: RelevanceFileError.self) { try broken.judgments() }
    #expect(try file("missing.jsonl").judgments() == Judgments())
    #expect(throws: PromptFileError.self) { try JudgmentFile("/dev/full").append([judgment(1)]) }
  }

  @Test func `a mark of a passage is kept, told, and taken back`() throws {
    let bench = try Workbench()
    defer { bench.remove() }
    try FileManager.default.createDirectory(
      atPath: Folders(allIn: bench.path, share: nil).indexes, withIntermediateDirectories: true)
    let passage = Passage(source: "returns.md", bytes: 11..<40, lines: 3...3, text: "thirty days")
    func judged(_ grade: Int?) throws -> Relevance? {
      bench.perform(
        .judge(PassageJudging(index: "docs", query: "how long?", passage: passage, grade: grade)))
      try bench.runUntilIdle()
      guard case .relevanceRead(let told)? = bench.events.last else { return nil }
      #expect(told.index == "docs" && told.query == "how long?")
      return told.relevance
    }
    let marked = Relevance(
      grades: ["returns.md": 2], spans: ["returns.md": SpanSet([11..<40])],
      parts: ["returns.md": [11..<40: 2]])
    #expect(try judged(2) == marked)
    bench.perform(.readRelevance(index: "docs", query: "how long?"))
    try bench.runUntilIdle()
    #expect(
      bench.events.last
        == .relevanceRead(QueryRelevance(index: "docs", query: "how long?", relevance: marked)))
    #expect(try judged(nil) == Relevance())
  }
}
