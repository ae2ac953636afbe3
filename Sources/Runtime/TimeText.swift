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
    // Files can hold any number; the calendar can't.
    var time = time_t(max(0, min(seconds.isFinite ? seconds : 0, 250_000_000_000))) + offset
    var parts = tm()
    gmtime_r(&time, &parts)
    return parts
  }

  private static func two(_ value: CInt) -> String { value < 10 ? "0\(value)" : "\(value)" }
}
