// What is asked of a server that speaks OpenAI's chat completions.

import Core

extension ChatCompletions {
  static let path = "/chat/completions"
  static let keyField = HTTPField(name: "Authorization", value: "Bearer ")
  static let fields: [HTTPField] = []

  static func body(
    of request: CompletionRequest, profile: ModelProfile, asksForUsage: Bool
  ) -> JSON.Object {
    var body: JSON.Object = [
      "model": .string(request.model.model), "messages": .array(request.messages.map(\.json)),
    ]
    body.members += request.parameters.json.members
    body["stream"] = true
    if asksForUsage { body["stream_options"] = ["include_usage": true] }
    return body
  }
}
