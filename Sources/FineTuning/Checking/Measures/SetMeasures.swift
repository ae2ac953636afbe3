import Core

// The sizes of a set, put together from those of its examples.

/// What examples of a set measure, all in all; sets that follow each other can be put together.
public struct SetMeasures: Hashable, Sendable {
  /// Estimated tokens an example.
  public private(set) var tokens = Distribution()
  /// Those of answers.
  public private(set) var answers = Distribution()
  /// All that a model reads of the set in one pass of training.
  public private(set) var trainedTokens = 0
  /// By `ExampleMeasures.Part`, of the examples that have such a part.
  private var parts = [Distribution](
    repeating: Distribution(), count: ExampleMeasures.Part.allCases.count)
  public private(set) var turns = Distribution()
  /// Supervised examples and preferences.
  public private(set) var supervised = 0
  public private(set) var preferences = 0
  /// Examples that offer tools, and that call some.
  public private(set) var withTools = 0
  public private(set) var withCalls = 0
  public private(set) var calls = NameTally()
  /// The answers that may be names of classes.
  public private(set) var labels = NameTally()
  public private(set) var systemPrompts = SystemPromptTally()
  public private(set) var truncation: Truncation?

  /// - Parameter window: the tokens that are trained on at most; nil where nobody said.
  public init(window: Int? = nil) { truncation = window.map(Truncation.init) }

  public subscript(part: ExampleMeasures.Part) -> Distribution { parts[part.rawValue] }

  /// All that can be read.
  public var examples: Int { supervised + preferences }

  mutating func add(_ measures: ExampleMeasures, isPreference: Bool, line: Int) {
    if isPreference { preferences += 1 } else { supervised += 1 }
    tokens.add(measures.tokens)
    answers.add(measures.answer)
    trainedTokens += measures.trainedTokens
    turns.add(measures.turns)
    for part in ExampleMeasures.Part.allCases where measures[part] > 0 {
      parts[part.rawValue].add(measures[part])
    }
    if measures.offersTools { withTools += 1 }
    if !measures.calls.isEmpty { withCalls += 1 }
    for name in measures.calls { calls.add(name) }
    if let label = measures.label { labels.add(label) }
    systemPrompts.add(measures.system, line: line)
    truncation?.add(measures)
  }

  /// Adds the measures of the lines after these.
  mutating func merge(_ later: SetMeasures) {
    tokens.merge(later.tokens)
    answers.merge(later.answers)
    trainedTokens += later.trainedTokens
    turns.merge(later.turns)
    for place in parts.indices { parts[place].merge(later.parts[place]) }
    supervised += later.supervised
    preferences += later.preferences
    withTools += later.withTools
    withCalls += later.withCalls
    calls.merge(later.calls)
    labels.merge(later.labels)
    systemPrompts.merge(later.systemPrompts)
    if let truncation = later.truncation { self.truncation?.merge(truncation) }
  }

  /// The classes of a set whose answers are names of classes: nearly all are one short line, and few are
  /// different. Nil for any other set.
  public var classes: [(name: String, count: Int)]? {
    guard examples > 0, labels.others == 0, labels.counts.count <= Self.mostClasses,
      Double(labels.total) >= 0.9 * Double(examples), labels.counts.count * 3 <= examples
    else { return nil }
    return labels.ranked
  }

  /// Above so many different answers they are no classes.
  static let mostClasses = 100
}

/// What a context window leaves of examples. Trainers cut at the end: what is lost is the answer's first.
public struct Truncation: Hashable, Sendable {
  public let window: Int
  /// Examples that are longer than the window.
  public private(set) var examples = 0
  /// Tokens past the window, and those of them that are of answers.
  public private(set) var lost = 0
  public private(set) var lostOfAnswers = 0
  /// Examples of whose answer nothing is left.
  public private(set) var withoutAnswer = 0

  public init(window: Int) { self.window = window }

  /// What of an example does not fit: all in all, and of its answer.
  public static func lost(of measures: ExampleMeasures, window: Int) -> (all: Int, answer: Int) {
    let all = max(0, measures.tokens - window)
    return (all, min(all, measures.answer))
  }

  mutating func add(_ measures: ExampleMeasures) {
    let (all, answer) = Self.lost(of: measures, window: window)
    guard all > 0 else { return }
    examples += 1
    lost += all
    lostOfAnswers += answer
    if answer == measures.answer { withoutAnswer += 1 }
  }

  mutating func merge(_ other: Truncation) {
    examples += other.examples
    lost += other.lost
    lostOfAnswers += other.lostOfAnswers
    withoutAnswer += other.withoutAnswer
  }
}
