import Core
import FineTuning

// A text in an editor over the panes: a passage for the prompt that is on the screen alone, or an example
// of a training set.

/// An editor over the panes.
public struct PageEditor: Hashable, Sendable {
  /// What is edited.
  public enum Subject: Hashable, Sendable {
    /// As the search found it.
    case passage(Passage)
    /// What an example's model shall say, or all of it as JSON.
    case answer(StoredExample, set: String)
    case record(StoredExample, set: String)
  }

  public let subject: Subject
  public var editor: Editor
  /// The text that it began with.
  private let start: String
  /// Whether it was said that leaving loses what was typed.
  var isWarned = false

  /// - Parameter text: as it is now.
  init(_ subject: Subject, text: String) {
    self.subject = subject
    start = text
    editor = Editor(text)
  }

  public var title: String {
    switch subject {
    case .passage(let passage): "For this prompt: \(passage.label)"
    case .answer(let stored, let set): "The answer of example \(stored.number) of \(set)"
    case .record(let stored, let set): "Example \(stored.number) of \(set)"
    }
  }

  /// Whether anything was typed.
  public var isChanged: Bool { !editor.buffer.holds(start) }
}
