import Core

// A frame as a picture: SVG with its colours, for documents and for sharing.

extension Grid {
  /// The frame as an SVG document, drawn in whatever monospaced font the viewer has.
  ///
  /// - Parameter isLight: whether the terminal's own background is a light one.
  public func svg(isLight: Bool = false) -> String {
    let paper = isLight ? Paper.light : Paper.dark
    let width = Double(size.width) * Self.cellWidth + 2 * Self.margin
    let height = Double(size.height) * Self.cellHeight + 2 * Self.margin
    var svg = """
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(Self.text(width)) \(Self.text(height))" \
      font-family="ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace" font-size="14">
      <rect width="100%" height="100%" rx="6" fill="\(paper.background)"/>

      """
    for y in 0..<size.height {
      for run in runs(inRow: y) { svg += element(for: run, row: y, on: paper) }
    }
    return svg + "</svg>\n"
  }

  private static let cellWidth = 8.4
  private static let cellHeight = 16.5
  private static let margin = 10.0

  /// What a terminal shows where no colour is asked for.
  private struct Paper {
    var background: String
    var ink: String

    static let dark = Paper(background: "#16181d", ink: "#d7dae0")
    static let light = Paper(background: "#fbfaf7", ink: "#2b2e34")
  }

  /// Neighbouring cells of one look.
  private struct Run {
    var start: Int
    var width = 0
    var text = ""
    var style: Style
  }

  private func runs(inRow y: Int) -> [Run] {
    var runs: [Run] = []
    for (x, cell) in row(y).enumerated() where cell.width > 0 {
      guard let scalar = Unicode.Scalar(cell.scalar) else { continue }
      // A wide character stands alone, so that a font that draws it narrower shifts nothing.
      let isWide = cell.width == 2
      if runs.last.map({ $0.style == cell.style && $0.start + $0.width == x && !isWide }) != true {
        runs.append(Run(start: x, style: cell.style))
      }
      runs[runs.count - 1].text.unicodeScalars.append(scalar)
      if cell.hasMarks {
        runs[runs.count - 1].text.unicodeScalars.append(
          contentsOf: marks[index(x: x, y: y)] ?? [])
      }
      runs[runs.count - 1].width += Int(cell.width)
    }
    return runs
  }

  private func element(for run: Run, row: Int, on paper: Paper) -> String {
    var style = run.style
    var (foreground, background) = (Self.hex(style.foreground), Self.hex(style.background))
    if style.attributes.remove(.reverse) != nil {
      (foreground, background) = (background ?? paper.background, foreground ?? paper.ink)
    }
    let x = Self.text(Self.margin + Double(run.start) * Self.cellWidth)
    let y = Self.margin + Double(row) * Self.cellHeight
    let width = Self.text(Double(run.width) * Self.cellWidth)
    var svg = ""
    if let background {
      svg += "<rect x=\"\(x)\" y=\"\(Self.text(y))\" width=\"\(width)\" "
      svg += "height=\"\(Self.text(Self.cellHeight))\" fill=\"\(background)\"/>\n"
    }
    guard run.text.contains(where: { $0 != " " }) else { return svg }
    svg += "<text x=\"\(x)\" y=\"\(Self.text(y + 12.5))\" textLength=\"\(width)\" "
    svg += "lengthAdjust=\"spacingAndGlyphs\" xml:space=\"preserve\" "
    svg += "fill=\"\(foreground ?? paper.ink)\""
    if style.attributes.contains(.bold) { svg += " font-weight=\"bold\"" }
    if style.attributes.contains(.italic) { svg += " font-style=\"italic\"" }
    if style.attributes.contains(.underline) { svg += " text-decoration=\"underline\"" }
    if style.attributes.contains(.dim) { svg += " opacity=\"0.65\"" }
    return svg + ">\(Self.escaped(run.text))</text>\n"
  }

  private static func hex(_ color: Color) -> String? {
    switch color.kind {
    case .terminalDefault: nil
    case .rgb(let red, let green, let blue):
      "#" + [red, green, blue].map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    case .ansi(let index): ansiPalette[Int(index)]
    }
  }

  private static let ansiPalette = [
    "#1c1f26", "#e06c75", "#8fbf7f", "#d9b36c", "#6ea8e0", "#c18ae0", "#5fb8b8", "#c8ccd4",
    "#6b717d", "#f08a92", "#a9d69a", "#efcd8c", "#8fc1f0", "#d6a9f0", "#82d2d2", "#f2f4f8",
  ]

  /// Two digits after the point are a hundredth of a pixel.
  private static func text(_ value: Double) -> String {
    let hundredths = Int((value * 100).rounded())
    return hundredths % 100 == 0
      ? "\(hundredths / 100)"
      : "\(hundredths / 100).\(hundredths % 100 < 10 ? "0" : "")\(hundredths % 100)"
  }

  private static func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
  }
}
