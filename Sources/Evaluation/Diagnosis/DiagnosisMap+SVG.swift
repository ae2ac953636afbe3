import Core

// The map as a picture that needs nothing else: no script, no font, no link. It is light or dark as
// its viewer is. Names in it are escaped.

extension DiagnosisMap {
  /// The map as an SVG document.
  public var svg: String {
    let lines = path.count
    let height = Layout.top + Layout.plane + 70 + Double(max(1, lines)) * 22
    var svg = """
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(Self.text(Layout.width)) \
      \(Self.text(height))" width="\(Self.text(Layout.width))" height="\(Self.text(height))" \
      role="img" aria-labelledby="title desc">
      <title id="title">\(Self.escaped(title))</title>
      <desc id="desc">\(Self.escaped(sentence))</desc>
      <style>
      \(Self.styleSheet)</style>
      <rect class="paper" width="100%" height="100%" rx="8"/>
      <text class="title" x="24" y="34">\(Self.escaped(title))</text>

      """
    svg += fields + axes + borders + trail
    if let today { svg += interval(of: today) }
    for (place, point) in earlier.enumerated() {
      svg += mark(String(Self.letter(place)), point, isToday: false)
    }
    if let today { svg += mark("", today, isToday: true) }
    return svg + legend + "</svg>\n"
  }

  private enum Layout {
    static let width = 900.0
    static let left = 190.0
    static let top = 60.0
    /// The plane is wider than high.
    static let across = 680.0
    static let plane = 420.0
  }

  private var path: [Point] { earlier + (today.map { [$0] } ?? []) }

  private static func x(_ value: Double) -> Double { Layout.left + value * Layout.across }

  private static func y(_ value: Double) -> Double { Layout.top + (1 - value) * Layout.plane }

  // MARK: The plane

  /// The fields, the fuller the stronger, with their counts.
  private var fields: String {
    let most = counts.joined().max() ?? 0
    var svg = ""
    let step = 1 / Double(Self.steps)
    for (up, row) in counts.enumerated() {
      for (across, count) in row.enumerated() where count > 0 {
        let opacity = 0.08 + 0.4 * Double(count) / Double(most)
        svg += "<rect class=\"field\" x=\"\(Self.text(Self.x(Double(across) * step)))\" "
        svg += "y=\"\(Self.text(Self.y(Double(up + 1) * step)))\" "
        svg += "width=\"\(Self.text(Layout.across * step))\" "
        svg += "height=\"\(Self.text(Layout.plane * step))\" "
        svg += "fill-opacity=\"\(Self.text(opacity))\"/>\n"
        svg += Self.label(
          Numbers.grouped(count), "count", x: Self.x(Double(across + 1) * step) - 8,
          y: Self.y(Double(up) * step) - 8, anchor: "end")
      }
    }
    return svg
  }

  private var axes: String {
    var svg = Self.line("axis", Self.x(0), Self.y(0), Self.x(1), Self.y(0))
    svg += Self.line("axis", Self.x(0), Self.y(0), Self.x(0), Self.y(1))
    for need in KnowledgeNeed.allCases {
      svg += Self.label(
        need.words, "step", x: Self.x(Self.middle(of: need.step)), y: Self.y(0) + 22,
        anchor: "middle")
    }
    for need in BehaviourNeed.allCases {
      svg += Self.label(
        need.words, "step", x: Self.x(0) - 12, y: Self.y(Self.middle(of: need.step)) + 5,
        anchor: "end")
    }
    return svg
      + Self.label(
        "what the model needs to know →", "name", x: Self.x(1), y: Self.y(0) + 46, anchor: "end")
      + Self.label("↑ how it needs to act", "name", x: 24, y: Self.y(1) - 6, anchor: "start")
  }

  private var borders: String {
    var svg = Self.line("border", Self.x(Self.xBorder), Self.y(0), Self.x(Self.xBorder), Self.y(1))
    svg += Self.line("border", Self.x(0), Self.y(Self.yBorder), Self.x(1), Self.y(Self.yBorder))
    for quadrant in Quadrant.allCases {
      svg += Self.label(
        quadrant.words, "quadrant", x: Self.x(quadrant.isRight ? Self.xBorder : 0) + 10,
        y: Self.y(quadrant.isUpper ? 1 : Self.yBorder) + 22, anchor: "start")
    }
    return svg
  }

  // MARK: Points

  private var trail: String {
    guard path.count > 1 else { return "" }
    let points = path.map { "\(Self.text(Self.x($0.x))),\(Self.text(Self.y($0.y)))" }
    return "<polyline class=\"trail\" points=\"\(points.joined(separator: " "))\"/>\n"
  }

