// What the protocols that servers speak have in common: each writes a request, and reads the
// events of its stream into the same few.

import Core

/// One protocol: how a completion is asked for, and what the events of the answer say.
///
/// A value decodes one stream. It sees whole events only; framing, status and ending are
/// StreamDecoder's.
protocol Dialect: Sendable {
  /// Where a completion is posted, after the provider's base URL.
  static var path: String { get }
  /// Where the server's models are listed, after the provider's base URL.
  static var modelsPath: String { get }
  /// The header field of a provider's key, all but the key.
  static var keyField: HTTPField { get }
  /// Header fields that the protocol asks for beside the content type.
  static var fields: [HTTPField] { get }
  /// Whether a stream is a JSON text a line; otherwise it is server-sent events.
  static var streamsLines: Bool { get }
  /// What a right base URL looks like, as the end of a sentence about a wrong one.
  static var baseURLAdvice: String { get }
  /// Whether the server gets pictures from their addresses; otherwise it wants their bytes.
  static var fetchesMedia: Bool { get }

  /// The body that asks for a streamed completion; the same request gives the same members in the
  /// same order. A parameter that the protocol has no words for is left out.
  ///
  /// - Parameter asksForUsage: whether the server is asked to count tokens, where the protocol has
  ///   words for it: a few servers refuse a request that does.
  static func body(
    of request: CompletionRequest, profile: ModelProfile, asksForUsage: Bool
  ) -> JSON.Object

  init()

  /// Why the answer ended, once the stream has said it.
  var finishReason: FinishReason? { get }
  /// Whether any part of the answer has come.
  var hasOutput: Bool { get set }

  /// What one event of the stream says. Data that is no JSON says nothing: the stream goes on.
  mutating func decode(_ event: ServerSentEvent, into events: inout [StreamEvent])
  /// What one JSON text of the stream says, or the one of a whole answer; it is no error.
  mutating func decode(_ json: JSON, into events: inout [StreamEvent])
  /// Gives what was withheld because it was not clear yet; nothing more of the answer comes.
  mutating func flush(into events: inout [StreamEvent])
}

extension Dialect {
  static var modelsPath: String { "/models" }
  static var keyField: HTTPField { HTTPField(name: "Authorization", value: "Bearer ") }
  static var fields: [HTTPField] { [] }
  static var streamsLines: Bool { false }
  static var fetchesMedia: Bool { true }
  static var baseURLAdvice: String { "which usually ends in /v1" }

  mutating func flush(into events: inout [StreamEvent]) {}

  /// Adds a piece of the answer, where there is one.
  mutating func append(
    _ piece: JSON?, as kind: (String) -> StreamEvent, to events: inout [StreamEvent]
  ) {
    guard let piece = piece?.string, !piece.isEmpty else { return }
    hasOutput = true
    events.append(piece, as: kind)
  }
}

extension Dialect {
  mutating func decode(_ event: ServerSentEvent, into events: inout [StreamEvent]) {
    if event.data.elementsEqual(endMark) { return finish(into: &events) }
    if let json = try? JSON(parsing: event.data) {
      take(json, into: &events)
    } else {
      // Some servers forget the blank line between events, or before [DONE], and glue them.
      for line in event.data.split(separator: UInt8(ascii: "\n")) {
        decode(line: line, into: &events)
        if events.endAnswer { return }
      }
    }
  }

  /// What a body says that is a whole JSON document; false when it is no completion.
  mutating func decode(document: [UInt8], into events: inout [StreamEvent]) -> Bool {
    guard let json = try? JSON(parsing: document) else { return false }
    for item in json.array ?? [json] where !events.endAnswer { take(item, into: &events) }
    if !events.endAnswer, hasOutput || finishReason != nil { finish(into: &events) }
    return events.endAnswer
  }

  private mutating func decode(line: ArraySlice<UInt8>, into events: inout [StreamEvent]) {
    var line = line
    let isEnd = line.suffix(endMark.count).elementsEqual(endMark)
    if isEnd {
      line = line.dropLast(endMark.count)
      let field = Array("data:".utf8)
      while line.last == UInt8(ascii: " ") { line = line.dropLast() }
      if line.suffix(field.count).elementsEqual(field) { line = line.dropLast(field.count) }
    }
    if let json = try? JSON(parsing: line) { take(json, into: &events) }
    if isEnd, !events.endAnswer { finish(into: &events) }
  }

  private mutating func take(_ json: JSON, into events: inout [StreamEvent]) {
    if let words = ServerMessage.ofError(json) {
      flush(into: &events)
      events.append(.failure("The server broke off with an error: \(words)"))
    } else {
      decode(json, into: &events)
    }
  }

  /// Ends the answer.
  mutating func finish(into events: inout [StreamEvent]) {
    flush(into: &events)
    events.append(.finish(finishReason ?? .stop))
  }
}

/// With what OpenAI ends its streams, and many others theirs.
private let endMark = Array("[DONE]".utf8)

extension WireProtocol {
  /// How it is spoken.
  var dialect: any Dialect.Type {
    switch self {
    case .chatCompletions: ChatCompletions.self
    case .responses: Responses.self
    case .messages: Messages.self
    case .ollamaChat: OllamaChat.self
    }
  }
}
