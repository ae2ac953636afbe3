// The room inside the prompt's pane: its text, and below it the values of its variables.

/// Where the prompt's text and its fields stand in their pane.
public struct PromptLayout: Hashable, Sendable {
  /// The place of one variable.
  public struct Field: Hashable, Sendable {
    /// Its place among the prompt's fields.
    public var index: Int
    /// The row that names the variable, from border to border.
    public var title: Rectangle
    public var value: Rectangle
  }

  /// The rows of the prompt's text, without the border.
  public let text: Rectangle
  /// The fields that are shown; around the focused one when not all fit.
  public let fields: [Field]

  /// - Parameter frame: the pane, its border included.
  public init(frame: Rectangle, fieldCount: Int, focus: Focus) {
    let inside = frame.inside
    let room = inside.height / 2
    let valueRows = fieldCount == 1 && room >= 3 ? 2 : 1
    let shown = min(fieldCount, room / (valueRows + 1))
    var first = 0
    if case .field(let focused) = focus { first = max(0, focused - shown + 1) }
    let textHeight = inside.height - shown * (valueRows + 1)
    text = Rectangle(x: inside.x, y: inside.y, width: inside.width, height: textHeight)
    fields = (0..<shown).map { place in
      let y = inside.y + textHeight + place * (valueRows + 1)
      return Field(
        index: first + place,
        title: Rectangle(x: frame.x, y: y, width: frame.width, height: 1),
        value: Rectangle(x: inside.x, y: y + 1, width: inside.width, height: valueRows))
    }
  }
}
