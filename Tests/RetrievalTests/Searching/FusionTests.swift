import Core
import RandomSource
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
    // By meaning it is the last of twenty.
    let words = ranking(.bm25, [20: 3])
    let vectors = Ranking(
      leg: .vector,
      passages: (1...20).map { RankedPassage(id: $0, score: 0.52 - 0.01 * Double($0)) })
    #expect(order([words, vectors]).first == 20)
  }

  @Test(arguments: RetrievalSettings.Fusion.allCases)
  func `a list that is asked for longer begins as the shorter one`(
    fusion: RetrievalSettings.Fusion
  ) {
    var random = SeededRandom(seed: 3)
    func ranking(_ leg: Leg) -> Ranking {
      let scores = (0..<900).map { _ in Double.random(in: 0...9, using: &random) }.sorted(by: >)
      return Ranking(
        leg: leg,
        passages: zip((1...900).map(Int64.init).shuffled(using: &random), scores).map {
          RankedPassage(id: $0, score: $1)
        })
    }
    let whole = [ranking(.bm25), ranking(.vector)]
    func ids(depth: Int) -> [Int64] {
      order(
        whole.map { Ranking(leg: $0.leg, passages: Array($0.passages.prefix(depth))) }, by: fusion)
    }
    let longer = ids(depth: 2 * Fusion.depth)
    #expect(longer.count > 2 * Fusion.depth)
    #expect(longer.prefix(50) == ids(depth: Fusion.depth).prefix(50))
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

@Suite("Score smoothing")
struct ScoreSmoothingTests {
  private let passages = [(1, 5.0), (2, 4.0), (3, 3.9), (4, 3.8)].map {
    RankedPassage(id: $0.0, score: $0.1)
  }

  @Test func `passages like each other pass one that is like bad ones`() {
    let smoothed = ScoreSmoothing.smoothed(
      [(1, 5.0), (2, 4.8), (3, 4.7), (4, 1.0)].map { RankedPassage(id: $0.0, score: $0.1) },
      vectors: [1: [1, 0], 2: [0, 1], 3: [0, 1], 4: [1, 0]])
    #expect(smoothed.map(\.id) == [2, 3, 1, 4])
  }

  @Test func `what is like nothing, and what has no vector, keeps its score`() {
    let alone = ScoreSmoothing.smoothed(
      passages, vectors: [1: [1, 0, 0], 2: [0, 1, 0], 3: [0, 0, 1]])
    #expect(alone == passages)
    #expect(ScoreSmoothing.smoothed(passages, vectors: [:]) == passages)
    #expect(ScoreSmoothing.smoothed([], vectors: [:]).isEmpty)
  }

  @Test func `a copy has the score of its like`() {
    let smoothed = ScoreSmoothing.smoothed(
      [RankedPassage(id: 1, score: 2), RankedPassage(id: 2, score: 1)],
      vectors: [1: [1, 0], 2: [1, 0]])
    #expect(abs(smoothed[0].score - 1.7) < 1e-9 && abs(smoothed[1].score - 1.3) < 1e-9)
  }

  @Test func `those beyond the depth stay as they are`() {
    let many = (0..<80).map { RankedPassage(id: Int64($0), score: 100 - Double($0)) }
    let vectors = Dictionary(uniqueKeysWithValues: many.map { ($0.id, [Float(1), 0]) })
    let smoothed = ScoreSmoothing.smoothed(many, vectors: vectors)
    #expect(smoothed.suffix(20) == many.suffix(20))
    #expect(smoothed.prefix(20).map(\.id) == many.prefix(20).map(\.id))
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
