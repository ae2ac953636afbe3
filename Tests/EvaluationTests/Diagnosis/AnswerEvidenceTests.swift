import Core
import Evaluation
import Testing

@Suite struct AnswerEvidenceTests {
  private func passages(_ texts: String...) -> [Passage] {
    texts.enumerated().map { place, text in
      Passage(source: "\(place).md", bytes: 0..<text.utf8.count, lines: 1...1, text: text)
    }
  }

  private func holding(
    _ answers: String..., to question: String, _ texts: String...
  ) throws -> [Int] {
    let answer = try #require(ExpectedAnswer(anyOf: answers))
    let passages = texts.enumerated().map { place, text in
      Passage(source: "\(place).md", bytes: 0..<text.utf8.count, lines: 1...1, text: text)
    }
    return AnswerEvidence(question: question, answer: answer).passages(among: passages)
      .compactMap { passage in passages.firstIndex(of: passage) }
  }

  @Test func `a passage that holds the answer is told from a mere mention`() throws {
    let found = try holding(
      "Rollo", to: "Who was the leader of the Norse raiders?",
      "A statue of Rollo stands on a square in Rouen.",
      "The Norse raiders, whose leader was Rollo, agreed to serve King Charles.")
    #expect(found == [1])
  }

  @Test func `numbers are the same in any form`() throws {
    for (answer, text) in [
      ("1,204", "The tower has twelve hundred and four steps."),
      ("twenty-five", "The tower has 25 steps."), ("5 million", "The tower has 5,000,000 steps."),
      ("3.5%", "The tower has 3.5 percent more steps."),
      ("two thousand and five", "The tower has 2005 steps."),
    ] {
      #expect(try holding(answer, to: "How many steps has the tower?", text) == [0], "\(answer)")
    }
    for (answer, text) in [
      ("120", "The tower has 1204 steps."), ("25", "The tower has twenty or 5 steps."),
      ("2", "The tower has 2.5 steps."),
    ] {
      #expect(try holding(answer, to: "How many steps has the tower?", text).isEmpty, "\(answer)")
    }
  }

  @Test func `case, marks and articles don't matter, the order of words does`() throws {
    let question = "What does the treaty name?"
    #expect(try holding("the Great Court", to: question, "The treaty names “great court”.") == [0])
    #expect(try holding("great court", to: question, "The treaty names a court, great.").isEmpty)
  }

  @Test func `one wording of several is enough`() throws {
    let found = try holding(
      "10th century", "the 900s", to: "When were the Normans in Normandy?",
      "The Normans came to Normandy in the tenth century.")
    #expect(found == [0])
  }

  @Test func `a long answer is held by passages that say it`() throws {
    let answer =
      "Goods may be sent back within 30 days of delivery when they are unused and packed."
    let question = "Under which conditions may goods be sent back?"
    let says =
      "Goods may be sent back within thirty days of delivery. They must be unused and packed."
    #expect(try holding(answer, to: question, "Goods are sent by train.", says) == [1])
    #expect(try holding(answer, to: question, "Goods may be sent back within 14 days.").isEmpty)
  }

  @Test func `parts may stand in several passages, and none may be missing`() throws {
    var all = Assertion("contains-all", value: ["Rouen", "Bayeux"])
    let evaluated = { (assertion: Assertion) in
      EvaluationCase(id: "1", inputs: [:], assertions: [assertion])
    }
    let answer = try #require(ExpectedAnswer(of: evaluated(all)))
    let evidence = AnswerEvidence(question: "Which towns had a mint?", answer: answer)
    let both = passages(
      "The town of Rouen had a mint.", "Nobody had one.", "A mint was in Bayeux, a small town.")
    #expect(evidence.passages(among: both).map(\.source).sorted() == ["0.md", "2.md"])
    #expect(evidence.passages(among: Array(both.prefix(2))).isEmpty)
    #expect(evidence.narrowed(both).map(\.source).sorted() == ["0.md", "2.md"])
    #expect(evidence.narrowed(Array(both.prefix(2))).count == 2)
    all = Assertion("contains-any", value: ["Rouen", "Bayeux"])
    let any = try #require(ExpectedAnswer(of: evaluated(all)))
    let anyEvidence = AnswerEvidence(question: "Which towns had a mint?", answer: any)
    #expect(anyEvidence.passages(among: Array(both.prefix(2))).map(\.source) == ["0.md"])
  }

  @Test func `a query is held by the passages that name its tables and columns`() throws {
    var assertion = Assertion("sql-execution")
    assertion.value = "SELECT T1.name, count(*) FROM singer AS T1 WHERE country = 'France' -- all"
    let evaluated = EvaluationCase(id: "1", inputs: [:], assertions: [assertion])
    let answer = try #require(ExpectedAnswer(of: evaluated))
    #expect(answer.parts == [["name"], ["singer"], ["country"]])
  }

  @Test func `what no passage could hold is not looked for`() {
    func answer(_ assertion: Assertion?, expected: JSON? = nil) -> ExpectedAnswer? {
      ExpectedAnswer(
        of: EvaluationCase(
          id: "1", inputs: [:], assertions: assertion.map { [$0] } ?? [], expected: expected))
    }
    #expect(answer(Assertion("llm-rubric", value: "It is polite.")) == nil)
    #expect(answer(nil, expected: "Yes.") == nil)
    #expect(answer(nil, expected: true) == nil)
    #expect(answer(Assertion("contains-any", value: ["no", "Paris"])) == nil)
    var negated = Assertion("contains", value: "Paris")
    negated.isNegated = true
    #expect(answer(negated) == nil)
    #expect(answer(nil, expected: ["a": "Paris", "b": 12])?.parts == [["Paris"], ["12"]])
    #expect(answer(nil, expected: ["Paris", "the capital"])?.parts == [["Paris", "the capital"]])
  }

  @Test func `hostile texts cost no more than their length`() throws {
    let long = String(repeating: "rollo ", count: 100_000)
    #expect(try holding("rollo rollo", to: "Who?", long) == [0])
    let answer = String(repeating: "a b c 1 two ", count: 300)
    #expect(try holding(answer, to: "Who is two?", String(long.prefix(10_000))).isEmpty)
    let numbers = String(repeating: "hundred million thousand and ", count: 10_000)
    #expect(try holding("7", to: "Who?", "nine " + numbers).isEmpty)
  }
}
