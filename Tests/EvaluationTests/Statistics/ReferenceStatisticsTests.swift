import Core
import Foundation
import RandomSource
import Testing

@testable import Evaluation

// Statistics against statsmodels and scipy, which nobody here wrote. WHET_TEST_SCIPY names a Python that
// has both.

private let python = ProcessInfo.processInfo.environment["WHET_TEST_SCIPY"]

@Suite(
  "Reference statistics",
  .enabled(if: python != nil, "WHET_TEST_SCIPY is not set: statistics are not compared"))
struct ReferenceStatisticsTests {
  private static let script = """
    import json, sys
    import numpy as np
    from scipy.stats import binomtest
    from statsmodels.stats.contingency_tables import mcnemar
    from statsmodels.stats.proportion import proportion_confint
    asked = json.load(sys.stdin)
    out = {"wilson": [], "mcnemar": [], "binomial": []}
    for count, total in asked["rates"]:
        out["wilson"].append(list(proportion_confint(count, total, method="wilson")))
    for gained, lost in asked["pairs"]:
        out["mcnemar"].append(float(mcnemar([[7, gained], [lost, 9]], exact=True).pvalue))
        out["binomial"].append(
            float(binomtest(gained, gained + lost).pvalue) if gained + lost else 1.0)
    sums, counts = np.array(asked["sums"]), np.array(asked["counts"])
    draws = np.array(asked["draws"])
    ratios = np.sort(sums[draws].sum(axis=1) / counts[draws].sum(axis=1))
    out["bootstrap"] = [sums.sum() / counts.sum(), ratios[int(0.025 * len(ratios))],
                        ratios[int(0.975 * len(ratios))]]
    print(json.dumps(out))
    """

  @Test func `intervals, exact tests and the bootstrap are theirs to 1e-9`() throws {
    var random = SeededRandom(seed: 8)
    let rates = (0..<300).map { _ in
      let total = Int.random(in: 1...2000, using: &random)
      return (Int.random(in: 0...total, using: &random), total)
    }
    let pairs = (0..<300).map { _ in
      (Int.random(in: 0...120, using: &random), Int.random(in: 0...120, using: &random))
    }
    let clusters = (0..<40).map { _ in
      (
        sum: Double.random(in: 0...3, using: &random),
        count: Double.random(in: 1...3, using: &random)
      )
    }
    let resampling = Resampling(seed: 42, samples: 400)
    var draws: [JSON] = []
    resampling.forEachSample(of: clusters.count) { draws.append(.array($0.map(JSON.integer))) }
    let asked: JSON = [
      "rates": .array(rates.map { [.integer($0.0), .integer($0.1)] }),
      "pairs": .array(pairs.map { [.integer($0.0), .integer($0.1)] }),
      "sums": .array(clusters.map { .number($0.sum) }),
      "counts": .array(clusters.map { .number($0.count) }), "draws": .array(draws),
    ]
    let told = try Self.ask(asked)
    func isNear(_ a: Double, _ b: Double?) -> Bool { b.map { abs(a - $0) <= 1e-9 } ?? false }
    for (place, rate) in rates.enumerated() {
      let interval = ProportionInterval.wilson(rate.0, of: rate.1)
      #expect(isNear(interval.lowerBound, told["wilson"]?[place]?[0]?.double), "\(rate)")
      #expect(isNear(interval.upperBound, told["wilson"]?[place]?[1]?.double), "\(rate)")
    }
    for (place, pair) in pairs.enumerated() {
      let p = ExactTest.mcnemar(gained: pair.0, lost: pair.1)
      #expect(isNear(p, told["mcnemar"]?[place]?.double), "\(pair)")
      #expect(isNear(p, told["binomial"]?[place]?.double), "\(pair)")
    }
    let estimate = resampling.ratio(of: clusters)
    #expect(isNear(estimate.mean, told["bootstrap"]?[0]?.double))
    #expect(isNear(estimate.interval.lowerBound, told["bootstrap"]?[1]?.double))
    #expect(isNear(estimate.interval.upperBound, told["bootstrap"]?[2]?.double))
  }

  private static func ask(_ json: JSON) throws -> JSON {
    let process = Process()
    process.executableURL = URL(filePath: python ?? "")
    process.arguments = ["-c", script]
    let (input, output) = (Pipe(), Pipe())
    process.standardInput = input
    process.standardOutput = output
    try process.run()
    try input.fileHandleForWriting.write(contentsOf: Data(json.text.utf8))
    try input.fileHandleForWriting.close()
    let told = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return try JSON(parsing: Array(told))
  }
}
