// Where the parts of a session's tree lie: the list beside the moment, or above it where there is
// less room.

extension Layout {
  /// The tree: all of the screen but its first and its last row.
  public static func treeFrame(size: Size) -> Rectangle { wireFrame(size: size) }

  /// The rows of the moments.
  public static func treeList(size: Size) -> Rectangle {
    let inside = treeFrame(size: size).inside
    return hasRoomBeside(size)
      ? Rectangle(
        x: inside.x, y: inside.y, width: min(100, inside.width / 2), height: inside.height)
      : Rectangle(
        x: inside.x, y: inside.y, width: inside.width, height: max(3, inside.height / 2 - 1))
  }

  /// The rows of the selected moment.
  public static func treeReport(size: Size) -> Rectangle {
    let inside = treeFrame(size: size).inside
    let list = treeList(size: size)
    return hasRoomBeside(size)
      ? Rectangle(
        x: list.right + 2, y: inside.y, width: inside.right - list.right - 3,
        height: inside.height)
      : Rectangle(
        x: inside.x + 1, y: list.bottom + 1, width: inside.width - 2,
        height: inside.bottom - list.bottom - 1)
  }

  private static func hasRoomBeside(_ size: Size) -> Bool { size.width >= 90 }
}
