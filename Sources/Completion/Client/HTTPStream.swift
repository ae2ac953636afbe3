// A request to a server, as wire events: one try after the other until one brings an answer, or none
// is worth making.

import Core
import Glibc

final class HTTPStream: WireSource {
  private let request: ProviderRequest
  private let pool: TransferPool
  private let quirks: ServerQuirks
  private let policy: RetryPolicy
  private let jitter: () -> Double
  private let clock: () -> Double
  private let startTime: Double

  private var transfer: Transfer
  /// Whether this try asks the server to count tokens.
  private var asksForUsage: Bool
  private var stage = Stage.request
  private var redactor: KeyRedactor
  /// The body of an error response: it may say whether another try is worth it.
  private var errorBody: [UInt8] = []
  private var isAnswered = false
  /// Whether it was ended from outside, so that no further try is made.
  private var isStopped = false
  /// When this try began, on the client's clock.
  private var attemptStart: Double
  /// The number of this try, from 1.
  private var attempt = 1
  /// Milliseconds spent between the tries.
  private var waited = 0.0

  private enum Stage {
    case request, head, body, end
    /// The next try begins then, on the client's clock.
    case waiting(until: Double)
    case over
  }

  /// Small enough that one pass over all columns is short, large enough to cost nothing.
  private static let pieceBytes = 32 << 10

  /// - Parameters:
  ///   - jitter: a number from 0 to 1 by chance, by which waits are spread.
  ///   - clock: milliseconds, by which events are timed and waits measured.
  init(
    _ request: ProviderRequest, in pool: TransferPool, quirks: ServerQuirks,
    jitter: @escaping () -> Double, clock: @escaping () -> Double
  ) throws(CompletionError) {
    self.request = request
    self.pool = pool
    self.quirks = quirks
    self.jitter = jitter
    self.clock = clock
    policy = RetryPolicy(attemptLimit: request.provider.attemptLimit)
    startTime = clock()
    attemptStart = startTime
    redactor = KeyRedactor(request.credentials)
    asksForUsage = !quirks.refusesUsage(request.endpoint)
    transfer = try pool.start(request.transfer(asksForUsage: asksForUsage), clock: clock)
  }

  var nextWakeUp: Double? {
    if case .waiting(let time) = stage { time } else { nil }
  }

  func stop(as ending: WireEvent.Ending, at now: Double) {
    pool.cancel(transfer)
    switch stage {
    case .waiting:
      transfer.ending = ending
      stage = .end
    case .request, .head, .body, .end:
      if transfer.ending == nil { transfer.ending = ending }
    case .over: return
    }
    isStopped = true
  }

  func answerHasEnded() {
    isAnswered = true
    transfer.expectEnd()
  }

  func next(at now: Double) -> TimedWireEvent? {
    switch stage {
    case .waiting(let time): time <= now ? nextTry() : nil
    case .request: sentRequest() ?? end(at: now)
    case .head: head() ?? end(at: now)
    case .body, .end: body() ?? end(at: now)
    case .over: nil
    }
  }

  /// Nil while there is no connection to send it on: what never went out is not said to have.
  private func sentRequest() -> TimedWireEvent? {
    guard transfer.hasConnected || transfer.head != nil else { return nil }
    stage = .head
    return event(.request(transfer.request.sent), at: attemptStart)
  }

  private func head() -> TimedWireEvent? {
    guard let head = transfer.head else { return nil }
    stage = .body
    return event(.head(status: head.status, contentType: head.contentType), at: head.time)
  }

  private func body() -> TimedWireEvent? {
    guard case .body = stage else { return nil }
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
    if errorBody.count == ErrorResponse.maximumBodyBytes { transfer.expectEnd() }
    return kept.isEmpty ? nil : event(.body(kept), at: time)
  }

  private func event(_ event: WireEvent, at time: Double) -> TimedWireEvent {
    TimedWireEvent(time: max(0, time - startTime), event: event)
  }
}

// MARK: - The end of a try

extension HTTPStream {
  private func end(at now: Double) -> TimedWireEvent? {
    switch stage {
    case .end: break
    case .request where transfer.head == nil, .head where transfer.head == nil: break
    default: return nil
    }
    guard let ending = transfer.ending else { return nil }
    if isStopped { return end(ending) }
    if let retry = retryWithoutUsage() {
      stage = .waiting(until: now)
      return event(.retry(retry), at: clock())
    }
    let decision = policy.decision(
      after: failure, attempt: attempt, waited: waited, jitter: jitter())
    switch decision {
    case .retry(let delay):
      let retry = Retry(
        attempt: attempt, attemptLimit: policy.attemptLimit, delay: delay, reason: reason)
      attempt += 1
      waited += delay
      stage = .waiting(until: now + delay)
      return event(.retry(retry), at: clock())
    case .giveUp(let note):
      return end(transfer.isError || transfer.head == nil ? ending.adding(note) : ending)
    }
  }

  private func end(_ ending: WireEvent.Ending) -> TimedWireEvent {
    stage = .over
    return event(.end(ending), at: clock())
  }

  private func nextTry() -> TimedWireEvent? {
    redactor = KeyRedactor(request.credentials)
    errorBody = []
    attemptStart = clock()
    asksForUsage = !quirks.refusesUsage(request.endpoint)
    do throws(CompletionError) {
      transfer = try pool.start(request.transfer(asksForUsage: asksForUsage), clock: clock)
    } catch {
      return end(.failed(error.description))
    }
    stage = .request
    return next(at: clock())
  }

  private var failure: RetryPolicy.Failure {
    if let errorResponse {
      return .response(
        status: errorResponse.status, isOutOfCredit: errorResponse.isOutOfCredit,
        retryAfter: RetryPolicy.retryAfter(field: transfer.headerField, now: time(nil)))
    }
    return transfer.failure?.isConnectionLost == true ? .connectionLost : .permanent
  }

  /// What went wrong with this try, as a sentence.
  private var reason: String {
    if let errorResponse { return errorResponse.statement + "." }
    return transfer.failure?.event ?? "The connection was lost."
  }

  /// What this try brought in place of an answer; nil when it brought none, or an answer.
  private var errorResponse: ErrorResponse? {
    guard let head = transfer.head, transfer.isError else { return nil }
    return ErrorResponse(status: head.status, body: errorBody, to: transfer.request.sent)
  }

  /// The server's wish to be asked without `stream_options`, remembered of it; nil when it has none.
  /// It is no failed try, but a request in other words.
  private func retryWithoutUsage() -> Retry? {
    guard asksForUsage, errorResponse?.refusesUsage == true else { return nil }
    quirks.noteRefusedUsage(by: request.endpoint)
    return Retry(
      attempt: attempt, attemptLimit: max(policy.attemptLimit, attempt + 1), delay: 0,
      reason: "The server refuses 'stream_options', so it is asked without.")
  }
}

extension WireEvent.Ending {
  /// The ending of a try that failed, with what is to be said beyond the failure.
  fileprivate func adding(_ note: String?) -> WireEvent.Ending {
    switch self {
    case .complete: note.map(WireEvent.Ending.failed) ?? self
    case .failed(let sentence): .failed([sentence, note].joinedSentences ?? sentence)
    case .cancelled: self
    }
  }
}
