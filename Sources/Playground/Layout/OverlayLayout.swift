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

  /// A question with one line to answer it.
  public static func lineFrame(size: Size) -> Rectangle {
    overlayFrame(size: size, wanted: Size(width: 72, height: 1))
  }
}
