import Core

// Text that is wider than its place ends in an ellipsis, so that nobody takes it for the whole.

extension StringProtocol {
  /// The text itself where it fits into so many cells, else its beginning and an ellipsis.
  func shortened(toCells width: Int) -> String {
    guard DisplayText.width(of: self) > width else { return String(self) }
    guard width > 0 else { return "" }
    var beginning = String.UnicodeScalarView()
    var cells = 0
    for scalar in unicodeScalars {
      cells += DisplayText.width(of: scalar)
      if cells >= width { break }
      beginning.append(scalar)
    }
    while beginning.last == " " { beginning.removeLast() }
    return String(beginning) + "…"
  }
}
