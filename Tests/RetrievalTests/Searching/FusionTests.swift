import Core
import Testing

@testable import Retrieval

@Suite("Fusion")
struct FusionTests {
  private func ranking(_ leg: Leg, _ scores: KeyValuePairs<Int64, Double>) -> Ranking {
    Ranking(leg: leg, passages: scores.map { RankedPassage(id: $0.key, score: $0.value) })
  }

  private func order(
    _ rankings: [Ranking], by fusion: RetrievalSettings.Fusion = .scores, weight: Double = 0.5
  ) -> [Int64] {
    Fusion.fused(rankings, by: fusion, vectorWeight: weight).map(\.id)
  }

  @Test(arguments: RetrievalSettings.Fusion.allCases)
  func `a passage that both legs find is before those that one finds`(
    fusion: RetrievalSettings.Fusion
  ) {
    let words = ranking(.bm25, [1: 9, 2: 8, 3: 1])
    let vectors = ranking(.vector, [4: 0.9, 2: 0.8, 5: 0.1])
    #expect(order([words, vectors], by: fusion).first == 2)
  }

  @Test(arguments: RetrievalSettings.Fusion.allCases)
  func `at either end of the weight one leg has its way`(fusion: RetrievalSettings.Fusion) {
    let words = ranking(.bm25, [1: 9, 2: 8, 3: 1])
    let vectors = ranking(.vector, [3: 0.9, 2: 0.8, 1: 0.1])
    #expect(order([words, vectors], by: fusion, weight: 0) == [1, 2, 3])
    #expect(order([words, vectors], by: fusion, weight: 1) == [3, 2, 1])
  }

  @Test func `the scale of a leg makes no difference`() {
    let words = ranking(.bm25, [1: 9, 2: 7, 3: 1])
    let vectors = ranking(.vector, [3: 0.9, 1: 0.4, 2: 0.1])
    let larger = ranking(.vector, [3: 900, 1: 400, 2: 100])
    #expect(order([words, vectors]) == order([words, larger]))
  }

  @Test func `the one passage that holds a word stands out`() {
    let words = ranking(.bm25, [7: 3])
    let vectors = ranking(.vector, [1: 0.52, 2: 0.51, 3: 0.5, 4: 0.49, 7: 0.48])
    #expect(order([words, vectors]).first == 7)
  }

  @Test func `legs that find nothing leave the order to the others`() {
    let vectors = ranking(.vector, [3: 0.9, 1: 0.4])
    #expect(order([ranking(.bm25, [:]), vectors]) == [3, 1])
    #expect(order([ranking(.bm25, [:]), ranking(.vector, [:])]).isEmpty)
    #expect(order([]).isEmpty)
  }

  @Test func `among equals those indexed first are first`() {
    let words = ranking(.bm25, [2: 5, 9: 5])
    let vectors = ranking(.vector, [9: 0.5, 2: 0.5])
    #expect(order([words, vectors]) == [2, 9])
  }

  @Test func `several queries of a leg share its weight`() {
    let words = ranking(.bm25, [1: 9, 2: 1])
    let vectors = ranking(.vector, [2: 0.9, 1: 0.1])
    #expect(order([words, words, words, vectors], weight: 0.6).first == 2)
  }
}

@Suite("Diversity")
struct DiversityTests {
  /// 0 and 1 are the same.
  private func similarity(_ one: Int, _ other: Int) -> Double {
    one == other || Set([one, other]) == [0, 1] ? 1 : 0
  }

  @Test func `a copy of what was chosen comes last`() {
    let order = Diversity.order(
      of: [1, 0.9, 0.5, 0.4], limit: 4, diversity: 0.7, similarity: similarity)
    #expect(order == [0, 2, 3, 1])
  }

  @Test func `without a wish for it the order stays`() {
    let order = Diversity.order(
      of: [1, 0.9, 0.5], limit: 2, diversity: 0, similarity: similarity)
    #expect(order == [0, 1])
  }

  @Test func `nothing and equals are no trouble`() {
    #expect(Diversity.order(of: [], limit: 3, diversity: 1, similarity: similarity).isEmpty)
    #expect(
      Diversity.order(of: [2, 2, 2], limit: 9, diversity: 0.5, similarity: { _, _ in 0 })
        == [0, 1, 2])
  }
}
