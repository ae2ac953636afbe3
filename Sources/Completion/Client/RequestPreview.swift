// What would be sent, for counting it before it is. Nothing is sent here, and no secret read.

import Core

extension SentRequest {
  /// The request that asks a provider for a completion, with none of its secrets.
  ///
  /// Throws where the provider's address is none.
  public init(
    _ request: CompletionRequest, to provider: Provider, profile: ModelProfile
  ) throws(CompletionError) {
    self = try ProviderRequest(
      request, to: provider, profile: profile, credentials: Credentials()
    ).sent(asksForUsage: true)
  }
}
