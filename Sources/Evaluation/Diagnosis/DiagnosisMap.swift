import Core

// The map of a diagnosis: across, what the model needs to know; up, how it needs to act. Each failure
// stands in a field of five by five; a point is where their middle is. Two lines part the map into
// the levers that failures there ask for.

/// Failures on two axes, with those of earlier diagnoses.
public struct DiagnosisMap: Hashable, Sendable {
  /// Where the failures of one diagnosis are, all together.
  public struct Point: Hashable, Sendable {
    /// When it was made, for a reader; and of which variant, where it isn't today's.
    public var label: String
    /// The means of the failures' places, from 0 to 1, and where they are 95 times of 100.
    public var x: Double
    public var y: Double
    public var xInterval: ClosedRange<Double>
    public var yInterval: ClosedRange<Double>
    public var failureCount: Int
    public var caseCount: Int
  }

  /// A part of the map, and what failures there ask for.
  public enum Quadrant: String, Hashable, Sendable, CaseIterable {
    /// Little to know, little to do otherwise.
    case prompt
    /// Much to know.
    case retrieval
    /// Much to do otherwise.
    case fineTuning = "fine-tuning"
    case both

    public var isRight: Bool { self == .retrieval || self == .both }
    public var isUpper: Bool { self == .fineTuning || self == .both }
    /// For a reader: `retrieval + fine-tuning`.
    public var words: String { self == .both ? "retrieval + fine-tuning" : rawValue }
  }

  /// The fields of each axis.
  public static let steps = 5
  /// What was given to the model or is known to it lies left of this; what is yet to be found, right.
  public static let xBorder = 0.4
  /// What a prompt can mend lies below; above, it can in part.
  public static let yBorder = 0.6
  /// Earlier points that are drawn.
  static let mostEarlier = 8

  /// Nil where no failure could be placed on both axes.
  public private(set) var today: Point?
  /// Oldest first.
  public private(set) var earlier: [Point] = []
  /// Today's failures in each field: the first index goes up, the second across.
  public private(set) var counts = [[Int]](
    repeating: [Int](repeating: 0, count: steps), count: steps)
  /// For a reader: the variant, and what is shown.
  public private(set) var title: String

  /// - Parameters:
  ///   - earlier: diagnoses in any order; those of another dataset, and later ones, are left out.
  ///   - label: says when something was, by seconds since 1970.
  public init(
    _ report: DiagnosisReport, earlier: [DiagnosisReport] = [], label: (Double) -> String
  ) {
    title = "\(report.ground.variant): where its failures are"
    today = Point(report, label: label(report.madeAt))
    self.earlier =
      earlier.filter {
        $0.ground.datasetHash == report.ground.datasetHash && $0.madeAt < report.madeAt
      }.sorted { $0.madeAt < $1.madeAt }.suffix(Self.mostEarlier)
      .compactMap { before in
        let variant = before.ground.variant
        let name = variant == report.ground.variant ? "" : " " + String(variant.prefix(24))
        return Point(before, label: label(before.madeAt) + name)
      }
    for placement in report.placed {
      guard let knowledge = placement.knowledge else { continue }
      // What is missing altogether is not seen to act wrongly.
      counts[placement.behaviour?.step ?? 0][knowledge.step] += 1
    }
  }

  /// The middle of a field on its axis, from 0 to 1.
  static func middle(of step: Int) -> Double { (Double(step) + 0.5) / Double(steps) }

  /// The quadrant in which a point lies.
  public static func quadrant(x: Double, y: Double) -> Quadrant {
    switch (x >= xBorder, y >= yBorder) {
    case (false, false): .prompt
    case (true, false): .retrieval
    case (false, true): .fineTuning
    case (true, true): .both
    }
  }

  /// What the map shows, in a sentence: for those who don't see it.
  public var sentence: String {
    guard let today else { return "No failure could be placed on the map." }
    let quadrant = Self.quadrant(x: today.x, y: today.y)
    let moved = earlier.last.map { before in
      let knowledge = today.x - before.x
      let behaviour = today.y - before.y
      func way(_ difference: Double, _ more: String, _ less: String) -> String? {
        abs(difference) < 0.02 ? nil : difference > 0 ? more : less
      }
      let ways = [
        way(knowledge, "more to know", "less to know"), way(behaviour, "more to do", "less to do"),
      ].compactMap { $0 }
      return ways.isEmpty
        ? " It hardly moved since \(before.label)."
        : " Since \(before.label): \(ways.joined(separator: ", "))."
    }
    return "\(DiagnosisReport.failures(today.failureCount)) of \(Numbers.grouped(today.caseCount)) "
      + "cases; their middle is in the quarter of \(quadrant.words).\(moved ?? "")"
  }
}

extension DiagnosisMap.Point {
  /// Nil where nothing could be placed on one of the axes.
  init?(_ report: DiagnosisReport, label: String) {
    let xs = report.placed.compactMap(\.knowledge?.step).map(DiagnosisMap.middle)
    // What is missing altogether is not seen to act wrongly, so that it stands for no trouble.
    let ys = report.placed.filter { $0.knowledge != nil }
      .map { DiagnosisMap.middle(of: $0.behaviour?.step ?? 0) }
    guard !xs.isEmpty else { return nil }
    // As many draws as cost the same for any number of failures.
    let resampling = Resampling(samples: max(200, min(2000, 4_000_000 / xs.count)))
    let (x, y) = (resampling.mean(of: xs), resampling.mean(of: ys))
    self.init(
      label: DiagnosisReport.oneLine(label), x: x.mean, y: y.mean, xInterval: x.interval,
      yInterval: y.interval, failureCount: report.placements.count + report.leftOut,
      caseCount: report.caseCount)
  }
}
