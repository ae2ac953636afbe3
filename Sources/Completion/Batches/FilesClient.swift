import Core

// The files API of OpenAI's, which batches and fine-tuning share
// (https://platform.openai.com/docs/api-reference/files). Blocking: for threads that may wait.

/// Uploads and downloads files of a server. Each thread makes its own.
public struct FilesClient: Sendable {
  let provider: Provider
  let credentials: Credentials
  let network: NetworkSettings

  public init(
    _ provider: Provider, credentials: Credentials = Credentials(),
    network: NetworkSettings = .ofThisProcess
  ) {
    self.provider = provider
    self.credentials = credentials
    self.network = network
  }

  /// Uploads a text as a file, and gives its id.
  ///
  /// A try whose answer is lost may have been taken: look for the name with `file(named:)` before another
  /// one. Throws `CompletionError`, and `CancellationError` once `isCancelled` says so.
  ///
  /// - Parameter purpose: `batch`, `fine-tune`.
  public func upload(
    _ text: String, named name: String, purpose: String, isCancelled: @escaping () -> Bool
  ) throws -> String {
    let boundary = "whet-" + ContentHash.of(name + "\n" + text).prefix(32)
    let body =
      "--\(boundary)\r\nContent-Disposition: form-data; name=\"purpose\"\r\n\r\n\(purpose)\r\n"
      + "--\(boundary)\r\nContent-Disposition: form-data; name=\"file\"; filename=\"\(name)\"\r\n"
      + "Content-Type: application/jsonl\r\n\r\n\(text)\r\n--\(boundary)--\r\n"
    // One try: a second one could make a second file.
    var once = provider
    once.attemptLimit = 1
    let exchange = try JSONExchange(
      "/files", of: once, credentials: credentials, network: network,
      contentType: "multipart/form-data; boundary=\(boundary)", isCancelled: isCancelled)
    switch try exchange.outcome(ofText: body) {
    case .answer(let json):
      guard let id = json["id"]?.string else {
        throw CompletionError("\(exchange.authority) took the file, and gave it no id.")
      }
      return id
    case .refused(let refusal):
      if refusal.error?.status == 404 { throw Self.missing("files", exchange.authority) }
      throw CompletionError(refusal.sentence)
    }
  }

  /// The id of a file of a name that is there already; nil for none.
  public func file(
    named name: String, purpose: String, isCancelled: @escaping () -> Bool
  ) throws -> String? {
    let listed = try answer("GET", "/files", nil, isCancelled)
    return listed?["data"]?.array?.first {
      $0["filename"]?.string == name && $0["purpose"]?.string ?? purpose == purpose
    }?["id"]?.string
  }

  /// Gives the content of a file as it comes.
  public func download(
    _ id: String, isCancelled: @escaping () -> Bool, _ take: @escaping ([UInt8]) throws -> Void
  ) throws {
    try JSONExchange(
      "/files/\(id)/content", by: "GET", of: provider, credentials: credentials, network: network,
      isCancelled: isCancelled
    ).download(take)
  }

  /// What a path answers; nil where there is no such thing.
  func answer(
    _ method: String, _ path: String, _ body: JSON?, _ isCancelled: @escaping () -> Bool
  ) throws -> JSON? {
    try JSONService(provider, credentials: credentials, network: network)
      .answer(to: method, path, body, isCancelled: isCancelled)
  }

  static func missing(_ what: String, _ authority: String) -> CompletionError {
    CompletionError("\(authority) has no \(what): it takes no batches; leave out --batch.")
  }
}
