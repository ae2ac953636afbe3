import Core
import Evaluation

// What the pages about evaluations ask of the world, and what it answers.

/// Something that is asked about evaluations; answered by `Event.evaluations`, if at all.
public enum EvaluationRequest: Hashable, Sendable {
  case list
  case read(Identifier)
  /// Read the plan of a file; nothing is asked by it yet. A path that leads nowhere from where whet was
  /// started is taken from the prompt's folder.
  case plan(path: String, promptPath: String?)
  /// Bring the plan by which an evaluation goes on; of one that is complete, its file's.
  case planAgain(Identifier)
  /// Begin, or go on with what was stopped of the same plan.
  case start(EvaluationStart)
  case stop
  /// Bring the ladder of all that was tried on the cases of an evaluation.
  case ladder(of: Identifier)
  /// Bring the last diagnosis on the cases of an evaluation.
  case map(of: Identifier)
  /// Bring verdicts on what was measured so far.
  case compare(VariantComparing)
  case openCase(CaseOpening)
  case saveCase(SavedCase)
}

/// An evaluation that is to be run.
public struct EvaluationStart: Hashable, Sendable {
  public var plan: EvaluationPlan
  /// The places of the cases that are asked first.
  public var first: Set<Int>

  public init(_ plan: EvaluationPlan, first: Set<Int> = []) {
    self.plan = plan
    self.first = first
  }
}

/// Answers to a case that are to be looked at in the panes.
public struct CaseOpening: Hashable, Sendable {
  public var evaluation: Identifier
  /// The evaluation's name and start, for the session that the answers become part of.
  public var name: String
  public var startedAt: Double
  public var repeatCount: Int
  public var testCase: EvaluationCase
  /// Its place in the evaluation, from 0.
  public var place: Int
  /// The variants with their places, a column each; the prompt is that of the first.
  public var columns: [Column]

  public struct Column: Hashable, Sendable {
    /// From 0.
    public var place: Int
    public var variant: EvaluationVariant

    public init(_ place: Int, _ variant: EvaluationVariant) {
      self.place = place
      self.variant = variant
    }
  }

  public init(
    evaluation: Identifier, name: String, startedAt: Double, repeatCount: Int,
    testCase: EvaluationCase, place: Int, columns: [Column]
  ) {
    self.evaluation = evaluation
    self.name = name
    self.startedAt = startedAt
    self.repeatCount = repeatCount
    self.testCase = testCase
    self.place = place
    self.columns = columns
  }
}

/// A case that is to be added to a dataset.
public struct SavedCase: Hashable, Sendable {
  /// A file of JSON Lines, which need not exist.
  public var path: String
  /// The prompt whose folder it is relative to, as a dataset's path is; nil for one without a file.
  public var promptPath: String?
  public var inputs: [String: String]
  /// The answer that would be right; nil where there is none yet.
  public var expected: String?

  public init(
    path: String, promptPath: String?, inputs: [String: String], expected: String?
  ) {
    self.path = path
    self.promptPath = promptPath
    self.inputs = inputs
    self.expected = expected
  }

  /// Made of the inputs: the same ones are the same case.
  public var id: String { String(ContentHash.of(inputJSON.text).prefix(12)) }

  /// As it stands in a dataset: a line.
  public var line: String {
    var object: JSON.Object = ["input": inputJSON]
    if let expected { object["expected"] = .string(expected) }
    object["id"] = .string(id)
    return JSON.object(object).text
  }

  private var inputJSON: JSON {
    .object(
      JSON.Object(
        inputs.sorted { $0.key < $1.key }.map { .init(name: $0.key, value: .string($0.value)) }))
  }
}

/// What is told of evaluations.
public enum EvaluationReply: Hashable, Sendable {
  /// The newest first.
  case listed([EvaluationRow])
  case read(EvaluationRecord)
  case planned(EvaluationPlan)
  /// It runs; with what was known of it already.
  case began(EvaluationRecord)
  /// What came since the last news, all of it kept.
  case progressed(Identifier, EvaluationProgress, [PlacedResult])
  case ended(Identifier, EvaluationEnding)
  case compared(ComparedVariants)
  case ladder(Ladder)
  case map(MapPage)
  /// A case is in the dataset, or was already.
  case caseSaved(path: String, isNew: Bool)
}

/// How an evaluation came to an end.
public enum EvaluationEnding: Hashable, Sendable {
  case complete
  case stopped
  /// With a sentence that says why it can't go on.
  case failed(String)
}

/// An evaluation, as the list shows it.
public struct EvaluationRow: Hashable, Sendable {
  public var summary: EvaluationSummary
  /// When it was begun, in words for a reader.
  public var started: String

  public init(_ summary: EvaluationSummary, started: String) {
    self.summary = summary
    self.started = started
  }
}
