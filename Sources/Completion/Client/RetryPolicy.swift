// Whether a request that failed is sent again, and when. It is a value that knows no clock, no
// connection and no chance: whoever asks brings them.

import CTransfer

/// The rules by which failed requests are sent again.
struct RetryPolicy: Hashable {
  /// Tries at most, the first included.
  var attemptLimit: Int
  /// The wait after the first failed try, in milliseconds; each further one is twice as long.
  var firstDelay = 500.0
  /// No wait grows beyond it by itself, in milliseconds; a server may ask for more.
  var longestDelay = 30_000.0
  /// For all waits of one run together, in milliseconds.
  var waitingBudget = 90_000.0

  /// What a try came to that brought no answer.
  enum Failure: Hashable {
    /// - Parameters:
    ///   - isOutOfCredit: whether there is nothing left to pay with: waiting brings none.
    ///   - retryAfter: how long the server asks to be left alone, in milliseconds.
    case response(status: Int, isOutOfCredit: Bool = false, retryAfter: Double? = nil)
    /// The connection was lost before any byte of a response.
    case connectionLost
    /// Anything else: output was seen, or it would only fail in the same way again.
    case permanent
  }

  enum Decision: Hashable {
    /// Try again after so many milliseconds.
    case retry(delay: Double)
    /// Give it up; the sentence says more than the failure does, where there is more to say.
    case giveUp(String?)
  }

  /// - Parameters:
  ///   - attempt: the number of the try that failed, from 1.
  ///   - waited: milliseconds that the run has spent waiting between its tries.
  ///   - jitter: from 0 to 1, by chance: requests that failed together shall not return together.
  func decision(
    after failure: Failure, attempt: Int, waited: Double, jitter: Double
  ) -> Decision {
    let tries = attempt > 1 ? "It was tried \(attempt) times." : nil
    var retryAfter = 0.0
    switch failure {
    case .permanent: return .giveUp(tries)
    case .connectionLost: break
    case .response(let status, let isOutOfCredit, let asked):
      guard Self.retryableStatuses.contains(status), !isOutOfCredit else {
        return .giveUp(tries)
      }
      retryAfter = asked ?? 0
    }
    let step = min(firstDelay * Double(1 << min(max(attempt, 1) - 1, 30)), longestDelay)
    let delay = max(step / 2, retryAfter) + jitter * step / 2
    if retryAfter > waitingBudget - waited {
      let wait =
        "The server asks to wait \(Self.words(for: retryAfter)), which is longer than whet "
      return .giveUp([tries, wait + "waits by itself: run it again then."].joinedSentences)
    }
    guard attempt < attemptLimit, waited + delay <= waitingBudget else { return .giveUp(tries) }
    return .retry(delay: delay)
  }

  /// A time-out, a rate limit, or a server that is overloaded, starting or out of order for now;
  /// 529 is Anthropic's word for overloaded.
  private static let retryableStatuses: Set = [408, 425, 429, 500, 502, 503, 504, 529]

  /// Whether a response with such a status may well be another one later.
  static func isWorthAnotherTry(status: Int) -> Bool { retryableStatuses.contains(status) }

  /// Rounded up, in the largest unit that leaves at least two of it: `90 s`, `5 min`, `3 days`.
  private static func words(for milliseconds: Double) -> String {
    let units = [(86_400_000.0, "days"), (3_600_000, "h"), (60_000, "min"), (1000, "s")]
    let (length, name) = units.first { milliseconds >= 2 * $0.0 } ?? (1000, "s")
    return "\(Int(min(milliseconds / length, 1e6).rounded(.up))) \(name)"
  }
}

extension RetryPolicy {
  /// How long a server asks to be left alone, in milliseconds; nil when it does not say.
  ///
  /// Read are `retry-after-ms`, which some send beside it because it is finer, and `Retry-After`,
  /// in seconds or as a date (RFC 9110, section 10.2.3). A time that has passed is 0.
  ///
  /// - Parameters:
  ///   - field: the value of a header field of the response by its name.
  ///   - now: seconds since 1970.
  static func retryAfter(field: (String) -> String?, now: Int) -> Double? {
    if let value = field("retry-after-ms"), let time = Double(value), time.isFinite {
      return max(time, 0)
    }
    guard let value = field("retry-after") else { return nil }
    if let seconds = Double(value) { return seconds.isFinite ? max(seconds, 0) * 1000 : nil }
    let date = curl_getdate(value, nil)
    return date < 0 ? nil : max(Double(date) - Double(now), 0) * 1000
  }
}

extension [String?] {
  /// The sentences that there are, one after the other; nil when there is none.
  var joinedSentences: String? {
    let sentences = compactMap { $0 }
    return sentences.isEmpty ? nil : sentences.joined(separator: " ")
  }
}
