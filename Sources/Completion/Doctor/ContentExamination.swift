// What the events of a stream say, and whether they say that the answer is whole. How they are
// written and framed has been seen to before.

import Core

/// Looks at the events of one response, in the words of its protocol.
struct ContentExamination {
  private let wire: WireProtocol
  private let contextWindow: Int?
  private let isAnswerToRequest: Bool
  /// Whether the request asks for a window of some size in Ollama's words.
  let asksForWindow: Bool

  /// Whether the stream has said why the answer ended.
  var hasFinishReason = false
  /// Whether it has said that nothing follows.
  var hasEnded = false
  /// Whether it has said that the run failed.
  var hasFailed = false
  /// Whether a delta has come.
  var hasBegun = false
  var hasOutput = false
  /// How often tokens were counted.
  var usageCount = 0
  /// Tokens of the prompt as the server counted them.
  var inputTokens: Int?
  /// Tokens a second as the server measured them last.
  var rate: Double?
  var toolCalls = ToolCallPieces()
  var text = RepeatingPieces()
  var thinking = RepeatingPieces()

  init(of request: SentRequest?, contextWindow: Int?) {
    wire = request?.wire ?? .chatCompletions
    isAnswerToRequest = request != nil
    let body = request.flatMap { try? JSON(parsing: $0.body) }
    let window = (body?["options"]?["num_ctx"] ?? body?["num_ctx"])?.tokenCount
    asksForWindow = window != nil
    self.contextWindow = wire == .ollamaChat ? window ?? contextWindow : contextWindow
  }

  /// With what a whole stream of the protocol ends.
  private var endMark: String {
    switch wire {
    case .chatCompletions: "[DONE]"
    case .responses: "response.completed"
    case .messages: "message_stop"
    case .ollamaChat: "\"done\": true"
    }
  }

  /// Takes the data of one event, or one line; false when it held nothing that could be read.
  mutating func take(_ data: [UInt8], _ sightings: inout Sightings) -> Bool {
    if hasEnded || hasFailed { return true }
    if String(validating: data, as: UTF8.self) == nil { sightings.note(.invalidUTF8) }
    if data.elementsEqual(Self.done) {
      end(with: "[DONE]", &sightings)
    } else if let json = try? JSON(parsing: data) {
      if data.contains(UInt8(ascii: "\n")) { sightings.note(.severalDataLines) }
      take(json, &sightings)
    } else {
      return takeGlued(data, &sightings)
    }
    return true
  }

  /// Takes events with no blank line between them, `[DONE]` among them perhaps; false for others.
  private mutating func takeGlued(_ data: [UInt8], _ sightings: inout Sightings) -> Bool {
    let lines = data.split(separator: UInt8(ascii: "\n"))
    var hasMeaning = false
    for line in lines where !hasEnded {
      var line = line
      let isDone = line.suffix(Self.done.count).elementsEqual(Self.done)
      if isDone {
        line = line.dropLast(Self.done.count)
        while line.last == UInt8(ascii: " ") { line = line.dropLast() }
        if line.suffix(5).elementsEqual("data:".utf8) { line = line.dropLast(5) }
        sightings.note(.gluedDone)
      }
      if let json = try? JSON(parsing: line) {
        if lines.count > 1 { sightings.note(.gluedEvents) }
        hasMeaning = true
        take(json, &sightings)
      }
      if isDone {
        hasMeaning = true
        end(with: "[DONE]", &sightings)
      }
    }
    return hasMeaning
  }

  private static let done = Array("[DONE]".utf8)

  /// One JSON text of the stream.
  mutating func take(_ json: JSON, _ sightings: inout Sightings) {
    if hasFailed { return }
    noteKind(of: json, &sightings)
    if let message = Self.error(in: json) {
      hasFailed = true
      return sightings.note(.errorInStream, message, length: 300)
    }
    switch wire {
    case .chatCompletions: takeChunk(json, &sightings)
    case .responses: takeResponsesEvent(json, &sightings)
    case .messages: takeMessagesEvent(json, &sightings)
    case .ollamaChat: takeOllamaLine(json, &sightings)
    }
  }

  /// Names the protocol and the kinds of its events where there is more than one kind.
  private func noteKind(of json: JSON, _ sightings: inout Sightings) {
    let type = json["type"]?.string ?? json["object"]?.string ?? ""
    switch wire {
    case .chatCompletions: break
    case .responses: sightings.note(.responsesEvents, type)
    case .messages: sightings.note(.messagesEvents, json["delta"]?["type"]?.string ?? type)
    case .ollamaChat: sightings.note(.ollamaLines)
    }
  }

  /// The words of an error that stands in a stream; nil for what is no error.
  private static func error(in json: JSON) -> String? {
    let isError =
      json["error"].map { !$0.isNull }
      ?? (json["object"]?.string == "error" || json["type"]?.string == "error")
    return isError ? ServerMessage(json: json)?.text ?? "no words" : nil
  }

  /// The stream says that nothing follows.
  mutating func end(with mark: String, _ sightings: inout Sightings) {
    hasEnded = true
    if !hasFinishReason { sightings.note(.noFinishReason, mark) }
  }

  /// The stream is over.
  mutating func end(_ sightings: inout Sightings) {
    if !hasEnded, !hasFailed {
      sightings.note(hasFinishReason ? .noEndMark : .cutOff, endMark)
    }
    endDocument(&sightings)
  }

  /// What was asked for is over, streamed or not.
  mutating func endDocument(_ sightings: inout Sightings) {
    toolCalls.end(&sightings)
    text.end(&sightings)
    thinking.end(&sightings)
    if let rate {
      sightings.note(.timings, "\(Int(clamping: rate)) tokens/s", count: 0)
    }
    if let inputTokens, let contextWindow, contextWindow > 0, inputTokens >= contextWindow {
      sightings.note(.windowReached, "\(inputTokens) of \(contextWindow) tokens")
    }
    // A built-in model is not asked to count.
    if usageCount == 0, isAnswerToRequest, !hasFailed { sightings.note(.noUsage) }
  }
}

extension ContentExamination {
  /// Notes that tokens were counted.
  mutating func count(inputTokens: Int?, _ sightings: inout Sightings) {
    usageCount += 1
    self.inputTokens = inputTokens ?? self.inputTokens
    if usageCount > 1 { sightings.note(.repeatedUsage, count: usageCount == 2 ? 2 : 1) }
  }

  /// Notes the members that nothing here reads; whether there are any.
  func lookForUnknown(
    in object: JSON, besides known: Set<String>, _ sightings: inout Sightings
  ) -> Bool {
    var hasUnknown = false
    for member in object.object?.members ?? [] where !known.contains(member.name) {
      sightings.note(.unknownFields, member.name, count: 0, length: 40)
      hasUnknown = true
    }
    return hasUnknown
  }
}

extension Int {
  /// The nearest whole number; 0 for what is no number.
  fileprivate init(clamping number: Double) {
    self = number.isNaN ? 0 : Int(Swift.min(Swift.max(number, -1e15), 1e15))
  }
}
