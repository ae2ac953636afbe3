import Core
import RandomSource
import Testing

@testable import FineTuning

@Suite struct LossChartTests {
  private func points(_ losses: [Double]) -> [LossChart.Point] {
    losses.enumerated().map { LossChart.Point(step: $0 + 1, loss: $1) }
  }

  @Test func `a falling loss goes from the upper left to the lower right, with its axes`() {
    let chart = LossChart(training: points([2, 1.5, 1, 0.5]), validation: [])
    let rows = chart.rows(width: 30, height: 7)
    #expect(rows.map(\.text).first == "loss  training 0.500")
    #expect(rows.count == 7)
    #expect(rows.allSatisfy { $0.text.count <= 30 })
    #expect(rows[1].text.hasPrefix("2.000 │"))
    #expect(rows[1].roles[7] == .training)
    #expect(rows[4].roles.last == .training)
    #expect(rows[6].text.hasSuffix("step 4"))
  }

  @Test func `each cell says which curve goes through it`() {
    let chart = LossChart(training: points([2, 0]), validation: points([0, 2]))
    let rows = chart.rows(width: 40, height: 12)
    let roles = Set(rows.dropFirst().dropLast(2).flatMap(\.roles).compactMap { $0 })
    #expect(roles == [.axis, .training, .validation, .both])
    #expect(rows[0].text == "loss  training 0.000  validation 2.000")
  }

  @Test func `every row is as wide as its roles, whatever comes, and none is too wide`() {
    var random = SeededRandom(seed: 3)
    let odd: [Double] = [.nan, .infinity, -.infinity, 1e308, -1e308, 0, -0.0, 1e-308, 1e9, -1e9]
    for _ in 0..<300 {
      func points() -> [LossChart.Point] {
        (0..<Int(random.next() % 40)).map { _ in
          let step = [Int.max, Int.min, 0, 1, Int(random.next() % 1000)]
          return LossChart.Point(
            step: step[Int(random.next() % 5)], loss: odd[Int(random.next() % UInt64(odd.count))])
        }
      }
      let (width, height) = (Int(random.next() % 120), Int(random.next() % 30))
      let chart = LossChart(training: points(), validation: points())
      let rows = chart.rows(width: width, height: height)
      #expect(rows.isEmpty || rows.count == height)
      for row in rows {
        #expect(row.text.count == row.roles.count)
        #expect(row.text.count <= max(width, 24))
        #expect(!row.text.contains("nan") && !row.text.contains("inf"))
      }
    }
  }

  @Test func `one point, one value and a hundred thousand points can be drawn`() {
    #expect(LossChart(training: points([1]), validation: []).rows(width: 30, height: 8).count == 8)
    #expect(
      LossChart(training: points([1, 1, 1]), validation: []).rows(width: 30, height: 8).count == 8)
    let many = LossChart(
      training: points((0..<100_000).map { 1 / Double($0 + 1) }), validation: [])
    #expect(many.rows(width: 10_000, height: 10_000).count == 100)
    #expect(LossChart(training: [], validation: []).rows(width: 30, height: 8).isEmpty)
    #expect(LossChart(training: points([1, 2]), validation: []).rows(width: 10, height: 8).isEmpty)
  }

  @Test func `losses come out of events, the last of a step`() {
    let events = [
      TrainingEvent(id: "1", time: 1, message: "begun"),
      TrainingEvent(
        id: "2", time: 2, message: "1", step: 1, metrics: TrainingMetrics(trainLoss: 3)),
      TrainingEvent(
        id: "3", time: 3, message: "1", step: 1,
        metrics: TrainingMetrics(trainLoss: 2, validLoss: 2.5)),
    ]
    let chart = LossChart(events)
    #expect(chart.training == [LossChart.Point(step: 1, loss: 2)])
    #expect(chart.validation == [LossChart.Point(step: 1, loss: 2.5)])
  }
}
