// Points in time as other programs write them (ISO 8601), without Foundation and its time to start.

public enum UniversalTime {
  /// Seconds since 1970 of `2026-03-01T12:30:00.25Z`; nil for what is no such time.
  ///
  /// A space may stand for the `T`, seconds and their fraction may be missing, and so may the zone:
  /// it is then universal time.
  public static func seconds(_ text: String) -> Double? {
    var rest = text.utf8[...]
    guard let year = number(&rest, 4), skip(&rest, "-"), let month = number(&rest, 2, 1...12),
      skip(&rest, "-"), let day = number(&rest, 2, 1...31)
    else { return nil }
    var seconds = Double(days(year, month, day)) * 86400
    guard !rest.isEmpty else { return seconds }
    guard skip(&rest, "T") || skip(&rest, "t") || skip(&rest, " "),
      let hour = number(&rest, 2, 0...24), skip(&rest, ":"), let minute = number(&rest, 2, 0...59)
    else { return nil }
    seconds += Double(hour * 3600 + minute * 60)
    if skip(&rest, ":") {
      guard let second = number(&rest, 2, 0...60) else { return nil }
      seconds += Double(second)
      if skip(&rest, ".") {
        let digits = rest.prefix { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
        guard !digits.isEmpty, let fraction = Double("0." + String(Substring(digits.prefix(18))))
        else { return nil }
        seconds += fraction
        rest = rest.dropFirst(digits.count)
      }
    }
    return offset(&rest).map { seconds - Double($0) }
  }

  /// Seconds east of Greenwich: `Z`, `+01:00`, `-0330`, or nothing.
  private static func offset(_ rest: inout Substring.UTF8View) -> Int? {
    if rest.isEmpty || (rest.count == 1 && (skip(&rest, "Z") || skip(&rest, "z"))) { return 0 }
    let sign = skip(&rest, "+") ? 1 : skip(&rest, "-") ? -1 : 0
    guard sign != 0, let hours = number(&rest, 2, 0...23) else { return nil }
    _ = skip(&rest, ":")
    let minutes = rest.isEmpty ? 0 : number(&rest, 2, 0...59)
    guard let minutes, rest.isEmpty else { return nil }
    return sign * (hours * 3600 + minutes * 60)
  }

  private static func number(
    _ rest: inout Substring.UTF8View, _ count: Int, _ range: ClosedRange<Int> = 0...9999
  ) -> Int? {
    let digits = rest.prefix(count)
    guard digits.count == count,
      digits.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }),
      let value = Int(String(Substring(digits))), range.contains(value)
    else { return nil }
    rest = rest.dropFirst(count)
    return value
  }

  private static func skip(_ rest: inout Substring.UTF8View, _ sign: Unicode.Scalar) -> Bool {
    guard rest.first == UInt8(ascii: sign) else { return false }
    rest = rest.dropFirst()
    return true
  }

  /// Days since 1970 of a date of the Gregorian calendar
  /// (https://howardhinnant.github.io/date_algorithms.html#days_from_civil).
  private static func days(_ year: Int, _ month: Int, _ day: Int) -> Int {
    let year = month <= 2 ? year - 1 : year
    let era = (year >= 0 ? year : year - 399) / 400
    let yearOfEra = year - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }
}
