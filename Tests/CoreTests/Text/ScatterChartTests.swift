import Testing

@testable import Core

@Suite struct ScatterChartTests {
  @Test func `a chart has its points where their values are`() {
    let chart = ScatterChart(
      points: [.init(x: 0, y: 0), .init(x: 10, y: 1, label: "b")],
      steps: [.init(x: 0, y: 0), .init(x: 10, y: 1)], xTitle: "tokens", yTitle: "recall")
    let lines = chart.lines(
      columns: 12, rows: 3, x: { "\(Int($0))" }, y: { Numbers.fixed($0, digits: 1) })
    #expect(
      lines == [
        "    recall",
        "1.0 ┤           b",
        "    │           ⢸",
        "0.0 ┤⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣸",
        "    └────────────",
        "     0 tokens  10",
      ])
    #expect(
      ScatterChart(points: [], xTitle: "", yTitle: "").lines(
        columns: 9, rows: 9, x: { "\($0)" }, y: { "\($0)" }) == [])
  }
}
