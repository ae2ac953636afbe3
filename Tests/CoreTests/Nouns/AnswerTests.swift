import Testing

@testable import Core

@Suite struct AnswerTests {
  @Test func piecesAddUpAndTheClocksStopAtTheFirstOfEach() {
    var answer = Answer()
    answer.apply(.thinking("hm"), at: 100)
    answer.apply(.text("Hello"), at: 250)
    answer.apply(.text(" there"), at: 300)
    answer.apply(.refusal("no"), at: 350)
    answer.apply(.finish(.stop), at: 400)
    #expect(answer.text == "Hello there")
    #expect(answer.thinking == "hm")
    #expect(answer.refusal == "no")
    #expect(answer.finishReason == .stop)
    #expect(answer.timing == Timing(firstActivity: 100, firstText: 250, total: 400))
  }

  @Test func afterTheEndOnlyUsageIsTaken() {
    var answer = Answer()
    answer.apply(.text("a"), at: 1)
    answer.apply(.finish(.length), at: 2)
    answer.apply(.text("b"), at: 3)
    answer.apply(.finish(.stop), at: 4)
    answer.end(.cancelled, at: 5)
    answer.apply(.usage(Usage(inputTokens: 9, outputTokens: 1)), at: 6)
    #expect(answer.text == "a")
    #expect(answer.finishReason == .length)
    #expect(answer.usage == Usage(inputTokens: 9, outputTokens: 1))
    #expect(answer.timing.total == 2)
  }

  @Test func usageIsEstimatedUntilTheServerCounts() {
    var answer = Answer(estimatedInputTokens: 12)
    answer.apply(.text("12345678"), at: 1)
    #expect(answer.usage == Usage(inputTokens: 12, outputTokens: 2, isEstimated: true))
    answer.apply(.usage(Usage(inputTokens: 5, outputTokens: 1)), at: 2)
    answer.apply(.usage(Usage(inputTokens: 5, outputTokens: 3)), at: 3)
    #expect(answer.usage == Usage(inputTokens: 5, outputTokens: 3))
  }

  @Test(arguments: ["many words ", "много слов ", "検索"])
  func aCountOfWhatHasComeStandsWhateverTheEstimateSays(words: String) {
    var answer = Answer()
    answer.apply(.text(String(repeating: words, count: 40)), at: 1)
    answer.apply(.usage(Usage(inputTokens: 9, outputTokens: 20)), at: 2)
    answer.apply(.text(words), at: 3)
    answer.end(.cancelled, at: 4)
    #expect(answer.usage == Usage(inputTokens: 9, outputTokens: 20))
    #expect(Answer(json: .object(answer.json))?.usage == answer.usage)
  }

  @Test func toolCallsAndRefusalsAreEstimatedToo() {
    var answer = Answer()
    answer.apply(.toolCall(ToolCallFragment(index: 0, id: "1", name: "find")), at: 1)
    answer.apply(.toolCall(ToolCallFragment(index: 0, arguments: "{\"query\":1}")), at: 2)
    #expect(answer.usage.outputTokens == 4)
    answer.apply(.refusal("12345678"), at: 3)
    #expect(answer.usage.outputTokens == 6)
    let written = Answer(json: .object(answer.json))
    #expect(written?.usage == answer.usage)
    #expect(written == Answer(json: .object(written?.json ?? [:])))
  }

  @Test func theRateRunsFromTheFirstActivityToTheLast() {
    var answer = Answer()
    #expect(answer.tokensPerSecond == nil)
    answer.apply(.text("a"), at: 500)
    #expect(answer.tokensPerSecond == nil)
    answer.apply(.usage(Usage(inputTokens: 1, outputTokens: 30)), at: 1500)
    #expect(answer.tokensPerSecond == 30)
  }

  @Test func aFailureKeepsTheTextSoFar() {
    var answer = Answer()
    answer.apply(.text("so far"), at: 1)
    answer.apply(.failure("the server is overloaded"), at: 2)
    #expect(answer.text == "so far")
    #expect(answer.finishReason == .error)
    #expect(answer.json["error"] == "the server is overloaded")
  }

  @Test func aFirstToolCallWithANegativeIndexIsTheFirst() {
    var answer = Answer()
    answer.apply(.toolCall(ToolCallFragment(index: -5, name: "open")), at: 1)
    #expect(answer.toolCalls.map(\.name) == ["open"])
  }

  @Test func toolCallsAreMergedByIndexWhateverItIs() {
    var answer = Answer()
    answer.apply(
      .toolCall(ToolCallFragment(index: 1, id: "b", name: "find", arguments: "{\"q\"")), at: 1)
    answer.apply(.toolCall(ToolCallFragment(index: 1, arguments: ":1}")), at: 2)
    answer.apply(.toolCall(ToolCallFragment(index: 0, id: "a", name: "open")), at: 3)
    answer.apply(.toolCall(ToolCallFragment(index: -5, arguments: " ")), at: 4)
    answer.apply(.toolCall(ToolCallFragment(index: .max, arguments: "x")), at: 5)
    #expect(answer.toolCalls.count == 128)
    #expect(answer.toolCalls[1] == ToolCall(id: "b", name: "find", arguments: "{\"q\":1}"))
    #expect(answer.toolCalls[0] == ToolCall(id: "a", name: "open", arguments: " "))
    #expect(answer.json["tool_calls"]?[2]?["arguments"] == "{}")
  }

  @Test func theJSONHasTheMembersThatRunsArePrintedWith() {
    var answer = Answer(estimatedInputTokens: 1)
    answer.apply(.text("hi"), at: 1.5)
    answer.end(.truncated, at: 2)
    #expect(
      JSON.object(answer.json).text == """
        {"output":"hi","thinking":"","refusal":null,"tool_calls":[],"finish_reason":"truncated",\
        "error":null,"usage":{"input_tokens":1,"output_tokens":1,"estimated":true},\
        "timing":{"first_activity_ms":1.5,"first_text_ms":1.5,"total_ms":2}}
        """)
  }
}
