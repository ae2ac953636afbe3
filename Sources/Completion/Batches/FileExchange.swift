// One exchange whose body, or whose answer, is a file: neither is ever held as a whole.

import Core
import Glibc

/// One try, without another after it: whoever asks knows whether it may be sent again.
struct FileExchange {
  let provider: Provider
  let credentials: Credentials
  let network: NetworkSettings
  let isCancelled: () -> Bool

  /// How long nobody asks whether it is cancelled, in milliseconds.
  private static let slice: Int32 = 50

  /// Why there is no whole answer.
  struct Failure: Error {
    /// Nil when there was no response.
    let status: Int?
    let kind: RetryPolicy.Failure
    let sentence: String
  }

  /// Sends a request, and hands on the pieces of its answer.
  ///
  /// Throws `Failure`, `CompletionError`, `CancellationError`, and what `receive` throws.
  func run(
    _ method: String, _ path: String, upload: UploadBody? = nil,
    onSent: (Int, Int) -> Void = { _, _ in }, receive: ([UInt8]) throws -> Void
  ) throws {
    let endpoint = try Endpoint(provider, path: path, credentials: credentials)
    let fields = try provider.requestFields(
      credentials,
      standard: upload.map { [HTTPField(name: "Content-Type", value: $0.contentType)] } ?? [])
    let sent = SentRequest(
      wire: provider.wire, method: method, url: endpoint.url, fields: fields)
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
      guard transfer.isError else { return try receive(bytes) }
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
        sentence: error.sentence(key: key))
    }
    guard transfer.ending == .complete, transfer.head != nil else {
      var sentence = "\(transfer.request.endpoint.authority) ended without an answer."
      if case .failed(let words) = transfer.ending { sentence = words }
      // A file that was cut has a place to be asked for again, unlike an answer.
      let isLost = transfer.failure?.isConnectionLost == true || transfer.head != nil
      throw Failure(status: nil, kind: isLost ? .connectionLost : .permanent, sentence: sentence)
    }
  }
}
