import Core
import Evaluation
import Playground
import Testing

@testable import Screen

/// An evaluation while it runs.
@Suite struct EvaluationFrameTests {
  private func running(size: Size) -> State {
    var state = State(
      size: size, draft: Draft(promptText: "{{word}}", models: [.echo]), models: [],
      defaults: [], retrieval: RetrievalSettings())
    _ = state.start()
    let cases = (0..<40).map {
      EvaluationCase(id: "case-\($0)", inputs: ["word": .string("w\($0)\u{1B}[31m")])
    }
    let record = EvaluationRecord(
      id: "e", name: "words", startedAt: 0, datasetHash: "abcdef0123456789", cases: cases,
      variants: ["short", "long"].map {
        EvaluationVariant(name: $0, promptText: "{{word}}", asked: Variant(.echo))
      })
    _ = update(&state, .evaluations(.began(record)))
    var progress = EvaluationProgress(total: 80)
    (progress.done, progress.passed, progress.unmeasured, progress.kept) = (20, 12, 2, 4)
    (progress.inFlight, progress.milliseconds) = (8, 4000)
    progress.cost = Cost(Money(dollars: 0.12))
    let news = (0..<20).map { place in
      var result = EvaluationResult(
        caseID: "case-\(place / 2)", variant: place % 2 == 0 ? "short" : "long",
        output: "An answer.")
      result.grade = Grade([
        AssertionResult(
          type: "contains", passed: place % 3 > 0, score: place % 3 > 0 ? 1 : 0, reason: "So.")
      ])
      return PlacedResult(
        .init(testCase: place / 2, variant: place % 2, repetition: 1), result)
    }
    _ = update(&state, .evaluations(.progressed("e", progress, news)))
    return state
  }

  private func rows(_ state: State) throws -> [Substring] {
    Renderer(theme: try .shipped("dark")).frame(of: state).text.split(separator: "\n")
  }

  @Test(arguments: [
    Size(width: 60, height: 20), Size(width: 105, height: 30), Size(width: 250, height: 70),
  ])
  func `how far it is stands above the cells that have come`(size: Size) throws {
    var state = running(size: size)
    let rows = try rows(state)
    #expect(rows[2].contains("20 of 80 · 12 passed · 2 not measured · 8 in flight"))
    if size.width > 60 { #expect(rows[2].contains("4.0/s · 15s left · $0.12 · 4 kept")) }
    #expect(rows.contains { $0.contains("w0␛[31m") && $0.contains("✗") && $0.contains("✓") })
    #expect(rows.contains { $0.contains("w10␛[31m") && $0.contains("·") && !$0.contains("✓") })
    // What runs is told behind closed pages, too.
    _ = update(&state, .input(.key(Key(.escape))))
    #expect(state.overlays.isEmpty)
    #expect(try self.rows(state)[0].contains("evaluating 20 of 80"))
  }
}
