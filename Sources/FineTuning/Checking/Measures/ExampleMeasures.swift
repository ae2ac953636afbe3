import Core

// The sizes of one example, and what it is counted by.

/// How large an example is, in estimated tokens (`TokenEstimate`), and of what kind.
public struct ExampleMeasures: Hashable, Sendable {
  /// Who speaks, as far as sizes are told apart.
  public enum Part: Int, Hashable, Sendable, CaseIterable {
    case system, user, assistant, tool
    /// The definitions of tools.
    case definitions
  }

  /// By `Part`; of a preference with its better output only.
  private var parts = [Int](repeating: 0, count: Part.allCases.count)
  /// Of the answer: what is learned, or cut first. Its share of `assistant` and `tool`.
  public private(set) var answer = 0
  /// Of a preference's worse output.
  public private(set) var rejected = 0
  /// Of all turns, without a worse output.
  public private(set) var turns = 0
  public private(set) var offersTools = false
  /// The tools that are called, a name for each call.
  public private(set) var calls: [String] = []
  /// What the system's turns say; nil where there are none.
  public private(set) var system: String?
  /// The answer, where it may be the name of a class: one short line.
  public private(set) var label: String?

  public init(of example: TrainingExample) {
    for message in example.input { add(message) }
    let before = parts
    for message in example.answer { add(message) }
    answer = parts.reduce(0, +) - before.reduce(0, +)
    for message in example.rejected ?? [] { rejected += Self.tokens(of: message) }
    if let tools = example.tools, !tools.isNull, tools != .array([]) {
      offersTools = true
      parts[Part.definitions.rawValue] = TokenEstimate.tokens(in: tools.text)
    }
    label = Self.label(of: example)
  }

  public subscript(part: Part) -> Int { parts[part.rawValue] }

  /// Of the example, with a preference's better output.
  public var tokens: Int { parts.reduce(0, +) }

  /// Of all that a model reads of it in training: a preference's question is read before each output.
  public var trainedTokens: Int { rejected == 0 ? tokens : 2 * tokens - answer + rejected }

  private mutating func add(_ message: TrainingMessage) {
    turns += 1
    let part: Part =
      switch message.role {
      case "system", "developer": .system
      case "user": .user
      case "assistant": .assistant
      default: .tool
      }
    parts[part.rawValue] += Self.tokens(of: message)
    if part == .system { system = system.map { $0 + "\n" + message.text } ?? message.text }
    for call in message.toolCalls?.array ?? [] {
      if let name = call["function"]?["name"]?.string { calls.append(name) }
    }
  }

  /// With what the role and the separators of a turn cost.
  private static func tokens(of message: TrainingMessage) -> Int {
    var estimate = TokenEstimate()
    var media = 0
    if case .string(let text)? = message.content {
      estimate.add(text)
    } else {
      for part in message.content?.array ?? [] {
        if let text = part["text"]?.string { estimate.add(text) } else { media += 1 }
      }
    }
    if let calls = message.toolCalls { estimate.add(calls.text) }
    return estimate.tokens + media * tokensOfMedium + 4
  }

  /// What a picture of a million pixels comes to with the usual models.
  private static let tokensOfMedium = 1000

  /// The longest answer that is taken for the name of a class, in bytes.
  private static let longestLabel = 40

  private static func label(of example: TrainingExample) -> String? {
    guard example.answer.count == 1, let message = example.answer.first,
      case .string(let text)? = message.content, text.utf8.count <= longestLabel,
      !text.utf8.contains(0x0A)
    else { return nil }
    return text
  }
}
