import Core
import Playground
import Testing

@testable import Screen

/// Costs where they are shown.
@Suite struct CostFrameTests {
  private func state(_ price: Price?) throws -> State {
    let provider = Provider(name: "far", baseURL: "https://far.example/v1")
    let model = ModelReference(provider: "far", model: "model")
    var state = State(
      size: Size(width: 105, height: 30),
      draft: Draft(promptText: String(repeating: "word ", count: 160), models: [model]),
      models: [], defaults: [], retrieval: RetrievalSettings(),
      catalog: ModelCatalog(
        entries: [ModelCatalog.Entry("far/*", ModelProfile(price: price))],
        providers: [provider]))
    _ = state.start()
    _ = update(&state, .input(.key(try #require(Key(name: "ctrl-r")))))
    let events: [StreamEvent] = [
      .text("Hi"), .usage(Usage(inputTokens: 200, outputTokens: 10)), .finish(.stop),
    ]
    let run = try #require(state.columns[0].run)
    _ = update(
      &state, .stream(StreamUpdate(number: run, time: 20, wire: .body([]), events: events)))
    return state
  }

  private func rows(_ state: State) throws -> [Substring] {
    Renderer(theme: try .shipped("dark")).frame(of: state).text.split(separator: "\n")
  }

  @Test func theHeaderHasThePromptsCostAndTheSessions() throws {
    var state = try state(
      Price(input: Money(dollarsPerMillion: 1), output: Money(dollarsPerMillion: 10)))
    let cost = Cost(Money(dollars: 0.02), isPartial: true)
    _ = update(
      &state,
      .sessionChanged(SessionRow(id: "s", name: "s", runCount: 3, cost: cost, lastUsed: "")))
    let rows = try rows(state)
    #expect(rows.first?.contains("session s · 3 runs · $0.02 + unknown") == true)
    #expect(rows.first?.hasSuffix("≈204 tok ≈$0.0002") == true)
    #expect(rows.contains { $0.contains("$0.0003 · ") && $0.contains("10 tok · stop") })
  }

  @Test func whatIsNotKnownIsSaid() throws {
    let rows = try rows(try state(nil))
    #expect(rows.first?.hasSuffix("≈204 tok cost unknown") == true)
    #expect(rows.contains { $0.contains("cost unknown") })
  }

  @Test func whatCostsNothingSaysNothing() throws {
    let rows = try rows(try state(.free))
    #expect(rows.first?.hasSuffix("≈204 tok") == true)
    #expect(!rows.contains { $0.contains("$") || $0.contains("cost") })
  }
}
