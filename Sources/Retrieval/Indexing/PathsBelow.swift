// The condition by which SQL finds a path and all that is below it, by the index on paths.

import GRDB

/// The paths at and below an absolute one.
struct PathsBelow {
  static let condition = "path = ? OR (path >= ? AND path < ?)"

  let arguments: StatementArguments

  init(_ root: String) {
    let folder = root == "/" ? "/" : root + "/"
    // "0" follows "/": the paths between are all that begin with the folder's.
    arguments = [root, folder, folder.dropLast() + "0"]
  }
}
