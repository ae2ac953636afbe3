// Names for sessions and runs that no other machine gives, and that sort by the time they were
// made: ULIDs (github.com/ulid/spec).

import Core
import Glibc
import Synchronization

/// Makes identifiers of 26 characters: 48 bits of milliseconds since 1970, then 80 random bits, in
/// Crockford's base 32.
///
/// Those of one generator grow, also within a millisecond and when the clock is set back.
public final class IdentifierGenerator: Sendable {
  private struct State {
    var milliseconds: UInt64 = 0
    var high: UInt16 = 0
    var low: UInt64 = 0
  }

  private let state = Mutex(State())

  public init() {}

  /// - Parameter now: seconds since 1970.
  public func next(now: Double) -> Identifier {
    // In this order, what is no number counts as 0.
    let milliseconds = UInt64(min(0x1p48 - 1, max(0, now * 1000)))
    let current = state.withLock { state in
      if milliseconds > state.milliseconds {
        var random = SystemRandomNumberGenerator()
        // The top bit stays clear, so that adding one for each of the same millisecond never
        // overflows.
        state = State(
          milliseconds: milliseconds, high: random.next() & 0x7FFF, low: random.next())
      } else {
        let (low, carry) = state.low.addingReportingOverflow(1)
        state.low = low
        if carry { state.high += 1 }
      }
      return state
    }
    return Self.text(of: current)
  }

  private static let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)

  private static func text(of state: State) -> Identifier {
    var characters = [UInt8](repeating: 0, count: 26)
    var time = state.milliseconds
    for position in (0..<10).reversed() {
      characters[position] = alphabet[Int(time & 31)]
      time >>= 5
    }
    var high = UInt64(state.high)
    var low = state.low
    for position in (10..<26).reversed() {
      characters[position] = alphabet[Int(low & 31)]
      low = low >> 5 | (high & 31) << 59
      high >>= 5
    }
    return String(decoding: characters, as: UTF8.self)
  }
}

/// The system's clock: seconds since 1970.
func secondsSince1970() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_REALTIME, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}
