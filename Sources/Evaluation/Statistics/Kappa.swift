// How far two raters agree beyond what chance would do (Cohen, Educational and Psychological
// Measurement 20, 1960): a judge model beside people, or two people.

/// Cohen's kappa with its interval.
public struct Kappa: Hashable, Sendable {
  /// How much two different ratings count as agreement.
  public enum Weights: String, Hashable, Sendable, CaseIterable {
    /// Not at all: categories have no order.
    case none
    /// Less by each step between them.
    case linear
    /// Less by the square of the steps between them (Cohen, Psychological Bulletin 70, 1968).
    case quadratic
  }

  /// 1 for full agreement, 0 for that of chance; less than 0 for less than that.
  public let estimate: Double
  /// Of a large sample (Fleiss, Cohen and Everitt, Psychological Bulletin 72, 1969); 0 where all agree,
  /// which says nothing about few ratings.
  public let standardError: Double
  /// The share of agreement, by the weights.
  public let agreement: Double
  /// How many things both rated.
  public let count: Int

  /// Where it lies with a confidence of 95 %, by the normal distribution.
  public var interval: ClosedRange<Double> {
    let reach = 1.959963984540054 * standardError
    return max(-1, estimate - reach)...min(1, estimate + reach)
  }

  /// Of a table of counts: a row for each category of the first rater, a column for each of the second.
  ///
  /// Nil for a table that is not square or holds a count below 0, and where kappa is not defined: with
  /// no ratings, or with all of both raters in one category.
  public init?(table: [[Int]], weights: Weights = .none) {
    let size = table.count
    guard size > 1, table.allSatisfy({ $0.count == size && $0.allSatisfy { $0 >= 0 } }) else {
      return nil
    }
    count = table.joined().reduce(0, +)
    guard count > 0 else { return nil }
    let total = Double(count)
    let shares = table.map { $0.map { Double($0) / total } }
    let rows = shares.map { $0.reduce(0, +) }
    let columns = (0..<size).map { column in shares.reduce(0) { $0 + $1[column] } }
    func weight(_ row: Int, _ column: Int) -> Double {
      let steps = Double(abs(row - column)) / Double(size - 1)
      return switch weights {
      case .none: row == column ? 1 : 0
      case .linear: 1 - steps
      case .quadratic: 1 - steps * steps
      }
    }
    var (observed, expected) = (0.0, 0.0)
    // The mean weight of each row by the columns' shares, and of each column by the rows'.
    var rowWeights = [Double](repeating: 0, count: size)
    var columnWeights = rowWeights
    for row in 0..<size {
      for column in 0..<size {
        let weight = weight(row, column)
        observed += weight * shares[row][column]
        expected += weight * rows[row] * columns[column]
        rowWeights[row] += weight * columns[column]
        columnWeights[column] += weight * rows[row]
      }
    }
    guard expected < 1 else { return nil }
    let kappa = (observed - expected) / (1 - expected)
    var sum = 0.0
    for row in 0..<size {
      for column in 0..<size {
        let term =
          weight(row, column) - (rowWeights[row] + columnWeights[column]) * (1 - kappa)
        sum += shares[row][column] * term * term
      }
    }
    let bias = kappa - expected * (1 - kappa)
    let variance = (sum - bias * bias) / (total * (1 - expected) * (1 - expected))
    estimate = kappa
    agreement = observed
    standardError = max(0, variance).squareRoot()
  }

  /// Of pairs of ratings.
  ///
  /// - Parameters:
  ///   - ratings: what the first and what the second rater said of each thing.
  ///   - categories: all that they could say, in order; ratings that are none of them don't count.
  public init?<Category: Hashable>(
    _ ratings: some Sequence<(Category, Category)>, categories: [Category],
    weights: Weights = .none
  ) {
    var places: [Category: Int] = [:]
    for category in categories where places[category] == nil { places[category] = places.count }
    let empty = [Int](repeating: 0, count: places.count)
    var table = [[Int]](repeating: empty, count: places.count)
    for (first, second) in ratings {
      if let row = places[first], let column = places[second] { table[row][column] += 1 }
    }
    self.init(table: table, weights: weights)
  }
}
