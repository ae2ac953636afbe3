// How many requests a server is sent at once, found by trying: a value, so that a test can play the
// server. It sends nothing.
//
// More in flight is better only as long as more comes back a second: a server with four slots lets the
// others wait. So the limit doubles while that raises the rate, settles at the best, and tries a little
// more from time to time. A refusal (429, 503, a connection that is not taken) halves it, as TCP does
// (RFC 5681), and from then on it grows by one.

/// The number of requests that a server may be sent at once, as it is known so far.
public struct ConcurrencyLimit: Hashable, Sendable {
  /// Requests at once.
  public private(set) var value: Int
  private let most: Int
  private var mode = Mode.doubling
  /// What came back a second at the limit that was best.
  private var best = Best(value: 1, rate: 0)
  /// The requests of the round under way that have ended.
  private var ended = 0
  private var roundStart: Double?
  private var settledRounds = 0
  /// A refusal is of the limit at which its request was sent: those that were in flight with it say
  /// nothing new.
  private var deafUntil = 0

  private struct Best: Hashable {
    var value: Int
    var rate: Double
  }

  private enum Mode { case doubling, growing, settled }

  /// What a rate must gain for a larger limit to be worth it.
  private static let gain = 1.1
  /// Rounds until a little more is tried.
  private static let roundsUntilProbe = 16

  /// - Parameter most: never more than this.
  public init(start: Int = 4, most: Int) {
    self.most = max(1, most)
    value = min(max(1, start), self.most)
  }

  /// Takes in that a request has ended that the server took.
  ///
  /// - Parameters:
  ///   - milliseconds: now, on a clock that never goes back.
  ///   - wasFull: whether as many were in flight as may be: where they weren't, a rate says nothing.
  public mutating func requestEnded(at milliseconds: Double, wasFull: Bool) {
    if deafUntil > 0 { deafUntil -= 1 }
    guard wasFull else {
      roundStart = nil
      return
    }
    guard let start = roundStart else {
      roundStart = milliseconds
      ended = 0
      return
    }
    ended += 1
    guard ended >= max(2 * value, 8), milliseconds > start else { return }
    finishRound(rate: Double(ended) / (milliseconds - start) * 1000)
    roundStart = milliseconds
    ended = 0
  }

  /// Takes in that the server would not take a request for now.
  public mutating func requestRefused() {
    guard deafUntil == 0 else { return }
    deafUntil = value
    value = max(1, value / 2)
    mode = .growing
    best = Best(value: value, rate: 0)
    roundStart = nil
  }

  private mutating func finishRound(rate: Double) {
    let isBetter = rate > best.rate * (value > best.value ? Self.gain : 1)
    if isBetter { best = Best(value: value, rate: rate) }
    switch mode {
    case .settled:
      settledRounds += 1
      guard settledRounds >= Self.roundsUntilProbe else { return }
      settledRounds = 0
      // What was best a while ago may not be so now.
      best = Best(value: value, rate: rate)
      mode = .growing
      value = min(most, value + max(1, value / 4))
    case .doubling, .growing:
      guard isBetter, value < most else {
        value = best.value
        mode = .settled
        settledRounds = 0
        return
      }
      value = min(most, mode == .doubling ? value * 2 : value + 1)
    }
  }
}
