// What servers say of trainings, within bounds: names, sentences, numbers, moments.

/// Texts of servers, within bounds.
public enum TrainingText {
  /// The name of a model; nil for what can be none.
  public static func name(_ text: String?) -> String? {
    guard let text, (1...512).contains(text.utf8.count),
      text.unicodeScalars.allSatisfy({ $0.value >= 0x20 && !(0x7F...0x9F ~= $0.value) })
    else { return nil }
    return text
  }

  /// A sentence of a server; nil where it says nothing.
  public static func sentence(_ text: String?) -> String? {
    text.flatMap { $0.isEmpty ? nil : String($0.prefix(1000)) }
  }

  /// A finite number.
  public static func number(_ json: JSON?) -> Double? {
    json?.double.flatMap { $0.isFinite ? $0 : nil }
  }

  /// A moment: seconds since 1970, or a time as RFC 3339 writes it.
  public static func time(_ json: JSON?) -> Double? {
    if let seconds = number(json) { return (0...1e11).contains(seconds) ? seconds : nil }
    return json?.string.flatMap(secondsSince1970)
  }

  /// `2024-05-17T17:00:00.123Z`, in seconds since 1970; a time without an offset is UTC.
  static func secondsSince1970(_ text: String) -> Double? {
    let bytes = Array(text.utf8.prefix(40))
    func number(_ range: Range<Int>) -> Int? {
      guard range.upperBound <= bytes.count else { return nil }
      return bytes[range].reduce(0) { sum, byte in
        sum.flatMap { 0x30...0x39 ~= byte ? $0 * 10 + Int(byte - 0x30) : nil }
      }
    }
    guard let year = number(0..<4), let month = number(5..<7), let day = number(8..<10),
      let hour = number(11..<13), let minute = number(14..<16), let second = number(17..<19),
      (1970...9999).contains(year), (1...12).contains(month), (1...31).contains(day),
      hour < 24, minute < 60, second <= 60
    else { return nil }
    var end = 19
    var fraction = 0.0
    if end < bytes.count, bytes[end] == UInt8(ascii: ".") {
      end += 1
      var scale = 0.1
      while end < bytes.count, 0x30...0x39 ~= bytes[end] {
        fraction += Double(bytes[end] - 0x30) * scale
        scale /= 10
        end += 1
      }
    }
    var offset = 0
    if end < bytes.count, let sign = [UInt8(ascii: "+"): 1, UInt8(ascii: "-"): -1][bytes[end]] {
      guard let hours = number(end + 1..<end + 3), let minutes = number(end + 4..<end + 6) else {
        return nil
      }
      offset = sign * (hours * 60 + minutes) * 60
    }
    // Days since 1970 in the Gregorian calendar, counted in years that begin with March.
    let shifted = month <= 2 ? year - 1 : year
    let days =
      shifted * 365 + shifted / 4 - shifted / 100 + shifted / 400
      + (153 * ((month + 9) % 12) + 2) / 5 + day - 719_469
    return Double(days * 86400 + hour * 3600 + minute * 60 + second - offset) + fraction
  }
}
