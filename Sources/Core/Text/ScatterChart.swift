// Points in a plane, drawn with the dots of braille characters (U+2800): two across and four down a
// cell. Letters stand where a point has a name.

/// A chart of points between two axes, as lines of text.
public struct ScatterChart: Hashable, Sendable {
  public struct Point: Hashable, Sendable {
    public var x: Double
    public var y: Double
    /// Drawn in place of a dot.
    public var label: Character?

    public init(x: Double, y: Double, label: Character? = nil) {
      self.x = x
      self.y = y
      self.label = label
    }
  }

  public var points: [Point]
  /// Points that a line of steps joins, from left to right.
  public var steps: [Point]
  private let xTitle: String
  private let yTitle: String

  public init(points: [Point], steps: [Point] = [], xTitle: String, yTitle: String) {
    self.points = points.filter { $0.x.isFinite && $0.y.isFinite }
    self.steps = steps.filter { $0.x.isFinite && $0.y.isFinite }
    self.xTitle = xTitle
    self.yTitle = yTitle
  }

  /// The lines of the chart, with its axes.
  ///
  /// - Parameters:
  ///   - columns: cells of the plane across, from 2.
  ///   - rows: cells of the plane down, from 2.
  ///   - xText: writes a value of the horizontal axis.
  ///   - yText: writes a value of the vertical axis.
  public func lines(
    columns: Int, rows: Int, x xText: (Double) -> String, y yText: (Double) -> String
  ) -> [String] {
    guard columns >= 2, rows >= 2, !points.isEmpty else { return [] }
    let xRange = Self.range(points.map(\.x))
    let yRange = Self.range(points.map(\.y))
    var plane = DotPlane(columns: columns, rows: rows)
    /// The dot of a point, from the upper left.
    func dot(_ point: Point) -> (x: Int, y: Int) {
      let x = (point.x - xRange.lowerBound) / (xRange.upperBound - xRange.lowerBound)
      let y = (yRange.upperBound - point.y) / (yRange.upperBound - yRange.lowerBound)
      return (
        Int((x * Double(plane.width - 1)).rounded()), Int((y * Double(plane.height - 1)).rounded())
      )
    }
    for (from, to) in zip(steps, steps.dropFirst()) {
      let (start, end) = (dot(from), dot(to))
      for x in min(start.x, end.x)...max(start.x, end.x) { plane.set(x, start.y) }
      for y in min(start.y, end.y)...max(start.y, end.y) { plane.set(end.x, y) }
    }
    for point in points where point.label == nil {
      let place = dot(point)
      plane.set(place.x, place.y)
    }
    for point in points {
      guard let label = point.label else { continue }
      let place = dot(point)
      plane.put(label, column: place.x / 2, row: place.y / 4)
    }
    return framed(
      plane.lines, x: (xText(xRange.lowerBound), xText(xRange.upperBound)),
      y: (yText(yRange.lowerBound), yText(yRange.upperBound)), columns: columns)
  }

  /// From the smallest to the largest value, never empty.
  private static func range(_ values: [Double]) -> ClosedRange<Double> {
    let low = values.min() ?? 0
    let high = values.max() ?? 0
    return low < high ? low...high : low - 0.5...high + 0.5
  }

  private func framed(
    _ plane: [String], x: (low: String, high: String), y: (low: String, high: String), columns: Int
  ) -> [String] {
    let margin = max(y.low.count, y.high.count)
    func left(_ text: String) -> String {
      String(repeating: " ", count: margin - text.count) + text
    }
    var lines = [left("") + " \(yTitle)"]
    for (index, row) in plane.enumerated() {
      let mark = index == 0 ? y.high : index == plane.count - 1 ? y.low : ""
      lines.append(left(mark) + (mark.isEmpty ? " │" : " ┤") + row)
    }
    lines.append(left("") + " └" + String(repeating: "─", count: columns))
    let gap = max(1, columns - x.low.count - x.high.count - xTitle.count)
    let half = String(repeating: " ", count: gap / 2)
    let rest = String(repeating: " ", count: gap - gap / 2)
    lines.append(left("") + "  " + x.low + half + xTitle + rest + x.high)
    return lines
  }
}
