import Testing

@testable import Core

@Suite struct RemarkTests {
  @Test func `tags are parted by commas, each once, without blanks around them`() {
    #expect(Remark.tags(in: " wrong, too  long ,,wrong , ") == ["wrong", "too long"])
  }

  @Test func `what would break a line or a list is taken out`() {
    let remark = Remark(score: 9, note: "a\nb\u{1B}[31m\tc", tags: ["x\ny", " "])
    #expect(remark == Remark(note: "a b [31m c", tags: ["x y"]))
    #expect(Remark(note: String(repeating: "é", count: 9_999)).note.utf8.count <= 10_000)
    #expect(Remark(tags: (0..<99).map { "\($0)" }).tags.count == 50)
  }

  @Test func `a remark is the same after it was written and read`() throws {
    for remark in [
      Remark(), Remark(score: 5), Remark(note: "It says “thirty”."),
      Remark(score: 1, tags: ["a", "b"]),
    ] {
      #expect(Remark(json: try JSON(parsing: JSON.object(remark.json).text)) == remark)
    }
    #expect(Remark(json: ["score": 6]) == nil)
    #expect(Remark(json: ["tags": [1]]) == nil)
    #expect(Remark(json: ["note": 1]) == nil)
  }

  @Test func `it is summed up on one line`() {
    #expect(Remark(score: 4, note: "Good.", tags: ["a", "b"]).words == "4/5 · #a #b · Good.")
    #expect(Remark().words.isEmpty)
  }

  @Test func `a preference is the same after it was written and read`() throws {
    let model = ModelReference(provider: "p", model: "m")
    let judges: [Preference.Judge] = [.person, .model(model, rubric: "ab")]
    for judge in judges {
      for outcome in Preference.Outcome.allCases {
        let preference = Preference(
          first: .init(run: "A1", variant: Variant(model, version: "1")),
          second: .init(run: "A2", variant: Variant(model, version: "2")), outcome: outcome,
          judge: judge, isConsistent: judge.isPerson)
        #expect(
          Preference(json: try JSON(parsing: JSON.object(preference.json).text)) == preference)
        #expect(preference.outcome(of: "A2", against: "A1") == outcome.reversed)
      }
    }
  }
}
