// Where one failure was placed, and on what grounds. A value.

/// The cause of a failure with its place on both axes.
public struct Placement: Hashable, Sendable {
  public var caseID: String
  public var cause: FailureCause
  /// Nil where nothing could tell.
  public var knowledge: KnowledgeNeed?
  /// Nil where nothing could tell: how it acts on what it needs is not seen before it has that.
  public var behaviour: BehaviourNeed?
  /// What each experiment came to that was made.
  public var evidence: [Experiment: ExperimentTally]
  /// Why it is placed there, for a reader. It holds no text of others.
  public var sentence: String

  public init(
    caseID: String, cause: FailureCause, knowledge: KnowledgeNeed? = nil,
    behaviour: BehaviourNeed? = nil, evidence: [Experiment: ExperimentTally], sentence: String
  ) {
    self.caseID = caseID
    self.cause = cause
    self.knowledge = knowledge
    self.behaviour = behaviour
    self.evidence = evidence
    self.sentence = sentence
  }

  /// `as it was asked 0 of 5, with the right passages 2 of 2`: in the order of the experiments.
  public var evidenceText: String {
    Experiment.allCases.compactMap { experiment in
      evidence[experiment].map { "\(experiment.words) \($0.text)" }
    }.joined(separator: ", ")
  }
}
