import Core

// A ladder as a picture: SVG that needs nothing else, light or dark as its reader is.

extension LadderChart {
  private enum Measure {
    static let (labels, plot, values, row, top, bottom) = (240.0, 420.0, 300.0, 44.0, 64.0, 46.0)
  }

  /// The picture; what a terminal cuts short is whole here.
  public var svg: String {
    let rows = ladder.rows
    let width = Measure.labels + Measure.plot + Measure.values
    let height = Measure.top + Measure.row * Double(rows.count) + Measure.bottom
    let title = "Pass rate by step, \(Numbers.grouped(ladder.caseCount)) cases"
    var svg = """
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(Self.text(width)) \(Self.text(height))" \
      role="img" aria-labelledby="title desc" font-family="system-ui, 'DejaVu Sans', sans-serif" \
      font-size="14">
      <title id="title">\(title)</title>
      <desc id="desc">\(rows.map { row in
        "\(row.step.words) \(row.name): \(row.figures.passRate?.shareText ?? "not measured")"
      }.joined(separator: "; ").xml)</desc>
      <style>
      svg { background: #fbfaf7; color: #2b2e34 }
      .ink { fill: #2b2e34 } .muted { fill: #6b7079 } .bar { fill: #b9c7dd } .dot { fill: #26558f }
      .whisker { stroke: #26558f; stroke-width: 2 } .grid { stroke: #d9d7d0 }
      .better { fill: #1f6b3a } .worse { fill: #9c2f2a }
      @media (prefers-color-scheme: dark) {
      svg { background: #16181d; color: #d7dae0 }
      .ink { fill: #d7dae0 } .muted { fill: #9197a3 } .bar { fill: #33435c } .dot { fill: #8ab4f0 }
      .whisker { stroke: #8ab4f0 } .grid { stroke: #2c3038 }
      .better { fill: #7fce9b } .worse { fill: #ee938d }
      }
      </style>
      <text x="16" y="32" class="ink" font-size="17" font-weight="600">\(title)</text>
      <text x="16" y="50" class="muted" font-size="12">dataset \
      \(ContentHash.short(ladder.datasetHash)); bars end at the rate, whiskers are 95 % intervals</text>

      """
    for tick in stride(from: 0.0, through: 1.0, by: 0.25) {
      let x = Self.text(Measure.labels + tick * Measure.plot)
      let end = Self.text(height - Measure.bottom)
      svg +=
        "<line x1=\"\(x)\" x2=\"\(x)\" y1=\"\(Self.text(Measure.top))\" y2=\"\(end)\" "
        + "class=\"grid\"/>\n<text x=\"\(x)\" y=\"\(Self.text(height - Measure.bottom + 18))\" "
        + "class=\"muted\" font-size=\"12\" text-anchor=\"middle\">\(Int(tick * 100)) %</text>\n"
    }
    for (place, row) in rows.enumerated() { svg += element(of: row, at: place) }
    return svg + "</svg>\n"
  }

  private func element(of row: Ladder.Row, at place: Int) -> String {
    let middle = Measure.top + Measure.row * (Double(place) + 0.5)
    func x(_ share: Double) -> String { Self.text(Measure.labels + share * Measure.plot) }
    func y(_ offset: Double) -> String { Self.text(middle + offset) }
    let name = row.name.count > 32 ? row.name.prefix(31) + "…" : row.name[...]
    var element = """
      <text x="16" y="\(y(-3))" class="ink" font-weight="600">\(row.step.words)</text>
      <text x="16" y="\(y(13))" class="muted" font-size="12">\(String(name).xml)</text>

      """
    if let rate = row.figures.passRate {
      let (low, high) = (rate.interval.lowerBound, rate.interval.upperBound)
      element += """
        <rect x="\(x(0))" y="\(y(-9))" width="\(Self.text(rate.mean * Measure.plot))" height="18" \
        rx="2" class="bar"/>
        <path d="M\(x(low)) \(y(0))H\(x(high))M\(x(low)) \(y(-6))v12M\(x(high)) \(y(-6))v12" \
        class="whisker" fill="none"/>
        <circle cx="\(x(rate.mean))" cy="\(y(0))" r="4" class="dot"/>

        """
    }
    let left = Self.text(Measure.labels + Measure.plot + 20)
    let kind =
      switch row.overBaseline?.kind {
      case .better: "better"
      case .worse: "worse"
      default: "muted"
      }
    let figures = [
      row.figures.latency.map { Numbers.duration($0.mean) },
      row.figures.inputTokens.map { "\(Numbers.grouped(Int($0.mean.rounded()))) tokens in" },
      row.figures.costPerThousand.flatMap {
        $0.mean > 0 ? "\(Numbers.money(Money(dollars: $0.mean)))/1,000" : nil
      },
    ].compactMap { $0 }.joined(separator: " · ")
    element += """
      <text x="\(left)" y="\(y(-3))" class="ink">\(row.figures.passRate?.shareText ?? "not measured") \
      <tspan class="\(kind)">\(row.overBaseline?.word ?? "")</tspan></text>
      <text x="\(left)" y="\(y(13))" class="muted" font-size="12">\(figures.xml)</text>

      """
    return element
  }

  private static func text(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded())
    return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(abs(tenths % 10))"
  }
}
