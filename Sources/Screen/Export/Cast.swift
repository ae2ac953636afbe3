import Core
import Playground

// Frames as a recording of a terminal (asciicast, version 2:
// https://docs.asciinema.org/manual/asciicast/v2/). All escape sequences in it are written here; what
// stands in a grid holds none.

/// A recording that grows frame by frame; each holds only what differs from the one before.
public struct Cast {
  /// The recording so far: a header, and a line for each frame.
  public private(set) var text: String
  private let longestPause: Double
  private var last: Grid?
  /// When the last line was written, as it was given, and as it stands there.
  private var time = (given: 0.0, written: 0.0)

  /// - Parameters:
  ///   - longestPause: seconds; between two frames that are further apart only so much time passes.
  ///   - title: what a player shows as its name.
  ///   - startedAt: when it was recorded, in seconds since 1970.
  public init(size: Size, longestPause: Double, title: String, startedAt: Double) {
    self.longestPause = longestPause
    let seconds = Int(min(max(startedAt.isFinite ? startedAt : 0, 0), 253_402_300_799))
    let header: JSON = [
      "version": 2, "width": .integer(size.width), "height": .integer(size.height),
      "timestamp": .integer(seconds), "title": .string(DisplayText.printable(title)),
      "env": ["TERM": "xterm-256color"],
    ]
    text = header.text + "\n"
  }

  /// Adds a frame; one that looks as the last one adds nothing.
  ///
  /// - Parameter seconds: since the beginning; not before the last frame's.
  public mutating func append(_ grid: Grid, at seconds: Double) {
    let output = grid.output(after: last)
    guard !output.isEmpty else { return }
    last = grid
    write(output, at: seconds)
  }

  /// Has the last frame stand until then.
  public mutating func hold(until seconds: Double) { write("\u{1B}[0m", at: seconds) }

  private mutating func write(_ output: String, at seconds: Double) {
    let passed = min(max(0, seconds - time.given), longestPause)
    time = (max(seconds, time.given), time.written + passed)
    let stamp = JSON.number((time.written * 1000).rounded() / 1000)
    text += JSON.array([stamp, "o", .string(output)]).text + "\n"
  }
}

extension Grid {
  /// What a terminal is sent (ECMA-48) so that it shows this frame; empty where nothing differs.
  ///
  /// - Parameter last: the frame that it shows now; nil, or one of another size, for all of this one.
  func output(after last: Grid?) -> String {
    let last = last?.size == size ? last : nil
    var output = ""
    var style: Style?
    for y in 0..<size.height {
      guard let changed = changedCells(inRow: y, after: last) else { continue }
      output += "\u{1B}[\(y + 1);\(changed.lowerBound + 1)H"
      for x in changed {
        let cell = cells[index(x: x, y: y)]
        guard cell.width > 0, let scalar = Unicode.Scalar(cell.scalar) else { continue }
        if style != cell.style {
          output += Self.sequence(for: cell.style)
          style = cell.style
        }
        output.unicodeScalars.append(scalar)
        if cell.hasMarks { output.unicodeScalars += marks[index(x: x, y: y)] ?? [] }
      }
    }
    let isSame = output.isEmpty && last?.cursor == cursor && last != nil
    guard !isSame else { return "" }
    let start = last == nil ? "\u{1B}[?25l\u{1B}[0m\u{1B}[2J" : "\u{1B}[?25l"
    guard let cursor else { return start + output }
    return start + output + "\u{1B}[\(cursor.y + 1);\(cursor.x + 1)H\u{1B}[?25h"
  }

  /// From the first cell that differs to the last, whole characters; nil where the row is the same.
  private func changedCells(inRow y: Int, after last: Grid?) -> Range<Int>? {
    guard let last else { return 0..<size.width }
    let differing = (0..<size.width).filter { x in
      let index = index(x: x, y: y)
      return cells[index] != last.cells[index] || marks[index] != last.marks[index]
    }
    guard var first = differing.first, let end = differing.last else { return nil }
    while first > 0, cells[index(x: first, y: y)].width == 0 { first -= 1 }
    return first..<end + 1
  }

  /// Sets a style, whatever was set before.
  private static func sequence(for style: Style) -> String {
    var codes = ["0"]
    let attributes: [(Style.Attributes, String)] = [
      (.bold, "1"), (.dim, "2"), (.italic, "3"), (.underline, "4"), (.reverse, "7"),
    ]
    codes += attributes.filter { style.attributes.contains($0.0) }.map(\.1)
    codes += code(for: style.foreground, base: 30)
    codes += code(for: style.background, base: 40)
    return "\u{1B}[\(codes.joined(separator: ";"))m"
  }

  /// - Parameter base: 30 for what is written, 40 for what it is written on.
  private static func code(for color: Color, base: Int) -> [String] {
    switch color.kind {
    case .terminalDefault: []
    case .ansi(let index): ["\(index < 8 ? base + Int(index) : base + 52 + Int(index))"]
    case .rgb(let red, let green, let blue): ["\(base + 8);2;\(red);\(green);\(blue)"]
    }
  }
}
