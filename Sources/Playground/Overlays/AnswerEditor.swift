import Core

// The text of an answer while a person corrects it, in the place of its column.

/// An answer in an editor.
public struct AnswerEditor: Hashable, Sendable {
  /// The column's place, from 0.
  public let column: Int
  /// The name under which the run is kept.
  let run: Identifier
  public var editor: Editor
  /// What holds so far: the last correction, or the answer as it came.
  private let start: String

  /// - Parameters:
  ///   - text: what holds so far.
  ///   - draft: what was typed before and not kept yet; undo leads back from it.
  init(column: Int, run: Identifier, text: String, draft: String?) {
    self.column = column
    self.run = run
    start = text
    editor = Editor(text)
    if let draft { editor.replaceAll(with: draft) }
  }

  /// Whether the text is another one than what holds so far.
  public var isChanged: Bool { !editor.buffer.holds(start) }

  /// What is to be found again if it isn't kept; nil where nothing was typed.
  var draft: String? { isChanged ? editor.text : nil }

  /// The text up to the cursor; all of it where nothing stands before.
  var beginning: String {
    let before = editor.buffer.text(in: .start..<editor.cursor)
    return before.isEmpty ? editor.text : before
  }
}
