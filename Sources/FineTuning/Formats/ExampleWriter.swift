import Core

// Examples as records of files for training. Pure: what comes out is a line's text.

/// Writes examples in one format.
public struct ExampleWriter: Sendable {
  public let format: RecordFormat

  /// Formats that can be written; the others are only read.
  public static let formats: [RecordFormat] = [
    .messages, .preference, .promptCompletion, .shareGPT,
  ]

  /// Nil for a format that is only read.
  public init?(format: RecordFormat) {
    guard Self.formats.contains(format) else { return nil }
    self.format = format
  }

  /// The record of an example, without a line end. Throws `ExampleFormatError` where the format has no
  /// place for what the example says.
  public func record(of example: TrainingExample) throws(ExampleFormatError) -> String {
    try json(of: example).text
  }

  private func json(of example: TrainingExample) throws(ExampleFormatError) -> JSON {
    switch format {
    case .preference:
      guard example.rejected != nil else {
        throw ExampleFormatError(
          "It has no rejected answer: pairs come from corrections and picks.")
      }
      return example.json
    case .messages: return supervised(example).json
    case .promptCompletion:
      func list(_ messages: [TrainingMessage]) -> JSON { .array(messages.map(\.json)) }
      var object: JSON.Object = [
        "prompt": list(example.input), "completion": list(example.answer),
      ]
      if let tools = example.tools { object["tools"] = tools }
      return .object(object)
    default: return try shareGPT(supervised(example))
    }
  }

  /// The preferred answer of a pair is one to learn from, too.
  private func supervised(_ example: TrainingExample) -> TrainingExample {
    TrainingExample(input: example.input, answer: example.answer, tools: example.tools)
  }

  private func shareGPT(_ example: TrainingExample) throws(ExampleFormatError) -> JSON {
    var object: JSON.Object = ["conversations": .array(try turns(of: example.messages))]
    if let tools = example.tools { object["tools"] = .string(tools.text) }
    return .object(object)
  }

  /// Messages as turns of ShareGPT.
  func turns(of messages: [TrainingMessage]) throws(ExampleFormatError) -> [JSON] {
    var turns: [JSON] = []
    for message in messages {
      if message.content?.array?.contains(where: { $0["text"]?.string == nil }) == true {
        throw ExampleFormatError("ShareGPT has no place for a part that is no text.")
      }
      var from: String
      var value = message.text
      switch message.role {
      case "system", "developer": from = "system"
      case "user": from = "human"
      case "tool": from = "observation"
      default: from = "gpt"
      }
      if let calls = message.toolCalls?.array, !calls.isEmpty {
        guard value.isEmpty else {
          throw ExampleFormatError("ShareGPT has no place for a text beside tool calls.")
        }
        from = "function_call"
        let list = calls.map { call -> JSON in
          let arguments = call["function"]?["arguments"]?.string ?? "{}"
          return [
            "name": call["function"]?["name"] ?? "",
            "arguments": (try? JSON(parsing: arguments)) ?? .string(arguments),
          ]
        }
        value = (list.count == 1 ? list[0] : .array(list)).text
      }
      var turn: JSON.Object = ["from": .string(from), "value": .string(value)]
      if let weight = message.weight { turn["weight"] = .integer(weight) }
      turns.append(.object(turn))
    }
    return turns
  }
}
