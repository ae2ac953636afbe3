import Core

// The text of a passage while it is being edited, for the prompt that is on the screen alone.

/// A passage in an editor.
public struct PassageEditor: Hashable, Sendable {
  /// As the search found it.
  public let original: Passage
  public var editor: Editor
  /// The text that it began with.
  private let start: String
  /// Whether it was said that leaving loses what was typed.
  var isWarned = false

  /// - Parameter text: as it is given now.
  init(_ original: Passage, text: String) {
    self.original = original
    start = text
    editor = Editor(text)
  }

  /// Whether anything was typed.
  public var isChanged: Bool { !editor.buffer.holds(start) }
}
