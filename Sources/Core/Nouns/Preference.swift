// Which of two answers is better, as a person or a judge model saw it. Whoever it was knew no names
// while they looked.

/// An answer preferred to another, or neither.
public struct Preference: Hashable, Sendable {
  /// One of the two answers.
  public struct Side: Hashable, Sendable {
    public var run: Identifier
    /// What the run asked; its version is always that of the text that was run.
    public var variant: Variant

    public init(run: Identifier, variant: Variant) {
      self.run = run
      self.variant = variant
    }
  }

  public enum Outcome: String, Hashable, Sendable, CaseIterable {
    case first, second, tie
    /// Neither will do; for strengths it is a tie.
    case bothBad = "both_bad"

    /// The same with the answers in the other order.
    public var reversed: Outcome {
      switch self {
      case .first: .second
      case .second: .first
      case .tie, .bothBad: self
      }
    }
  }

  /// Who saw it so.
  public enum Judge: Hashable, Sendable {
    case person
    /// A model, and the hash of the rubric that it was given.
    case model(ModelReference, rubric: String)

    public var isPerson: Bool { self == .person }
  }

  public var first: Side
  public var second: Side
  public var outcome: Outcome
  public var judge: Judge
  /// Whether a judge said the same with the answers in either order; if not, the outcome is a tie.
  public var isConsistent: Bool

  public init(
    first: Side, second: Side, outcome: Outcome, judge: Judge = .person, isConsistent: Bool = true
  ) {
    self.first = first
    self.second = second
    self.outcome = outcome
    self.judge = judge
    self.isConsistent = isConsistent
  }

  /// The outcome for a pair of runs, in their order; nil where it is about others.
  public func outcome(of first: Identifier, against second: Identifier) -> Outcome? {
    if self.first.run == first, self.second.run == second { return outcome }
    if self.first.run == second, self.second.run == first { return outcome.reversed }
    return nil
  }
}

/// A preference as it is stored and shared.
public struct RecordedPreference: Hashable, Sendable {
  public var id: Identifier
  /// Seconds since 1970.
  public var madeAt: Double
  public var preference: Preference

  public init(id: Identifier, madeAt: Double, _ preference: Preference) {
    self.id = id
    self.madeAt = madeAt
    self.preference = preference
  }
}

extension Preference {
  /// As session files and the store have it.
  public var json: JSON.Object {
    [
      "first": first.json, "second": second.json, "outcome": .string(outcome.rawValue),
      "judge": judge.json, "consistent": .bool(isConsistent),
    ]
  }

  /// The preference that such an object holds; nil when it isn't one.
  public init?(json: JSON) {
    guard let first = json["first"].flatMap(Side.init),
      let second = json["second"].flatMap(Side.init),
      first.run != second.run,
      let outcome = json["outcome"]?.string.flatMap(Outcome.init),
      let judge = json["judge"].flatMap(Judge.init)
    else { return nil }
    self.init(
      first: first, second: second, outcome: outcome, judge: judge,
      isConsistent: json["consistent"] != false)
  }
}

extension Preference.Side {
  fileprivate var json: JSON { ["run": .string(run), "variant": variant.json] }

  fileprivate init?(json: JSON) {
    guard let run = json["run"]?.string, let variant = json["variant"].flatMap(Variant.init) else {
      return nil
    }
    self.init(run: run, variant: variant)
  }
}

extension Preference.Judge {
  /// `"person"`, or an object with the model and its rubric.
  public var json: JSON {
    switch self {
    case .person: "person"
    case .model(let model, let rubric):
      ["model": .string(model.description), "rubric": .string(rubric)]
    }
  }

  fileprivate init?(json: JSON) {
    if json == "person" {
      self = .person
    } else if let model = json["model"]?.string.flatMap(ModelReference.init),
      let rubric = json["rubric"]?.string
    {
      self = .model(model, rubric: rubric)
    } else {
      return nil
    }
  }
}
