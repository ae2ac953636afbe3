// What went over the wire for one run, before anybody has made sense of it. Runs are recorded as
// these, so that a replay goes through the same decoder as the live stream.

/// The protocol in which a request and its response are written.
public enum WireProtocol: String, Hashable, Sendable, CaseIterable {
  /// OpenAI's `/v1/chat/completions`, streamed as server-sent events.
  case chatCompletions = "chat-completions"
  /// OpenAI's `/v1/responses`, streamed as server-sent events.
  case responses
  /// Anthropic's `/v1/messages`, streamed as server-sent events.
  case messages
  /// Ollama's `/api/chat`, streamed as a JSON object a line.
  case ollamaChat = "ollama-chat"
}

/// A piece of a run's exchanges with its server, as it went over the wire.
///
/// A run begins with a request. A failed try has its response and then a retry, behind which the
/// next request follows; the last try has its response and the end.
public enum WireEvent: Hashable, Sendable {
  /// A request was sent.
  case request(SentRequest)
  /// The response began.
  case head(status: Int, contentType: String)
  /// The next bytes of the body, split anywhere.
  case body([UInt8])
  /// The try failed, and another follows.
  case retry(Retry)
  case end(Ending)

  /// How the run ended.
  public enum Ending: Hashable, Sendable {
    /// The server closed the body in good order.
    case complete
    /// The connection failed, or no further try was made, with a sentence that says why.
    case failed(String)
    case cancelled
  }
}

extension WireEvent {
  /// Whether it is the last of its run.
  public var isEnd: Bool { if case .end = self { true } else { false } }
}

/// A piece of a run's exchanges, and when it went over the wire.
public struct TimedWireEvent: Hashable, Sendable {
  /// Milliseconds since the run began, to the microsecond: finer digits would only fill the files.
  public var time: Double
  public var event: WireEvent

  public init(time: Double, event: WireEvent) {
    self.time = (time * 1000).rounded() / 1000
    self.event = event
  }
}
