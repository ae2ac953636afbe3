// Where the parts of the pages about training sets lie.

/// The parts of the examples' page: what is shown, the table, and the example beside it.
public struct ExampleRoom: Hashable, Sendable {
  public var status: Rectangle
  public var rows: Rectangle
  /// Nil where there is no room for it beside the table.
  public var detail: Rectangle?
  /// Whether the example has all the room.
  public var isDetailAlone = false
}

extension Layout {
  /// From this width on, an example stands beside the table.
  private static let widthWithDetail = 96

  public static func exampleRoom(size: Size, showsDetail: Bool) -> ExampleRoom {
    let inside = evaluationsFrame(size: size).inside
    let top = inside.y + 1
    let height = max(1, inside.bottom - top)
    let status = Rectangle(x: inside.x + 1, y: inside.y, width: inside.width - 2, height: 1)
    let whole = Rectangle(x: inside.x + 1, y: top, width: inside.width - 2, height: height)
    if showsDetail {
      return ExampleRoom(status: status, rows: whole, detail: whole, isDetailAlone: true)
    }
    guard size.width >= widthWithDetail else { return ExampleRoom(status: status, rows: whole) }
    let width = inside.width / 2
    return ExampleRoom(
      status: status, rows: Rectangle(x: inside.x + 1, y: top, width: width - 2, height: height),
      detail: Rectangle(
        x: inside.x + width + 1, y: top, width: inside.width - width - 2, height: height))
  }

  /// The rows of the list of findings: below the score, above what mends the selected one.
  public static func findingRows(size: Size) -> Rectangle {
    let inside = evaluationsFrame(size: size).inside
    return Rectangle(
      x: inside.x + 1, y: inside.y + 1, width: inside.width - 2,
      height: max(1, inside.height - 2 - findingDetail))
  }

  /// The rows of what is said of the selected finding, under a rule.
  public static let findingDetail = 5
}
