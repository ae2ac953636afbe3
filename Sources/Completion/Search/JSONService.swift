import Core

// A server that is no model: its paths are asked with JSON, and answer with JSON.

/// Asks a server's paths, and waits. A value may be used from several threads at once.
public struct JSONService: Sendable {
  private let provider: Provider
  private let credentials: Credentials
  private let network: NetworkSettings

  /// - Parameter credentials: the server's secrets; they are sent, and stored nowhere.
  public init(
    _ provider: Provider, credentials: Credentials = Credentials(),
    network: NetworkSettings = .ofThisProcess
  ) {
    self.provider = provider
    self.credentials = credentials
    self.network = network
  }

  /// What the server answers; nil when it says that there is no such thing (404).
  ///
  /// Throws `CompletionError`, and `CancellationError` once `isCancelled` says so.
  ///
  /// - Parameters:
  ///   - method: `GET`, `POST`, …
  ///   - path: is added to the base URL as it stands: nothing in it is escaped.
  ///   - body: nil for none.
  public func answer(
    to method: String, _ path: String, _ body: JSON?, isCancelled: () -> Bool
  ) throws -> JSON? {
    try withoutActuallyEscaping(isCancelled) { isCancelled in
      let exchange = try JSONExchange(
        path, by: method, of: provider, credentials: credentials, network: network,
        isCancelled: isCancelled)
      switch try exchange.outcome(of: body) {
      case .answer(let json): return json
      case .refused(let refusal):
        if refusal.error?.status == 404 { return nil }
        throw CompletionError(Self.sentence(refusal, authority: exchange.authority))
      }
    }
  }

  private static func sentence(_ refusal: JSONExchange.Refusal, authority: String) -> String {
    guard let error = refusal.error, let advice = advice(error.status) else {
      return refusal.sentence
    }
    let sentence = "\(authority): \(error.statement): \(advice)."
    return [sentence, refusal.note].joinedSentences ?? sentence
  }

  /// What to do about a status; nil where it is the same as for a model.
  private static func advice(_ status: Int) -> String? {
    switch status {
    case 300..<400, 401: nil
    case 403: "the key may not do this; ask for access"
    case 408, 429, 502, 503, 504: "wait a little and run it again"
    case 413: "it takes no request as large as this; raise its limit"
    case 500...: "the fault is the server's; run it again, and look at its log if it is yours"
    default: "check the address, and that the server is of the right kind and version"
    }
  }
}
