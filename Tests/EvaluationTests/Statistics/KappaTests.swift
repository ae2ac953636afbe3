import Evaluation
import Testing

@Suite struct KappaTests {
  /// The example of Cohen's paper: 200 diagnoses by two psychologists.
  private let diagnoses = [[88, 14, 18], [10, 40, 10], [2, 6, 12]]

  @Test func `the examples of the papers come out`() throws {
    let cohen = try #require(Kappa(table: diagnoses))
    #expect(abs(cohen.estimate - 0.492) < 5e-4)
    #expect(cohen.agreement == 0.7)
    #expect(cohen.count == 200)
    let two = try #require(Kappa(table: [[20, 5], [10, 15]]))
    #expect(abs(two.estimate - 0.4) < 1e-12)
  }

  /// Estimates and standard errors of statsmodels 0.15.
  @Test(arguments: [
    (Kappa.Weights.none, 0.49152542372881347, 0.05100181557607786),
    (.linear, 0.4736842105263158, 0.054432309177641525),
    (.quadratic, 0.4545454545454546, 0.06645368159107812),
  ])
  func `weights make near ratings agree in part`(
    weights: Kappa.Weights, estimate: Double, error: Double
  ) throws {
    let kappa = try #require(Kappa(table: diagnoses, weights: weights))
    #expect(abs(kappa.estimate - estimate) < 1e-12)
    #expect(abs(kappa.standardError - error) < 1e-12)
    #expect(abs(kappa.interval.lowerBound - (estimate - 1.959963984540054 * error)) < 1e-12)
  }

  @Test func `full agreement is 1, and none less than 0`() throws {
    let full = try #require(Kappa(table: [[3, 0], [0, 4]]))
    #expect(full.estimate == 1)
    #expect(full.interval == 1...1)
    #expect(try #require(Kappa(table: [[0, 3], [3, 0]])).estimate == -1)
  }

  @Test func `where it is not defined there is none`() {
    #expect(Kappa(table: [[5, 0], [0, 0]]) == nil)
    #expect(Kappa(table: [[0, 0], [0, 0]]) == nil)
    #expect(Kappa(table: [[1, 2], [3]]) == nil)
    #expect(Kappa(table: [[1, 2], [3, -1]]) == nil)
    #expect(Kappa(table: []) == nil)
  }

  @Test func `pairs are counted by their categories`() throws {
    let pairs = [("pass", "pass"), ("pass", "fail"), ("fail", "fail"), ("fail", "?")]
    let kappa = try #require(Kappa(pairs, categories: ["pass", "fail"]))
    #expect(kappa == Kappa(table: [[1, 1], [0, 1]]))
    #expect(kappa.count == 3)
  }
}
