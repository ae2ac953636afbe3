import Glibc

// How strong each of several competitors is, from who beat whom: the model of Bradley and Terry
// (Biometrika 39, 1952), in which the odds that one beats another are the ratio of their strengths.
//
// A tie is half a win for each: what Elo ratings do, and what people expect. It is sound as long as
// only the order is asked for, and its intervals are rather too wide than too narrow, since a half is
// less uncertain than a coin.
//
// With few comparisons somebody has always won, and then no finite strength is the likeliest. So each
// competitor has, beside its own comparisons, one tie with an imaginary one of strength 1. That keeps
// every strength finite, pulls hardly any more after a few dozen comparisons, and is all that is known
// of groups that were never compared with each other; between those nothing is told.

/// Strengths fitted to wins by maximum likelihood, with their intervals.
public struct BradleyTerry: Hashable, Sendable {
  /// How a competitor stands against the others of its group.
  public struct Standing: Hashable, Sendable {
    /// The logarithm of its odds against an average other one: the mean of their logarithms.
    public var logOdds: Double
    public var standardError: Double
    /// The chance that it beats an average other one.
    public var winProbability: Double { Self.probability(logOdds) }
    /// Where that chance lies, with a confidence of 95 %.
    public var interval: ClosedRange<Double> {
      let reach = Self.reach * standardError
      return Self.probability(logOdds - reach)...Self.probability(logOdds + reach)
    }

    /// Standard errors on each side of an interval of 95 %.
    static let reach = 1.959963984540054

    static func probability(_ logOdds: Double) -> Double { 1 / (1 + exp(-logOdds)) }
  }

  /// The group of each competitor, from 0: those that are linked by comparisons.
  public let groups: [Int]
  /// Nil for a competitor that is alone in its group.
  public let standings: [Standing?]

  /// - Parameter wins: how often a row beat a column, a tie being half a win for each; square, finite
  ///   and not negative. What stands on the diagonal says nothing.
  public init(wins: [[Double]]) {
    let count = wins.count
    precondition(wins.allSatisfy { $0.count == count }, "wins of everyone over everyone")
    groups = Self.groups(of: wins)
    let (strengths, covariance) = Self.fit(wins)
    standings = (0..<count).map { [groups] place in
      let others = groups.indices.filter { $0 != place && groups[$0] == groups[place] }
      guard !others.isEmpty else { return nil }
      var contrast = [Double](repeating: 0, count: count)
      contrast[place] = 1
      for other in others { contrast[other] = -1 / Double(others.count) }
      var mean = 0.0
      var variance = 0.0
      for (row, weight) in contrast.enumerated() where weight != 0 {
        mean += weight * strengths[row]
        for (column, other) in contrast.enumerated() {
          variance += weight * other * covariance[row][column]
        }
      }
      return Standing(logOdds: mean, standardError: max(0, variance).squareRoot())
    }
  }

  // MARK: Fitting

  /// The logarithms of the likeliest strengths, and their covariance: the inverse of the observed
  /// information.
  private static func fit(_ wins: [[Double]]) -> (strengths: [Double], covariance: [[Double]]) {
    var strengths = [Double](repeating: 0, count: wins.count)
    var likelihood = logLikelihood(of: strengths, wins)
    // Newton's method; a step that overshoots is halved. The likelihood is concave with the tie.
    for _ in 0..<100 {
      let (gradient, information) = derivatives(at: strengths, wins)
      guard gradient.contains(where: { abs($0) > 1e-12 }) else { break }
      var step = product(inverse(of: information), gradient)
      var next = zip(strengths, step).map(+)
      var reached = logLikelihood(of: next, wins)
      while reached < likelihood, step.contains(where: { abs($0) > 1e-12 }) {
        step = step.map { $0 / 2 }
        next = zip(strengths, step).map(+)
        reached = logLikelihood(of: next, wins)
      }
      guard reached >= likelihood else { break }
      strengths = next
      likelihood = reached
      if step.allSatisfy({ abs($0) < 1e-12 }) { break }
    }
    return (strengths, inverse(of: derivatives(at: strengths, wins).information))
  }

  private static func logLikelihood(of strengths: [Double], _ wins: [[Double]]) -> Double {
    var sum = 0.0
    for (row, strength) in strengths.enumerated() {
      sum -= (softplus(strength) + softplus(-strength)) / 2
      for (column, other) in strengths.enumerated() where column != row {
        sum -= wins[row][column] * softplus(other - strength)
      }
    }
    return sum
  }

  /// Of the log-likelihood; the information is the negative of its second derivatives.
  private static func derivatives(
    at strengths: [Double], _ wins: [[Double]]
  ) -> (gradient: [Double], information: [[Double]]) {
    let places = strengths.indices
    var gradient: [Double] = []
    var information = places.map { _ in places.map { _ in 0.0 } }
    for row in places {
      let chance = Standing.probability(strengths[row])
      var slope = 0.5 - chance
      information[row][row] += chance * (1 - chance)
      for column in places where column != row {
        let chance = Standing.probability(strengths[row] - strengths[column])
        let count = wins[row][column] + wins[column][row]
        slope += wins[row][column] - count * chance
        information[row][row] += count * chance * (1 - chance)
        information[row][column] -= count * chance * (1 - chance)
      }
      gradient.append(slope)
    }
    return (gradient, information)
  }

  /// log(1 + eˣ), for any x.
  private static func softplus(_ x: Double) -> Double { max(x, 0) + log1p(exp(-abs(x))) }

  // MARK: Groups

  private static func groups(of wins: [[Double]]) -> [Int] {
    var groups = [Int?](repeating: nil, count: wins.count)
    var next = 0
    for start in wins.indices where groups[start] == nil {
      var waiting = [start]
      while let place = waiting.popLast() {
        guard groups[place] == nil else { continue }
        groups[place] = next
        waiting += wins.indices.filter { wins[place][$0] + wins[$0][place] > 0 && $0 != place }
      }
      next += 1
    }
    return groups.map { $0 ?? 0 }
  }

  // MARK: Matrices

  private static func product(_ matrix: [[Double]], _ vector: [Double]) -> [Double] {
    matrix.map { row in zip(row, vector).reduce(0) { $0 + $1.0 * $1.1 } }
  }

  /// The inverse of a positive definite matrix, by Gauss and Jordan: it needs no pivots.
  private static func inverse(of matrix: [[Double]]) -> [[Double]] {
    let places = matrix.indices
    var left = matrix
    var right = places.map { row in places.map { $0 == row ? 1.0 : 0.0 } }
    for pivot in places {
      let scale = 1 / left[pivot][pivot]
      for column in places {
        left[pivot][column] *= scale
        right[pivot][column] *= scale
      }
      for row in places where row != pivot && left[row][pivot] != 0 {
        let factor = left[row][pivot]
        for column in places {
          left[row][column] -= factor * left[pivot][column]
          right[row][column] -= factor * right[pivot][column]
        }
      }
    }
    return right
  }
}