  private func interval(of point: Point) -> String {
    let (x, y) = (Self.x(point.x), Self.y(point.y))
    let (left, right) = (Self.x(point.xInterval.lowerBound), Self.x(point.xInterval.upperBound))
    let (low, high) = (Self.y(point.yInterval.lowerBound), Self.y(point.yInterval.upperBound))
    return Self.line("interval", left, y, right, y) + Self.line("interval", x, low, x, high)
      + Self.line("interval", left, y - 6, left, y + 6)
      + Self.line("interval", right, y - 6, right, y + 6)
      + Self.line("interval", x - 6, low, x + 6, low)
      + Self.line("interval", x - 6, high, x + 6, high)
  }

  private func mark(_ letter: String, _ point: Point, isToday: Bool) -> String {
    let (x, y) = (Self.x(point.x), Self.y(point.y))
    return "<circle class=\"\(isToday ? "today" : "earlier")\" cx=\"\(Self.text(x))\" "
      + "cy=\"\(Self.text(y))\" r=\"\(isToday ? 8 : 9)\"/>\n"
      + (letter.isEmpty ? "" : Self.label(letter, "letter", x: x, y: y + 4, anchor: "middle"))
  }

  private var legend: String {
    var svg = ""
    var y = Self.y(0) + 70
    if let today {
      svg += "<circle class=\"today\" cx=\"32\" cy=\"\(Self.text(y - 5))\" r=\"6\"/>\n"
      svg += Self.label(Self.text(of: today), "legend", x: 48, y: y, anchor: "start")
      y += 22
    } else {
      svg += Self.label(sentence, "legend", x: 24, y: y, anchor: "start")
    }
    for (place, point) in earlier.enumerated().reversed() {
      svg += "<circle class=\"earlier\" cx=\"32\" cy=\"\(Self.text(y - 5))\" r=\"9\"/>\n"
      svg += Self.label(String(Self.letter(place)), "letter", x: 32, y: y - 1, anchor: "middle")
      svg += Self.label(Self.text(of: point), "legend", x: 48, y: y, anchor: "start")
      y += 22
    }
    return svg
  }

  // MARK: Elements

  private static func line(
    _ name: String, _ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double
  ) -> String {
    "<line class=\"\(name)\" x1=\"\(text(x1))\" y1=\"\(text(y1))\" x2=\"\(text(x2))\" "
      + "y2=\"\(text(y2))\"/>\n"
  }

  private static func label(
    _ content: String, _ name: String, x: Double, y: Double, anchor: String
  ) -> String {
    "<text class=\"\(name)\" x=\"\(text(x))\" y=\"\(text(y))\" text-anchor=\"\(anchor)\">"
      + "\(escaped(content))</text>\n"
  }

  /// Two digits after the point are a hundredth of a pixel.
  private static func text(_ value: Double) -> String {
    let hundredths = Int((value * 100).rounded())
    let fraction = abs(hundredths % 100)
    return "\(hundredths / 100)" + (fraction == 0 ? "" : ".\(fraction < 10 ? "0" : "")\(fraction)")
  }

  /// A text without anything that XML takes for its own, on one line.
  private static func escaped(_ text: String) -> String {
    var safe = ""
    for scalar in DiagnosisReport.oneLine(text).unicodeScalars {
      switch scalar {
      case "&": safe += "&amp;"
      case "<": safe += "&lt;"
      case ">": safe += "&gt;"
      case "\"": safe += "&quot;"
      // No XML document may hold these.
      case "\u{FFFE}", "\u{FFFF}": continue
      default: safe.unicodeScalars.append(scalar)
      }
    }
    return safe
  }

  /// Without variables, which not every viewer knows.
  private static let styleSheet = """
    .paper { fill: #fbfaf7; }
    text { fill: #2b2e34; font: 14px system-ui, sans-serif; }
    .title { font-size: 18px; font-weight: 600; }
    .step, .name, .legend { fill: #6b717d; font-size: 13px; }
    .name { font-style: italic; }
    .quadrant { font-size: 15px; font-weight: 600; fill: #6b717d; }
    .field { fill: #2b6ca3; }
    .count { font-size: 13px; }
    .axis { stroke: #6b717d; stroke-width: 1.5; }
    .border { stroke: #6b717d; stroke-dasharray: 4 5; }
    .trail { fill: none; stroke: #6b717d; stroke-width: 1.5; stroke-dasharray: 2 4; }
    .interval { stroke: #2b6ca3; stroke-width: 2; }
    .earlier { fill: #fbfaf7; stroke: #6b717d; stroke-width: 1.5; }
    .letter { font-size: 12px; fill: #6b717d; }
    .today { fill: #2b6ca3; stroke: #fbfaf7; stroke-width: 2; }
    @media (prefers-color-scheme: dark) {
      .paper, .earlier { fill: #16181d; }
      text { fill: #d7dae0; }
      .step, .name, .legend, .quadrant, .letter { fill: #949ca8; }
      .axis, .border, .trail, .earlier { stroke: #949ca8; }
      .field, .today { fill: #82b4dc; }
      .interval { stroke: #82b4dc; }
      .today { stroke: #16181d; }
    }

    """
}
