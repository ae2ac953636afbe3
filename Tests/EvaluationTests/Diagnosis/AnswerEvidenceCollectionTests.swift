import Core
import Evaluation
import Foundation
import Testing

// How well passages that hold an answer are told from those that don't, on questions whose passage
// is known: SQuAD's, from the collections that `make deep` is given.

private let collection = ProcessInfo.processInfo.environment["WHET_TEST_COLLECTIONS"].map {
  URL(fileURLWithPath: $0).appendingPathComponent("squad2dev")
}

@Suite(
  .enabled(if: collection != nil, "WHET_TEST_COLLECTIONS is not set: no answers are looked for"))
struct AnswerEvidenceCollectionTests {
  private struct Question {
    var text: String
    var answers: [String]
    var document: String
  }

  private static func lines(_ name: String) throws -> [JSON] {
    let file = try #require(collection).appendingPathComponent(name)
    return try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map {
      try JSON(parsing: String($0))
    }
  }

  @Test func `the passage that holds an answer is found, and no other in its absence`() throws {
    let passages = try Self.lines("corpus.jsonl").map { row in
      let text = row["text"]?.string ?? ""
      return Passage(
        source: "corpus.jsonl", row: row["id"]?.string, headings: [row["title"]?.string ?? ""],
        bytes: 0..<text.utf8.count, lines: 1...1, text: text)
    }
    let file = try #require(collection).appendingPathComponent("qrels.tsv")
    let documents = try String(contentsOf: file, encoding: .utf8).split(separator: "\n").dropFirst()
      .reduce(into: [String: String]()) { documents, line in
        let fields = line.split(separator: "\t").map(String.init)
        documents[fields[0]] = fields[1]
      }
    let all = try Self.lines("queries.jsonl").compactMap { row -> Question? in
      guard let id = row["id"]?.string, let text = row["text"]?.string,
        let document = documents[id]
      else { return nil }
      let answers = row["answers"]?.array?.compactMap(\.string) ?? []
      return Question(text: text, answers: answers, document: document)
    }
    let questions = stride(from: 0, to: all.count, by: 6).map { all[$0] }
    let search = TinySearch(passages.map { $0.headings.joined() + " " + $0.text })
    var (asked, first, found, wrong) = (0, 0, 0, 0)
    for question in questions {
      guard let answer = ExpectedAnswer(anyOf: question.answers) else { continue }
      asked += 1
      let evidence = AnswerEvidence(question: question.text, answer: answer)
      let candidates = search.places(for: question.text + " " + answer.searchText, limit: 50)
        .map { passages[$0] }
      let chosen = evidence.passages(among: candidates).map(\.document)
      if chosen.first == question.document { first += 1 }
      if chosen.contains(question.document) { found += 1 }
      let others = candidates.filter { $0.document != question.document }
      if !evidence.passages(among: others).isEmpty { wrong += 1 }
    }
    let share = { (count: Int) in Double(count) / Double(asked) }
    print(
      "answers looked for: \(asked) of \(questions.count); first \(share(first)), found "
        + "\(share(found)), wrong without it \(share(wrong))")
    #expect(share(found) > 0.84)
    #expect(share(wrong) < 0.12)
  }
}
