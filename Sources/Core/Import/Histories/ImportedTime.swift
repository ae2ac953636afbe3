// Times in the files of other programs: numbers of seconds or milliseconds, and texts.

extension JSON {
  /// Seconds since 1970: a number of seconds, or of milliseconds where seconds would be of another
  /// age, or a text of ISO 8601. Nil for what is no time from 1970 to the year 9999.
  var importedTime: Double? {
    let seconds = double ?? string.flatMap { UniversalTime.seconds($0) ?? Double($0) }
    guard var seconds, seconds.isFinite else { return nil }
    // In seconds, the year 5138.
    if seconds > 1e11 { seconds /= 1000 }
    return (0..<253_402_300_800).contains(seconds) ? seconds : nil
  }
}
