// A try that failed and is to be followed by another.

/// Why a request is sent again, and when.
public struct Retry: Hashable, Sendable {
  /// The try that failed, from 1.
  public var attempt: Int
  /// Tries at most.
  public var attemptLimit: Int
  /// Milliseconds until the next try; 0 when the request was only put in other words.
  public var delay: Double
  /// What went wrong, as a sentence.
  public var reason: String

  public init(attempt: Int, attemptLimit: Int, delay: Double, reason: String) {
    self.attempt = attempt
    self.attemptLimit = attemptLimit
    self.delay = delay
    self.reason = reason
  }
}

extension Retry {
  /// `{"attempt":…,"attempt_limit":…,"delay_ms":…,"reason":…}`.
  public var json: JSON {
    [
      "attempt": .integer(attempt), "attempt_limit": .integer(attemptLimit),
      "delay_ms": .number(delay), "reason": .string(reason),
    ]
  }

  /// The retry that such an object holds; nil when it isn't one.
  public init?(json: JSON) {
    guard let attempt = json["attempt"]?.integer, let limit = json["attempt_limit"]?.integer,
      let delay = json["delay_ms"]?.double, delay >= 0, let reason = json["reason"]?.string
    else { return nil }
    self.init(attempt: attempt, attemptLimit: limit, delay: delay, reason: reason)
  }
}
