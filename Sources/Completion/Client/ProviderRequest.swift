// A completion request as it goes to one provider: its address, its header fields, its body in the
// words of the provider's protocol.

import Core

struct ProviderRequest {
  let request: CompletionRequest
  let provider: Provider
  let profile: ModelProfile
  let credentials: Credentials
  let endpoint: Endpoint

  /// Throws when the address is none, or when the key must not go there.
  init(
    _ request: CompletionRequest, to provider: Provider, profile: ModelProfile,
    credentials: Credentials
  ) throws(CompletionError) {
    self.request = request
    self.provider = provider
    self.profile = profile
    self.credentials = credentials
    endpoint = try Endpoint(
      provider, path: provider.wire.dialect.path, model: request.model.model,
      credentials: credentials)
  }

  /// The HTTP request, its secrets left out.
  func sent(asksForUsage: Bool) -> SentRequest {
    let body = provider.wire.dialect.body(
      of: request, profile: profile, asksForUsage: asksForUsage)
    return SentRequest(
      wire: provider.wire, url: endpoint.url,
      fields: [
        HTTPField(name: "Content-Type", value: "application/json"),
        HTTPField(name: "Accept", value: "text/event-stream"),
      ] + provider.requestFields(credentials),
      body: JSON.object(body).text)
  }
}

extension Provider {
  /// Key, fields of the protocol and fields of its own. A key that isn't there is left out.
  func requestFields(_ credentials: Credentials) -> [HTTPField] {
    var fields = wire.dialect.fields
    if let key, credentials[key] != nil {
      var field = keyField.map { HTTPField(name: $0) } ?? wire.dialect.keyField
      field.secret = key
      fields.append(field)
    }
    return fields + self.fields
  }
}
