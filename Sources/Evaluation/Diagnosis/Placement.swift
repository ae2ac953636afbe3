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

  /// What was searched with, and a passage that the search should have given: `returns.md:12`, or
  /// words of it. Nil where it isn't the search that failed.
  public var search: MissedSearch?

  public struct MissedSearch: Hashable, Sendable {
    public var question: String
    /// As `whet search --why-not` takes it.
    public var passage: String
    /// Its place among what was found, from 1; nil where it wasn't.
    public var rank: Int?

    public init(question: String, passage: String, rank: Int? = nil) {
      self.question = question
      self.passage = passage
      self.rank = rank
    }
  }

  public init(
    caseID: String, cause: FailureCause, knowledge: KnowledgeNeed? = nil,
    behaviour: BehaviourNeed? = nil, evidence: [Experiment: ExperimentTally], sentence: String,
    search: MissedSearch? = nil
  ) {
    self.caseID = caseID
    self.cause = cause
    self.knowledge = knowledge
    self.behaviour = behaviour
    self.evidence = evidence
    self.sentence = sentence
    self.search = search
  }

  /// `as it was asked 0 of 5, with the right passages 2 of 2`: in the order of the experiments.
  public var evidenceText: String {
    Experiment.allCases.compactMap { experiment in
      evidence[experiment].map { "\(experiment.words) \($0.text)" }
    }.joined(separator: ", ")
  }
}

extension Placement.MissedSearch {
  /// Words of a passage that name it among the rows of a file.
  private static let mostWords = 8

  init(question: String, missing: RightPassage) {
    let passage = missing.passage
    let name =
      passage.row == nil
      ? "\(passage.source):\(passage.lines.lowerBound)"
      : passage.text.utf8.prefix(400).split { $0 == 0x20 || $0 == 0x0A }.prefix(Self.mostWords)
        .map { String(decoding: $0, as: UTF8.self) }.joined(separator: " ")
    self.init(question: question, passage: name)
    if case .cut(let rank, _) = missing.standing { self.rank = rank }
  }
}
