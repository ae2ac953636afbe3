import Foundation
import RandomSource
import Testing

@testable import Core

@Suite struct BradleyTerryTests {
  @Test func `nobody is better before anything was compared`() {
    let model = BradleyTerry(wins: [[0, 0], [0, 0]])
    #expect(model.groups == [0, 1])
    #expect(model.standings == [nil, nil])
  }

  @Test func `equal wins make equals, with an interval around a half`() throws {
    let model = BradleyTerry(wins: [[0, 5], [5, 0]])
    for standing in model.standings {
      let standing = try #require(standing)
      #expect(abs(standing.winProbability - 0.5) < 1e-12)
      #expect(standing.interval.lowerBound < 0.3)
      #expect(abs(standing.interval.lowerBound + standing.interval.upperBound - 1) < 1e-12)
    }
  }

  @Test func `who has won all is strong, but finitely, and the more surely the more there were`()
    throws
  {
    let few = try #require(BradleyTerry(wins: [[0, 2], [0, 0]]).standings[0])
    let many = try #require(BradleyTerry(wins: [[0, 50], [0, 0]]).standings[0])
    #expect(few.winProbability > 0.6 && few.winProbability < 0.95)
    #expect(few.interval.lowerBound < 0.5, "two wins prove nothing")
    #expect(many.winProbability > 0.95 && many.winProbability < 1)
    #expect(many.interval.lowerBound > 0.8)
  }

  @Test func `two competitors have the odds that their wins and the imaginary ties make`() throws {
    // With a strength x for one and -x for the other: 2 (w + 1/4 ... ) has no closed form; the slope of
    // the likelihood must vanish.
    let standing = try #require(BradleyTerry(wins: [[0, 7], [3, 0]]).standings[0])
    let x = standing.logOdds / 2
    func chance(_ x: Double) -> Double { 1 / (1 + exp(-x)) }
    #expect(abs(7 - 10 * chance(2 * x) + 0.5 - chance(x)) < 1e-9)
  }

  @Test func `who was never compared, not even through others, is in another group`() throws {
    let model = BradleyTerry(wins: [
      [0, 3, 0, 0, 0], [1, 0, 2, 0, 0], [0, 1, 0, 0, 0], [0, 0, 0, 0, 9], [0, 0, 0, 1, 0],
    ])
    #expect(model.groups == [0, 0, 0, 1, 1])
    let alone = BradleyTerry(wins: [[0, 3, 0], [1, 0, 2], [0, 1, 0]])
    for place in 0..<3 {
      let one = try #require(model.standings[place])
      let other = try #require(alone.standings[place])
      #expect(abs(one.logOdds - other.logOdds) < 1e-9, "another group changes nothing")
      #expect(abs(one.standardError - other.standardError) < 1e-9)
    }
  }

  @Test func `strengths that made the wins are found again`() throws {
    var random = SeededRandom(seed: 11)
    let strengths = [1.2, 0.4, 0, -0.5, -1.1]
    var wins = strengths.map { _ in strengths.map { _ in 0.0 } }
    for _ in 0..<20_000 {
      let first = Int.random(in: 0..<5, using: &random)
      let second = (first + Int.random(in: 1..<5, using: &random)) % 5
      let chance = 1 / (1 + exp(strengths[second] - strengths[first]))
      if Double.random(in: 0..<1, using: &random) < chance {
        wins[first][second] += 1
      } else {
        wins[second][first] += 1
      }
    }
    for (place, standing) in BradleyTerry(wins: wins).standings.enumerated() {
      let standing = try #require(standing)
      let others = strengths.enumerated().filter { $0.offset != place }.map(\.element)
      let expected = strengths[place] - others.reduce(0, +) / 4
      #expect(abs(standing.logOdds - expected) < 4 * standing.standardError)
      #expect(standing.standardError < 0.05)
    }
  }

  @Test func `huge and lopsided counts are fitted, too`() throws {
    let model = BradleyTerry(wins: [[0, 1e9, 1], [0, 0, 1e6], [0, 1, 0]])
    for standing in model.standings {
      let standing = try #require(standing)
      #expect(standing.logOdds.isFinite && standing.standardError.isFinite)
      #expect(standing.interval.contains(standing.winProbability))
    }
  }
}
