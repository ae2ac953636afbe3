import Core

// How two texts differ, as commands print it: by lines, with the words that changed marked in them.

enum DifferenceReport {
  static func print(from old: String, to new: String) {
    for line in WordDiff(from: old, to: new).lines(context: 3) {
      switch line.kind {
      case .kept: Console.line("  \(line.text)")
      case .folded(let count): Console.line("⋯ \(count) lines alike")
      case .removed: Console.line("- \(line.marked("[-", "-]"))")
      case .added: Console.line("+ \(line.marked("{+", "+}"))")
      }
    }
  }
}

extension DiffLine {
  /// The line with what changed in it between marks; a line that is new as a whole needs none.
  fileprivate func marked(_ start: String, _ end: String) -> String {
    guard !isWholeChange else { return text }
    var marked = ""
    var place = 0
    for change in changes {
      marked += "\(text[utf8: place..<change.lowerBound])\(start)\(text[utf8: change])\(end)"
      place = change.upperBound
    }
    return marked + text[utf8: place..<text.utf8.count]
  }
}
