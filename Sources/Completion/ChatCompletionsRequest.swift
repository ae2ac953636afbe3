// What is asked of a server that speaks OpenAI's chat completions.

import Core

/// A completion request in the words of the chat completions protocol.
public struct ChatCompletionsRequest: Sendable {
  /// Where it is posted, after the provider's base URL.
  public static let path = "/chat/completions"

  private let request: CompletionRequest
  /// Whether the server is asked to count tokens; a few refuse a request that does.
  let asksForUsage: Bool

  public init(_ request: CompletionRequest) { self.init(request, asksForUsage: true) }

  init(_ request: CompletionRequest, asksForUsage: Bool) {
    self.request = request
    self.asksForUsage = asksForUsage
  }

  /// The JSON body, on one line; the same request gives the same bytes.
  public var body: String {
    var object: JSON.Object = [
      "model": .string(request.model.model), "messages": .array(request.messages.map(\.json)),
    ]
    object.members += request.parameters.json.members
    object["stream"] = true
    if asksForUsage { object["stream_options"] = ["include_usage": true] }
    return JSON.object(object).text
  }
}
