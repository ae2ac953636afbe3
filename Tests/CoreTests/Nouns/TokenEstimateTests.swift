import Testing

@testable import Core

@Suite struct TokenEstimateTests {
  @Test(arguments: [("", 0), ("a", 1), ("abcd", 1), ("abcde", 2), ("日本", 2), ("né", 2), ("😀", 1)])
  func fourASCIIBytesOrOneOtherScalarAreAToken(_ text: String, _ expected: Int) {
    #expect(TokenEstimate.tokens(in: text) == expected)
  }

  @Test func anEstimateInPiecesIsThatOfTheWhole() {
    var estimate = TokenEstimate()
    for piece in ["On", "e sm", "", "all 日", "本 step"] { estimate.add(piece) }
    #expect(estimate.tokens == TokenEstimate.tokens(in: "One small 日本 step"))
  }

  @Test func aMessageCostsAFewTokensMoreThanItsText() {
    #expect(TokenEstimate.tokens(in: [Message(role: .user, text: "abcd")]) == 5)
  }
}
