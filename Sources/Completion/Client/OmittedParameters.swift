// Which parameters of a request its protocol or its model has no words for. They are left out of
// what is sent, and a person who set them had better know.

import Core

extension CompletionRequest {
  /// The names of the parameters that are set and make no difference to the body.
  public func omittedParameters(to provider: Provider, profile: ModelProfile) -> [String] {
    func body(_ request: CompletionRequest) -> JSON.Object {
      provider.wire.dialect.body(of: request, profile: profile, asksForUsage: false)
    }
    let whole = body(self)
    return parameters.json.members.map(\.name).filter { name in
      // Most servers have a window of their own: to name it for warnings asks nothing of them.
      guard name != "context_window" else { return false }
      var rest = parameters.json
      rest[name] = nil
      var request = self
      request.parameters = Parameters(json: .object(rest))
      return body(request) == whole
    }
  }
}
