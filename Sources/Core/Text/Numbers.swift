// Figures as people read them at a glance.

/// Writes counts, times and amounts in few characters.
public enum Numbers {
  /// `1,204`.
  public static func grouped(_ value: Int) -> String {
    var digits = Array(String(value.magnitude))
    var place = digits.count - 3
    while place > 0 {
      digits.insert(",", at: place)
      place -= 3
    }
    return (value < 0 ? "-" : "") + String(digits)
  }

  /// `1 example`, `1,204 examples`.
  public static func counted(_ count: Int, _ thing: String) -> String {
    "\(grouped(count)) \(thing)\(count == 1 ? "" : "s")"
  }

  /// `2ms`, `.41s`, `1.2s`, `75s`, from milliseconds.
  public static func duration(_ milliseconds: Double) -> String {
    // A file can hold any number.
    let milliseconds = min(max(milliseconds, 0), 1e12)
    return switch milliseconds {
    case ..<99.5: "\(Int(milliseconds.rounded()))ms"
    case ..<995: ".\(Int((milliseconds / 10).rounded()))s"
    case ..<9_950: decimal(milliseconds / 1000) + "s"
    default: grouped(Int((milliseconds / 1000).rounded())) + "s"
    }
  }

  /// `38`, `3.8`: two digits are enough to compare rates by.
  public static func rate(_ value: Double) -> String {
    value < 9.95 ? decimal(value) : grouped(Int(min(value, 1e12).rounded()))
  }

  /// `3 %`, `.4 %`, from a share of 1; what is less than can be told is `<.1 %`.
  public static func share(_ value: Double) -> String {
    guard !value.isNaN else { return "–" }
    let percent = min(max(value, 0), 1e6) * 100
    if percent >= 1 { return "\(grouped(Int(percent.rounded()))) %" }
    if percent == 0 { return "0 %" }
    let tenths = Int((percent * 10).rounded())
    return tenths == 0 ? "<.1 %" : tenths == 10 ? "1 %" : ".\(tenths) %"
  }

  /// With one digit after the point.
  public static func decimal(_ value: Double) -> String {
    guard !value.isNaN else { return "–" }
    let tenths = Int((min(max(value, -1e12), 1e12) * 10).rounded())
    return (tenths < 0 ? "-" : "") + "\(abs(tenths) / 10).\(abs(tenths) % 10)"
  }

  /// With so many digits after the point, from 0 to 6.
  public static func fixed(_ value: Double, digits: Int) -> String {
    guard !value.isNaN else { return "–" }
    let unit = (0..<digits).reduce(1) { unit, _ in unit * 10 }
    let scaled = Int((min(max(value, -1e9), 1e9) * Double(unit)).rounded())
    let sign = scaled < 0 ? "-" : ""
    guard digits > 0 else { return sign + grouped(abs(scaled)) }
    let fraction = String(abs(scaled) % unit)
    let zeros = String(repeating: "0", count: digits - fraction.count)
    return "\(sign)\(abs(scaled) / unit).\(zeros)\(fraction)"
  }

  /// `$1.24`, `$0.004`, `$0.0003`: cents, or two digits of less than a dollar.
  public static func money(_ amount: Money) -> String {
    let sign = amount < .zero ? "-$" : "$"
    let picodollars = amount.picodollars.magnitude
    var unit: UInt = 10_000_000_000
    while unit > 1_000_000, picodollars < unit * 10 - unit / 20 { unit /= 10 }
    if picodollars > 0, picodollars < unit / 2 { return "<" + sign + "0.000001" }
    let digits = String((picodollars / unit) + (picodollars % unit) / (unit / 2))
    let decimals = 12 - String(unit).count + 1
    let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
    var fraction = padded.suffix(decimals)
    while fraction.count > 2, fraction.last == "0" { fraction.removeLast() }
    let dollars = Int(padded.dropLast(decimals)) ?? 0
    return "\(sign)\(grouped(dollars)).\(fraction)"
  }

  /// `$0.0003`, `≈$1.24`, `$0.02 + unknown`, `unknown`; empty for what costs nothing.
  public static func cost(_ cost: Cost) -> String {
    guard cost.amount != .zero else { return cost.isPartial ? "unknown" : "" }
    return (cost.isEstimated ? "≈" : "") + money(cost.amount) + (cost.isPartial ? " + unknown" : "")
  }

  /// As `cost`, of several runs: empty, too, where nothing of what they cost is known, since that
  /// is how it is with servers of one's own.
  public static func total(_ total: Cost) -> String {
    total.amount == .zero ? "" : cost(total)
  }

  /// A bar of so many cells, in eighths.
  public static func bar(_ share: Double, cells: Int) -> String {
    let eighths = Int((max(0, min(share.isFinite ? share : 0, 1)) * Double(cells * 8)).rounded())
    let partial = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"][eighths % 8]
    return String(repeating: "█", count: eighths / 8) + partial
  }
}
