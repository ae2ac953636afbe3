// What is known of the lines so far. Tallies of parts of a file that follow each other are put
// together, so that parts can be read at the same time.

/// The facts of lines that follow each other, added up.
public struct CheckTally: Sendable {
  /// All lines, and how many of them hold what looks like each format.
  public private(set) var lines = 0
  public private(set) var formats: [TrainingFormat: Int] = [:]
  public internal(set) var findings = FindingList()
  public private(set) var measures: SetMeasures
  /// What the examples are alike by.
  var likeness = LikenessIndex()
  /// What their answers are like.
  var style = StyleTally()
  /// The worst finding of each line, as a score needs it: a byte a line, 0 for none. Of a stored set,
  /// whose numbers may have gaps, there is `absent` in these.
  private(set) var worst: [UInt8] = []
  /// The line before the first.
  private let start: Int

  /// - Parameter start: how many lines stand before the first that is added.
  public init(after start: Int = 0, settings: CheckSettings) {
    self.start = start
    measures = SetMeasures(window: settings.window)
  }

  public mutating func add(_ facts: LineFacts) {
    lines += 1
    if let format = facts.format { formats[format, default: 0] += 1 }
    for (finding, count) in facts.findings { findings.add(finding, count: count) }
    skip(to: facts.line - 1)
    worst.append(facts.worst.map { UInt8($0.rawValue + 1) } ?? 0)
    if let traits = facts.traits { style.add(traits, line: facts.line) }
    if let fingerprint = facts.fingerprint { likeness.append(fingerprint, line: facts.line) }
    if let measures = facts.measures {
      self.measures.add(measures, isPreference: facts.format == .dpo, line: facts.line)
    }
  }

  /// Adds the lines that follow these.
  public mutating func merge(_ later: CheckTally) {
    lines += later.lines
    formats.merge(later.formats, uniquingKeysWith: +)
    findings.merge(later.findings)
    measures.merge(later.measures)
    likeness.merge(later.likeness)
    style.merge(later.style)
    skip(to: later.start)
    worst += later.worst
  }

  /// Goes on to a line, those before which are not among these.
  private mutating func skip(to line: Int) {
    let gap = line - start - worst.count
    if gap > 0 { worst.append(contentsOf: repeatElement(Self.absent, count: gap)) }
  }

  /// Stands for a line that is not among these.
  static let absent = UInt8(FindingSeverity.allCases.count + 1)

  /// Adds a finding that came of several lines, or of all.
  mutating func add(_ finding: TrainingFinding, count: Int = 1) {
    findings.add(finding, count: count)
    guard let line = finding.line else { return }
    mark(line, finding.severity)
  }

  /// Says how bad a line is, where that is worse than what was known.
  mutating func mark(_ line: Int, _ severity: FindingSeverity) {
    let place = line - start - 1
    guard worst.indices.contains(place), worst[place] != Self.absent else { return }
    worst[place] = max(worst[place], UInt8(severity.rawValue + 1))
  }
}
