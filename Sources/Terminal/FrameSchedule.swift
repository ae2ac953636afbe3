// When the next frame is due: at once after an input, at most every 33 ms for anything else, and
// never when nothing has happened. A value; whoever has a clock asks it.

struct FrameSchedule {
  /// Milliseconds between frames that no input asks for: 30 a second.
  static let interval = 33.0

  private var last = -Double.infinity
  private var isStale = true
  private var isUrgent = true

  /// Something was typed, clicked or resized; or what was asked for so has come.
  mutating func noteInput() {
    isStale = true
    isUrgent = true
  }

  /// Something happened that nobody waits for with a finger on a key.
  mutating func noteEvent() { isStale = true }

  mutating func noteFrame(at now: Double) {
    last = now
    isStale = false
    isUrgent = false
  }

  /// Milliseconds until a frame is to be drawn, 0 when it is due; nil when there is nothing to draw.
  func delay(at now: Double) -> Double? {
    guard isStale else { return nil }
    return isUrgent ? 0 : max(0, last + Self.interval - now)
  }
}
