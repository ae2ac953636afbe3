// What came over the wire for one run, before anybody has made sense of it. Runs are recorded as
// these, so that a replay goes through the same decoder as the live stream.

/// The protocol in which a run's bytes are written.
public enum WireProtocol: String, Hashable, Sendable, CaseIterable {
  /// OpenAI's `/v1/chat/completions`, streamed as server-sent events.
  case chatCompletions = "chat-completions"
}

/// A piece of a response as it came.
public enum WireEvent: Hashable, Sendable {
  /// The response began.
  case head(status: Int, contentType: String)
  /// The next bytes of the body, split anywhere.
  case body([UInt8])
  case end(Ending)

  /// How the response ended.
  public enum Ending: Hashable, Sendable {
    /// The server closed the body in good order.
    case complete
    /// The connection failed, with a sentence that says how and what to do.
    case failed(String)
    case cancelled
  }
}

/// A piece of a response, and when it came.
public struct TimedWireEvent: Hashable, Sendable {
  /// Milliseconds since the run began, to the microsecond: finer digits would only fill the files.
  public var time: Double
  public var event: WireEvent

  public init(time: Double, event: WireEvent) {
    self.time = (time * 1000).rounded() / 1000
    self.event = event
  }
}
