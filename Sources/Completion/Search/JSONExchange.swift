import Core
import Glibc

// Asking a server for one JSON text and waiting for it, for threads that may wait: one try after the
// other until one brings an answer, or none is worth making.

/// Requests to one path of a server. Each thread makes its own.
final class JSONExchange {
  private let method: String
  private let provider: Provider
  private let credentials: Credentials
  private let endpoint: Endpoint
  private let fields: [HTTPField]
  private let policy: RetryPolicy
  private let pool: TransferPool
  private let isCancelled: () -> Bool

  /// More than the vectors of any batch come to.
  private static let maximumBytes = 64 << 20
  /// How long nobody asks whether it is cancelled.
  private static let slice: Int32 = 50

  /// - Parameters:
  ///   - path: what is added to the provider's base URL.
  ///   - model: stands for `{model}` in the base URL.
  init(
    _ path: String, by method: String = "POST", of provider: Provider, model: String = "",
    credentials: Credentials, network: NetworkSettings, isCancelled: @escaping () -> Bool
  ) throws(CompletionError) {
    self.method = method
    self.provider = provider
    self.credentials = credentials
    self.isCancelled = isCancelled
    endpoint = try Endpoint(provider, path: path, model: model, credentials: credentials)
    fields = try provider.requestFields(
      credentials, standard: [HTTPField(name: "Content-Type", value: "application/json")])
    policy = RetryPolicy(attemptLimit: provider.attemptLimit)
    pool = try TransferPool(network)
  }

  /// Host and port, for sentences.
  var authority: String { endpoint.authority }

  /// What the server answers to a body.
  ///
  /// Throws `TooMuchError` where the server may take less of it, `CompletionError`, and
  /// `CancellationError` once `isCancelled` says so.
  func post(_ body: JSON) throws -> JSON {
    switch try outcome(of: body) {
    case .answer(let json): return json
    case .refused(let refusal):
      if refusal.error?.isTooMuch == true { throw TooMuchError(sentence: refusal.sentence) }
      throw CompletionError(refusal.sentence)
    }
  }

  /// What came of a request in the end.
  enum Outcome {
    case answer(JSON)
    case refused(Refusal)
  }

  /// Why a server gave no answer.
  struct Refusal {
    /// Nil when there was no response.
    let error: ErrorResponse?
    /// What to do, for one who asks a model.
    let sentence: String
    /// How often it was tried, where that is worth telling.
    let note: String?
  }

  /// Sends a body, or none, until something comes of it.
  ///
  /// Throws as `post` does, but for a refusal.
  func outcome(of body: JSON?) throws -> Outcome {
    let body = provider.bodyPatch.map { (body ?? [:]).merged(with: $0) } ?? body
    let sent = SentRequest(
      wire: provider.wire, method: method, url: endpoint.url, fields: fields,
      body: body.map { credentials.redacting($0.text) } ?? "")
    var attempt = 1
    var waited = 0.0
    while true {
      let response = try response(to: sent)
      if let json = try response.answer(from: authority) { return .answer(json) }
      // What is too much is so each time, also where a server calls that a fault of its own.
      let failure = response.error?.isTooMuch == true ? .permanent : response.failure
      switch policy.decision(
        after: failure, attempt: attempt, waited: waited, jitter: .random(in: 0...1))
      {
      case .giveUp(let note):
        let sentence = response.sentence(KeyUse(of: provider, credentials: credentials))
        return .refused(
          Refusal(
            error: response.error,
            sentence: [sentence, note].joinedSentences ?? sentence, note: note))
      case .retry(let delay):
        try wait(delay)
        waited += delay
        attempt += 1
      }
    }
  }

  private func wait(_ milliseconds: Double) throws {
    let end = MonotonicClock.milliseconds + milliseconds
    while MonotonicClock.milliseconds < end {
      if isCancelled() { throw CancellationError() }
      let rest = Int32(clampedMilliseconds: end - MonotonicClock.milliseconds)
      _ = TransferPool.wait(for: [], milliseconds: min(rest, Self.slice))
    }
  }

  private func response(to sent: SentRequest) throws -> Response {
    let transfer = try pool.start(
      Transfer.Request(
        endpoint: endpoint, sent: sent, credentials: credentials,
        clientCertificate: provider.clientCertificate, timeLimits: provider.timeLimits),
      clock: { MonotonicClock.milliseconds })
    var redactor = KeyRedactor(credentials)
    var body: [UInt8] = []
    while true {
      pool.perform()
      while transfer.hasReceived { body += redactor.redact(transfer.take(atMost: 64 << 10)) }
      if transfer.ending != nil { break }
      if isCancelled() {
        pool.cancel(transfer)
        throw CancellationError()
      }
      guard body.count <= Self.maximumBytes else {
        pool.cancel(transfer)
        throw CompletionError("\(authority) sends more than is possible: is it the right server?")
      }
      _ = pool.wait(for: [], milliseconds: Self.slice)
    }
    return Response(transfer: transfer, body: body + redactor.finish())
  }
}

/// A server takes no request of that size.
struct TooMuchError: Error {
  /// What it said, and what to do.
  let sentence: String
}

/// What came of one try.
private struct Response {
  let transfer: Transfer
  let body: [UInt8]

  var error: ErrorResponse? {
    guard let head = transfer.head, transfer.isError else { return nil }
    return ErrorResponse(status: head.status, body: body, to: transfer.request.sent)
  }

  /// Nil where the try failed; throws where the answer is no JSON.
  func answer(from authority: String) throws(CompletionError) -> JSON? {
    guard transfer.ending == .complete, transfer.head != nil, !transfer.isError else { return nil }
    guard let json = try? JSON(parsing: body) else {
      throw CompletionError("\(authority) answers with no JSON: check the base URL.")
    }
    return json
  }

  var failure: RetryPolicy.Failure {
    guard let error else {
      return transfer.failure?.isConnectionLost == true ? .connectionLost : .permanent
    }
    return .response(
      status: error.status, isOutOfCredit: error.isOutOfCredit,
      retryAfter: RetryPolicy.retryAfter(field: transfer.headerField, now: time(nil)))
  }

  func sentence(_ key: KeyUse) -> String {
    if let error { return error.sentence(key: key) }
    if case .failed(let sentence) = transfer.ending { return sentence }
    return "\(transfer.request.endpoint.authority) ended without an answer."
  }
}
