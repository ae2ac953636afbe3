import Core
import Testing

@Suite struct VariantTests {
  static let model = ModelReference(provider: "ollama", model: "llama")
  static let origin = Passage(
    source: "docs/returns.md", row: "7", bytes: 3..<40, lines: 1...2, text: "text"
  ).origin

  static let contexts: [Variant.Context] = {
    var settings = RetrievalSettings(limit: 3)
    settings.method = .vector
    return [.shared, .none, .settings(settings, index: "docs"), .without(origin)]
  }()

  @Test("A variant reads back as itself, whatever its context", arguments: contexts)
  func roundTrip(_ context: Variant.Context) throws {
    var variant = Variant(
      Self.model, version: "abc", parameters: Parameters(temperature: 0.5, stop: ["\n"]),
      context: context)
    variant.name = "terse \u{1B}[31m"
    variant.repeatCount = 5
    #expect(Variant(json: try JSON(parsing: variant.json.text)) == variant)
  }

  @Test
  func `what can't be a variant is none, and a count that can't be is brought into its range`() {
    #expect(Variant(json: ["name": "x"]) == nil)
    #expect(Variant(json: ["model": "a/b", "context": "some"]) == nil)
    #expect(
      Variant(
        json: ["model": "a/b", "context": ["without": ["source": "x", "start": 9, "end": 2]]])
        == nil)
    #expect(Variant(json: ["model": "a/b", "repeat": 1_000_000])?.repeatCount == 20)
    #expect(Variant(json: ["model": "a/b", "repeat": -1])?.repeatCount == 1)
  }

  @Test func `names and repeats are no part of what is asked`() {
    var named = Variant(Self.model)
    named.name = "base"
    named.repeatCount = 4
    #expect(named.asksTheSame(as: Variant(Self.model)))
    #expect(!named.asksTheSame(as: Variant(Self.model, context: .none)))
  }

  @Test func `a variant leaves the passages out that it is to do without`() {
    let passages = [0, 10, 20].map {
      Passage(source: "a.md", bytes: $0..<$0 + 10, lines: 1...1, text: "text")
    }
    let without = Variant(.echo, context: .without(passages[1].origin))
    #expect(without.passages(of: passages) == [passages[0], passages[2]])
    #expect(Variant(.echo).passages(of: passages) == passages)
    #expect(Variant(.echo, context: .none).passages(of: passages) == [])
    #expect(
      Variant(.echo, context: .settings(RetrievalSettings(), index: "x")).passages(of: passages)
        == nil)
  }
}

@Suite struct VariantComparisonTests {
  private let ground = VariantComparison.Ground(
    versionLabels: ["abc": "v3"], settings: RetrievalSettings(), index: "docs")

  private func texts(_ traits: [VariantTrait]) -> [String] { traits.map(\.text) }

  @Test func `what differs is said of each, and what doesn't once`() {
    let comparison = VariantComparison(
      [
        Variant(.echo, parameters: Parameters(seed: 7)),
        Variant(.echo, parameters: Parameters(temperature: 1, seed: 7)),
        Variant(.echo, version: "abc", parameters: Parameters(seed: 7), context: .none),
      ], on: ground)
    #expect(texts(comparison.common) == ["builtin/echo", "seed 7"])
    #expect(comparison.differences.map(texts) == [[], ["temperature 1"], ["v3", "no context"]])
    #expect(comparison.aspects.map(\.name) == ["version", "temperature", "context"])
  }

  @Test func `settings of retrieval are seen against those of the context pane`() {
    var other = RetrievalSettings(limit: 3)
    other.method = .bm25
    let comparison = VariantComparison(
      [
        Variant(.echo), Variant(.echo, context: .settings(other, index: "docs")),
        Variant(.echo, context: .settings(RetrievalSettings(), index: "faq")),
        Variant(.echo, context: .settings(RetrievalSettings(), index: "docs")),
      ], on: ground)
    #expect(
      comparison.differences.map(texts)
        == [[], ["k 3", "method bm25"], ["index faq"], ["a search of its own"]])
  }

  @Test func `a model goes by its own name only where that is no other's`() {
    let a = Variant(ModelReference(provider: "a", model: "llama"))
    let b = Variant(ModelReference(provider: "b", model: "llama"))
    let c = Variant(ModelReference(provider: "b", model: "qwen"))
    #expect(
      VariantComparison([a, b], on: ground).differences.map { $0.map(\.shortText) }
        == [["a/llama"], ["b/llama"]])
    #expect(
      VariantComparison([a, c], on: ground).differences.map { $0.map(\.shortText) }
        == [["llama"], ["qwen"]])
  }

  @Test func `variants that ask the same have all in common`() {
    let comparison = VariantComparison([Variant(.echo), Variant(.echo)], on: ground)
    #expect(texts(comparison.common) == ["builtin/echo"])
    #expect(comparison.differences == [[], []])
    #expect(VariantComparison([], on: ground).common.isEmpty)
  }
}
