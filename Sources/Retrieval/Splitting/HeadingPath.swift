// The headings that are open while a text is read from its start.

struct HeadingPath {
  private var open: [(level: Int, title: String)] = []

  /// Outermost first; headings without words are left out.
  var titles: [String] { open.map(\.title).filter { !$0.isEmpty } }

  /// The level of the innermost; 0 where there is none.
  var level: Int { open.last?.level ?? 0 }

  /// Opens a section, which ends those of its level and deeper ones.
  mutating func open(_ level: Int, _ title: String) {
    open.removeAll { $0.level >= level }
    open.append((level, title))
  }
}
