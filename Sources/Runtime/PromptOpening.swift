import Core
import Playground

// What opening a prompt's file shows: the file, or what was typed into it and never saved.

/// The draft that opening a file begins with, and what to say of it.
public struct PromptOpening: Sendable {
  public var draft: Draft
  /// Something to say about it.
  public var notice: Notice?

  /// - Parameters:
  ///   - path: from the root.
  ///   - text: what the file holds; nil for one that isn't there yet.
  ///   - kept: the draft of that path, when there is one.
  public init(path: String, text: String?, kept: Draft?) {
    draft = kept ?? Draft(name: path, promptText: text ?? "", savedText: text)
    draft.promptPath = path
    guard kept != nil, !draft.text.holds(text ?? "") else {
      draft.savedText = text
      if text == nil { notice = Notice(.information, "A new file: ^S makes it.") }
      return
    }
    if let text, draft.text.lines == TextBuffer(text).lines {
      // An earlier whet kept no line ends: the file has them.
      draft.promptText = text
      draft.savedText = text
      draft.history = EditHistory()
    } else if draft.text.lines != TextBuffer(draft.savedText ?? "").lines {
      // Should the file have been changed, too, that is told once it is watched.
      notice = Notice(.information, "What you typed and did not save is back.")
    }
  }
}
