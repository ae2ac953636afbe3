import Core

// The Request part of the wire view: each request of a run as it was sent, in the order of its tries.

extension WireText {
  /// The requests among a run's wire events, with what became of those that failed.
  ///
  /// - Parameters:
  ///   - isBuiltin: whether it is the run of a model that needs no server.
  ///   - width: cells.
  init(requestsIn events: [TimedWireEvent], isBuiltin: Bool, width: Int) {
    self.init(width: width)
    var previous: SentRequest?
    var tries = 0
    for timed in events {
      switch timed.event {
      case .request(let request):
        tries += 1
        if tries > 1 { add("\nTry \(tries), at \(WireTime.stamp(timed.time))", .heading) }
        if request == previous { add("The same request again.", .note) } else { add(request) }
        previous = request
      case .retry(let retry):
        add("\n\(retry.reason)", .problem)
      case .head, .body, .end: break
      }
    }
    if tries == 0 { add(Self.reasonForNone(events: events, isBuiltin: isBuiltin), .note) }
  }

  private mutating func add(_ request: SentRequest) {
    add("\(request.method) \(request.url)", .address)
    for field in request.fields { add("\(field.name): \(field.shownValue)", .field) }
    if !request.body.isEmpty { add("\n\(Self.indented(request.body))", .body) }
  }

  /// A body for reading: JSON is indented, anything else is left as it is.
  private static func indented(_ body: String) -> String {
    (try? JSON(parsing: body))?.text(indent: 2) ?? body
  }

  private static func reasonForNone(events: [TimedWireEvent], isBuiltin: Bool) -> String {
    if isBuiltin { return "A built-in model answers by itself: there is no request." }
    switch events.first?.event {
    case nil: return "Nothing was sent yet."
    case .end(.failed(let reason)): return "Nothing was sent: \(reason)"
    case .end(.cancelled): return "Nothing was sent."
    default: return "This recording was made without its request."
    }
  }
}
