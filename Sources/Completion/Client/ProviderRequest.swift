// A completion request as it goes to one provider: its address, its header fields, its body in the
// words of the provider's protocol.

import Core

struct ProviderRequest {
  let request: CompletionRequest
  let provider: Provider
  let profile: ModelProfile
  let credentials: Credentials
  let endpoint: Endpoint
  private let fields: [HTTPField]

  /// Throws when the address is none, when a secret must not go there, and for a medium that the
  /// server can't have.
  init(
    _ request: CompletionRequest, to provider: Provider, profile: ModelProfile,
    credentials: Credentials
  ) throws(CompletionError) {
    var request = request
    request.messages = request.messages.filter(\.saysAnything)
    self.request = request
    self.provider = provider
    self.profile = profile
    self.credentials = credentials
    endpoint = try Endpoint(
      provider, path: provider.wire.dialect.path, model: request.model.model,
      credentials: credentials)
    fields = try provider.requestFields(
      credentials,
      standard: [
        HTTPField(name: "Content-Type", value: "application/json"),
        HTTPField(name: "Accept", value: "text/event-stream"),
      ])
    try checkMedia()
  }

  private func checkMedia() throws(CompletionError) {
    for case .media(let url, let type) in request.messages.flatMap(\.parts) {
      do throws(CompletionError) {
        guard case .address = try MediaSource(url: url, contentType: type) else { continue }
      } catch {
        throw CompletionError(credentials.redacting(error.description))
      }
      guard provider.wire.dialect.fetchesMedia else {
        throw CompletionError(
          "\(provider.name) fetches no pictures, and the prompt gives the address of one: give a "
            + "data: URL that holds it.")
      }
    }
  }

  /// What is sent, all but the secrets.
  ///
  /// A secret that stands where it has no business, as in a prompt, goes neither to the model nor
  /// into a recording.
  func sent(asksForUsage: Bool) -> SentRequest {
    let plain = JSON.object(
      goingOn(
        provider.wire.dialect.body(of: request, profile: profile, asksForUsage: asksForUsage)))
    let body = provider.bodyPatch.map(plain.merged) ?? plain
    return SentRequest(
      wire: provider.wire, url: endpoint.url, fields: fields,
      body: credentials.redacting(body.text))
  }

  /// The exchange that sends it.
  func transfer(asksForUsage: Bool) -> Transfer.Request {
    Transfer.Request(
      endpoint: endpoint, sent: sent(asksForUsage: asksForUsage), credentials: credentials,
      clientCertificate: provider.clientCertificate, timeLimits: provider.timeLimits)
  }
}
