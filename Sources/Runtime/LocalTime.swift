import Glibc

// Points in time as lists show them.

/// How points in time, in seconds since 1970, read in one place.
public struct LocalTime: Sendable {
  /// Seconds to add to universal time at a point in time: summer time comes and goes.
  private let offset: @Sendable (Double) -> Int

  /// The seconds by which it is ahead of universal time.
  public func offset(at seconds: Double) -> Int { offset(seconds) }

  /// The machine's own time zone.
  public static let system = LocalTime { seconds in
    var time = time_t(bounded(seconds))
    var parts = tm()
    localtime_r(&time, &parts)
    return parts.tm_gmtoff
  }

  /// UTC.
  public static let universal = LocalTime { _ in 0 }

  private init(offset: @escaping @Sendable (Double) -> Int) { self.offset = offset }

  /// `12:04:31`.
  public func timeOfDay(_ seconds: Double) -> String {
    let parts = parts(of: seconds)
    return "\(Self.two(parts.tm_hour)):\(Self.two(parts.tm_min)):\(Self.two(parts.tm_sec))"
  }

  /// `2026-11-22 12:04`.
  public func minute(_ seconds: Double) -> String {
    let parts = parts(of: seconds)
    return "\(1900 + Int(parts.tm_year))-\(Self.two(parts.tm_mon + 1))-\(Self.two(parts.tm_mday)) "
      + "\(Self.two(parts.tm_hour)):\(Self.two(parts.tm_min))"
  }

  private func parts(of seconds: Double) -> tm {
    var time = time_t(Self.bounded(seconds)) + offset(seconds)
    var parts = tm()
    gmtime_r(&time, &parts)
    return parts
  }

  /// Files can hold any number; the calendar can't.
  private static func bounded(_ seconds: Double) -> Double {
    max(0, min(seconds.isFinite ? seconds : 0, 250_000_000_000))
  }

  private static func two(_ value: CInt) -> String { value < 10 ? "0\(value)" : "\(value)" }
}
