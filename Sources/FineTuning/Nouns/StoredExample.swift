// An example in its set, with what people think of it.

/// Whether an example is to be trained on.
public enum ExampleState: String, Hashable, Sendable, CaseIterable {
  /// Nobody has said.
  case pending
  case approved
  case rejected
}

/// An example of a training set.
public struct StoredExample: Hashable, Sendable {
  /// Its place in the set, from 1; it stays.
  public var number: Int
  public var example: TrainingExample
  public var state: ExampleState
  /// In the order of the alphabet.
  public var tags: [String]
  public var lineage: ExampleLineage
  /// Of input and answer, estimated.
  public var tokens: Int

  public init(
    number: Int, example: TrainingExample, state: ExampleState = .pending, tags: [String] = [],
    lineage: ExampleLineage, tokens: Int
  ) {
    self.number = number
    self.example = example
    self.state = state
    self.tags = tags
    self.lineage = lineage
    self.tokens = tokens
  }
}

/// What a list shows of an example.
public struct ExampleRow: Hashable, Sendable {
  public var number: Int
  public var state: ExampleState
  public var tags: [String]
  /// The beginnings of what the last user's turn and the answer say, in one line, 200 characters at most.
  public var question: String
  public var answer: String
  public var tokens: Int
  public var isPreference: Bool

  public init(
    number: Int, state: ExampleState, tags: [String], question: String, answer: String,
    tokens: Int, isPreference: Bool
  ) {
    self.number = number
    self.state = state
    self.tags = tags
    self.question = question
    self.answer = answer
    self.tokens = tokens
    self.isPreference = isPreference
  }
}

/// A part of a list of a set's examples.
public struct ExampleWindow: Hashable, Sendable {
  /// How many examples fit the filter, as far as is known.
  public var count: Int
  /// Whether all examples were looked at, so that `count` is final.
  public var isComplete: Bool
  /// How many that fit stand before the first row.
  public var offset: Int
  public var rows: [ExampleRow]

  public init(count: Int, isComplete: Bool, offset: Int, rows: [ExampleRow]) {
    self.count = count
    self.isComplete = isComplete
    self.offset = offset
    self.rows = rows
  }
}

/// What is known of a training set without reading its examples.
public struct TrainingSetSummary: Hashable, Sendable {
  public var name: String
  public var count: Int
  public var approved: Int
  public var rejected: Int
  /// Estimated, of all that are not rejected.
  public var tokens: Int
  /// Seconds since 1970.
  public var changedAt: Double

  public init(
    name: String, count: Int, approved: Int, rejected: Int, tokens: Int, changedAt: Double
  ) {
    self.name = name
    self.count = count
    self.approved = approved
    self.rejected = rejected
    self.tokens = tokens
    self.changedAt = changedAt
  }
}
