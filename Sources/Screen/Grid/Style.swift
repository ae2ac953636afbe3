// How a cell looks, whatever the terminal can do of it.

/// Colours and attributes of a cell.
public struct Style: Hashable, Sendable {
  public var foreground: Color
  public var background: Color
  public var attributes: Attributes

  /// What the terminal does to text beside colouring it.
  public struct Attributes: OptionSet, Hashable, Sendable {
    public let rawValue: UInt8
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    public static let bold = Attributes(rawValue: 1)
    public static let dim = Attributes(rawValue: 2)
    public static let italic = Attributes(rawValue: 4)
    public static let underline = Attributes(rawValue: 8)
    public static let reverse = Attributes(rawValue: 16)
  }

  public init(
    foreground: Color = .terminalDefault, background: Color = .terminalDefault,
    attributes: Attributes = []
  ) {
    self.foreground = foreground
    self.background = background
    self.attributes = attributes
  }

  /// The terminal's own colours, without attributes.
  public static let plain = Style()

  /// This style laid over another: what it leaves at the terminal's default shows through.
  public func over(_ other: Style) -> Style {
    Style(
      foreground: foreground == .terminalDefault ? other.foreground : foreground,
      background: background == .terminalDefault ? other.background : background,
      attributes: attributes.union(other.attributes))
  }
}

/// A colour in 32 bits, so that a cell stays small.
public struct Color: Hashable, Sendable {
  let value: UInt32

  /// The colour that the terminal takes when none is asked for.
  public static let terminalDefault = Color(value: 0)

  /// A colour of 24 bits; how near a terminal comes to it is not known here.
  public static func rgb(_ red: UInt8, _ green: UInt8, _ blue: UInt8) -> Color {
    Color(value: 1 << 24 | UInt32(red) << 16 | UInt32(green) << 8 | UInt32(blue))
  }

  /// One of the terminal's own 16 colours.
  public static func ansi(_ index: UInt8) -> Color { Color(value: 2 << 24 | UInt32(index & 15)) }

  /// What a colour is, for whoever has to send or write it.
  public enum Kind: Hashable, Sendable {
    case terminalDefault
    case rgb(red: UInt8, green: UInt8, blue: UInt8)
    case ansi(UInt8)
  }

  public var kind: Kind {
    switch value >> 24 {
    case 1:
      .rgb(
        red: UInt8(value >> 16 & 0xFF), green: UInt8(value >> 8 & 0xFF), blue: UInt8(value & 0xFF))
    case 2: .ansi(UInt8(value & 0xFF))
    default: .terminalDefault
    }
  }
}
