import Core

// How far an evaluation is, for a line or a pane.

/// What has come of an evaluation so far.
public struct EvaluationProgress: Hashable, Sendable {
  /// Answers that are to be had in all.
  public var total: Int
  /// Those that are graded, or could not be.
  public var done = 0
  public var passed = 0
  /// Those that could not be measured.
  public var unmeasured = 0
  /// Those of `done` for which nobody had to be asked.
  public var kept = 0
  /// Requests in flight, judges' included.
  public var inFlight = 0
  /// Those that may be in flight at once, as it was found.
  public var limit = 0
  /// Of what was asked here; judges' included.
  public var cost = Cost.zero
  /// Since the start, in milliseconds.
  public var milliseconds = 0.0
  /// Why the last answer that could not be measured wasn't; nil for none.
  public var lastError: String?

  public init(total: Int) { self.total = total }

  public var failed: Int { done - passed - unmeasured }

  /// Answers a second that had to be asked for; nil before there are any.
  public var rate: Double? {
    let asked = done - kept
    return asked > 0 && milliseconds > 0 ? Double(asked) / milliseconds * 1000 : nil
  }

  /// Seconds until it is through, as far as the rate tells; nil where it doesn't.
  public var secondsLeft: Double? { rate.map { Double(total - done) / $0 } }
}

extension EvaluationProgress {
  /// `120 of 400 · 97 passed · 2 not measured · 8 in flight · 14/s · 20 s left · $0.12`.
  public var line: String {
    var parts = [
      "\(Numbers.grouped(done)) of \(Numbers.grouped(total))",
      "\(Numbers.grouped(passed)) passed",
    ]
    if unmeasured > 0 { parts.append("\(Numbers.grouped(unmeasured)) not measured") }
    if inFlight > 0 { parts.append("\(inFlight) in flight") }
    if let rate, done < total {
      parts.append("\(Numbers.rate(rate))/s")
    }
    if let secondsLeft, done < total {
      parts.append("\(Numbers.duration(secondsLeft * 1000)) left")
    }
    if cost != .zero, !cost.isUnknown { parts.append(Numbers.cost(cost)) }
    return parts.joined(separator: " · ")
  }
}
