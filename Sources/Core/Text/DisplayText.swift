// How text stands in cells. Everything that a terminal could take for a command becomes a visible
// symbol here, and every scalar gets the width that ncurses will give it.

/// Text as it is safe to show, and the cells that it takes.
public enum DisplayText {
  /// What one or more scalars of a text put on the screen.
  public enum Unit: Equatable, Sendable {
    /// A scalar that takes one or two cells.
    case spacing(Unicode.Scalar, width: Int)
    /// A mark that stands on the scalar before it.
    case mark(Unicode.Scalar)
  }

  /// What a scalar shows; nil for one that shows nothing and is left out. A line end counts as a
  /// control: split lines before.
  ///
  /// A terminal cell holds one spacing scalar with its marks, so the joiners, variation selectors
  /// and skin tones that glue emoji together are dropped, and flags show as their two letters.
  @inline(__always)
  public static func unit(of scalar: Unicode.Scalar) -> Unit? {
    if 0x20..<0x7F ~= scalar.value { return .spacing(scalar, width: 1) }
    return otherUnit(of: scalar)
  }

  private static func otherUnit(of scalar: Unicode.Scalar) -> Unit? {
    let value = scalar.value
    switch value {
    case 0x00..<0x20: return .spacing(Unicode.Scalar(0x2400 + value) ?? replacement, width: 1)
    case 0x7F: return .spacing("\u{2421}", width: 1)
    case 0x80..<0xA0: return .spacing("\u{2426}", width: 1)
    case 0xAD: return nil
    case 0x200B, 0x200D, 0x2060, 0xFE00...0xFE0F, 0x1F3FB...0x1F3FF, 0xE0100...0xE01EF: return nil
    // Marks, embeddings, overrides and isolates of the bidirectional algorithm (UAX #9): with them
    // a text can show other than it reads.
    case 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069:
      return .spacing("\u{27F7}", width: 1)
    case 0x2028, 0x2029: return .spacing("\u{240A}", width: 1)
    case 0x1F1E6...0x1F1FF:
      return .spacing(Unicode.Scalar(0x41 + value - 0x1F1E6) ?? replacement, width: 1)
    default: break
    }
    switch width(of: value) {
    case 1: return .spacing(scalar, width: 1)
    case 2: return .spacing(scalar, width: 2)
    default:
      switch scalar.properties.generalCategory {
      case .nonspacingMark, .enclosingMark, .spacingMark: return .mark(scalar)
      default: return .spacing(replacement, width: 1)
      }
    }
  }

  private static let replacement: Unicode.Scalar = "\u{FFFD}"

  /// The cells that a text takes on one line.
  public static func width(of text: some StringProtocol) -> Int {
    text.unicodeScalars.reduce(0) { $0 + width(of: $1) }
  }

  /// The cells that a scalar takes: 0, 1 or 2.
  @inline(__always)
  public static func width(of scalar: Unicode.Scalar) -> Int {
    if 0x20..<0x7F ~= scalar.value { return 1 }
    if case .spacing(_, let width)? = otherUnit(of: scalar) { return width }
    return 0
  }

  /// The width in the C library's table; -1 for what it doesn't know.
  private static func width(of value: UInt32) -> Int {
    if value < 0x300 { return 1 }
    if contains(value, in: WidthTable.wide) { return 2 }
    if contains(value, in: WidthTable.zero) { return 0 }
    if contains(value, in: WidthTable.unknown) { return -1 }
    return 1
  }

  private static func contains(_ value: UInt32, in ranges: [ClosedRange<UInt32>]) -> Bool {
    var low = 0
    var high = ranges.count
    while low < high {
      let middle = (low + high) / 2
      if ranges[middle].upperBound < value { low = middle + 1 } else { high = middle }
    }
    return low < ranges.count && ranges[low].contains(value)
  }

  /// A text made safe to print as it is: line ends and tabs stay, all other controls become symbols.
  ///
  /// For output that goes to a terminal with no screen of ours around it.
  public static func printable(_ text: String) -> String {
    var safe = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if scalar == "\n" || scalar == "\t" {
        safe.append(scalar)
      } else if case .spacing(let shown, _)? = unit(of: scalar), isControl(scalar) {
        safe.append(shown)
      } else {
        safe.append(scalar)
      }
    }
    return String(safe)
  }

  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x00..<0x20, 0x7F..<0xA0, 0x061C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069: true
    default: false
    }
  }
}
