// A judge model beside the people: on the answers that both compared.

/// How far a judge sees things as people do.
public struct JudgeAgreement: Hashable, Sendable {
  /// Two answers of which a person and the judge said different things.
  public struct Disagreement: Hashable, Sendable {
    public var person: Preference
    /// With the answers in the order of the person's.
    public var judged: Preference.Outcome
  }

  /// Pairs of answers that both compared.
  public private(set) var compared = 0
  public private(set) var disagreements: [Disagreement] = []

  /// - Parameter preferences: those of everybody.
  public init(of judge: Preference.Judge, with preferences: [RecordedPreference]) {
    let last = preferences.last
    let judged = last.filter { $0.judge == judge }
    for person in last where person.judge.isPerson {
      let outcome = judged.lazy.compactMap {
        $0.outcome(of: person.first.run, against: person.second.run)
      }.first
      guard let outcome else { continue }
      compared += 1
      if !outcome.saysTheSame(as: person.outcome) {
        disagreements.append(Disagreement(person: person, judged: outcome))
      }
    }
  }

  public var agreed: Int { compared - disagreements.count }
}

extension Preference.Outcome {
  /// Whether it prefers the same answer; that both are bad prefers none.
  fileprivate func saysTheSame(as other: Self) -> Bool {
    (self == .bothBad ? .tie : self) == (other == .bothBad ? .tie : other)
  }
}
