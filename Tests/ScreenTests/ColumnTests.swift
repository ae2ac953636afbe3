import Core
import Playground
import Testing

@testable import Screen

// What a column tells of its run, in the figures at its foot and before there is an answer.

@Suite("A column's figures")
struct ColumnTests {
  /// The rows of a column after its run said something, without frame and blanks.
  private func rows(
    width: Int, height: Int = 12, _ updates: [(Double, WireEvent, [StreamEvent])]
  ) -> [String] {
    var state = State(
      size: Size(width: width + 2, height: height),
      draft: Draft(promptText: "Why?", models: [ModelReference(provider: "a", model: "b")]),
      models: [], defaults: [.echo], retrieval: RetrievalSettings())
    _ = state.start()
    var run = 0
    for case .startRuns(let plans) in update(&state, .input(.key(Key("r", .control)))) {
      run = plans.first?.number ?? 0
    }
    for (time, wire, events) in updates {
      _ = update(
        &state, .stream(StreamUpdate(number: run, time: time, wire: wire, events: events)))
    }
    return Renderer(theme: .plain).frame(of: state).text.split(separator: "\n")
      .filter { $0.hasPrefix("│") }
      .map { $0.dropFirst().prefix { $0 != "│" }.drop { $0 == " " } }
      .map { row in String(row.reversed().drop { $0 == " " }.reversed()) }
      .filter { !$0.isEmpty }
  }

  private func rows(width: Int, _ updates: (Double, [StreamEvent])...) -> [String] {
    rows(width: width, updates.map { ($0.0, .body([]), $0.1) })
  }

  private static let usage = Usage(
    inputTokens: 1830, outputTokens: 96, cachedInputTokens: 1024, reasoningTokens: 40)

  @Test("Both clocks, thinking and cached tokens are told where there is room")
  func details() {
    let shown = rows(
      width: 78, (410, [.thinking("Well.")]), (2100, [.text("Yes.")]),
      (2410, [.usage(Self.usage), .finish(.stop)]))
    #expect(
      shown.last == "first .41s · text 2.1s · 48 tok/s · 96 tok, 40 thinking · stop · in 1,830")
    let wide = rows(
      width: 100, (410, [.thinking("Well.")]), (2100, [.text("Yes.")]),
      (2410, [.usage(Self.usage), .finish(.stop)]))
    #expect(
      wide.last
        == "first .41s · text 2.1s · 48 tok/s · 96 tok, 40 thinking · stop · in 1,830, 1,024 cached"
    )
  }

  @Test("In a narrow column the figures come before what is said of them")
  func narrow() {
    let shown = rows(
      width: 38, (410, [.thinking("Well.")]), (2100, [.text("Yes.")]),
      (2410, [.usage(Self.usage), .finish(.toolCalls)]))
    #expect(
      shown.suffix(2) == ["tool calls · first .41s · text 2.1s", "48 tok/s · 96 tok · in 1,830"])
  }

  @Test("A rate that the server measured is no estimate, though the tokens are")
  func measuredRate() {
    let shown = rows(width: 60, (100, [.text("One two three.")]), (300, [.rate(52.4)]))
    #expect(shown.last == "first .10s · 52 tok/s · ≈4 tok · in ≈5")
    let estimated = rows(width: 60, (100, [.text("One two three.")]), (300, [.text("")]))
    #expect(estimated.last == "first .10s · ≈20 tok/s · ≈4 tok · in ≈5")
  }

  @Test("The time to the first token counts from the last try")
  func laterTry() {
    let retry = Retry(attempt: 1, attemptLimit: 4, delay: 2000, reason: "HTTP 503.")
    let shown = rows(
      width: 60,
      [
        (10, .retry(retry), [.retry(retry)]),
        (2410, .body([]), [.text("Yes."), .usage(Self.usage), .finish(.stop)]),
      ])
    #expect(shown.last?.hasPrefix("first .40s · ") == true)
  }

  @Test("How far the prompt is read is told until the answer begins")
  func progress() {
    let progress = StreamEvent.progress(PromptProgress(processedTokens: 1200, totalTokens: 3140))
    #expect(rows(width: 60, (100, [progress])) == ["reading the prompt 38 % · 1,200 of 3,140 tok"])
    #expect(
      rows(width: 38, (100, [progress])) == ["reading the prompt 38 %", "1,200 of 3,140 tok"])
    #expect(rows(width: 60, (100, [progress]), (200, [.text("Yes.")])).first == "Yes.")
    let wrong = StreamEvent.progress(PromptProgress(processedTokens: .max, totalTokens: 0))
    #expect(rows(width: 60, (100, [wrong])) == ["waiting…"])
  }

  @Test("A try that failed is told with its reason, the wait, and how to stop it")
  func retry() {
    let retry = Retry(
      attempt: 1, attemptLimit: 4, delay: 1500, reason: "HTTP 429: Too many requests.")
    let failed: (Double, WireEvent, [StreamEvent]) = (10, .retry(retry), [.retry(retry)])
    #expect(
      rows(width: 60, [failed]) == [
        "Waits 2 s, then try 2 of 4 (^C stops it):", "HTTP 429: Too many requests.",
        "next try in 2s",
      ])
    let request = WireEvent.request(SentRequest(wire: .chatCompletions, url: "http://host"))
    #expect(rows(width: 60, [failed, (1510, request, [])]) == ["try 2 of 4 · waiting…"])
  }
}
