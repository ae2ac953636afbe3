// Where overlays lie: in the middle, as large as they need and the screen allows.

extension Layout {
  /// The frame of an overlay that would like so many cells inside.
  public static func overlayFrame(size: Size, wanted: Size) -> Rectangle {
    let width = min(wanted.width + 4, max(20, size.width - 4))
    let height = min(wanted.height + 2, max(5, size.height - 2))
    return Rectangle(
      x: max(0, (size.width - width) / 2), y: max(0, (size.height - height) / 3),
      width: min(width, size.width), height: min(height, size.height))
  }

  /// A list, with a row for what is typed.
  public static func pickerFrame(size: Size) -> Rectangle {
    overlayFrame(size: size, wanted: Size(width: 84, height: size.height * 2 / 3))
  }

  /// The rows of a list's items.
  public static func pickerItems(size: Size) -> Rectangle {
    let inside = pickerFrame(size: size).inside
    return Rectangle(
      x: inside.x, y: inside.y + 1, width: inside.width, height: inside.height - 1)
  }

  /// A page to read: help, a passage.
  public static func pageFrame(size: Size) -> Rectangle {
    overlayFrame(size: size, wanted: Size(width: 92, height: size.height))
  }

  /// The rows of the page with the exact text of a prompt.
  public static func exactText(size: Size) -> Rectangle {
    let inside = pageFrame(size: size).inside
    return Rectangle(x: inside.x + 1, y: inside.y, width: inside.width - 2, height: inside.height)
  }

  /// The wire view: all of the screen but its first and its last row.
  public static func wireFrame(size: Size) -> Rectangle {
    Rectangle(x: 0, y: 1, width: size.width, height: size.height - 2)
  }

  /// The rows of the wire view below the names of its parts.
  public static func wireText(size: Size) -> Rectangle {
    let inside = wireFrame(size: size).inside
    // A blank row below the names, where there is room for it.
    let top = size.height > 20 ? 2 : 1
    return Rectangle(
      x: inside.x + 1, y: inside.y + top, width: inside.width - 2, height: inside.height - top)
  }

  /// The versions: all of the screen but its first and its last row.
  public static func versionsFrame(size: Size) -> Rectangle { wireFrame(size: size) }

  /// The rows of the versions' list: beside the difference, or above it where there is less room.
  public static func versionsList(size: Size) -> Rectangle {
    let inside = versionsFrame(size: size).inside
    return isWide(size)
      ? Rectangle(
        x: inside.x, y: inside.y, width: min(60, inside.width / 2), height: inside.height)
      : Rectangle(
        x: inside.x, y: inside.y, width: inside.width, height: max(3, inside.height / 3))
  }

  /// What is compared: above the difference, with a row for a note; or on the line between the
  /// difference and the list.
  public static func versionsHeading(size: Size) -> Rectangle {
    let inside = versionsFrame(size: size).inside
    let list = versionsList(size: size)
    return isWide(size)
      ? Rectangle(x: list.right + 2, y: inside.y, width: inside.right - list.right - 3, height: 2)
      : Rectangle(x: inside.x + 1, y: list.bottom, width: inside.width - 2, height: 1)
  }

  /// The rows of the difference of two versions.
  public static func versionsDifference(size: Size) -> Rectangle {
    let inside = versionsFrame(size: size).inside
    let heading = versionsHeading(size: size)
    return Rectangle(
      x: heading.x, y: heading.bottom, width: heading.width, height: inside.bottom - heading.bottom)
  }

  private static func isWide(_ size: Size) -> Bool { size.width >= 90 }

  /// The pages over the context: all of the screen but its first and its last row.
  public static func inspectionFrame(size: Size) -> Rectangle { wireFrame(size: size) }

  /// The rows of a page over the context; a passage's document has a row above them.
  public static func inspectionText(size: Size) -> Rectangle {
    let inside = inspectionFrame(size: size).inside
    return Rectangle(
      x: inside.x + 1, y: inside.y, width: inside.width - 2, height: inside.height)
  }

  /// The rows of a passage's document, below the one that sums it up.
  public static func documentText(size: Size) -> Rectangle {
    let text = inspectionText(size: size)
    return Rectangle(x: text.x, y: text.y + 1, width: text.width, height: text.height - 1)
  }

  /// A question with one line to answer it.
  public static func lineFrame(size: Size) -> Rectangle {
    overlayFrame(size: size, wanted: Size(width: 72, height: 1))
  }

  /// Two answers without names: all of the screen but its last row, since the header and the bar
  /// could tell whose they are.
  public static func blindFrame(size: Size) -> Rectangle {
    Rectangle(x: 0, y: 0, width: size.width, height: size.height - 1)
  }

  /// The frames of the two answers.
  public static func blindColumns(size: Size) -> [Rectangle] {
    let inside = blindFrame(size: size).inside
    let height = inside.height - blindSentences
    let width = inside.width / 2
    return [
      Rectangle(x: inside.x, y: inside.y, width: width, height: height),
      Rectangle(x: inside.x + width, y: inside.y, width: inside.width - width, height: height),
    ]
  }

  /// The rows of the two answers.
  public static func blindAnswers(size: Size) -> [Rectangle] {
    blindColumns(size: size).map { frame in
      let inside = frame.inside
      return Rectangle(
        x: inside.x + 1, y: inside.y, width: inside.width - 2, height: inside.height)
    }
  }

  /// Rows under the two answers.
  public static let blindSentences = 3
}
