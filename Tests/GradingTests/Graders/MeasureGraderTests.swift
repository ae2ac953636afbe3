import Core
import Evaluation
import Testing

@testable import Grading

@Suite struct MeasureGraderTests {
  private let grader = Grader.plain
  private var measured: GradedAnswer {
    var answer = answer("one two  three")
    answer.milliseconds = 200
    answer.cost = Money(dollars: 0.01)
    answer.usage = Usage(inputTokens: 100, outputTokens: 20)
    answer.finishReason = .toolCalls
    answer.toolCalls = [
      ToolCallFixture.call("weather"), ToolCallFixture.call("search"),
      ToolCallFixture.call("weather"),
    ]
    return answer
  }

  @Test func `time and money have a limit`() throws {
    #expect(try grader.result(Assertion("latency", nil, threshold: 200), measured).passed)
    #expect(try !grader.result(Assertion("latency", nil, threshold: 199), measured).passed)
    #expect(try grader.result(Assertion("cost", nil, threshold: 0.01), measured).passed)
    #expect(try !grader.result(Assertion("cost", nil, threshold: 0.009), measured).passed)
    #expect(throws: GradingError.self) {
      try grader.result(Assertion("cost", nil, threshold: 1), answer("free?"))
    }
  }

  @Test func `tokens are those of the answer, or of prompt and answer`() throws {
    #expect(try grader.result(Assertion("token-count", nil, threshold: 20), measured).passed)
    #expect(try !grader.result(Assertion("token-count", nil, threshold: 19), measured).passed)
    let config: JSON.Object = ["min": 21, "max": 30]
    #expect(try !grader.result(Assertion("token-count", nil, config: config), measured).passed)
    #expect(try grader.result(Assertion("tokens-used", ["max": 120]), measured).passed)
    #expect(try !grader.result(Assertion("tokens-used", ["max": 119]), measured).passed)
    #expect(throws: GradingError.self) { try grader.result(Assertion("token-count"), measured) }
  }

  @Test func `words are counted between blanks`() throws {
    #expect(try grader.result(Assertion("word-count", 3), measured).passed)
    #expect(try grader.result(Assertion("word-count", ["min": 2, "max": 3]), measured).passed)
    #expect(try !grader.result(Assertion("word-count", ["min": 4]), measured).passed)
    #expect(throws: GradingError.self) {
      try grader.result(Assertion("word-count", ["min": 4, "max": 3]), measured)
    }
  }

  @Test func `how it ended is told in any case`() throws {
    #expect(try grader.result(Assertion("finish-reason", "TOOL_CALLS"), measured).passed)
    #expect(try !grader.result(Assertion("finish-reason", "stop"), measured).passed)
    #expect(try !grader.result(Assertion("finish-reason", "stop"), answer("?")).passed)
  }

  @Test func `tools are compared by their names`() throws {
    let both = try grader.result(Assertion("tool-call-f1", ["search", "weather"]), measured)
    #expect(both.passed && both.score == 1)
    let one = try grader.result(Assertion("tool-call-f1", "weather", threshold: 0.6), measured)
    #expect(one.passed && abs(one.score - 2.0 / 3) < 1e-12)
    #expect(try !grader.result(Assertion("tool-call-f1", "weather"), measured).passed)
  }
}

/// Calls of tools as streams make them.
enum ToolCallFixture {
  static func call(_ name: String) -> ToolCall {
    var answer = Answer()
    answer.apply(
      .toolCall(ToolCallFragment(index: 0, id: nil, name: name, arguments: "{}")), at: 0)
    return answer.toolCalls[0]
  }
}
