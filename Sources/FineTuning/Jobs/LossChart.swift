import Core

// How the loss of a training goes, step after step, as rows of text for a terminal or a pane.

/// A chart of the losses on training and validation data.
public struct LossChart: Hashable, Sendable {
  public struct Point: Hashable, Sendable {
    public var step: Int
    public var loss: Double

    public init(step: Int, loss: Double) {
      self.step = step
      self.loss = loss
    }
  }

  /// What a cell shows.
  public enum Role: Hashable, Sendable {
    case axis
    case training
    case validation
    /// Both curves go through it.
    case both
  }

  /// A line of the chart; each of its characters takes one cell.
  public struct Row: Hashable, Sendable {
    public var text: String
    /// Of each character; nil for a space.
    public var roles: [Role?]
  }

  public let training: [Point]
  public let validation: [Point]

  /// Losses beyond this are no losses: a server may send any number.
  private static let largestLoss = 1e9

  /// What can't be drawn is left out; of several at one step, the last counts.
  public init(training: [Point], validation: [Point]) {
    func usable(_ points: [Point]) -> [Point] {
      var losses: [Int: Double] = [:]
      for point in points where point.step >= 0 && abs(point.loss) <= Self.largestLoss {
        losses[point.step] = point.loss
      }
      return losses.sorted { $0.key < $1.key }.map { Point(step: $0.key, loss: $0.value) }
    }
    self.training = usable(training)
    self.validation = usable(validation)
  }

  /// The losses that events tell of.
  public init(_ events: some Sequence<TrainingEvent>) {
    var training: [Point] = []
    var validation: [Point] = []
    for event in events {
      guard let step = event.step else { continue }
      if let loss = event.metrics.trainLoss { training.append(Point(step: step, loss: loss)) }
      if let loss = event.metrics.validLoss { validation.append(Point(step: step, loss: loss)) }
    }
    self.init(training: training, validation: validation)
  }

  public var isEmpty: Bool { training.isEmpty && validation.isEmpty }

  /// The chart with its axes, the last losses above it; nothing where there are none, or no room.
  ///
  /// - Parameters:
  ///   - width: cells across, from 24; more than 400 are not used.
  ///   - height: rows, from 6; more than 100 are not used.
  public func rows(width: Int, height: Int) -> [Row] {
    let all = training + validation
    guard width >= 24, height >= 6, let first = all.map(\.step).min(),
      let last = all.map(\.step).max(), let low = all.map(\.loss).min(),
      let high = all.map(\.loss).max()
    else { return [] }
    let (width, height) = (min(width, 400), min(height, 100))
    let (top, bottom) = low < high ? (high, low) : (high + 0.5, low - 0.5)
    let labels = (Self.text(top), Self.text(bottom))
    let margin = max(labels.0.count, labels.1.count)
    let columns = max(2, width - margin - 2)
    let planeRows = height - 3
    func plane(_ points: [Point]) -> DotPlane {
      var plane = DotPlane(columns: columns, rows: planeRows)
      var before: (x: Int, y: Int)?
      for dot in Self.dots(points, from: first, to: last, top, bottom, plane) {
        plane.join(before ?? dot, dot)
        before = dot
      }
      return plane
    }
    let planes = (plane(training), plane(validation))
    var rows = [legend(width)]
    for row in 0..<planeRows {
      var line = Line()
      let label = row == 0 ? labels.0 : row == planeRows - 1 ? labels.1 : ""
      line.add(String(repeating: " ", count: margin - label.count) + label + " │", .axis)
      for column in 0..<columns {
        let dots = (
          planes.0.dots(column: column, row: row), planes.1.dots(column: column, row: row)
        )
        let role: Role =
          dots.0 != 0 && dots.1 != 0 ? .both : dots.1 != 0 ? .validation : .training
        line.add(String(DotPlane.character(of: dots.0 | dots.1)), role)
      }
      rows.append(line.row)
    }
    var axis = Line()
    axis.add(
      String(repeating: " ", count: margin + 1) + "└" + String(repeating: "─", count: columns),
      .axis)
    var steps = Line()
    let (start, end) = (Numbers.grouped(first), "step " + Numbers.grouped(last))
    let gap = columns - start.count - end.count
    steps.add(String(repeating: " ", count: margin + 2), .axis)
    steps.add(
      gap > 0 ? start + String(repeating: " ", count: gap) + end : String(end.prefix(columns)),
      .axis)
    return rows + [axis.row, steps.row]
  }

  /// One dot for each column of dots: the mean of its points.
  private static func dots(
    _ points: [Point], from first: Int, to last: Int, _ top: Double, _ bottom: Double,
    _ plane: DotPlane
  ) -> [(x: Int, y: Int)] {
    let length = Double(last) - Double(first)
    var means: [Int: (sum: Double, count: Double)] = [:]
    for point in points {
      let share = length > 0 ? (Double(point.step) - Double(first)) / length : 0
      let x = Int((share * Double(plane.width - 1)).rounded())
      means[x, default: (0, 0)].sum += point.loss
      means[x, default: (0, 0)].count += 1
    }
    return means.sorted { $0.key < $1.key }.map { x, mean in
      let share = (top - mean.sum / mean.count) / (top - bottom)
      return (x, Int((min(max(share, 0), 1) * Double(plane.height - 1)).rounded()))
    }
  }

  private func legend(_ width: Int) -> Row {
    var line = Line()
    line.add("loss", .axis)
    if let last = training.last { line.add("  training \(Self.text(last.loss))", .training) }
    if let last = validation.last { line.add("  validation \(Self.text(last.loss))", .validation) }
    return Row(
      text: String(line.row.text.prefix(width)), roles: Array(line.row.roles.prefix(width)))
  }

  private static func text(_ value: Double) -> String {
    abs(value) < 10_000 ? Numbers.fixed(value, digits: 3) : "\(Int(value))"
  }

  /// A row that grows.
  private struct Line {
    private(set) var row = Row(text: "", roles: [])

    mutating func add(_ text: String, _ role: Role) {
      row.text += text
      row.roles += text.map { $0 == " " ? nil : role }
    }
  }
}
