// Edits as JSON, as short as a row for each keystroke has to be.

extension TextPosition {
  /// Line and offset.
  var json: JSON { .array([.integer(line), .integer(offset)]) }

  /// The position that such an array holds; nil when it isn't one.
  init?(json: JSON) {
    guard let line = json[0]?.integer, let offset = json[1]?.integer, line >= 0, offset >= 0 else {
      return nil
    }
    self.init(line: line, offset: offset)
  }
}

extension Edit {
  /// Start, removed text, inserted text, cursor before and after, whether it was typed, the
  /// other end of what was selected before, and whether it is one change with the edit before.
  public var json: JSON {
    .array([
      start.json, .string(removed), .string(inserted), cursorBefore.json, cursorAfter.json,
      .bool(isTyped), anchorBefore.map(\.json) ?? .null, .bool(continuesChange),
    ])
  }

  /// The edit that such an array holds; nil when it isn't one.
  public init?(json: JSON) {
    guard let start = json[0].flatMap(TextPosition.init), let removed = json[1]?.string,
      let inserted = json[2]?.string, let before = json[3].flatMap(TextPosition.init),
      let after = json[4].flatMap(TextPosition.init), let isTyped = json[5]?.bool
    else { return nil }
    self.init(
      start: start, removed: removed, inserted: inserted, cursorBefore: before, cursorAfter: after,
      anchorBefore: json[6].flatMap(TextPosition.init), isTyped: isTyped,
      continuesChange: json[7]?.bool ?? false)
  }
}
