// Where the parts of the pages about evaluations lie.

/// The parts of a grid: what runs, the heads of the columns, the rows, and the panel of a cell.
public struct GridRoom: Hashable, Sendable {
  /// What is shown, or how far it is.
  public var status: Rectangle
  public var heads: Rectangle
  public var rows: Rectangle
  /// The selected cell; nil where there is no room for it beside the rows.
  public var panel: Rectangle?
  /// Whether the panel has all the room.
  public var isPanelAlone = false
  /// Cells for the names of the cases, and for each variant.
  public var caseWidth: Int
  public var columnWidth: Int
  /// Variants in sight.
  public var columnCount: Int
}

extension Layout {
  /// The list of evaluations: all of the screen but its first and its last row.
  public static func evaluationsFrame(size: Size) -> Rectangle { wireFrame(size: size) }

  public static func evaluationsList(size: Size) -> Rectangle {
    let inside = evaluationsFrame(size: size).inside
    return Rectangle(
      x: inside.x, y: inside.y + 1, width: inside.width, height: max(1, inside.height - 1))
  }

  /// From this width on, a panel stands beside the rows.
  private static let widthWithPanel = 96

  public static func gridRoom(size: Size, grid: EvaluationGrid) -> GridRoom {
    let inside = evaluationsFrame(size: size).inside
    let hasPanel = size.width >= widthWithPanel && !grid.showsPanel
    let panelWidth = hasPanel ? inside.width * 2 / 5 : 0
    let width = inside.width - panelWidth
    let count = grid.record.variants.count
    // Wide enough for a name and a verdict where that leaves room for the cases.
    let longest = grid.record.variants.map { min(30, $0.name.count) }.max() ?? 0
    let shortest = min(18, width / 2)
    let columnWidth = max(14, min(max(20, longest + 3), (width - shortest) / max(1, count)))
    let columnCount = max(1, min(count, (width - shortest) / columnWidth))
    let caseWidth = max(shortest, min(60, width - columnCount * columnWidth))
    let headHeight = 3
    let top = inside.y + 1
    var room = GridRoom(
      status: Rectangle(x: inside.x + 1, y: inside.y, width: inside.width - 2, height: 1),
      heads: Rectangle(x: inside.x, y: top, width: width, height: headHeight),
      rows: Rectangle(
        x: inside.x, y: top + headHeight, width: width,
        height: max(1, inside.bottom - top - headHeight)),
      caseWidth: caseWidth, columnWidth: columnWidth,
      columnCount: columnCount)
    if hasPanel {
      room.panel = Rectangle(
        x: inside.x + width + 1, y: top, width: panelWidth - 2, height: inside.bottom - top)
    } else if grid.showsPanel {
      room.panel = Rectangle(
        x: inside.x + 1, y: top, width: inside.width - 2, height: inside.bottom - top)
      room.isPanelAlone = true
    }
    return room
  }
}
