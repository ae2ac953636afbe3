import Core
import Playground
import Testing

@testable import Screen

// Overlays that show what no script can bring about without a server.

@Suite("Overlays")
struct OverlayTests {
  /// A playground whose first column has said something, with keys pressed.
  private func frame(
    size: Size, wire: WireEvent = .body([]), _ events: StreamEvent...,
    findings: [StreamFinding] = [], keys: String
  ) -> String {
    var state = State(
      size: size,
      draft: Draft(promptText: "Why?", models: [ModelReference(provider: "a", model: "b")]),
      models: [], defaults: [.echo], retrieval: RetrievalSettings())
    _ = state.start()
    var run = 0
    for case .startRuns(let plans) in update(&state, .input(.key(Key("r", .control)))) {
      run = plans.first?.number ?? 0
    }
    _ = update(
      &state, .stream(StreamUpdate(number: run, time: 410, wire: wire, events: events)))
    // From the prompt through the context to the column, unless it fills the screen already.
    if size.width >= 80 { for _ in 0..<2 { _ = update(&state, .input(.key(Key(.tab)))) } }
    for key in keys.split(separator: " ").compactMap({ Key(name: String($0)) }) {
      for case .examineWire(let examination) in update(&state, .input(.key(key))) {
        _ = update(&state, .wireExamined(number: examination.number, findings: findings))
      }
    }
    return Renderer(theme: .plain).frame(of: state).text
  }

  private static let tokens = [
    TokenLogprob(token: "You", logprob: -0.02),
    TokenLogprob(
      token: " can", logprob: -0.89,
      top: [
        .init(token: " can", logprob: -0.89), .init(token: " may", logprob: -0.97),
        .init(token: "\u{1B}[2J\n", logprob: -3.2),
      ]),
    TokenLogprob(token: " refuse", logprob: -9.1, top: [.init(token: " return", logprob: -0.1)]),
  ]

  @Test("Tokens stand with their probabilities and what could have stood in their place")
  func tokenRows() {
    let shown = frame(
      size: Size(width: 105, height: 30), .text("You can refuse"), .logprobs(Self.tokens),
      keys: "p p")
    #expect(shown.contains("┌ How likely the tokens of A were "))
    #expect(shown.contains(" 3 tokens ┐"))
    #expect(shown.contains("  98 % ███████▉ “You” "))
    #expect(shown.contains("  41 % ███▎     “ can”               “ may” 38 %  “␛[2J␊” 4.1 % "))
    #expect(shown.contains(" <.1 %          “ refuse”            “ return” 90 % "))
  }

  @Test("On a small screen tokens keep their probabilities")
  func narrowTokens() {
    let shown = frame(
      size: Size(width: 60, height: 20), .text("You can refuse"), .logprobs(Self.tokens),
      keys: "p p")
    #expect(shown.contains("  41 % ███▎     “ can”         “ may” 38 % "))
  }

  @Test(
    "What the doctor found is told in words, with its row, count and time",
    arguments: [Size(width: 60, height: 20), Size(width: 105, height: 30)])
  func findings(size: Size) {
    let shown = frame(
      size: size, .text("x"),
      findings: [
        StreamFinding(
          row: 13, sentence: "Each piece repeats all the text so far.", count: 1204, time: 412)
      ], keys: "w 3")
    #expect(shown.contains("│ 1 Request   2 Events 1   3 Doctor 1 "))
    #expect(shown.contains("│ Each piece repeats all the text so far. "))
    #expect(shown.contains("│ row 13 of docs/streams.md · 1204 times, first at +0.412s"))
    #expect(shown.contains(" streaming ┐"))
  }

  @Test("Nothing that a server sends reaches the wire view as it is")
  func hostile() {
    let bytes = Array("data: \u{1B}]0;x\u{07}\u{9B}2J\u{202E}\r\n\0\n".utf8) + [0xFF, 0x9B]
    let shown = frame(size: Size(width: 60, height: 20), wire: .body(bytes), keys: "w 2")
    #expect(shown.contains("data: ␛]0;x␇␦2J⟷␍↵"))
    #expect(shown.contains("␀↵"))
    #expect(shown.contains("\\xFF\\x9B"))
    #expect(
      shown.unicodeScalars.allSatisfy { $0 == "\n" || $0.properties.generalCategory != .control })
  }
}
