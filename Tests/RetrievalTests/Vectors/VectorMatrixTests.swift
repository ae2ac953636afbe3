import RandomSource
import Testing

@testable import Retrieval

@Suite struct VectorMatrixTests {
  private func matrix(_ vectors: [[Float]]) -> VectorMatrix {
    var matrix = VectorMatrix(dimensions: vectors.first?.count ?? 1)
    for (row, vector) in vectors.enumerated() {
      let coded = CodedVector(vector)
      let entry = VectorMatrix.Entry(
        passage: Int64(row + 1), vector: Int64(row), scale: coded.scale, error: coded.error)
      coded.codes.withUnsafeBytes { matrix.append(entry, codes: $0) }
    }
    return matrix
  }

  private func random(_ count: Int, _ dimensions: Int, seed: UInt64) -> [[Float]] {
    var random = SeededRandom(seed: seed)
    return (0..<count).compactMap { _ in
      (0..<dimensions).map { _ in Float.random(in: -1...1, using: &random) }.normalized
    }
  }

  @Test("the best rows are among the candidates", arguments: [1, 7, 32, 100, 384, 3072])
  func best(dimensions: Int) throws {
    let vectors = random(3000, dimensions, seed: UInt64(dimensions))
    let matrix = matrix(vectors)
    for query in random(5, dimensions, seed: 99) {
      let best = exhaustive(vectors, for: query).prefix(50)
      let found = try matrix.candidates(
        for: query, limit: 50, where: { _ in true }, isCancelled: { false })
      #expect(Set(best).isSubset(of: found.map(\.row)))
      if dimensions >= 100 { #expect(found.count < 1000) }
    }
  }

  @Test func `bounds hold where all values are as large as they can be`() throws {
    let vector = try #require([Float](repeating: 1, count: 4096).normalized)
    let matrix = matrix([vector, vector.map { -$0 }])
    var bounds: [ClosedRange<Float>] = []
    func add(_ candidate: VectorMatrix.Candidate) {
      bounds.append(candidate.lower...candidate.upper)
    }
    try matrix.forEachRow(for: vector, isCancelled: { false }, add)
    #expect(bounds.count == 2)
    #expect(bounds[0].contains(1) && bounds[1].contains(-1))
  }

  @Test func `rows that differ in what codes leave out are all candidates`() throws {
    var vectors = random(1, 64, seed: 5)
    for step in 1..<3000 {
      var vector = vectors[0]
      vector[step % 64] += Float(step) * 1e-9
      vectors.append(vector)
    }
    let found = try matrix(vectors).candidates(
      for: vectors[0], limit: 1, where: { _ in true }, isCancelled: { false })
    #expect(found.count == 3000)
  }

  @Test func `a row of zeros stands at zero`() throws {
    let matrix = matrix([[0, 0, 0], [1, 0, 0]])
    let found = try matrix.candidates(
      for: [0, 1, 0], limit: 5, where: { _ in true }, isCancelled: { false })
    #expect(found.map(\.row) == [0, 1])
    #expect(found.allSatisfy { ($0.lower...$0.upper).contains(0) })
  }

  @Test func `a scan ends when it is cancelled`() {
    let matrix = matrix(random(5000, 8, seed: 3))
    var asked = 0
    #expect(throws: CancellationError.self) {
      try matrix.candidates(
        for: random(1, 8, seed: 4)[0], limit: 3, where: { _ in true },
        isCancelled: {
          asked += 1
          return asked == 2
        })
    }
    #expect(asked == 2)
  }
}
