import Core

// What a model is to learn from one record.

/// One training record: what is asked, what the model shall say, and what it shall rather not say.
public struct TrainingExample: Hashable, Sendable {
  /// The turns before the answer.
  public var input: [TrainingMessage]
  /// What the model shall say: the last of an assistant's turns, or the preferred output.
  public var answer: [TrainingMessage]
  /// What the answer is preferred to; nil for a supervised example.
  public var rejected: [TrainingMessage]?
  /// The tools that the model is offered, in the words of chat completions.
  public var tools: JSON?

  public init(
    input: [TrainingMessage], answer: [TrainingMessage], rejected: [TrainingMessage]? = nil,
    tools: JSON? = nil
  ) {
    self.input = input
    self.answer = answer
    self.rejected = rejected
    self.tools = tools
  }

  /// A supervised example of a whole conversation: its last assistant's turn, and what follows that, is
  /// the answer.
  public init(messages: [TrainingMessage], tools: JSON? = nil) {
    let end = messages.lastIndex { $0.role == "assistant" } ?? messages.endIndex
    self.init(
      input: Array(messages[..<end]), answer: Array(messages[end...]), tools: tools)
  }

  /// Input and answer.
  public var messages: [TrainingMessage] { input + answer }

  /// A supervised line of SFT JSONL, or a preference as DPO JSONL has it.
  public var json: JSON {
    var object: JSON.Object = [:]
    func list(_ messages: [TrainingMessage]) -> JSON { .array(messages.map(\.json)) }
    if let rejected {
      var asked: JSON.Object = ["messages": list(input)]
      if let tools { asked["tools"] = tools }
      object["input"] = .object(asked)
      object["preferred_output"] = list(answer)
      object["non_preferred_output"] = list(rejected)
    } else {
      object["messages"] = list(messages)
      if let tools { object["tools"] = tools }
    }
    return .object(object)
  }

  /// The example that either of the two objects holds; nil when it is neither.
  public init?(json: JSON) {
    func list(_ json: JSON?) -> [TrainingMessage]? {
      guard let items = json?.array else { return nil }
      let messages = items.compactMap(TrainingMessage.init(json:))
      return messages.count == items.count ? messages : nil
    }
    func tools(_ json: JSON?) -> JSON? { json?["tools"].flatMap { $0.isNull ? nil : $0 } }
    if let messages = list(json["messages"]) {
      self.init(messages: messages, tools: tools(json))
    } else if let input = list(json["input"]?["messages"]),
      let preferred = list(json["preferred_output"]),
      let rejected = list(json["non_preferred_output"])
    {
      self.init(
        input: input, answer: preferred, rejected: rejected, tools: tools(json["input"]))
    } else {
      return nil
    }
  }

  /// Names an example by what it says, whoever wrote it down: the hash of its line.
  public var hash: String { ContentHash.of(json.text) }
}
