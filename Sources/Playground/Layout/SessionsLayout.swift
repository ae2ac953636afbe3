// Where the parts of the page of sessions lie: a line to type in, and the rows below it.

extension Layout {
  /// The page of sessions: all of the screen but its first and its last row.
  public static func sessionsFrame(size: Size) -> Rectangle { wireFrame(size: size) }

  /// What is looked for.
  public static func sessionsQuery(size: Size) -> Rectangle {
    let inside = sessionsFrame(size: size).inside
    return Rectangle(x: inside.x + 3, y: inside.y, width: inside.width - 4, height: 1)
  }

  /// The sessions, or the runs that were found; a run takes two rows where there is room.
  public static func sessionsList(size: Size) -> Rectangle {
    let inside = sessionsFrame(size: size).inside
    return Rectangle(
      x: inside.x, y: inside.y + 2, width: inside.width, height: max(1, inside.height - 2))
  }
}
