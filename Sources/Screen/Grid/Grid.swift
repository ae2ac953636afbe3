import Core
import Playground

// The picture of the program: cells, and where the cursor stands. All text that is ever shown goes
// through `put`, which lets no control character by: what is in a grid is safe for a terminal.

/// What one cell of the screen shows.
public struct Cell: Hashable, Sendable {
  /// The spacing scalar; 0 in the right half of a wide one.
  public var scalar: UInt32
  public var style: Style
  /// 1 or 2 cells; 0 in the right half of a wide one.
  public var width: UInt8
  /// Whether combining marks stand on it: `Grid.marks`.
  public var hasMarks: Bool

  public init(
    scalar: Unicode.Scalar = " ", style: Style = .plain, width: UInt8 = 1, hasMarks: Bool = false
  ) {
    self.scalar = scalar.value
    self.style = style
    self.width = width
    self.hasMarks = hasMarks
  }

  static func rightHalf(_ style: Style) -> Cell {
    var cell = Cell(style: style, width: 0)
    cell.scalar = 0
    return cell
  }
}

/// A frame: rows of styled cells, and the cursor.
public struct Grid: Equatable, Sendable {
  public let size: Size
  /// Row after row, `size.width` cells each.
  public private(set) var cells: [Cell]
  /// The combining marks of the cells that have some, by their index in `cells`.
  public private(set) var marks: [Int: [Unicode.Scalar]] = [:]
  /// Where the terminal's cursor is shown; nil hides it.
  public var cursor: Point?

  /// A grid of blanks.
  public init(size: Size, style: Style = .plain) {
    self.size = Size(width: max(0, size.width), height: max(0, size.height))
    cells = Array(repeating: Cell(style: style), count: self.size.width * self.size.height)
  }

  /// The cells of a row that must lie on the grid.
  public func row(_ y: Int) -> ArraySlice<Cell> {
    cells[y * size.width..<(y + 1) * size.width]
  }

  /// Where a cell stands in `cells`; it isn't checked that it lies on the grid.
  public func index(x: Int, y: Int) -> Int { y * size.width + x }

  /// Blanks a rectangle, as far as it lies on the grid.
  public mutating func fill(_ area: Rectangle, style: Style) {
    for y in rows(of: area) {
      for x in columns(of: area) {
        set(Cell(style: style), x: x, y: y)
      }
    }
  }

  /// Lays a style over cells that stand already.
  public mutating func restyle(_ area: Rectangle, style: Style) {
    for y in rows(of: area) {
      for x in columns(of: area) {
        let index = index(x: x, y: y)
        cells[index].style = style.over(cells[index].style)
      }
    }
  }

  /// The rows of a rectangle that are on the grid.
  private func rows(of area: Rectangle) -> Range<Int> {
    (area.y..<area.bottom).clamped(to: 0..<size.height)
  }

  private func columns(of area: Rectangle) -> Range<Int> {
    (area.x..<area.right).clamped(to: 0..<size.width)
  }

  /// Writes text on one row, from a cell on, and tells how many cells it took.
  ///
  /// Nothing is written at or after `limit` (the grid's edge when nil); a wide character that would
  /// stand across it is left out. Line ends and every other control become visible symbols.
  @discardableResult
  public mutating func put(
    _ text: some StringProtocol, x: Int, y: Int, style: Style, limit: Int? = nil
  ) -> Int {
    guard 0..<size.height ~= y else { return 0 }
    let edge = min(limit ?? size.width, size.width)
    var column = x
    for scalar in text.unicodeScalars {
      switch DisplayText.unit(of: scalar) {
      case .spacing(let scalar, let width):
        guard column + width <= edge else { return column - x }
        if column >= 0 {
          set(Cell(scalar: scalar, style: style, width: UInt8(width)), x: column, y: y)
          if width == 2 { set(.rightHalf(style), x: column + 1, y: y) }
        }
        column += width
      case .mark(let scalar):
        addMark(scalar, before: column, y: y)
      case nil: break
      }
    }
    return column - x
  }

  /// Puts a cell down, blanking the other half of any wide character that it cuts.
  private mutating func set(_ cell: Cell, x: Int, y: Int) {
    let index = index(x: x, y: y)
    let old = cells[index]
    if old.width == 0, cell.width != 0, x > 0 {
      replace(index - 1, with: Cell(style: cells[index - 1].style))
    }
    if old.width == 2, x + 1 < size.width {
      replace(index + 1, with: Cell(style: cells[index + 1].style))
    }
    replace(index, with: cell)
  }

  private mutating func replace(_ index: Int, with cell: Cell) {
    if cells[index].hasMarks { marks[index] = nil }
    cells[index] = cell
  }

  private mutating func addMark(_ mark: Unicode.Scalar, before column: Int, y: Int) {
    guard column > 0, column <= size.width else { return }
    var index = index(x: column - 1, y: y)
    if cells[index].width == 0, column > 1 { index -= 1 }
    // More marks than this on one letter are an attack on the reader's eyes, not a language.
    guard marks[index, default: []].count < 4 else { return }
    marks[index, default: []].append(mark)
    cells[index].hasMarks = true
  }
}

extension Grid {
  /// The text of the frame, a line a row, without the blanks at their ends.
  public var text: String {
    (0..<size.height).map { y in
      var line = String.UnicodeScalarView()
      for x in 0..<size.width {
        let cell = cells[index(x: x, y: y)]
        guard cell.width > 0, let scalar = Unicode.Scalar(cell.scalar) else { continue }
        line.append(scalar)
        if cell.hasMarks { line.append(contentsOf: marks[index(x: x, y: y)] ?? []) }
      }
      while line.last == " " { line.removeLast() }
      return String(line) + "\n"
    }.joined()
  }
}
