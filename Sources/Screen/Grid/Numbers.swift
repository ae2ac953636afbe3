// Figures as people read them at a glance.

/// Writes counts and times in few characters.
enum Numbers {
  /// `1,204`.
  static func grouped(_ value: Int) -> String {
    var digits = Array(String(value.magnitude))
    var place = digits.count - 3
    while place > 0 {
      digits.insert(",", at: place)
      place -= 3
    }
    return (value < 0 ? "-" : "") + String(digits)
  }

  /// `2ms`, `.41s`, `1.2s`, `75s`, from milliseconds.
  static func duration(_ milliseconds: Double) -> String {
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
  static func rate(_ value: Double) -> String {
    value < 9.95 ? decimal(value) : grouped(Int(min(value, 1e12).rounded()))
  }

  /// With one digit after the point.
  static func decimal(_ value: Double) -> String {
    let tenths = Int((min(max(value, -1e12), 1e12) * 10).rounded())
    return (tenths < 0 ? "-" : "") + "\(abs(tenths) / 10).\(abs(tenths) % 10)"
  }

  /// A bar of so many cells, in eighths.
  static func bar(_ share: Double, cells: Int) -> String {
    let eighths = Int((max(0, min(share.isFinite ? share : 0, 1)) * Double(cells * 8)).rounded())
    let partial = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"][eighths % 8]
    return String(repeating: "█", count: eighths / 8) + partial
  }
}
