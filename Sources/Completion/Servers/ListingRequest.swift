// One request about a server's models, and the JSON that it brings.

import Core

/// A request under way whose answer is one JSON text.
final class ListingRequest {
  private let transfer: Transfer
  private let key: KeyUse
  private var redactor: KeyRedactor
  private var body: [UInt8] = []

  private static let maximumBytes = 8 << 20

  /// Sends it.
  ///
  /// - Parameters:
  ///   - path: what is added to the provider's base URL.
  ///   - body: what is posted; nil to get.
  ///   - timeLimit: from start to end.
  init(
    _ path: String, of provider: Provider, body: JSON? = nil, credentials: Credentials,
    timeLimit: Duration, in pool: TransferPool, clock: @escaping () -> Double
  ) throws(CompletionError) {
    let endpoint = try Endpoint(provider, path: path, credentials: credentials)
    var timeLimits = provider.timeLimits
    timeLimits.connect = min(timeLimits.connect, timeLimit)
    var fields = try provider.requestFields(credentials)
    if body != nil {
      fields.insert(HTTPField(name: "Content-Type", value: "application/json"), at: 0)
    }
    let request = Transfer.Request(
      endpoint: endpoint,
      sent: SentRequest(
        wire: provider.wire, method: body == nil ? "GET" : "POST", url: endpoint.url,
        fields: fields, body: body?.text ?? ""),
      credentials: credentials, clientCertificate: provider.clientCertificate,
      timeLimits: timeLimits, timeLimit: timeLimit)
    transfer = try pool.start(request, clock: clock)
    key = KeyUse(of: provider, credentials: credentials)
    redactor = KeyRedactor(credentials)
  }

  /// What came of it, or why nothing did; nil while it has not ended.
  func result() -> Result<JSON, CompletionError>? {
    while transfer.hasReceived {
      let bytes = transfer.take(atMost: Self.maximumBytes)
      if body.count < Self.maximumBytes { body += redactor.redact(bytes) }
    }
    guard let ending = transfer.ending else { return nil }
    if case .failed(let sentence) = ending { return .failure(CompletionError(sentence)) }
    body += redactor.finish()
    let sent = transfer.request.sent
    guard let status = transfer.head?.status, (200..<300).contains(status) else {
      let response = ErrorResponse(status: transfer.head?.status ?? 0, body: body, to: sent)
      return .failure(CompletionError(response.sentence(key: key)))
    }
    guard let json = try? JSON(parsing: body) else { return .failure(noList) }
    return .success(json)
  }

  /// What to say of an answer that is no list.
  var noList: CompletionError {
    CompletionError(
      "\(transfer.request.endpoint.authority) gives no list of models: check the base URL, "
        + "\(transfer.request.sent.wire.dialect.baseURLAdvice).")
  }
}
