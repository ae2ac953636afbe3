// An answer of another program with what it was asked: what every history is read into, before it
// is a run of a session here.

/// What is known of one answer. What the other program doesn't tell stays unknown.
struct ImportedAnswer {
  var id: Identifier
  var origin: RunOrigin
  var model: ModelReference
  /// What the model was given.
  var messages: [Message] = []
  var parameters = Parameters()
  /// The answer that it goes on from.
  var parent: Identifier?
  /// What names the answers that belong to the same question; nil for an answer by itself.
  var batch: Identifier?
  var column = 0
  var variant: Variant?
  /// The prompt before it was filled in; nil makes one of the messages.
  var promptText: String?
  var inputs: [String: String] = [:]
  /// Seconds since 1970.
  var startedAt: Double?
  /// From the question to the end of the answer, in milliseconds.
  var duration: Double?

  var text = ""
  var thinking = ""
  var refusal = ""
  var toolCalls: [ToolCall] = []
  var finishReason = FinishReason.stop
  /// Why there is no answer, or no more of it.
  var error: String?
  var usage: Usage?
  var rating: Rating?
  var remark = Remark()

  /// Bytes of the longest answer that is taken: a longer one could not be replayed.
  static let longestText = 4 << 20

  /// Bytes of all that was answered.
  var size: Int {
    text.utf8.count + thinking.utf8.count + refusal.utf8.count
      + toolCalls.reduce(0) { $0 + $1.name.utf8.count + $1.arguments.utf8.count }
  }

  /// Whether anything was answered.
  var isEmpty: Bool { size == 0 && error == nil }

  /// The run that it is in a session.
  ///
  /// - Parameter time: when it began, in seconds since 1970, where it doesn't tell itself.
  func recorded(in session: Identifier, at time: Double) -> RecordedRun {
    let stream = ImportedStream(self)
    return RecordedRun(
      run: Run(
        id: id, session: session, parent: parent, batch: batch,
        startedAt: startedAt.flatMap(Self.date) ?? Self.date(time) ?? 0, column: column,
        promptText: promptText ?? Self.promptText(of: messages, parameters, from: origin.program),
        inputs: inputs,
        request: CompletionRequest(model: model, messages: messages, parameters: parameters),
        variant: variant, origin: origin),
      events: stream.events, answer: stream.answer, rating: rating, remark: remark)
  }

  /// A time that session files take; nil for another.
  private static func date(_ seconds: Double) -> Double? {
    (0..<253_402_300_800).contains(seconds) ? seconds : nil
  }

  /// A prompt file that says what the messages say.
  private static func promptText(
    of messages: [Message], _ parameters: Parameters, from program: String
  ) -> String {
    var conversation = ImportedConversation(name: program, origin: program)
    conversation.config = parameters.promptConfig
    conversation.tools = parameters.tools
    if let schema = parameters.responseSchema {
      conversation.output = ["format": "json"]
      if schema != [:] { conversation.output["schema"] = schema }
    }
    conversation.turns = messages.compactMap { message in
      var text = TemplateText()
      for part in message.parts {
        switch part {
        case .text(let piece): text.append(literal: piece)
        case .media(let url, _) where url.utf8.allSatisfy(isPlain):
          text.append(tag: "{{media url=\"\(url)\"}}")
        case .media, .section: break
        }
      }
      if text.isBlank { return nil }
      let role = message.role == .assistant ? "model" : message.role.rawValue
      return ImportedConversation.Turn(role: role, text: text)
    }
    return conversation.promptText
  }

  /// Whether a character can stand in the quotes of a tag.
  private static func isPlain(_ byte: UInt8) -> Bool {
    byte > 0x20 && byte != 0x7F && !"\"\\{}".utf8.contains(byte)
  }
}

extension Parameters {
  /// Those that a prompt file's `config` has a name for, by that name.
  fileprivate var promptConfig: JSON.Object {
    var config = JSON.Object()
    if let temperature { config["temperature"] = .number(temperature) }
    if let topP { config["topP"] = .number(topP) }
    if let topK { config["topK"] = .integer(topK) }
    if let maxTokens { config["maxOutputTokens"] = .integer(maxTokens) }
    if !stop.isEmpty { config["stopSequences"] = .array(stop.map(JSON.string)) }
    if let seed { config["seed"] = .integer(seed) }
    if let frequencyPenalty { config["frequencyPenalty"] = .number(frequencyPenalty) }
    if let presencePenalty { config["presencePenalty"] = .number(presencePenalty) }
    if let reasoningEffort { config["reasoningEffort"] = .string(reasoningEffort) }
    return config
  }
}
