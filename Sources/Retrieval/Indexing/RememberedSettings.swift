// How the files below each path that was added are read. A file goes by the innermost of the paths
// above it.

/// The settings of all paths that were added.
struct RememberedSettings {
  /// By absolute paths, free of symbolic links.
  let roots: [String: ReadingSettings]
  /// No file of fewer bytes is too large anywhere.
  let smallestLimit: Int

  init(_ roots: [String: ReadingSettings]) {
    self.roots = roots
    let limits = roots.values.compactMap(\.maximumSize)
    smallestLimit = min(limits.min() ?? .max, ReadingSettings.standardMaximumSize)
  }

  /// The settings for a file or folder.
  func settings(for path: String) -> ReadingSettings {
    var end = path.endIndex
    while end > path.startIndex {
      if let found = roots[String(path[..<end])] { return found }
      end = path[..<end].lastIndex(of: "/") ?? path.startIndex
    }
    return roots["/"] ?? ReadingSettings()
  }
}
