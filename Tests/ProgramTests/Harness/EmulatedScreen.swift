import Core
import Playground

// What a person would see of the bytes that a program writes: a terminal like xterm, as far as
// ncurses and whet make use of one. Fed bytes, cut anywhere; it answers nothing.

struct EmulatedScreen {
  struct Cell: Hashable {
    /// A letter with its marks; empty in the right half of a wide one.
    var text = " "
    var rendition = Rendition()
  }

  private(set) var size: Size
  private(set) var cursor = Point(x: 0, y: 0)
  /// The DEC private modes that are on, such as 25 (cursor shown), 1049, 2004, 1002, 1006.
  private(set) var modes: Set<Int> = [7, 25]
  /// How often the bell has rung.
  private(set) var bells = 0
  /// The commands to the terminal itself (OSC), such as `52;c;…`.
  private(set) var commands: [String] = []

  private var rows: [[Cell]]
  /// The ordinary screen, while the alternate one is shown.
  private var ordinary: [[Cell]] = []
  private var rendition = Rendition()
  private var region: ClosedRange<Int>
  /// The last column is written, and the cursor goes on with the next letter.
  private var isWrapPending = false
  private var saved = Point(x: 0, y: 0)
  private var lastLetter = " "
  private var parser = ControlParser()

  init(size: Size) {
    self.size = size
    rows = Self.blank(size)
    region = 0...(size.height - 1)
  }

  private static func blank(_ size: Size) -> [[Cell]] {
    Array(repeating: Array(repeating: Cell(), count: size.width), count: size.height)
  }

  // MARK: What is seen

  /// The screen, a line a row, without the blanks at their ends.
  var text: String { (0..<size.height).map { row($0) + "\n" }.joined() }

  /// One row's text, without the blanks at its end.
  func row(_ y: Int) -> String {
    let line = rows[y].map(\.text).joined()
    return String(line.reversed().drop { $0 == " " }.reversed())
  }

  func contains(_ text: String) -> Bool { (0..<size.height).contains { row($0).contains(text) } }

  func cell(x: Int, y: Int) -> Cell { rows[y][x] }

  /// Where a text begins; nil when it is not there.
  func position(of text: String) -> Point? {
    for y in 0..<size.height {
      for x in 0..<size.width where rows[y][x...].map(\.text).joined().hasPrefix(text) {
        return Point(x: x, y: y)
      }
    }
    return nil
  }

  var isAlternate: Bool { modes.contains(1049) }
  var isCursorVisible: Bool { modes.contains(25) }

  /// Whether all modes are as a shell wants them, but for the paste marks that it may ask for itself.
  var isRestoredForShell: Bool { modes.subtracting([2004]) == [7, 25] }

  /// The window is made larger or smaller; what no longer fits is lost.
  mutating func resize(to newSize: Size) {
    for y in rows.indices { rows[y] = Self.fit(rows[y], newSize.width, Cell()) }
    for y in ordinary.indices { ordinary[y] = Self.fit(ordinary[y], newSize.width, Cell()) }
    let blankRow = Array(repeating: Cell(), count: newSize.width)
    rows = Self.fit(rows, newSize.height, blankRow)
    if !ordinary.isEmpty { ordinary = Self.fit(ordinary, newSize.height, blankRow) }
    size = newSize
    region = 0...(newSize.height - 1)
    moveTo(x: cursor.x, y: cursor.y)
  }

  private static func fit<Element>(_ all: [Element], _ count: Int, _ fill: Element) -> [Element] {
    all.prefix(count) + Array(repeating: fill, count: max(0, count - all.count))
  }

  // MARK: What is written

  mutating func feed(_ bytes: some Sequence<UInt8>) {
    for byte in bytes {
      guard let action = parser.take(byte) else { continue }
      switch action {
      case .letter(let scalar): put(scalar)
      case .control(let control): perform(control)
      case .escape(let final): escape(final)
      case .sequence(let sequence): perform(sequence)
      case .command(let text): commands.append(text)
      }
    }
  }

