// How a body says that the model is to go on from its last message, and not to answer it.

import Core

extension ProviderRequest {
  /// The body with what the provider's server has to be told beside the last message.
  func goingOn(_ body: JSON.Object) -> JSON.Object {
    guard !request.givenBeginning.isEmpty else { return body }
    var body = body
    switch provider.continuationForm {
    case .lastMessage, nil: break
    case .flags:
      body["add_generation_prompt"] = false
      body["continue_final_message"] = true
    case .prefixMember:
      guard var messages = body["messages"]?.array, var last = messages.popLast()?.object else {
        break
      }
      last["prefix"] = true
      body["messages"] = .array(messages + [.object(last)])
    }
    return body
  }
}
