// A request to a server, as wire events.

import Core

final class HTTPStream: WireSource {
  private let request: ProviderRequest
  private let pool: TransferPool
  private let quirks: ServerQuirks
  private let clock: () -> Double
  private let startTime: Double

  private var transfer: Transfer
  private var stage = Stage.request
  private var redactor: KeyRedactor
  /// The body of an error response: it may say that the request should be put in other words.
  private var errorBody: [UInt8] = []
  private var isAnswered = false

  private enum Stage { case request, head, body, end, over }

  /// Small enough that one pass over all columns is short, large enough to cost nothing.
  private static let pieceBytes = 32 << 10

  init(
    _ request: ProviderRequest, in pool: TransferPool, quirks: ServerQuirks,
    clock: @escaping () -> Double
  ) throws(CompletionError) {
    self.request = request
    self.pool = pool
    self.quirks = quirks
    self.clock = clock
    startTime = clock()
    redactor = KeyRedactor(request.credentials)
    transfer = try Self.begin(request, in: pool, quirks: quirks, clock: clock)
  }

  private static func begin(
    _ request: ProviderRequest, in pool: TransferPool, quirks: ServerQuirks,
    clock: @escaping () -> Double
  ) throws(CompletionError) -> Transfer {
    let asksForUsage = !quirks.serversWithoutUsage.contains(request.endpoint.authority)
    let transfer = try Transfer(
      Transfer.Request(
        endpoint: request.endpoint, sent: request.sent(asksForUsage: asksForUsage),
        credentials: request.credentials, timeLimits: request.provider.timeLimits),
      clock: clock)
    pool.add(transfer)
    return transfer
  }

  /// Only its socket tells.
  var nextWakeUp: Double? { nil }

  func cancel(at now: Double) {
    pool.remove(transfer)
    if transfer.ending == nil { transfer.ending = .cancelled }
  }

  func answerHasEnded() {
    isAnswered = true
    transfer.expectEnd()
  }

  func next(at now: Double) -> TimedWireEvent? {
    switch stage {
    case .request:
      stage = .head
      return event(.request(transfer.request.sent), at: now)
    case .head: return head() ?? end()
    case .body, .end: return body() ?? end()
    case .over: return nil
    }
  }

  private func head() -> TimedWireEvent? {
    guard let head = transfer.head else { return nil }
    stage = .body
    return event(.head(status: head.status, contentType: head.contentType), at: head.time)
  }

  private func body() -> TimedWireEvent? {
    guard stage == .body else { return nil }
    while transfer.hasReceived {
      let time = transfer.receivedTime
      let bytes = redactor.redact(transfer.take(atMost: Self.pieceBytes))
      if let event = body(bytes, at: time) { return event }
    }
    guard transfer.ending != nil else { return nil }
    stage = .end
    return body(redactor.finish(), at: transfer.receivedTime)
  }

  /// Of the body of an error response no more is kept than could be read.
  private func body(_ bytes: [UInt8], at time: Double) -> TimedWireEvent? {
    guard !bytes.isEmpty, !isAnswered else { return nil }
    guard transfer.isError else { return event(.body(bytes), at: time) }
    let kept = Array(bytes.prefix(ErrorResponse.maximumBodyBytes - errorBody.count))
    errorBody += kept
    return kept.isEmpty ? nil : event(.body(kept), at: time)
  }

  private func end() -> TimedWireEvent? {
    guard stage == .end || (stage == .head && transfer.head == nil), let ending = transfer.ending
    else { return nil }
    if let retry = tryAgain() { return event(.retry(retry), at: clock()) }
    stage = .over
    return event(.end(ending), at: clock())
  }

  private func event(_ event: WireEvent, at time: Double) -> TimedWireEvent {
    TimedWireEvent(time: max(0, time - startTime), event: event)
  }

  /// Sends the request once more without `stream_options`, if that is what the server refused, and
  /// remembers it of the server.
  private func tryAgain() -> Retry? {
    guard transfer.head?.status == 400, transfer.ending == .complete,
      String(decoding: errorBody, as: UTF8.self).contains("stream_options"),
      transfer.request.sent.body.contains("\"stream_options\""),
      quirks.serversWithoutUsage.insert(request.endpoint.authority).inserted,
      let second = try? Self.begin(request, in: pool, quirks: quirks, clock: clock)
    else { return nil }
    transfer = second
    errorBody = []
    stage = .request
    return Retry(
      attempt: 1, attemptLimit: 2, delay: 0,
      reason: "The server refuses 'stream_options', so it is asked without.")
  }
}

extension Transfer {
  /// Whether its status says that there is no answer.
  var isError: Bool { head.map { !(200..<300).contains($0.status) } ?? false }
}

/// What servers were found not to take, so that they are not asked for it again. Used on one thread
/// only.
final class ServerQuirks {
  /// Servers, by host and port, that refuse `stream_options`.
  var serversWithoutUsage: Set<String> = []
}
