// The room inside the prompt's pane: its text, and the form with the values of its variables.

/// What the form of a prompt's variables is to show.
public struct InputForm: Hashable, Sendable {
  public var fieldCount: Int
  /// Whether there is a row for the passages.
  public var takesPassages: Bool
  /// The rows that the value with the cursor would like.
  public var focusedRows: Int

  public init(fieldCount: Int, takesPassages: Bool = false, focusedRows: Int = 1) {
    self.fieldCount = fieldCount
    self.takesPassages = takesPassages
    self.focusedRows = focusedRows
  }

  var isEmpty: Bool { fieldCount == 0 && !takesPassages }
}

/// Where the prompt's text and its fields stand in their pane.
///
/// A wide pane has the form beside the text, another one below it. A pane that has a small screen
/// to itself shows one of them: the form while a field has the focus, else the text.
public struct PromptLayout: Hashable, Sendable {
  /// The place of one variable.
  public struct Field: Hashable, Sendable {
    /// Its place among the prompt's fields.
    public var index: Int
    /// The row that names the variable, from border to border.
    public var title: Rectangle
    public var value: Rectangle
  }

  /// Where the form stands.
  public enum Arrangement: Hashable, Sendable { case beside, below, apart }

  public let arrangement: Arrangement
  /// The rows of the prompt's text, without the border; empty while the form has the pane.
  public let text: Rectangle
  /// The line between the text and a form beside it, with its two ends on the border.
  public let divider: Rectangle?
  /// The fields that are shown; around the focused one when not all fit.
  public let fields: [Field]
  /// The row that tells of the passages, from border to border.
  public let passages: Rectangle?

  /// The cells inside a pane from which on the form stands beside the text.
  static let widthBeside = 84
  /// No value takes more rows than this while it has the cursor.
  public static let mostValueRows = 8
  /// The same where the prompt's text stands above.
  static let mostValueRowsBelow = 4

  /// - Parameters:
  ///   - frame: the pane, its border included.
  ///   - isAlone: whether the pane has the screen to itself.
  public init(frame: Rectangle, form: InputForm, focus: Focus, isAlone: Bool = false) {
    let inside = frame.inside
    arrangement = Self.arrangement(width: inside.width, isAlone: isAlone)
    var focused: Int?
    if case .field(let place) = focus { focused = place }
    let area: Rectangle
    let room: Int
    switch arrangement {
    case .beside:
      let width = form.isEmpty ? 0 : Self.widthOfForm(inside: inside.width)
      area = Rectangle(
        x: inside.right - width, y: inside.y, width: width, height: inside.height)
      room = form.isEmpty ? 0 : inside.height
    case .below: (area, room) = (inside, inside.height / 2)
    case .apart: (area, room) = (inside, focused == nil ? 0 : inside.height)
    }
    let rows = Self.rows(of: form, focused: focused, room: room, arrangement: arrangement)
    let height = rows.values.reduce(0) { $0 + 1 + $1 } + (rows.hasPassages ? 1 : 0)
    var y = arrangement == .below ? inside.bottom - height : inside.y
    switch arrangement {
    case .beside:
      let width = form.isEmpty ? inside.width : inside.width - area.width - 1
      text = Rectangle(x: inside.x, y: inside.y, width: width, height: inside.height)
      divider =
        form.isEmpty
        ? nil : Rectangle(x: text.right, y: frame.y, width: 1, height: frame.height)
    case .below, .apart:
      let textHeight = arrangement == .below ? inside.height - height : room > 0 ? 0 : inside.height
      text = Rectangle(x: inside.x, y: inside.y, width: inside.width, height: textHeight)
      divider = nil
    }
    let left = divider?.x ?? frame.x
    fields = rows.values.enumerated().map { place, valueRows in
      defer { y += valueRows + 1 }
      return Field(
        index: rows.first + place,
        title: Rectangle(x: left, y: y, width: frame.right - left, height: 1),
        value: Rectangle(x: area.x, y: y + 1, width: area.width, height: valueRows))
    }
    passages =
      rows.hasPassages ? Rectangle(x: left, y: y, width: frame.right - left, height: 1) : nil
  }

  /// The cells of a value, in a pane of this frame.
  static func valueWidth(in frame: Rectangle, isAlone: Bool) -> Int {
    let width = frame.inside.width
    return arrangement(width: width, isAlone: isAlone) == .beside
      ? widthOfForm(inside: width) : width
  }

  /// Where the form of a pane stands.
  ///
  /// - Parameter width: the pane's, without its border.
  static func arrangement(width: Int, isAlone: Bool) -> Arrangement {
    width >= widthBeside ? .beside : isAlone ? .apart : .below
  }

  private static func widthOfForm(inside width: Int) -> Int { min(60, width * 2 / 5) }

  /// The rows of the values that are shown, the first of them, and whether the passages' row is.
  private static func rows(
    of form: InputForm, focused: Int?, room: Int, arrangement: Arrangement
  ) -> (first: Int, values: [Int], hasPassages: Bool) {
    let hasPassages = form.takesPassages && room >= min(form.fieldCount, 2) * 2 + 1
    let room = room - (hasPassages ? 1 : 0)
    let shown = min(form.fieldCount, room / 2)
    guard shown > 0 else { return (0, [], hasPassages) }
    let isBelow = arrangement == .below
    let mostRows = isBelow ? (form.fieldCount == 1 ? 2 : 1) : 3
    let usual = max(1, min(mostRows, room / shown - 1))
    guard let focused else {
      return (0, Array(repeating: usual, count: shown), hasPassages)
    }
    // The value with the cursor takes what it needs, and the others share the rest.
    let wanted = min(form.focusedRows, isBelow ? mostValueRowsBelow : mostValueRows, room - 1)
    let grown = max(usual, wanted)
    let rest = room - 1 - grown
    let others = min(form.fieldCount - 1, rest / 2)
    let first = max(0, min(focused, form.fieldCount - 1) - others)
    let rows = others > 0 ? max(1, min(mostRows, rest / others - 1)) : 1
    var values = Array(repeating: rows, count: others + 1)
    if values.indices.contains(focused - first) { values[focused - first] = grown }
    return (first, values, hasPassages)
  }
}
