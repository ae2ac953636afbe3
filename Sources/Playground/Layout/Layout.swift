// Where everything stands on the screen: a pure function of the size, the panes and the focus.

/// The rectangles in which the parts of the screen are drawn and clicked.
public struct Layout: Hashable, Sendable {
  /// One pane with its frame.
  public struct Pane: Hashable, Sendable {
    public var focus: Focus
    public var frame: Rectangle
  }

  /// A column that is shown, with its frame.
  public struct ColumnFrame: Hashable, Sendable {
    /// Its place in the state, from 0.
    public var index: Int
    public var frame: Rectangle
  }

  public let size: Size
  /// The status line at the top.
  public let header: Rectangle
  /// The pane names of a screen that shows one pane at a time; nil when several fit.
  public let tabs: Rectangle?
  /// With its border; nil while the prompt isn't on the screen.
  public let prompt: Rectangle?
  /// With its border; nil while the context isn't on the screen.
  public let context: Rectangle?
  /// The row over the columns that says what sets them apart; nil where there is no room, or nothing
  /// to say.
  public let variantBar: Rectangle?
  /// The columns that are shown, by their place in the state.
  public let columns: [ColumnFrame]
  /// The keys at the bottom.
  public let hints: Rectangle

  /// Narrower columns than this are no use to read in: fewer are shown at once.
  static let narrowestColumn = 26
  /// From this size on, prompt, context and columns stand on the screen together.
  static let roomy = Size(width: 80, height: 18)

  /// Lower columns than this are no use to read in.
  static let lowestColumn = 6
  /// Columns that have fewer rows than this keep them all.
  static let lowestBelowBar = 12

  /// - Parameter hasVariantBar: whether there is something to say over the columns.
  public init(
    size: Size, columnCount: Int, focus: Focus, arrangement: Arrangement,
    hasVariantBar: Bool = false
  ) {
    self.size = size
    header = Rectangle(x: 0, y: 0, width: size.width, height: 1)
    hints = Rectangle(x: 0, y: size.height - 1, width: size.width, height: 1)
    let isRoomy = size.width >= Self.roomy.width && size.height >= Self.roomy.height
    if case .column(let focused) = focus,
      let shown = arrangement.columns(
        focused: focused, count: columnCount,
        fitting: isRoomy
          ? size.width / Self.narrowestColumn : (size.height - 3) / Self.lowestColumn)
    {
      (prompt, context) = (nil, nil)
      tabs = isRoomy ? nil : Rectangle(x: 0, y: 1, width: size.width, height: 1)
      let top = isRoomy ? 1 : 2
      let body = Rectangle(x: 0, y: top, width: size.width, height: size.height - top - 1)
      let room = Self.room(in: body, hasBar: hasVariantBar && isRoomy)
      variantBar = room.bar
      columns = Self.share(room.columns, among: shown, isStacked: !isRoomy)
      return
    }
    guard isRoomy, arrangement != .alone else {
      tabs = Rectangle(x: 0, y: 1, width: size.width, height: 1)
      variantBar = nil
      let body = Rectangle(x: 0, y: 2, width: size.width, height: size.height - 3)
      switch focus {
      case .prompt, .field: (prompt, context, columns) = (body, nil, [])
      case .context: (prompt, context, columns) = (nil, body, [])
      case .column(let index):
        (prompt, context, columns) = (nil, nil, [ColumnFrame(index: index, frame: body)])
      }
      return
    }
    tabs = nil
    let body = Rectangle(x: 0, y: 1, width: size.width, height: size.height - 2)
    let top = body.height / 2
    let left = size.width * 9 / 20
    prompt = Rectangle(x: 0, y: body.y, width: left, height: top)
    context = Rectangle(x: left, y: body.y, width: size.width - left, height: top)
    let below = Rectangle(
      x: 0, y: body.y + top, width: size.width, height: body.height - top)
    let shown = Self.shownColumns(count: columnCount, width: size.width, focus: focus)
    let room = Self.room(in: below, hasBar: hasVariantBar)
    variantBar = room.bar
    columns = Self.share(room.columns, among: Array(shown), isStacked: false)
  }

  /// Sets a row apart over the columns, where they are high enough.
  private static func room(
    in area: Rectangle, hasBar: Bool
  ) -> (bar: Rectangle?, columns: Rectangle) {
    guard hasBar, area.height >= lowestBelowBar else { return (nil, area) }
    return (
      Rectangle(x: area.x, y: area.y, width: area.width, height: 1),
      Rectangle(x: area.x, y: area.y + 1, width: area.width, height: area.height - 1)
    )
  }

  /// Columns side by side, or one above the other; their sizes differ by one cell at most.
  private static func share(
    _ area: Rectangle, among shown: [Int], isStacked: Bool
  ) -> [ColumnFrame] {
    shown.enumerated().map { place, index in
      let whole = isStacked ? area.height : area.width
      let start = whole * place / shown.count
      let length = whole * (place + 1) / shown.count - start
      return ColumnFrame(
        index: index,
        frame: isStacked
          ? Rectangle(x: area.x, y: area.y + start, width: area.width, height: length)
          : Rectangle(x: area.x + start, y: area.y, width: length, height: area.height))
    }
  }

  /// As many columns as fit, the focused one among them.
  private static func shownColumns(count: Int, width: Int, focus: Focus) -> Range<Int> {
    guard count > 0 else { return 0..<0 }
    let fitting = min(count, max(1, width / narrowestColumn))
    guard case .column(let focused) = focus, focused >= fitting else { return 0..<fitting }
    let end = min(focused + 1, count)
    return end - fitting..<end
  }

  /// The pane at a place, with its frame; nil between panes.
  public func pane(at point: Point) -> Pane? {
    if let prompt, prompt.contains(point) { return Pane(focus: .prompt, frame: prompt) }
    if let context, context.contains(point) { return Pane(focus: .context, frame: context) }
    return columns.first { $0.frame.contains(point) }
      .map { Pane(focus: .column($0.index), frame: $0.frame) }
  }
}

/// Which pane takes the keys.
public enum Focus: Hashable, Sendable {
  /// The prompt's text.
  case prompt
  /// The value of one of its variables.
  case field(Int)
  case context
  case column(Int)

  /// Whether keys that type are typed into a text.
  public var isText: Bool {
    switch self {
    case .prompt, .field: true
    case .context, .column: false
    }
  }
}

extension Layout {
  /// The rows of an answer in its column, without those of its numbers.
  public static func columnText(frame: Rectangle) -> Rectangle {
    let inside = frame.inside
    let height = inside.height - columnNumbers(frame: frame).height
    return Rectangle(x: inside.x, y: inside.y, width: inside.width, height: height)
  }

  /// The last rows of a column, for the numbers: more in a narrow one, so that few are left out, and in
  /// one that is tall enough to spare them.
  public static func columnNumbers(frame: Rectangle) -> Rectangle {
    let inside = frame.inside
    let wanted = (inside.width < 44 ? 2 : 1) + (inside.width < 90 && inside.height >= 16 ? 1 : 0)
    let height = min(inside.height < 6 ? 1 : wanted, inside.height)
    return Rectangle(
      x: inside.x, y: inside.bottom - height, width: inside.width, height: height)
  }
}
