import FineTuning

// What the pages about training sets ask of the world, and what it answers.

/// Something that is asked about training sets; answered by `Event.training`, if at all.
public enum TrainingRequest: Hashable, Sendable {
  case sets
  case create(String)
  case remove(String)
  /// Bring some rows; told of again and again while a filter looks for more.
  case window(ExampleQuestion)
  /// Bring one example whole.
  case example(set: String, number: Int)
  /// Change one example, known by its number.
  case change(set: String, number: Int, CurationAction.Change)
  /// Change all that fit a filter.
  case changeAll(set: String, filter: String, CurationAction.Change)
  case undo(set: String)
  case redo(set: String)
  case check(set: String)
}

/// Which rows are asked for.
public struct ExampleQuestion: Hashable, Sendable {
  public var set: String
  /// As it was typed; it can be read.
  public var filter: String
  /// Of those that fit.
  public var offset: Int
  public var limit: Int
  /// A later question takes the place of those before.
  public var number: Int

  public init(set: String, filter: String, offset: Int, limit: Int, number: Int) {
    self.set = set
    self.filter = filter
    self.offset = offset
    self.limit = limit
    self.number = number
  }
}

/// What is told of training sets.
public enum TrainingReply: Hashable, Sendable {
  case sets([TrainingSetSummary])
  /// An answer to the question with that number.
  case window(ExampleWindow, number: Int)
  case example(set: String, StoredExample)
  /// A set is another one now, with what was done as a sentence.
  case changed(set: String, String)
  /// A check came to its end; nil when it could not be made, which was told.
  case checked(set: String, CheckReport?)
  /// What was asked for can't be, as a sentence.
  case refused(String)
}
