import Glibc

// Points in time as lists show them.

enum TimeText {
  /// `12:04:31`.
  static func timeOfDay(_ seconds: Double, offset: Int) -> String {
    let parts = parts(of: seconds, offset: offset)
    return "\(two(parts.tm_hour)):\(two(parts.tm_min)):\(two(parts.tm_sec))"
  }

  /// `2026-11-22 12:04`.
  static func minute(_ seconds: Double, offset: Int) -> String {
    let parts = parts(of: seconds, offset: offset)
    return "\(1900 + Int(parts.tm_year))-\(two(parts.tm_mon + 1))-\(two(parts.tm_mday)) "
      + "\(two(parts.tm_hour)):\(two(parts.tm_min))"
  }

  private static func parts(of seconds: Double, offset: Int) -> tm {
    var time = calendarTime(seconds) + offset
    var parts = tm()
    gmtime_r(&time, &parts)
    return parts
  }

  /// The nearest time that a calendar has: files can hold any number.
  static func calendarTime(_ seconds: Double) -> time_t {
    time_t(max(0, min(seconds.isFinite ? seconds : 0, 250_000_000_000)))
  }

  private static func two(_ value: CInt) -> String { value < 10 ? "0\(value)" : "\(value)" }
}
