import Core

// Runs as training examples: the messages of the request, and what shall be answered to them. Nothing
// else of a run is taken over: no parameters, no passages beside those in the messages, no address.

/// What a run, a pair of runs or an evaluation's answer comes to.
public struct CollectedExample: Hashable, Sendable {
  /// Nil where nothing can be learned from it; a loss tells why.
  public var example: TrainingExample?
  public var losses: Set<CollectionLoss>

  /// What was asked with what was answered.
  ///
  /// - Parameter correction: what a person made of the answer, which stands in its place.
  public init(
    _ request: CompletionRequest, answer: Answer, correction: String? = nil
  ) {
    losses = []
    guard let input = Self.input(of: request, &losses),
      let turn = Self.turn(answer, correction: correction, &losses)
    else { return }
    example = TrainingExample(input: input, answer: [turn], tools: Self.tools(of: request))
  }

  /// An answer that is preferred to another one to the same request.
  ///
  /// - Parameter correction: what a person made of the first answer, which stands in its place.
  public init(
    _ request: CompletionRequest, preferred: Answer, correction: String? = nil,
    rejected: Answer
  ) {
    losses = []
    guard let input = Self.input(of: request, &losses),
      let turn = Self.turn(preferred, correction: correction, &losses),
      let other = Self.turn(rejected, correction: nil, &losses)
    else { return }
    guard turn != other else {
      losses = [.sameAnswers]
      return
    }
    example = TrainingExample(
      input: input, answer: [turn], rejected: [other], tools: Self.tools(of: request))
  }

  /// What takes all of it, without a reason in the answers.
  public init(lost loss: CollectionLoss) { losses = [loss] }

  private static func tools(of request: CompletionRequest) -> JSON? {
    let tools = request.parameters.tools
    return tools.isEmpty ? nil : .array(tools.map(chatTool))
  }

  /// A tool in the words of chat completions, also where it was given in the plain form.
  private static func chatTool(_ tool: JSON) -> JSON {
    tool["type"] == nil ? ["type": "function", "function": tool] : tool
  }

  private static func input(
    of request: CompletionRequest, _ losses: inout Set<CollectionLoss>
  ) -> [TrainingMessage]? {
    var messages = request.messages
    // The beginning that the model was given is the beginning of its answer.
    if !request.givenBeginning.isEmpty { messages.removeLast() }
    if messages.contains(where: \.hasMedia) { losses = [.media] }
    if messages.contains(where: { $0.role == .tool }) { losses = [.toolResults] }
    guard losses.isEmpty, !messages.isEmpty else { return nil }
    return messages.map { message in
      let hasSection = message.parts.contains { if case .section = $0 { true } else { false } }
      if hasSection { losses.insert(.sections) }
      return TrainingMessage(role: message.role.rawValue, text: message.text)
    }
  }

  private static func turn(
    _ answer: Answer, correction: String?, _ losses: inout Set<CollectionLoss>
  ) -> TrainingMessage? {
    if let correction {
      guard !correction.isBlank else {
        losses = [.noAnswer]
        return nil
      }
      if !answer.toolCalls.isEmpty { losses.insert(.callsBesideCorrection) }
      return TrainingMessage(role: "assistant", text: correction)
    }
    guard answer.finishReason == .stop || answer.finishReason == .toolCalls else {
      losses = [.unfinished]
      return nil
    }
    let calls = answer.toolCalls.filter { !$0.name.isEmpty }
    guard !answer.text.isBlank || !calls.isEmpty else {
      losses = [.noAnswer]
      return nil
    }
    if !answer.thinking.isEmpty { losses.insert(.thinking) }
    return TrainingMessage(
      role: "assistant", content: answer.text.isEmpty ? nil : .string(answer.text),
      toolCalls: calls.isEmpty ? nil : .array(calls.enumerated().map(Self.chatCall)))
  }

  private static func chatCall(_ place: Int, _ call: ToolCall) -> JSON {
    [
      "id": .string(call.id.isEmpty ? "call_\(place + 1)" : call.id), "type": "function",
      "function": [
        "name": .string(call.name),
        "arguments": .string(call.arguments.isEmpty ? "{}" : call.arguments),
      ],
    ]
  }
}

extension String {
  fileprivate var isBlank: Bool { allSatisfy(\.isWhitespace) }
}
