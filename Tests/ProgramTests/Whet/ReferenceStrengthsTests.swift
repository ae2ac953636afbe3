import Core
import Foundation
import RandomSource
import Testing

// Bradley-Terry strengths and their intervals against scipy, which nobody here wrote.
// WHET_TEST_SCIPY names a Python that has it.

private let python = ProcessInfo.processInfo.environment["WHET_TEST_SCIPY"]

@Suite(
  "Reference strengths",
  .enabled(if: python != nil, "WHET_TEST_SCIPY is not set: strengths are not compared"))
struct ReferenceStrengthsTests {
  /// The model as a logistic regression: a row of the design for each comparison that took place, and
  /// one for each half of the imaginary ties; minimized by scipy, the information from the design.
  private static let script = """
    import json, sys
    import numpy as np
    from scipy.optimize import minimize, root
    from scipy.special import expit
    from scipy.stats import norm
    results = []
    for wins in json.load(open(sys.argv[1])):
        n = len(wins)
        rows, weights = [], []
        for i in range(n):
            for sign in (1, -1):
                rows.append([sign if k == i else 0 for k in range(n)])
                weights.append(0.5)
            for j in range(n):
                if i != j and wins[i][j] > 0:
                    rows.append([(k == i) - (k == j) for k in range(n)])
                    weights.append(wins[i][j])
        X, w = np.array(rows, float), np.array(weights)
        loss = lambda b: np.sum(w * np.logaddexp(0, -X @ b))
        slope = lambda b: -X.T @ (w * expit(-X @ b))
        found = minimize(loss, np.zeros(n), jac=slope, method="BFGS")
        found = root(slope, found.x, method="hybr", tol=1e-14)
        p = expit(X @ found.x)
        covariance = np.linalg.inv(X.T @ ((w * p * (1 - p))[:, None] * X))
        for i in range(n):
            c = np.full(n, -1 / (n - 1)); c[i] = 1
            mean, error = c @ found.x, np.sqrt(c @ covariance @ c)
            reach = norm.ppf(0.975) * error
            results.append([mean, error, expit(mean), expit(mean - reach), expit(mean + reach)])
    print(json.dumps(results))
    """

  @Test func `strengths and intervals are those of scipy`() throws {
    var random = SeededRandom(seed: 21)
    var matrices: [[[Double]]] = [[[0, 2], [0, 0]], [[0, 7], [3, 0]]]
    for count in 2...8 {
      for most in [3, 40, 2000] {
        var wins = (0..<count).map { row in
          (0..<count).map { column in
            row == column ? 0 : Double(Int.random(in: 0...most, using: &random)) / 2
          }
        }
        // All are linked, so that there is one group.
        for place in 1..<count { wins[place - 1][place] += 0.5 }
        matrices.append(wins)
      }
    }
    let home = try WhetHome()
    let json = JSON.array(matrices.map { .array($0.map { .array($0.map(JSON.number)) }) })
    let file = try home.write(json.text, to: "wins.json")
    let result = try Command(
      try #require(python), ["-c", Self.script, file], environment: home.environment
    ).finish()
    try #require(result.status == 0, "\(result.errors)")
    let expected = try #require(try JSON(parsing: result.output).array)
    let standings = matrices.flatMap { BradleyTerry(wins: $0).standings }
    #expect(standings.count == expected.count)
    for (standing, reference) in zip(standings, expected) {
      let standing = try #require(standing)
      let values = try #require(reference.array).compactMap(\.double)
      let own = [
        standing.logOdds, standing.standardError, standing.winProbability,
        standing.interval.lowerBound, standing.interval.upperBound,
      ]
      #expect(values.count == own.count)
      for (value, other) in zip(own, values) {
        #expect(abs(value - other) < 1e-6, "\(own) \(values)")
      }
    }
  }
}