  private mutating func put(_ scalar: Unicode.Scalar) {
    let width = DisplayText.width(of: scalar)
    if width == 0 { return addMark(scalar) }
    if isWrapPending || cursor.x + width > size.width {
      cursor.x = 0
      lineFeed()
    }
    blankHalves(at: cursor.x)
    if width == 2 { blankHalves(at: cursor.x + 1) }
    lastLetter = String(scalar)
    rows[cursor.y][cursor.x] = Cell(text: lastLetter, rendition: rendition)
    if width == 2 { rows[cursor.y][cursor.x + 1] = Cell(text: "", rendition: rendition) }
    isWrapPending = cursor.x + width == size.width
    cursor.x = min(cursor.x + width, size.width - 1)
  }

  private mutating func addMark(_ mark: Unicode.Scalar) {
    var x = isWrapPending ? cursor.x : max(0, cursor.x - 1)
    if rows[cursor.y][x].text.isEmpty, x > 0 { x -= 1 }
    rows[cursor.y][x].text.unicodeScalars.append(mark)
  }

  /// Half of a wide letter does not stay when the other is written over.
  private mutating func blankHalves(at x: Int) {
    if rows[cursor.y][x].text.isEmpty, x > 0 { rows[cursor.y][x - 1].text = " " }
    if x + 1 < size.width, rows[cursor.y][x + 1].text.isEmpty { rows[cursor.y][x + 1].text = " " }
  }

  private mutating func perform(_ control: UInt8) {
    switch control {
    case 0x07: bells += 1
    case 0x08: moveTo(x: cursor.x - 1, y: cursor.y)
    case 0x09: moveTo(x: (cursor.x / 8 + 1) * 8, y: cursor.y)
    case 0x0A...0x0C: lineFeed()
    case 0x0D: moveTo(x: 0, y: cursor.y)
    default: break
    }
  }

  private mutating func escape(_ final: UInt8) {
    switch final {
    case UInt8(ascii: "7"): saved = cursor
    case UInt8(ascii: "8"): moveTo(x: saved.x, y: saved.y)
    case UInt8(ascii: "D"): lineFeed()
    case UInt8(ascii: "E"):
      moveTo(x: 0, y: cursor.y)
      lineFeed()
    case UInt8(ascii: "M"):
      if cursor.y == region.lowerBound {
        insertRows(1, at: region.lowerBound)
      } else {
        moveTo(x: cursor.x, y: cursor.y - 1)
      }
    default: break
    }
  }

  private mutating func perform(_ sequence: ControlParser.Sequence) {
    let count = max(1, sequence[0])
    if sequence.prefix == UInt8(ascii: "?") { return setModes(sequence) }
    guard sequence.prefix == nil else { return }
    switch Character(UnicodeScalar(sequence.final)) {
    case "A": moveTo(x: cursor.x, y: cursor.y - count)
    case "B", "e": moveTo(x: cursor.x, y: cursor.y + count)
    case "C", "a": moveTo(x: cursor.x + count, y: cursor.y)
    case "D": moveTo(x: cursor.x - count, y: cursor.y)
    case "E": moveTo(x: 0, y: cursor.y + count)
    case "F": moveTo(x: 0, y: cursor.y - count)
    case "G", "`": moveTo(x: count - 1, y: cursor.y)
    case "H", "f": moveTo(x: max(1, sequence[1]) - 1, y: count - 1)
    case "I": moveTo(x: (cursor.x / 8 + count) * 8, y: cursor.y)
    case "Z": moveTo(x: ((cursor.x + 7) / 8 - count) * 8, y: cursor.y)
    case "d": moveTo(x: cursor.x, y: count - 1)
    case "J": eraseDisplay(sequence[0])
    case "K": eraseLine(sequence[0])
    case "X": erase(cursor.x..<min(size.width, cursor.x + count), row: cursor.y)
    case "@": insertCells(count)
    case "P": deleteCells(count)
    case "L" where region.contains(cursor.y): insertRows(count, at: cursor.y)
    case "M" where region.contains(cursor.y): deleteRows(count, at: cursor.y)
    case "S": deleteRows(count, at: region.lowerBound)
    case "T": insertRows(count, at: region.lowerBound)
    case "b": for _ in 0..<count { lastLetter.unicodeScalars.first.map { put($0) } }
    case "r": setRegion(sequence)
    case "m": rendition.apply(sequence.groups)
    default: break
    }
  }

