// Which of some known names a person may have meant by another.

/// Finds names by how they are spelled.
public enum Spelling {
  /// The nearest of some names; nil when none is near enough to be meant.
  ///
  /// Capitals, `_` and `-` make no difference, so that `max_tokens` is near `maxTokens`.
  public static func nearest(to name: String, among names: some Sequence<String>) -> String? {
    let typed = folded(name)
    guard typed.count <= 64 else { return nil }
    let reach = typed.count <= 3 ? 1 : 2
    var best: (name: String, distance: Int)?
    for candidate in names where candidate != name {
      let other = folded(candidate)
      guard abs(other.count - typed.count) <= reach, typed.count > 1 || other == typed else {
        continue
      }
      let distance = distance(typed, other)
      // Of short names, most letters must be right.
      guard distance <= reach, distance * 3 <= max(typed.count, other.count) else { continue }
      if distance < best?.distance ?? .max { best = (candidate, distance) }
    }
    return best?.name
  }

  /// `: did you mean 'x'?`, or nothing.
  public static func hint(for name: String, among names: some Sequence<String>) -> String {
    nearest(to: name, among: names).map { ": did you mean '\($0)'?" } ?? ""
  }

  private static func folded(_ name: String) -> [Character] {
    Array(name.lowercased().filter { $0 != "_" && $0 != "-" })
  }

  /// Letters that were left out, put in, changed, or swapped with their neighbour (the distance of
  /// Damerau and Levenshtein, in its restricted form).
  static func distance(_ a: [Character], _ b: [Character]) -> Int {
    var rows = [Array(0...b.count)]
    for i in 0..<a.count {
      var row = [i + 1]
      for j in 0..<b.count {
        var cost = min(rows[i][j] + (a[i] == b[j] ? 0 : 1), rows[i][j + 1] + 1, row[j] + 1)
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
          cost = min(cost, rows[i - 1][j - 1] + 1)
        }
        row.append(cost)
      }
      rows.append(row)
    }
    return rows[a.count][b.count]
  }
}
