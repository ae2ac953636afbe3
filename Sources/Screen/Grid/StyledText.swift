import Core
import Playground

// A row of text in which some stretches look different.

/// A stretch of a line that has a style of its own.
struct StyledSpan {
  /// UTF-8 offsets in the line that the row is part of.
  var range: Range<Int>
  var style: Style
}

extension Grid {
  /// Writes a row of a line, its tabs as blanks; later spans lie over earlier ones.
  @discardableResult
  mutating func put(
    line: String, row: Range<Int>, x: Int, y: Int, limit: Int, style: Style, spans: [StyledSpan]
  ) -> Int {
    var edges = [row.lowerBound, row.upperBound]
    for span in spans {
      for edge in [span.range.lowerBound, span.range.upperBound] where row.contains(edge) {
        edges.append(edge)
      }
    }
    edges.sort()
    var column = 0
    for (start, end) in zip(edges, edges.dropFirst()) where start < end {
      let look = spans.last { $0.range.contains(start) }.map { $0.style.over(style) } ?? style
      let text = Self.expandingTabs(line[utf8: start..<end], from: column)
      column += put(text, x: x + column, y: y, style: look, limit: limit)
    }
    return column
  }

  static func expandingTabs(_ text: Substring, from column: Int) -> String {
    guard text.utf8.contains(UInt8(ascii: "\t")) else { return String(text) }
    let indent = column % Wrap.tabWidth
    let padded = Wrap.expandingTabs(String(repeating: " ", count: indent) + text)
    return String(padded.dropFirst(indent))
  }
}
