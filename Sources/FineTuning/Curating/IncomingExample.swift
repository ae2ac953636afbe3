import Core

// An example on its way into a set, and what a list will show of it.

/// An example with where it comes from, before it has a place in a set.
public struct IncomingExample: Hashable, Sendable {
  public var example: TrainingExample
  public var lineage: ExampleLineage
  public var state: ExampleState
  public var tags: [String]

  public init(
    _ example: TrainingExample, lineage: ExampleLineage, state: ExampleState = .pending,
    tags: [String] = []
  ) {
    self.example = example
    self.lineage = lineage
    self.state = state
    self.tags = tags
  }
}

/// What came of adding examples to a set.
public struct AppendReport: Hashable, Sendable {
  /// One that was there already.
  public struct Duplicate: Hashable, Sendable {
    /// Its place among those that were to be added, from 1.
    public var incoming: Int
    /// The number of the first example of the set that says the same.
    public var number: Int

    public init(incoming: Int, number: Int) {
      self.incoming = incoming
      self.number = number
    }
  }

  public var added = 0
  /// How many were there already, whether they were kept all the same or not.
  public var duplicates = 0
  /// The first of them, 20 at most.
  public var firstDuplicates: [Duplicate] = []

  public static let mostDuplicatesTold = 20

  public init() {}

  public mutating func note(_ duplicate: Duplicate) {
    duplicates += 1
    if firstDuplicates.count < Self.mostDuplicatesTold { firstDuplicates.append(duplicate) }
  }
}

extension TrainingExample {
  /// The beginning of what the last user's turn says, in one line.
  public var questionBeginning: String {
    Self.beginning(of: input.last { $0.role == "user" } ?? input.last)
  }

  /// The beginning of what the answer says, in one line; of one that only calls tools, their calls.
  public var answerBeginning: String {
    Self.beginning(of: answer.first { $0.role == "assistant" } ?? answer.first)
  }

  private static let longestBeginning = 200

  private static func beginning(of message: TrainingMessage?) -> String {
    guard let message else { return "" }
    var text = message.text
    if text.isEmpty, let calls = message.toolCalls { text = calls.text }
    var line = ""
    var length = 0
    var isGap = false
    for character in text {
      if character.isWhitespace {
        isGap = length > 0
        continue
      }
      let size = isGap ? 2 : 1
      guard length + size <= longestBeginning else { break }
      if isGap { line.append(" ") }
      line.append(character)
      length += size
      isGap = false
    }
    return line
  }
}
