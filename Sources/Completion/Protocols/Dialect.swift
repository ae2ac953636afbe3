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
  /// The header field of a provider's key, all but the key.
  static var keyField: HTTPField { get }
  /// Header fields that the protocol asks for beside the content type.
  static var fields: [HTTPField] { get }

  /// The body that asks for a streamed completion; the same request gives the same members in the
  /// same order.
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
  var hasOutput: Bool { get }

  /// What one event of the stream says. Data that is no JSON says nothing: the stream goes on.
  mutating func decode(_ event: ServerSentEvent, into events: inout [StreamEvent])
  /// What a body says that is a whole JSON document; false when it is no completion.
  mutating func decode(document: [UInt8], into events: inout [StreamEvent]) -> Bool
}

extension WireProtocol {
  /// How it is spoken.
  var dialect: any Dialect.Type {
    switch self {
    case .chatCompletions, .responses, .messages, .ollamaChat: ChatCompletions.self
    }
  }
}
