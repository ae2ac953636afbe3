import CTerminal
import Screen

// Colours as the terminal can show them, and the numbers that curses wants for each pair of them.
// It emits nothing itself.

struct ColorPairs {
  /// How many colours there are to choose from.
  enum Depth: Equatable {
    /// Attributes only: the terminal has no colours, or the person wants none (no-color.org).
    case none
    case ansi8, ansi16, palette256
    /// Colour numbers are 0xRRGGBB; below `palette` they are the terminal's own colours.
    case direct(palette: Int32)
  }

  let depth: Depth
  /// Pairs that the terminal description allows; pair 0 is the terminal's default.
  private let limit: Int32
  private var numbers: [UInt64: Int32] = [:]

  /// For a terminal that curses has opened, by the name of its description.
  init(isWanted: Bool, type: String) {
    guard isWanted, has_colors(), start_color() == OK, use_default_colors() == OK else {
      (depth, limit) = (.none, 0)
      return
    }
    limit = curses_pair_count()
    depth =
      switch curses_color_count() {
      case 0x100_0000...: .direct(palette: Self.palette(ofDirectType: type))
      case 256...: .palette256
      case 16...: .ansi16
      case 8...: .ansi8
      default: .none
      }
  }

  /// How many of the terminal's own colours a direct-colour description keeps (user_caps(5)): the
  /// name says it, as in `xterm-direct256`.
  private static func palette(ofDirectType type: String) -> Int32 {
    type.hasSuffix("-direct256") ? 256 : type.hasSuffix("-direct16") ? 16 : 8
  }

  /// The pair for a style's colours; nil when no pair is free, until `recycle`.
  mutating func number(for style: Style) -> Int32? {
    let foreground = Self.index(of: style.foreground, depth: depth)
    let background = Self.index(of: style.background, depth: depth)
    if foreground == -1, background == -1 { return 0 }
    let key = UInt64(UInt32(bitPattern: foreground)) << 32 | UInt64(UInt32(bitPattern: background))
    if let number = numbers[key] { return number }
    let number = Int32(numbers.count) + 1
    guard number < limit else { return nil }
    init_extended_pair(number, foreground, background)
    numbers[key] = number
    return number
  }

  /// Makes all pairs free; what is on the screen must then be drawn anew.
  mutating func recycle() { numbers.removeAll(keepingCapacity: true) }

  // MARK: Nearest colours

  /// The terminal's number for a colour, or the nearest that it has; -1 is its default.
  static func index(of color: Color, depth: Depth) -> Int32 {
    switch (color.kind, depth) {
    case (.terminalDefault, _), (_, .none): return -1
    case (.ansi(let index), .ansi8): return Int32(index & 7)
    case (.ansi(let index), .direct(let palette)) where index >= palette:
      let (red, green, blue) = ansi[Int(index)]
      return Int32(red) << 16 | Int32(green) << 8 | Int32(blue)
    case (.ansi(let index), _): return Int32(index)
    case (.rgb(let red, let green, let blue), .direct(let palette)):
      let value = Int32(red) << 16 | Int32(green) << 8 | Int32(blue)
      // The lowest numbers mean other colours; one step of green away is a near black of its own.
      return value < palette ? value | 0x100 : value
    case (.rgb(let red, let green, let blue), .palette256):
      return nearest256((Int32(red), Int32(green), Int32(blue)))
    case (.rgb(let red, let green, let blue), _):
      let count = depth == .ansi8 ? 8 : 16
      return nearest((Int32(red), Int32(green), Int32(blue)), of: ansi[..<count])
    }
  }

  private typealias RGB = (red: Int32, green: Int32, blue: Int32)

  /// xterm's 16 colours; a person may have chosen others, which nobody can know.
  private static let ansi: [RGB] = [
    (0, 0, 0), (205, 0, 0), (0, 205, 0), (205, 205, 0),
    (0, 0, 238), (205, 0, 205), (0, 205, 205), (229, 229, 229),
    (127, 127, 127), (255, 0, 0), (0, 255, 0), (255, 255, 0),
    (92, 92, 255), (255, 0, 255), (0, 255, 255), (255, 255, 255),
  ]

  private static func distance(_ a: RGB, _ b: RGB) -> Int32 {
    let (red, green, blue) = (a.red - b.red, a.green - b.green, a.blue - b.blue)
    return red * red + green * green + blue * blue
  }

  private static func nearest(_ color: RGB, of palette: ArraySlice<RGB>) -> Int32 {
    let best = palette.indices.min { distance(color, palette[$0]) < distance(color, palette[$1]) }
    return Int32(best ?? 0)
  }

  /// xterm's cube of 6 x 6 x 6 colours and its 24 greys; the first 16 are the person's own.
  private static func nearest256(_ color: RGB) -> Int32 {
    let steps: [Int32] = [0, 95, 135, 175, 215, 255]
    func step(_ value: Int32) -> Int32 { value < 48 ? 0 : value < 115 ? 1 : (value - 35) / 40 }
    let cube = (step(color.red), step(color.green), step(color.blue))
    let cubeColor = (steps[Int(cube.0)], steps[Int(cube.1)], steps[Int(cube.2)])
    let grey = min(23, max(0, ((color.red + color.green + color.blue) / 3 - 3) / 10))
    let greyColor = (8 + 10 * grey, 8 + 10 * grey, 8 + 10 * grey)
    return distance(color, cubeColor) <= distance(color, greyColor)
      ? 16 + 36 * cube.0 + 6 * cube.1 + cube.2 : 232 + grey
  }
}
