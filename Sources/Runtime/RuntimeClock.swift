import Completion
import Glibc

// The time by which a program runs: the system's, or one of a script's own that leaps over every
// wait, so that a script takes no longer than its work and always shows the same figures.

/// A clock that a runtime goes by, on the loop's thread.
public protocol RuntimeClock: AnyObject {
  /// Milliseconds; never goes back.
  var now: Double { get }
  /// Seconds since 1970.
  var secondsSince1970: Double { get }
  /// How points in time read where the program runs.
  var localTime: LocalTime { get }
  /// Whether it can leap to a time when nothing real is waited for.
  var canLeap: Bool { get }
  /// Goes on to a time at once; does nothing on a clock that can't leap.
  func leap(to time: Double)
  /// Has the clock go on by itself, or stand still, while a server is waited for.
  func setRunning(_ isRunning: Bool)
}

/// The system's own clocks: a monotonic one, and the time of day.
public final class SystemClock: RuntimeClock {
  public init() {}

  public var now: Double { MonotonicClock.milliseconds }

  public var secondsSince1970: Double {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  public var localTime: LocalTime { .system }

  public var canLeap: Bool { false }
  public func leap(to time: Double) {}
  public func setRunning(_ isRunning: Bool) {}
}

/// A clock that starts at 0, and stands still but for leaps and for servers.
public final class ScriptClock: RuntimeClock {
  private var time = 0.0
  /// The system's time at which the clock was set going; nil while it stands.
  private var runningSince: Double?

  public init() {}

  public var now: Double {
    time + (runningSince.map { MonotonicClock.milliseconds - $0 } ?? 0)
  }

  /// A morning in January 2026, and the script's own time since.
  public var secondsSince1970: Double { 1_767_603_845 + (now / 1000).rounded(.down) }

  public var localTime: LocalTime { .universal }

  public var canLeap: Bool { true }

  public func leap(to time: Double) {
    setRunning(false)
    self.time = max(self.time, time)
  }

  public func setRunning(_ isRunning: Bool) {
    if isRunning, runningSince == nil {
      runningSince = MonotonicClock.milliseconds
    } else if !isRunning, runningSince != nil {
      time = now
      runningSince = nil
    }
  }
}
