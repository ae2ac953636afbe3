import Core
import Playground

// Frames around panes and overlays, with words in their top and bottom lines.

extension Grid {
  /// Draws a frame of one cell.
  mutating func box(_ frame: Rectangle, style: Style) {
    guard frame.width >= 2, frame.height >= 2 else { return }
    let line = String(repeating: "─", count: frame.width - 2)
    put("┌" + line + "┐", x: frame.x, y: frame.y, style: style)
    put("└" + line + "┘", x: frame.x, y: frame.bottom - 1, style: style)
    for y in frame.y + 1..<frame.bottom - 1 {
      put("│", x: frame.x, y: y, style: style)
      put("│", x: frame.right - 1, y: y, style: style)
    }
  }

  /// Writes a title into a frame's top line, at its left.
  mutating func title(_ text: String, of frame: Rectangle, style: Style) {
    let text = text.shortened(toCells: frame.width - 4)
    put(" \(text) ", x: frame.x + 1, y: frame.y, style: style, limit: frame.right - 1)
  }

  /// Writes words into a frame's top line, at its right, as far as the title leaves room for them.
  mutating func note(_ text: String, of frame: Rectangle, after title: String, style: Style) {
    guard !text.isEmpty else { return }
    let room = frame.width - DisplayText.width(of: title) - 7
    // Less than this says nothing.
    guard room >= min(12, DisplayText.width(of: text)) else { return }
    let text = text.shortened(toCells: room)
    put(" \(text) ", x: frame.right - 3 - DisplayText.width(of: text), y: frame.y, style: style)
  }
}
