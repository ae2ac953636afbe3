// Who won against whom, counted from preferences, with the strengths that follow.
//
// The same two answers count once for each judge, as they were judged last: to look again is to think
// again, not to know twice as much.

/// The variants that were compared, the strongest first.
public struct WinTable: Hashable, Sendable {
  /// A variant, and what came of it.
  public struct Row: Hashable, Sendable {
    /// As it was called last.
    public var variant: Variant
    public var wins = 0
    public var losses = 0
    /// Those where both were bad included.
    public var ties = 0
    /// From 0; of different groups it can't be said which is better.
    public var group = 0
    public var standing: BradleyTerry.Standing?

    public var comparisons: Int { wins + losses + ties }
  }

  public private(set) var rows: [Row] = []
  /// Pairs of answers that were judged.
  public private(set) var comparisons = 0
  /// Those of them where a judge disagreed with itself; they count as ties.
  public private(set) var inconsistencies = 0

  /// - Parameter preferences: those of one judge, or of all people.
  public init(_ preferences: [RecordedPreference]) {
    var places: [Variant: Int] = [:]
    var wins: [[Double]] = []
    for preference in preferences.last {
      let first = place(of: preference.first.variant, &places, &wins)
      let second = place(of: preference.second.variant, &places, &wins)
      // An answer of the same variant says nothing about variants.
      guard first != second else { continue }
      comparisons += 1
      if !preference.isConsistent { inconsistencies += 1 }
      switch preference.outcome {
      case .first: count(winner: first, loser: second, &wins)
      case .second: count(winner: second, loser: first, &wins)
      case .tie, .bothBad:
        for (one, other) in [(first, second), (second, first)] {
          rows[one].ties += 1
          wins[one][other] += 0.5
        }
      }
    }
    let model = BradleyTerry(wins: wins)
    for place in rows.indices {
      rows[place].group = model.groups[place]
      rows[place].standing = model.standings[place]
    }
    rows.removeAll { $0.comparisons == 0 }
    rows.sort {
      ($0.group, -($0.standing?.logOdds ?? 0)) < ($1.group, -($1.standing?.logOdds ?? 0))
    }
  }

  /// How many groups there are that were never compared with each other.
  public var groupCount: Int { Set(rows.map(\.group)).count }

  private mutating func place(
    of variant: Variant, _ places: inout [Variant: Int], _ wins: inout [[Double]]
  ) -> Int {
    let identity = variant.identity
    if let place = places[identity] {
      rows[place].variant = variant
      return place
    }
    places[identity] = rows.count
    rows.append(Row(variant: variant))
    for row in wins.indices { wins[row].append(0) }
    wins.append([Double](repeating: 0, count: rows.count))
    return rows.count - 1
  }

  private mutating func count(winner: Int, loser: Int, _ wins: inout [[Double]]) {
    rows[winner].wins += 1
    rows[loser].losses += 1
    wins[winner][loser] += 1
  }
}

extension Variant {
  /// What makes it the same as another: what it asks, whatever it is called and however often.
  public var identity: Variant {
    var variant = self
    variant.name = ""
    variant.repeatCount = 1
    return variant
  }
}

extension [RecordedPreference] {
  /// What each judge said last of each two answers, in the order of time.
  public var last: [Preference] {
    var seen: Set<JudgedPair> = []
    let newest = sorted { ($0.madeAt, $0.id) > ($1.madeAt, $1.id) }
    return newest.map(\.preference).filter { seen.insert(JudgedPair($0)).inserted }.reversed()
  }

  /// What people said.
  public var ofPeople: [RecordedPreference] { filter { $0.preference.judge.isPerson } }

  /// The models that judged, with their rubrics, in the order in which they first did.
  public var judges: [Preference.Judge] {
    var seen: Set<Preference.Judge> = []
    return map(\.preference.judge).filter { !$0.isPerson && seen.insert($0).inserted }
  }
}

/// Two answers and who compared them.
private struct JudgedPair: Hashable {
  let judge: Preference.Judge
  let runs: Set<Identifier>

  init(_ preference: Preference) {
    judge = preference.judge
    runs = [preference.first.run, preference.second.run]
  }
}
