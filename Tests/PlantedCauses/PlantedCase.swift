import Core
import Evaluation

// A case whose cause of failure is known, because it was made to fail by it.

/// A question that a `PlantedModel` fails for one known reason.
public struct PlantedCase: Sendable {
  public var evaluated: EvaluationCase
  public var question: String
  /// The word that a right answer says.
  public var answer: String
  /// Where it has to be placed.
  public var cause: FailureCause
  /// How it has to act otherwise; nil where any place on that axis is right.
  public var behaviour: BehaviourNeed?
  /// What the model makes of it.
  var nature: Nature

  /// What a model is like in one case.
  struct Nature: Sendable {
    var knows = false
    /// More passages than this, and it overlooks the right one, or forgets what it knows.
    var mostPassages = Int.max
    /// Whether it answers in whole sentences until it is told firmly not to.
    var chats = false
    var isAble = true
    /// How often a right answer comes out wrong.
    var unsteadiness = 0.0
  }
}

/// A document of the corpus; a search finds it as one passage.
public struct PlantedDocument: Sendable {
  public var id: String
  public var text: String

  public var passage: Passage {
    Passage(
      source: "corpus.jsonl", row: id, bytes: 0..<text.utf8.count, lines: 1...1, text: text)
  }
}
