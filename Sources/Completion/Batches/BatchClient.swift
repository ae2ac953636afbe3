// The batches of a server that speaks OpenAI's batch API.

import Core

/// Creates, finds, asks after and cancels batches.
public struct BatchClient: Sendable {
  /// What the requests of a batch ask for.
  public static let endpoint = "/v1/chat/completions"
  /// The member of a batch's metadata that holds its name.
  static let nameKey = "whet_batch"

  let provider: Provider
  let credentials: Credentials
  let network: NetworkSettings

  /// - Parameter credentials: the server's secrets; they are sent, and stored nowhere.
  public init(
    _ provider: Provider, credentials: Credentials = Credentials(),
    network: NetworkSettings = .ofThisProcess
  ) {
    // What is patched into completions is no part of a batch.
    var provider = provider
    provider.bodyPatch = nil
    self.provider = provider
    self.credentials = credentials
    self.network = network
  }

  static func noBatches(_ name: String) -> String {
    "\(name): this server takes no batches: leave out --batch."
  }

  /// Sends the wish for a batch once, and gives what the server made of it.
  ///
  /// Throws `UnknownOutcome`, `TooEarly`, `CompletionError` and `CancellationError` as an upload.
  public func create(
    name: String, file: String, isCancelled: @escaping () -> Bool
  ) throws -> BatchState {
    let body: JSON = [
      "input_file_id": .string(file), "endpoint": .string(Self.endpoint),
      "completion_window": "24h", "metadata": [Self.nameKey: .string(name)],
    ]
    do {
      let exchange = ServerExchange(
        provider: provider, credentials: credentials, network: network, isCancelled: isCancelled)
      guard let state = BatchState(try exchange.json("POST", "/batches", body: body)) else {
        throw UnknownOutcome(sentence: "\(provider.name) named no identifier of the batch.")
      }
      return state
    } catch let failure as ServerExchange.Failure {
      throw failure.asSent(missing: Self.noBatches(provider.name))
    }
  }

  /// The identifier of the batch that was created under a name; nil when there is none.
  public func find(name: String, isCancelled: @escaping () -> Bool) throws -> String? {
    try ServerList.of(
      "/batches", provider, credentials, network, missing: Self.noBatches(provider.name),
      isCancelled
    ).first(query: ["limit": "100"]) { $0["metadata"]?[Self.nameKey]?.string == name }
  }

  /// How a batch stands.
  public func state(of id: String, isCancelled: @escaping () -> Bool) throws -> BatchState {
    try state("/batches/\(id)", "GET", id, isCancelled)
  }

  /// Has the server end a batch; what is done by then is kept.
  public func cancel(_ id: String, isCancelled: @escaping () -> Bool) throws -> BatchState {
    try state("/batches/\(id)/cancel", "POST", id, isCancelled)
  }

  private func state(
    _ path: String, _ method: String, _ id: String, _ isCancelled: @escaping () -> Bool
  ) throws -> BatchState {
    guard BatchState.isIdentifier(id) else { throw CompletionError("That is no batch: \(id).") }
    switch try exchange(path, method, provider, isCancelled).outcome(of: nil) {
    case .answer(let json):
      if let state = BatchState(json) { return state }
      throw CompletionError("\(provider.name) tells nothing of the batch \(id): try again later.")
    case .refused(let refusal):
      throw CompletionError(
        refusal.error?.status == 404
          ? "\(provider.name) has no batch \(id): ask its requests anew." : refusal.sentence)
    }
  }

  private func exchange(
    _ path: String, _ method: String, _ provider: Provider, _ isCancelled: @escaping () -> Bool
  ) throws -> JSONExchange {
    try JSONExchange(
      path, by: method, of: provider, credentials: credentials, network: network,
      isCancelled: isCancelled)
  }
}
