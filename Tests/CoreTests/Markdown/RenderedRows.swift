@testable import Core

/// The rows of a text that has ended, as they are read: without the blanks at their ends.
func rows(of text: String, width: Int = 40, form: RenderedText.Form = .markdown) -> [String] {
  var rendered = RenderedText(form, width: width)
  rendered.append(text)
  rendered.end()
  return rendered.lines
}

extension RenderedText {
  var lines: [String] {
    pieces(ofRows: 0..<rowCount).map { pieces in
      var line = pieces.map(\.text).joined()
      while line.last == " " { line.removeLast() }
      return line
    }
  }

  /// All pieces that are of the text, in their order.
  var sourced: [RenderedPiece] {
    pieces(ofRows: 0..<rowCount).joined().filter { $0.source != nil }
  }
}

/// What is strong, emphasized and so on in a text of one row, in brackets that say which.
func marked(_ text: String) -> String {
  var rendered = RenderedText(width: 1000)
  rendered.append(text)
  rendered.end()
  return rendered.pieces(ofRows: 0..<1).joined().map { piece in
    var text = piece.text
    if piece.style.contains(.code) { text = "c(\(text))" }
    if piece.style.contains(.address) { text = "a(\(text))" }
    if piece.style.contains(.link) { text = "l(\(text))" }
    if piece.style.contains(.struckOut) { text = "d(\(text))" }
    if piece.style.contains(.emphasized) { text = "e(\(text))" }
    if piece.style.contains(.strong) { text = "s(\(text))" }
    return text
  }.joined()
}
