// A request to a server, as wire events.

import Core

final class HTTPStream: WireSource {
  private let request: CompletionRequest
  /// Address, key and time limits of each attempt.
  private let template: Transfer.Request
  private let pool: TransferPool
  private let quirks: ServerQuirks
  private let clock: () -> Double
  private let startTime: Double

  private var transfer: Transfer
  private var stage = Stage.head
  private var redactor: KeyRedactor?
  /// The body of an error response, kept until it is whole: it may be no matter of the run's.
  private var errorBody: [UInt8] = []
  private var isAnswered = false

  private enum Stage { case head, body, end, over }

  /// Small enough that one pass over all columns is short, large enough to cost nothing.
  private static let pieceBytes = 32 << 10

  /// - Parameter template: the HTTP request but for its body.
  init(
    _ request: CompletionRequest, as template: Transfer.Request, in pool: TransferPool,
    quirks: ServerQuirks, clock: @escaping () -> Double
  ) throws(CompletionError) {
    self.request = request
    self.template = template
    self.pool = pool
    self.quirks = quirks
    self.clock = clock
    startTime = clock()
    redactor = KeyRedactor(key: template.key)
    transfer = try Self.begin(request, as: template, in: pool, quirks: quirks, clock: clock)
  }

  private static func begin(
    _ request: CompletionRequest, as template: Transfer.Request, in pool: TransferPool,
    quirks: ServerQuirks, clock: @escaping () -> Double
  ) throws(CompletionError) -> Transfer {
    let asksForUsage = !quirks.serversWithoutUsage.contains(template.endpoint.authority)
    var whole = template
    whole.body = ChatCompletionsRequest(request, asksForUsage: asksForUsage).body
    let transfer = try Transfer(whole, clock: clock)
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
    stage == .head ? head() ?? end() : body() ?? end()
  }

  private func head() -> TimedWireEvent? {
    guard let head = transfer.head else { return nil }
    if !(200..<300).contains(head.status) {
      while transfer.hasReceived {
        let missing = ErrorResponse.maximumBodyBytes - errorBody.count
        errorBody += transfer.take(atMost: Self.pieceBytes).prefix(missing)
      }
      guard transfer.ending != nil, !tryAgain(after: head) else { return nil }
    }
    stage = .body
    return event(.head(status: head.status, contentType: head.contentType), at: head.time)
  }

  private func body() -> TimedWireEvent? {
    guard stage == .body else { return nil }
    while transfer.hasReceived || !errorBody.isEmpty {
      let time = transfer.receivedTime
      var bytes = errorBody.isEmpty ? transfer.take(atMost: Self.pieceBytes) : errorBody
      errorBody = []
      bytes = redactor?.redact(bytes) ?? bytes
      if !bytes.isEmpty, !isAnswered { return event(.body(bytes), at: time) }
    }
    guard transfer.ending != nil else { return nil }
    stage = .end
    guard let rest = redactor?.finish(), !rest.isEmpty, !isAnswered else { return nil }
    return event(.body(rest), at: transfer.receivedTime)
  }

  private func end() -> TimedWireEvent? {
    // An error response ends with its body; until that is decided it has no end.
    guard stage == .end || (stage == .head && transfer.head == nil), let ending = transfer.ending
    else { return nil }
    stage = .over
    return event(.end(ending), at: clock())
  }

  private func event(_ event: WireEvent, at time: Double) -> TimedWireEvent {
    TimedWireEvent(time: max(0, time - startTime), event: event)
  }

  /// Sends the request once more without `stream_options`, if that is what the server refused, and
  /// remembers it of the server.
  private func tryAgain(after head: Transfer.Head) -> Bool {
    guard head.status == 400, transfer.ending == .complete,
      String(decoding: errorBody, as: UTF8.self).contains("stream_options"),
      transfer.request.body?.contains("\"stream_options\"") == true,
      quirks.serversWithoutUsage.insert(template.endpoint.authority).inserted,
      let second = try? Self.begin(
        request, as: template, in: pool, quirks: quirks, clock: clock)
    else { return false }
    transfer = second
    errorBody = []
    return true
  }
}

/// What servers were found not to take, so that they are not asked for it again. Used on one thread
/// only.
final class ServerQuirks {
  /// Servers, by host and port, that refuse `stream_options`.
  var serversWithoutUsage: Set<String> = []
}
