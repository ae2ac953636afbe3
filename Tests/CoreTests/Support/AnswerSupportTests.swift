import RandomSource
import Testing

@testable import Core

@Suite("Support of an answer by passages")
struct AnswerSupportTests {
  private static let passages = [
    SupportPassage(
      title: "returns",
      text: "You may return any part within 30 days of delivery. It must be unused."),
    SupportPassage(
      title: "refunds",
      text: "Refunds are paid to Anna Holt within five working days. Vouchers are not paid out."),
    SupportPassage(
      title: "prices",
      text: "| Region | 2022 | 2023 |\n|---|---|---|\n| North | 41.2 | 44.9 |\n| South | 7 | 9 |"),
  ]

  private func support(
    _ text: String, by passages: [SupportPassage] = passages
  ) throws -> SentenceSupport {
    try #require(AnswerSupport(of: text, by: passages).sentences.first)
  }

  @Test(
    "Paraphrases with the same numbers and names are supported",
    arguments: [
      "Parts can be returned for thirty days after delivery.",
      "Anna Holt is paid the refund within 5 working days.",
      "In 2023, the North came to 44.9.", "Vouchers aren't paid out.",
    ])
  func supported(text: String) throws {
    #expect(try support(text).verdict == .supported)
  }

  @Test("What supports a sentence are the statements that say it")
  func evidence() throws {
    let found = try support("Parts can be returned within 30 days of delivery.")
    #expect(found.evidence == [SupportEvidence(passage: 0, spans: [0..<51])])
    #expect(found.reason { "\($0 + 1)" }.hasPrefix("supported by 1: returned, 30, delivery"))
  }

  @Test(
    "Another number, another name and a denial are contradictions",
    arguments: [
      ("You may return any part within 14 days of delivery.", SupportConflict.value("14")),
      ("Refunds are paid to Paul Holt within five working days.", .value("Paul")),
      ("Vouchers are paid out.", .negation),
      ("You may not return any part within 30 days of delivery.", .negation),
    ])
  func contradicted(text: String, conflict: SupportConflict) throws {
    let found = try support(text)
    #expect(found.verdict == .contradicted)
    #expect(found.conflict == conflict)
  }

  @Test("What no passage says is absent, and says what is missing")
  func absent() throws {
    let found = try support("Parcels are insured against theft.")
    #expect(found.verdict == .absent)
    #expect(found.evidence.isEmpty)
    #expect(found.reason { "\($0)" } == "no passage says: Parcels, insured, theft")
  }

  @Test(
    "Questions, headings and phrases of courtesy claim nothing",
    arguments: [
      "Do you want to return it?", "# Returns within 14 days", "I don't know.", "Sure!",
      "Here is what the passages say:", "Let me know if you need more.",
    ])
  func noClaim(text: String) throws {
    #expect(try support(text).verdict == .noClaim)
  }

  @Test("A citation fits where its passage says the sentence")
  func citations() throws {
    #expect(try support("You have 30 days from delivery to return a part [1].").misfits.isEmpty)
    #expect(
      try support("You have 30 days from delivery to return a part [2].").misfits == [48..<51])
    #expect(
      try support("You have 30 days from delivery to return a part [9].").misfits == [48..<51])
    #expect(try support("See [0] for more?").misfits == [4..<7])
  }

  @Test("Passages without words support nothing, and none is no trap")
  func nothing() throws {
    #expect(try support("You have 30 days.", by: []).verdict == .absent)
    #expect(
      try support("You have 30 days.", by: [SupportPassage(text: "—\n\n|||")]).verdict == .absent)
    #expect(AnswerSupport(of: "", by: Self.passages).sentences.isEmpty)
  }

  @Test("What an embedding finds alike raises the share, and overrules no number")
  func likeness() throws {
    func support(_ text: String, likeness: Double) throws -> SentenceSupport {
      try #require(
        AnswerSupport(of: text, by: Self.passages) { _, _ in likeness }.sentences.first)
    }
    let text = "Unused goods qualify for sending in within 30 days."
    #expect(try support(text, likeness: 0).share < support(text, likeness: 0.9).share)
    #expect(
      try support("Return any part within 14 days of delivery.", likeness: 1).verdict
        == .contradicted)
  }

  @Test("Whatever answer and passages hold, all offsets stand in them")
  func hostile() {
    var random = SeededRandom(seed: 9)
    let pieces = [
      "days", "30", "€", "1,5", "9".repeated(400), "-", "not", ".", " ", " ", "\n", "|", "`", "[1]",
      "[2-3]", "é", "三十", "\u{202E}", "\0", "'", "’s", "3rd", "million", "%", "°C", "and", "free",
      "Anna", "--x", "twenty-one", "\u{FEFF}", "#", "e-mail", "0.0.0", "(",
    ]
    func text(_ random: inout SeededRandom) -> String {
      (0..<Int.random(in: 0...60, using: &random))
        .map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
    }
    for _ in 0..<500 {
      let answer = text(&random)
      let passages = (0..<3).map { _ in SupportPassage(text: text(&random)) }
      for sentence in AnswerSupport(of: answer, by: passages).sentences {
        #expect((0...answer.utf8.count).contains(sentence.range.upperBound))
        #expect(sentence.share.isFinite)
        for misfit in sentence.misfits {
          #expect(misfit.lowerBound >= sentence.range.lowerBound)
          #expect(misfit.upperBound <= sentence.range.upperBound)
        }
        for evidence in sentence.evidence {
          let length = passages[evidence.passage].text.utf8.count
          #expect(evidence.spans.allSatisfy { $0.upperBound <= length && !$0.isEmpty })
        }
      }
    }
  }
}

extension String {
  fileprivate func repeated(_ count: Int) -> String { String(repeating: self, count: count) }
}
