// One exchange with a server that keeps files and jobs. A body, or an answer, may be a file: neither is
// ever held as a whole.

import Core
import Glibc

/// One try, without another after it: whoever asks knows whether it may be sent again.
struct ServerExchange {
  let provider: Provider
  let credentials: Credentials
  let network: NetworkSettings
  let isCancelled: () -> Bool

  /// How long nobody asks whether it is cancelled, in milliseconds.
  private static let slice: Int32 = 50
  /// Of an answer that is one JSON text: more than any page of a list comes to.
  private static let maximumBytes = 16 << 20

  /// Why there is no whole answer.
  struct Failure: Error {
    /// Nil when there was no response.
    let status: Int?
    let kind: RetryPolicy.Failure
    /// Whether the server may have taken what was sent.
    let mayHaveArrived: Bool
    /// Whether it is a matter of time: the network is away, or the server busy or out of order.
    let passes: Bool
    let sentence: String

    /// Whether the server has said that it did not take it.
    var isRefusal: Bool { status.map { (300..<500).contains($0) && $0 != 408 } ?? false }
    /// How long the server asks to be left alone, in milliseconds.
    var retryAfter: Double? {
      if case .response(_, _, let delay) = kind { return delay }
      return nil
    }
  }

  /// Sends a request, and gives its answer.
  ///
  /// An answer that is an event stream is given as the list of its events, as `{"data": […]}`.
  /// Throws as `run`; a `Failure` also where the answer is no JSON.
  ///
  /// - Parameter query: is added to that of the provider.
  func json(
    _ method: String, _ path: String, query: [String: String] = [:], body: JSON? = nil,
    upload: UploadBody? = nil, onSent: (Int, Int) -> Void = { _, _ in }
  ) throws -> JSON {
    var bytes: [UInt8] = []
    var type = ""
    try run(
      method, path, query: query, body: body, upload: upload, onSent: onSent,
      onHead: { type = $0.contentType },
      receive: {
        guard bytes.count + $0.count <= Self.maximumBytes else {
          throw garbage("sends more than is possible: is it the right server?")
        }
        bytes += $0
      })
    if type.lowercased().hasPrefix("text/event-stream") { return try events(in: bytes) }
    // Some say no more than that all went well.
    if bytes.isEmpty { return .object([:]) }
    guard let json = try? JSON(parsing: bytes) else {
      throw garbage("answers with no JSON: check the base URL.")
    }
    return json
  }

  private func events(in bytes: [UInt8]) throws -> JSON {
    var parser = EventStreamParser()
    var events: [ServerSentEvent] = []
    do {
      try parser.parse(bytes, into: &events)
    } catch {
      throw garbage("sends more than is possible: is it the right server?")
    }
    parser.finish(into: &events)
    return ["data": .array(events.compactMap { try? JSON(parsing: $0.data) })]
  }

  private func garbage(_ words: String) -> Failure {
    Failure(
      status: nil, kind: .permanent, mayHaveArrived: true, passes: false,
      sentence: "\(provider.name) \(words)")
  }

  /// Sends a request, and hands on the pieces of its answer.
  ///
  /// Throws `Failure`, `CompletionError`, `CancellationError`, and what `receive` throws.
  func run(
    _ method: String, _ path: String, query: [String: String] = [:], body: JSON? = nil,
    upload: UploadBody? = nil, onSent: (Int, Int) -> Void = { _, _ in },
    onHead: (Transfer.Head) -> Void = { _ in }, receive: ([UInt8]) throws -> Void
  ) throws {
    var provider = provider
    provider.query.merge(query) { $1 }
    let endpoint = try Endpoint(provider, path: path, credentials: credentials)
    let type = upload?.contentType ?? body.map { _ in "application/json" }
    let fields = try provider.requestFields(
      credentials, standard: type.map { [HTTPField(name: "Content-Type", value: $0)] } ?? [])
    let sent = SentRequest(
      wire: provider.wire, method: method, url: endpoint.url, fields: fields,
      body: body.map { credentials.redacting($0.text) } ?? "")
    let pool = try TransferPool(network)
    let transfer = try pool.start(
      Transfer.Request(
        endpoint: endpoint, sent: sent, credentials: credentials,
        clientCertificate: provider.clientCertificate, timeLimits: provider.timeLimits,
        upload: upload),
      clock: { MonotonicClock.milliseconds })
    var redactor = KeyRedactor(credentials)
    var errorBody: [UInt8] = []
    var position = 0
    func take(_ bytes: [UInt8]) throws {
      if bytes.isEmpty { return }
      guard transfer.isError else {
        if let head = transfer.head { onHead(head) }
        return try receive(bytes)
      }
      errorBody += bytes.prefix(ErrorResponse.maximumBodyBytes - errorBody.count)
    }
    do {
      while true {
        pool.perform()
        while transfer.hasReceived { try take(redactor.redact(transfer.take(atMost: 64 << 10))) }
        if let upload, upload.position > position {
          position = upload.position
          onSent(position, upload.count)
        }
        if transfer.ending != nil { break }
        if isCancelled() { throw CancellationError() }
        _ = pool.wait(for: [], milliseconds: Self.slice)
      }
      try take(redactor.finish())
    } catch {
      pool.cancel(transfer)
      throw error
    }
    try check(transfer, errorBody)
  }

  private func check(_ transfer: Transfer, _ errorBody: [UInt8]) throws {
    let key = KeyUse(of: provider, credentials: credentials)
    if let head = transfer.head, transfer.isError {
      let error = ErrorResponse(
        status: head.status, body: errorBody, to: transfer.request.sent)
      throw Failure(
        status: head.status,
        kind: .response(
          status: head.status, isOutOfCredit: error.isOutOfCredit,
          retryAfter: RetryPolicy.retryAfter(field: transfer.headerField, now: time(nil))),
        mayHaveArrived: true,
        passes: !error.isOutOfCredit && RetryPolicy.isWorthAnotherTry(status: head.status),
        sentence: error.sentence(key: key))
    }
    guard transfer.ending == .complete, transfer.head != nil else {
      var sentence = "\(transfer.request.endpoint.authority) ended without an answer."
      if case .failed(let words) = transfer.ending { sentence = words }
      // A file that was cut has a place to be asked for again, unlike an answer.
      let isLost = transfer.failure?.isConnectionLost == true || transfer.head != nil
      throw Failure(
        status: nil, kind: isLost ? .connectionLost : .permanent,
        mayHaveArrived: transfer.hasConnected,
        // Without libcurl's word for it, a time limit was over.
        passes: isLost || transfer.failure?.isOutOfReach ?? true, sentence: sentence)
    }
  }
}
