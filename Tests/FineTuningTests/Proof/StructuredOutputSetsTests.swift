import Core
import Evaluation
import Foundation
import Testing

@testable import FineTuning

// The training sets of examples/structured-output are what its README says they are.

@Suite struct StructuredOutputSetsTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../../examples/structured-output").standardizedFileURL

  private func lines(_ name: String) throws -> [JSON] {
    let text = try String(contentsOf: Self.folder.appending(path: name), encoding: .utf8)
    return try text.split(separator: "\n").map { try JSON(parsing: String($0)) }
  }

  private func examples(_ name: String) throws -> [TrainingExample] {
    try lines(name).map { try #require(TrainingExample(json: $0)) }
  }

  private func schema() throws -> JSON {
    try JSON(
      parsing: String(
        contentsOf: Self.folder.appending(path: "schema.json"), encoding: .utf8))
  }

  private func cases() throws -> [EvaluationCase] {
    try lines("cases.jsonl").map {
      EvaluationCase(
        id: try #require($0["id"]?.string), inputs: ["brief": try #require($0["brief"])])
    }
  }

  private func near(_ name: String) throws -> [String: NearExample] {
    var cases = NearCases(try cases())
    for example in try examples(name) { cases.take(example) }
    return cases.near
  }

  private func likenesses(_ name: String) throws -> [LikenessMatch.Kind: Int] {
    var index = LikenessIndex()
    for (place, example) in try examples(name).enumerated() {
      index.append(ExampleFingerprint(example), line: place + 1)
    }
    return index.finish().reduce(into: [:]) { $0[$1.kind, default: 0] += 1 }
  }

  @Test func `every answer of the good set is of the schema, under one system prompt`() throws {
    let examples = try examples("good.jsonl")
    let schema = try schema()
    #expect(examples.count == 120)
    for example in examples {
      let answer = try JSON(parsing: try #require(example.answer.first?.text))
      #expect(answer.mismatches(with: schema).isEmpty)
    }
    #expect(Set(examples.map { $0.input[0].text }).count == 1)
    #expect(Set(examples.map(\.hash)).count == 120)
  }

  @Test func `few answers of the bad set are`() throws {
    let schema = try schema()
    let right = try examples("bad.jsonl").count { example in
      let answer = try? JSON(parsing: example.answer.first?.text ?? "")
      return answer?.mismatches(with: schema).isEmpty == true
    }
    #expect((10...30).contains(right))
    #expect(Set(try examples("bad.jsonl").map { $0.input[0].text }).count > 4)
  }

  @Test func `evaluation cases are in the bad set only`() throws {
    #expect(try near("good.jsonl").isEmpty)
    #expect(try near("preferences.jsonl").isEmpty)
    #expect(Set(try near("bad.jsonl").keys) == Set((1...6).map { "brief-0\($0)" }))
  }

  @Test func `examples of the good set differ, those of the bad one repeat and contradict`() throws
  {
    #expect(try likenesses("good.jsonl").isEmpty)
    let bad = try likenesses("bad.jsonl")
    #expect(bad[.duplicate] ?? 0 >= 8)
    #expect(bad[.contradiction] ?? 0 >= 5)
    #expect(bad[.nearDuplicate] ?? 0 >= 4)
  }

  @Test func `a preference prefers what the schema describes, and the other is worse`() throws {
    let schema = try schema()
    let pairs = try examples("preferences.jsonl")
    #expect(pairs.count == 32)
    for pair in pairs {
      let preferred = try JSON(parsing: try #require(pair.answer.first?.text))
      #expect(preferred.mismatches(with: schema).isEmpty)
      #expect(pair.rejected != nil)
      #expect(pair.rejected?.first?.text != pair.answer.first?.text)
    }
  }
}
