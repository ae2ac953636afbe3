// A plane of dots, written with braille characters (U+2800): two across and four down a cell.

/// Cells of two by four dots each.
public struct DotPlane: Hashable, Sendable {
  public let columns: Int
  public let rows: Int
  private var dots: [UInt8]
  private var labels: [Int: Character] = [:]

  /// In dots.
  public var width: Int { columns * 2 }
  public var height: Int { rows * 4 }

  /// - Parameters:
  ///   - columns: cells across, from 1.
  ///   - rows: cells down, from 1.
  public init(columns: Int, rows: Int) {
    self.columns = columns
    self.rows = rows
    dots = Array(repeating: 0, count: columns * rows)
  }

  /// Sets a dot, counted from the upper left; one outside is left out.
  public mutating func set(_ x: Int, _ y: Int) {
    guard 0..<width ~= x, 0..<height ~= y else { return }
    /// The bits of the left and the right dots, from above (Unicode, Braille Patterns).
    let bits: [[UInt8]] = [[0x01, 0x02, 0x04, 0x40], [0x08, 0x10, 0x20, 0x80]]
    dots[y / 4 * columns + x / 2] |= bits[x % 2][y % 4]
  }

  /// Sets the dots of the straight line between two, both included.
  public mutating func join(_ from: (x: Int, y: Int), _ to: (x: Int, y: Int)) {
    let steps = max(abs(to.x - from.x), abs(to.y - from.y))
    for step in 0...max(steps, 1) {
      let share = Double(step) / Double(max(steps, 1))
      set(
        from.x + Int((Double(to.x - from.x) * share).rounded()),
        from.y + Int((Double(to.y - from.y) * share).rounded()))
    }
  }

  /// A label in a cell; where there is one, in the next that is free to the right.
  public mutating func put(_ label: Character, column: Int, row: Int) {
    for column in column..<columns where labels[row * columns + column] == nil {
      labels[row * columns + column] = label
      return
    }
  }

  /// The dots of a cell, as a braille pattern's bits.
  public func dots(column: Int, row: Int) -> UInt8 { dots[row * columns + column] }

  /// The character of some dots; a space for none.
  public static func character(of dots: UInt8) -> Character {
    dots == 0 ? " " : Character(Unicode.Scalar(0x2800 + UInt32(dots)) ?? " ")
  }

  public var lines: [String] {
    (0..<rows).map { row in
      (0..<columns).reduce(into: "") { line, column in
        line.append(
          labels[row * columns + column] ?? Self.character(of: dots(column: column, row: row)))
      }
    }
  }
}
