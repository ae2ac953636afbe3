import Core

// Examples as the records that each trainer's loader reads. A record is trained on in its answer only.

/// Writes the records of a recipe.
public struct RecipeRecords: Sendable {
  private let trainer: LocalTrainer
  private let method: TrainingMethod
  /// Whether any example offers tools: then each record has a place for them, as tables have.
  private let hasTools: Bool

  public init(trainer: LocalTrainer, method: TrainingMethod, hasTools: Bool) {
    self.trainer = trainer
    self.method = method
    self.hasTools = hasTools
  }

  /// The examples that become a record each.
  ///
  /// Only axolotl is told for each turn whether it is trained on. The others train on a record's last answer:
  /// a conversation with several answers becomes as many records. Throws `ExampleFormatError` for an
  /// example that can't be trained on so.
  public func examples(
    of example: TrainingExample
  ) throws(ExampleFormatError) -> [TrainingExample] {
    guard !example.input.isEmpty else {
      throw ExampleFormatError("Nothing is asked before the answer.")
    }
    guard method == .supervised else {
      guard example.rejected?.count == 1, example.answer.count == 1 else {
        throw ExampleFormatError("DPO takes one turn that is preferred, and one that is not.")
      }
      return [example]
    }
    let trained = example.trainedTurns.filter { $0 > 0 }
    guard let last = trained.last else {
      throw ExampleFormatError("No answer in it is trained on: its weights are 0.")
    }
    let messages = example.messages
    if trainer == .axolotl {
      return [
        TrainingExample(
          input: Array(messages[..<last]), answer: [messages[last]], tools: example.tools)
      ]
    }
    guard trained.count <= Self.mostAnswers else {
      throw ExampleFormatError("It has more than \(Self.mostAnswers) answers: cut it in pieces.")
    }
    return trained.map {
      TrainingExample(input: Array(messages[..<$0]), answer: [messages[$0]], tools: example.tools)
    }
  }

  /// More answers of one conversation would make records out of all proportion to the file.
  private static let mostAnswers = 64

  /// The line of one of `examples`, without its end. Throws `ExampleFormatError` where the trainer has no
  /// place for what it says.
  public func record(of example: TrainingExample) throws(ExampleFormatError) -> String {
    var object: JSON.Object = [:]
    switch (trainer, method) {
    case (.llamaFactory, _): object = try turns(of: example)
    case (.mlx, _):
      object["messages"] = .array(try messages(example.messages, arguments: .object))
    case (.axolotl, .supervised):
      let list = try messages(example.messages, arguments: .text)
      object["messages"] = .array(
        zip(example.messages, list).map { message, json in
          var json = json.object ?? [:]
          json["train"] = .bool(message.role == "assistant" && message.weight != 0)
          return .object(json)
        })
    case (.axolotl, .dpo):
      let all = example.messages + (example.rejected ?? [])
      guard example.tools == nil, !all.contains(where: { $0.toolCalls != nil }) else {
        throw ExampleFormatError("axolotl's DPO has no place for tools.")
      }
      object["messages"] = .array(try messages(example.input, arguments: .text))
      object["chosen"] = try messages(example.answer, arguments: .text)[0]
      object["rejected"] = try messages(example.rejected ?? [], arguments: .text)[0]
    case (.trl, .supervised), (.unsloth, .supervised):
      object["prompt"] = .array(try messages(example.input, arguments: .object))
      object["completion"] = .array(try messages(example.answer, arguments: .object))
    case (.trl, .dpo), (.unsloth, .dpo):
      object["prompt"] = .array(try messages(example.input, arguments: .object))
      object["chosen"] = .array(try messages(example.answer, arguments: .object))
      object["rejected"] = .array(try messages(example.rejected ?? [], arguments: .object))
    }
    if hasTools { object["tools"] = tools(example.tools) }
    return JSON.object(object).text
  }

  /// A table has one type in a column, and tools of many shapes are none: they are a text there.
  private func tools(_ tools: JSON?) -> JSON {
    if trainer == .mlx { return tools ?? .null }
    return .string(tools?.text ?? (trainer == .llamaFactory ? "" : "[]"))
  }

  // MARK: Messages

  /// How the arguments of a call are written: templates print an object as it should be, and a text in
  /// quotes. Only axolotl reads the text by itself, and has older tables that can't hold objects.
  private enum Arguments { case object, text }

  private func messages(
    _ messages: [TrainingMessage], arguments: Arguments
  ) throws(ExampleFormatError) -> [JSON] {
    var list: [JSON] = []
    for message in messages {
      var object: JSON.Object = [
        // Templates of local models know no developer.
        "role": .string(message.role == "developer" ? "system" : message.role),
        "content": .string(try text(of: message)),
      ]
      if let calls = message.toolCalls?.array, !calls.isEmpty {
        object["tool_calls"] = .array(calls.map { Self.call($0, arguments) })
      }
      if message.role == "tool", let name = message.name { object["name"] = .string(name) }
      if let id = message.toolCallID { object["tool_call_id"] = .string(id) }
      list.append(.object(object))
    }
    return list
  }

  private func text(of message: TrainingMessage) throws(ExampleFormatError) -> String {
    guard message.content?.array?.contains(where: { $0["text"]?.string == nil }) != true else {
      throw ExampleFormatError("It has a part that is no text.")
    }
    return message.text
  }

  private static func call(_ call: JSON, _ form: Arguments) -> JSON {
    let given = call["function"]?["arguments"]
    var arguments = given ?? "{}"
    switch form {
    case .object:
      if let text = given?.string, let json = try? JSON(parsing: text) { arguments = json }
    case .text:
      if given != nil, given?.string == nil { arguments = .string(arguments.text) }
    }
    var object: JSON.Object = [
      "type": "function",
      "function": ["name": call["function"]?["name"] ?? "", "arguments": arguments],
    ]
    if let id = call["id"] { object["id"] = id }
    return .object(object)
  }

  // MARK: LLaMA-Factory

  /// ShareGPT with turns that alternate: LLaMA-Factory passes over all others without a word.
  private func turns(of example: TrainingExample) throws(ExampleFormatError) -> JSON.Object {
    func turns(_ messages: [TrainingMessage]) throws(ExampleFormatError) -> [JSON] {
      guard let writer = ExampleWriter(format: .shareGPT) else { return [] }
      let plain = messages.map { message in
        var message = message
        message.weight = nil
        return message
      }
      return try writer.turns(of: plain)
    }
    let asked = try turns(example.input)
    let answered = try turns(example.answer)
    var order = (asked + answered.prefix(1)).compactMap { $0["from"]?.string }
    if order.first == "system" { order.removeFirst() }
    let alternates = order.enumerated().allSatisfy { place, from in
      (place % 2 == 0 ? ["human", "observation"] : ["gpt", "function_call"]).contains(from)
    }
    guard alternates, order.count % 2 == 0 else {
      throw ExampleFormatError(
        "LLaMA-Factory takes turns that alternate: one of the user, one of the assistant.")
    }
    guard method == .dpo else { return ["conversations": .array(asked + answered)] }
    let rejected = try turns(example.rejected ?? [])
    return [
      "conversations": .array(asked), "chosen": answered[0], "rejected": rejected[0],
    ]
  }
}

extension TrainingExample {
  /// The places in `messages` of the answers that are trained on: of a preference, those of the answer.
  var trainedTurns: [Int] {
    messages.indices.filter { place in
      messages[place].role == "assistant" && messages[place].weight != 0
        && (rejected == nil || place >= input.count)
    }
  }
}
