import FineTuning

// How well the checks of contents find what was planted.

/// Finds and misses of each kind, over sets.
public struct FaultScore: Sendable {
  public struct Count: Hashable, Sendable {
    public var planted = 0
    public var found = 0
    public var wrong = 0

    public init() {}

    public var recall: Double { planted == 0 ? 1 : Double(found) / Double(planted) }
    public var precision: Double { found + wrong == 0 ? 1 : Double(found) / Double(found + wrong) }
  }

  public private(set) var counts: [FaultKind: Count] = [:]
  /// What was found and not planted, or planted and not found: for who wants to see.
  public private(set) var slips: [(fault: PlantedFault, isMissed: Bool, text: String)] = []

  public init() {}

  /// Checks a set, and adds what came of it.
  public mutating func add(_ set: PlantedTrainingSet) {
    var found: Set<PlantedFault> = []
    func take(_ finding: TrainingFinding) {
      guard finding.severity > .note || finding.code == FaultKind.length.rawValue,
        let kind = FaultKind(rawValue: finding.code), let line = finding.line
      else { return }
      found.insert(PlantedFault(kind: kind, line: line))
    }
    var likeness = LikenessIndex()
    var style = StyleTally()
    for (place, line) in set.lines.enumerated() {
      likeness.append(ExampleFingerprint(line.example), line: place + 1, group: line.group)
      style.add(AnswerTraits(line.example), line: place + 1)
      TrainingFinding.privacy(of: line.example, line: place + 1).forEach(take)
    }
    likeness.finish { take($0.finding) }
    _ = style.finish { take($0) }
    // An answer with a fault of style often has a second: a refusal is short, for one.
    let ofStyle = Set(set.faults.filter(\.kind.isOfStyle).map(\.line))
    for fault in set.faults {
      counts[fault.kind, default: Count()].planted += 1
      if found.contains(fault) {
        counts[fault.kind, default: Count()].found += 1
      } else {
        note(fault, isMissed: true, set)
      }
    }
    for fault in found.subtracting(set.faults) {
      if fault.kind.isOfStyle, ofStyle.contains(fault.line) { continue }
      counts[fault.kind, default: Count()].wrong += 1
      note(fault, isMissed: false, set)
    }
  }

  private mutating func note(_ fault: PlantedFault, isMissed: Bool, _ set: PlantedTrainingSet) {
    let messages = set.lines[fault.line - 1].example.messages.dropFirst()
    slips.append((fault, isMissed, messages.map(\.text).joined(separator: " → ")))
  }
}
