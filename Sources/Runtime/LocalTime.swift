// Points in time as people here read them.

public enum LocalTime {
  /// `2026-11-22 12:04`, in the machine's time zone.
  public static func minute(_ seconds: Double) -> String {
    TimeText.minute(seconds, offset: SystemClock().localOffset(at: seconds))
  }
}
