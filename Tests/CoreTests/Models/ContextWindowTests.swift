import Testing

@testable import Core

@Suite struct ContextWindowTests {
  private func window(_ tokens: Int) throws -> ContextWindow {
    try #require(ContextWindow(of: Parameters(), profile: ModelProfile(contextWindow: tokens)))
  }

  @Test func theWindowThatIsAskedForComesFirst() {
    var parameters = Parameters()
    #expect(ContextWindow(of: parameters, profile: ModelProfile()) == nil)
    parameters.contextWindow = 4096
    #expect(
      ContextWindow(of: parameters, profile: ModelProfile(contextWindow: 131_072))?.tokens == 4096)
    parameters.contextWindow = 0
    #expect(ContextWindow(of: parameters, profile: ModelProfile()) == nil)
  }

  @Test func aPromptWhoseAnswerMayNotFitIsWarnedOf() throws {
    let window = try window(8192)
    #expect(
      window.warning(promptTokens: 5000, answerLimit: 4096)
        == "the prompt is ≈5,000 tokens and the answer may take 4,096: the window of 8,192 may be "
        + "too small.")
    #expect(window.warning(promptTokens: 4096, answerLimit: 4096) == nil)
    #expect(window.warning(promptTokens: .max, answerLimit: .max) != nil)
  }

  @Test func withoutALimitAnAnswerNeedsAnEighth() throws {
    let window = try window(8192)
    #expect(window.warning(promptTokens: 7168, answerLimit: nil) == nil)
    #expect(
      window.warning(promptTokens: 7169, answerLimit: nil)
        == "the prompt is ≈7,169 tokens: the window of 8,192 may be too small for it and the answer."
    )
  }

  @Test func aPromptThatFilledTheWindowMayHaveBeenCut() throws {
    let window = try window(4096)
    let sentence = "The prompt filled the window of 4,096 tokens: the server may have cut it."
    #expect(window.warning(after: Usage(inputTokens: 4096, outputTokens: 1)) == sentence)
    #expect(window.warning(after: Usage(inputTokens: 4095, outputTokens: 1)) == sentence)
    #expect(window.warning(after: Usage(inputTokens: 4094, outputTokens: 1)) == nil)
    #expect(
      window.warning(after: Usage(inputTokens: 9999, outputTokens: 1, isEstimated: true)) == nil)
  }
}