  // MARK: Moving

  private mutating func moveTo(x: Int, y: Int) {
    cursor = Point(x: min(max(0, x), size.width - 1), y: min(max(0, y), size.height - 1))
    isWrapPending = false
  }

  private mutating func lineFeed() {
    isWrapPending = false
    if cursor.y == region.upperBound {
      deleteRows(1, at: region.lowerBound)
    } else {
      cursor.y = min(cursor.y + 1, size.height - 1)
    }
  }

  private mutating func setRegion(_ sequence: ControlParser.Sequence) {
    let top = max(1, sequence[0]) - 1
    let bottom = (sequence[1] == 0 ? size.height : min(sequence[1], size.height)) - 1
    region = top < bottom ? top...bottom : 0...(size.height - 1)
    moveTo(x: 0, y: 0)
  }

  private mutating func setModes(_ sequence: ControlParser.Sequence) {
    guard sequence.final == UInt8(ascii: "h") || sequence.final == UInt8(ascii: "l") else { return }
    let isOn = sequence.final == UInt8(ascii: "h")
    for mode in sequence.numbers {
      if mode == 1049, isOn != isAlternate { switchScreen(toAlternate: isOn) }
      if isOn { modes.insert(mode) } else { modes.remove(mode) }
    }
  }

  private mutating func switchScreen(toAlternate: Bool) {
    if toAlternate {
      saved = cursor
      ordinary = rows
      rows = Self.blank(size)
    } else {
      rows = ordinary
      ordinary = []
      moveTo(x: saved.x, y: saved.y)
    }
  }

  // MARK: Erasing, inserting, deleting

  private var blankCell: Cell { Cell(text: " ", rendition: rendition.background) }

  private mutating func erase(_ columns: Range<Int>, row y: Int) {
    for x in columns { rows[y][x] = blankCell }
  }

  private mutating func eraseLine(_ part: Int) {
    let columns =
      switch part {
      case 0: cursor.x..<size.width
      case 1: 0..<(cursor.x + 1)
      default: 0..<size.width
      }
    erase(columns, row: cursor.y)
  }

  private mutating func eraseDisplay(_ part: Int) {
    guard part < 3 else { return }
    let whole =
      switch part {
      case 0: (cursor.y + 1)..<size.height
      case 1: 0..<cursor.y
      default: 0..<size.height
      }
    if part < 2 { eraseLine(part) }
    for y in whole { erase(0..<size.width, row: y) }
  }

  private mutating func insertCells(_ count: Int) {
    rows[cursor.y].insert(
      contentsOf: Array(repeating: blankCell, count: min(count, size.width)), at: cursor.x)
    rows[cursor.y].removeLast(rows[cursor.y].count - size.width)
  }

  private mutating func deleteCells(_ count: Int) {
    let count = min(count, size.width - cursor.x)
    rows[cursor.y].removeSubrange(cursor.x..<(cursor.x + count))
    rows[cursor.y] += Array(repeating: blankCell, count: count)
  }

  private mutating func insertRows(_ count: Int, at y: Int) {
    for _ in 0..<min(count, region.upperBound - y + 1) {
      rows.remove(at: region.upperBound)
      rows.insert(Array(repeating: blankCell, count: size.width), at: y)
    }
  }

  private mutating func deleteRows(_ count: Int, at y: Int) {
    for _ in 0..<min(count, region.upperBound - y + 1) {
      rows.remove(at: y)
      rows.insert(Array(repeating: blankCell, count: size.width), at: region.upperBound)
    }
  }
}
