import RandomSource
import Testing

@testable import Grading

@Suite struct ResultComparisonTests {
  private func areSame(_ first: [[Int]], _ second: [[Int]], isOrdered: Bool = false) throws -> Bool
  {
    func result(_ rows: [[Int]]) -> SQLResult {
      SQLResult(rows.map { $0.map { .integer(Int64($0)) } })
    }
    return try ResultComparison.difference(
      of: result(second), from: result(first), isOrdered: isOrdered) == nil
  }

  /// All orders of columns, tried one after the other: what the comparison must come to.
  private func areSameByTrying(_ first: [[Int]], _ second: [[Int]], isOrdered: Bool) -> Bool {
    guard first.count == second.count, first.first?.count == second.first?.count else {
      return false
    }
    func orders(_ rest: [Int]) -> [[Int]] {
      rest.isEmpty
        ? [[]] : rest.flatMap { one in orders(rest.filter { $0 != one }).map { [one] + $0 } }
    }
    func ordered(_ rows: [[Int]]) -> [[Int]] {
      isOrdered ? rows : rows.sorted { $0.lexicographicallyPrecedes($1) }
    }
    return orders(Array((first.first ?? []).indices)).contains { order in
      ordered(second.map { row in order.map { row[$0] } }) == ordered(first)
    }
  }

  @Test func `columns are matched as by trying all orders`() throws {
    var random = SeededRandom(seed: 8)
    var sameCount = 0
    for _ in 0..<4000 {
      let columnCount = Int.random(in: 1...4, using: &random)
      let rowCount = Int.random(in: 1...5, using: &random)
      let first = (0..<rowCount).map { _ in
        (0..<columnCount).map { _ in Int.random(in: 0...2, using: &random) }
      }
      let order = Array(0..<columnCount).shuffled(using: &random)
      var second = first.map { row in order.map { row[$0] } }
      let isOrdered = Bool.random(using: &random)
      if !isOrdered { second.shuffle(using: &random) }
      if Bool.random(using: &random) {
        let row = Int.random(in: 0..<rowCount, using: &random)
        let column = Int.random(in: 0..<columnCount, using: &random)
        let other = Int.random(in: 0..<rowCount, using: &random)
        // Within a column, so that each column still holds the same values.
        let value = second[row][column]
        second[row][column] = second[other][column]
        second[other][column] = value
      }
      let isSame = areSameByTrying(first, second, isOrdered: isOrdered)
      sameCount += isSame ? 1 : 0
      #expect(try areSame(first, second, isOrdered: isOrdered) == isSame, "\(first) \(second)")
    }
    #expect((500...3900).contains(sameCount))
  }

  @Test func `twenty columns with the same values are no twenty factorial orders`() throws {
    var random = SeededRandom(seed: 1)
    // Each column is an order of the same numbers: nothing but rows tells them apart.
    let columns = (0..<20).map { _ in Array(0..<50).shuffled(using: &random) }
    let first = (0..<50).map { row in columns.map { $0[row] } }
    let order = Array(0..<20).shuffled(using: &random)
    let second = first.shuffled(using: &random).map { row in order.map { row[$0] } }
    #expect(try areSame(first, second))
    var third = second
    third[0][3] = second[1][3]
    third[1][3] = second[0][3]
    #expect(try !areSame(first, third))
    let same = Array(repeating: Array(repeating: 1, count: 20), count: 50)
    #expect(try areSame(same, same))
  }

  @Test func `columns that are too much alike end in an error, not in hours`() throws {
    // Zeros and ones, each as often in each column: it is as hard as telling graphs apart.
    var random = SeededRandom(seed: 3)
    func table() -> [[Int]] {
      let half = Array(repeating: 0, count: 200) + Array(repeating: 1, count: 200)
      let columns = (0..<40).map { _ in half.shuffled(using: &random) }
      return (0..<400).map { row in columns.map { $0[row] } }
    }
    let first = table()
    let second = table()
    let isSame = try? areSame(first, second)
    #expect(isSame != true)
  }
}
