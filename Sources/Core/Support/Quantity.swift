// Numbers with what they count, so that "30 days", "thirty days" and "30-day" are one, and "30 days"
// and "30 euros" are not.

/// A number of a text with its unit.
struct Quantity: Hashable, Sendable {
  /// In the base of its unit: metres, grams, litres.
  var value: Double
  /// What it is a number of: "m", "€", "day"; nil where nothing says so.
  var unit: String?
  /// What its unit and a word such as "million" have made its value larger by; tables say that above
  /// their columns.
  private(set) var scale = 1.0
  /// Whether it is the word "one", which is more often no number at all.
  var isVague = false

  init(value: Double, unit: String? = nil, isVague: Bool = false) {
    self.value = value
    self.unit = unit
    self.isVague = isVague
  }

  mutating func scale(by factor: Double) {
    value *= factor
    scale *= factor
  }

  /// Whether both say the same.
  func agrees(with other: Quantity) -> Bool {
    guard unit == nil || other.unit == nil || unit == other.unit else { return false }
    if isClose(value, other.value) { return true }
    // "44.9" in a table whose head says "million".
    let isBare = scale == 1 && unit == nil || other.scale == 1 && other.unit == nil
    return isBare && isClose(value / scale, other.value / other.scale)
  }

  /// Whether one could stand in the other's place.
  func competes(with other: Quantity) -> Bool { unit == other.unit && !other.isVague }

  private func isClose(_ a: Double, _ b: Double) -> Bool {
    abs(a - b) <= 1e-9 * max(abs(a), abs(b), 1)
  }
}

/// The units that are known, by their names in small letters.
enum Unit {
  /// The unit that a name stands for, and how many of it.
  static func named(_ name: String) -> (unit: String, factor: Double)? { units[name] }

  static let currencies: [Unicode.Scalar: String] = ["€": "€", "$": "$", "£": "£", "¥": "¥"]

  private static let units: [String: (unit: String, factor: Double)] = {
    var units: [String: (unit: String, factor: Double)] = [:]
    func add(_ unit: String, _ names: String, times factor: Double = 1) {
      for name in EnglishWords.words(names) { units[name] = (unit, factor) }
    }
    add("m", "m metre metres meter meters")
    add("m", "km kilometre kilometres kilometer kilometers", times: 1000)
    add("m", "cm centimetre centimetres centimeter centimeters", times: 0.01)
    add("m", "mm millimetre millimetres millimeter millimeters", times: 0.001)
    add("g", "g gram grams")
    add("g", "kg kilo kilos kilogram kilograms", times: 1000)
    add("g", "mg milligram milligrams", times: 0.001)
    add("l", "l litre litres liter liters")
    add("l", "ml millilitre millilitres milliliter milliliters", times: 0.001)
    add("s", "s sec second seconds")
    add("s", "ms millisecond milliseconds", times: 0.001)
    add("s", "min minute minutes", times: 60)
    add("s", "h hour hours", times: 3600)
    add("day", "day days tag tage")
    add("week", "week weeks woche wochen")
    add("month", "month months monat monate")
    add("year", "year years jahr jahre")
    add("%", "% percent percentage pct prozent")
    add("€", "euro euros eur")
    add("$", "dollar dollars usd")
    add("£", "pound pounds gbp")
    add("cent", "cent cents")
    add("°", "°c °f celsius degrees degree °")
    add("B", "byte bytes")
    add("B", "kb kilobyte kilobytes", times: 1e3)
    add("B", "mb megabyte megabytes", times: 1e6)
    add("B", "gb gigabyte gigabytes", times: 1e9)
    add("Wh", "wh")
    add("Wh", "kwh", times: 1e3)
    add("Wh", "mwh", times: 1e6)
    add("Wh", "gwh", times: 1e9)
    add("bar", "bar")
    return units
  }()
}
