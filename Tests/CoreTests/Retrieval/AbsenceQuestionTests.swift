import Core
import Testing

@Suite("What is missed")
struct AbsenceQuestionTests {
  @Test(
    arguments: [
      ("returns.md", [.init(source: "returns.md"), .init(phrase: "returns.md")]),
      (" ./a b.md ", [.init(source: "a b.md"), .init(phrase: "./a b.md")]),
      (
        "docs/a.md:12-40",
        [
          .init(source: "docs/a.md", line: 12), .init(source: "docs/a.md:12-40"),
          .init(phrase: "docs/a.md:12-40"),
        ]
      ),
      ("a.md:0", [.init(source: "a.md:0"), .init(phrase: "a.md:0")]),
      ("\"thirty days\"", [.init(phrase: "thirty days")]),
      ("“dreißig Tage”", [.init(phrase: "dreißig Tage")]),
      ("\"\"", []), ("", []), ("  ", []),
    ] as [(String, [AbsenceQuestion.Reading])])
  func `a line can mean a file, a line of one or a phrase`(
    _ text: String, _ readings: [AbsenceQuestion.Reading]
  ) {
    #expect(AbsenceQuestion(text).readings == readings)
  }

  @Test func `a share of passages is told in few characters`() {
    #expect(
      [0, 0.00001, 0.004, 0.0099, 0.03, 1].map(Numbers.share) == [
        "0 %", "<.1 %", ".4 %", "1 %", "3 %", "100 %",
      ])
  }
}
