// Findings in a bounded place: a file can have millions of one kind.

/// Findings by kind: the first of each, and how many there are.
public struct FindingList: Hashable, Sendable {
  /// All findings of one kind.
  public struct Group: Hashable, Sendable {
    public var code: String
    public var severity: FindingSeverity
    /// How many there are, kept or not.
    public var count: Int
    /// The first ones, in the order of their lines.
    public var kept: [TrainingFinding]
  }

  private struct Kind: Hashable {
    var code: String
    var severity: FindingSeverity
  }

  private var byKind: [Kind: Group] = [:]
  /// Of each kind.
  private let mostKept: Int

  public init(mostKept: Int = CheckSettings.mostKept) { self.mostKept = mostKept }

  /// Adds a finding that was made so many times, at least once.
  public mutating func add(_ finding: TrainingFinding, count: Int = 1) {
    let kind = Kind(code: finding.code, severity: finding.severity)
    var group =
      byKind.removeValue(forKey: kind)
      ?? Group(code: finding.code, severity: finding.severity, count: 0, kept: [])
    group.count += count
    if group.kept.count < mostKept { group.kept.append(finding) }
    byKind[kind] = group
  }

  /// Adds the findings of later lines.
  public mutating func merge(_ later: FindingList) {
    for (kind, group) in later.byKind {
      var own =
        byKind.removeValue(forKey: kind)
        ?? Group(code: group.code, severity: group.severity, count: 0, kept: [])
      own.count += group.count
      own.kept += group.kept.prefix(max(0, mostKept - own.kept.count))
      byKind[kind] = own
    }
  }

  /// The worst first, then the most frequent, then in the order of the alphabet.
  public var groups: [Group] {
    byKind.values.map { group in
      var group = group
      // What is found at the end may be about earlier lines.
      group.kept.sort { ($0.line ?? 0, $0.sentence) < ($1.line ?? 0, $1.sentence) }
      return group
    }
    .sorted {
      if $0.severity != $1.severity { return $0.severity > $1.severity }
      return $0.count != $1.count ? $0.count > $1.count : $0.code < $1.code
    }
  }

  public func count(of severity: FindingSeverity) -> Int {
    byKind.values.reduce(0) { $0 + ($1.severity == severity ? $1.count : 0) }
  }

  /// How often a kind was found, of whatever severity.
  public func count(of code: String) -> Int {
    byKind.values.reduce(0) { $0 + ($1.code == code ? $1.count : 0) }
  }

  public var worst: FindingSeverity? { byKind.keys.map(\.severity).max() }

  public var isEmpty: Bool { byKind.isEmpty }
}
