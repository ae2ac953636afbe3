import Core

// The prompt's file was changed by somebody else: what they wrote and what is being written here
// both stay, and where they can't be brought together, a person says how.

/// What the file of the prompt was found to hold.
public struct PromptFileState: Hashable, Sendable {
  /// As the prompt's own.
  public var path: String
  /// Nil for a file that is gone.
  public var text: String?
  /// Whether the prompt was to be saved to it, which was not done.
  public var isSaving: Bool

  public init(path: String, text: String?, isSaving: Bool = false) {
    self.path = path
    self.text = text
    self.isSaving = isSaving
  }
}

/// What can become of a prompt and of its file that were both changed.
public enum ConflictChoice: Hashable, Sendable, CaseIterable {
  case mergeWithMarks, keepMine, takeTheirs, saveElsewhere
}

extension State {
  mutating func promptFileFound(_ file: PromptFileState) -> [Effect] {
    guard file.path == prompt.path else { return [] }
    guard let text = file.text else {
      notice = Notice(
        .warning, "\(prompt.name) was deleted outside. Your text is here: ^S writes it anew.")
      return []
    }
    if let saved = prompt.savedText, saved.hasSameBytes(as: text) {
      // As it was: whatever was kept aside is no longer there.
      prompt.outsideText = nil
      return []
    }
    if prompt.editor.buffer.holds(text) {
      prompt.hold(text)
      return [.schedule(.saveDraft, after: 500)]
    }
    if !prompt.isModified {
      notice = Notice(
        .information, "\(prompt.name) changed outside: reloaded, undo brings yours back.")
      return take(text, holding: text)
    }
    let merge = Merge(base: prompt.savedText ?? "", mine: prompt.editor.text, theirs: text)
    guard prompt.savedText != nil, let merged = merge.text else {
      return keepAside(text, isSaving: file.isSaving)
    }
    notice = Notice(
      .information,
      "\(prompt.name) changed outside: \(Self.words(for: merge.takenLines)) merged with yours"
        + (file.isSaving ? ". ^S saves both." : ", undo takes that back."))
    return take(merged, holding: text)
  }

  /// `lines 3-4 and 9 are`.
  private static func words(for ranges: [Range<Int>]) -> String {
    let names = ranges.map { range in
      range.count < 2 ? "\(range.lowerBound)" : "\(range.lowerBound)-\(range.upperBound - 1)"
    }
    guard let last = names.last else { return "nothing new is" }
    if names.count > 4 { return "\(names.count) changes are" }
    guard names.count > 1 else {
      return (ranges[0].count < 2 ? "line " : "lines ") + last
        + (ranges[0].count < 2 ? " is" : " are")
    }
    return "lines \(names.dropLast().joined(separator: ", ")) and \(last) are"
  }

  /// Makes a text that of the prompt, as one change, and notes what the file holds.
  private mutating func take(_ text: String, holding fileText: String) -> [Effect] {
    prompt.editor.take(text)
    let before = prompt.savedText
    prompt.hold(fileText)
    prompt.noteTaken(fileText, before: before)
    let effects = settleInTime()
    revealPromptCursor()
    return effects + [.schedule(.saveDraft, after: 500)]
  }

  mutating func revealPromptCursor() {
    let room = promptLayout.text
    prompt.editor.revealCursor(width: room.width, height: room.height)
  }

  private mutating func keepAside(_ text: String, isSaving: Bool) -> [Effect] {
    prompt.keepAside(text)
    notice = Notice(
      .warning, "\(prompt.name) changed outside in the same place as here: ^S asks what to do.")
    if isSaving { offerConflictChoices() }
    return []
  }

  mutating func offerConflictChoices() {
    let items = ConflictChoice.allCases.map { choice in
      Picker.Item(
        title(of: choice), detail: detail(of: choice), choice: .resolveConflict(choice))
    }
    overlays.append(.picker(Picker(.conflict(prompt.name), items: items)))
  }

  private func title(of choice: ConflictChoice) -> String {
    switch choice {
    case .mergeWithMarks: "Merge with conflict marks"
    case .keepMine: "Keep mine"
    case .takeTheirs: "Take theirs"
    case .saveElsewhere: "Save mine under another name"
    }
  }

  private func detail(of choice: ConflictChoice) -> String {
    switch choice {
    case .mergeWithMarks: "both, to be sorted out"
    case .keepMine: "theirs goes to a new file beside it"
    case .takeTheirs: "mine stays in undo"
    case .saveElsewhere: "theirs stays"
    }
  }

  mutating func resolveConflict(_ choice: ConflictChoice) -> [Effect] {
    guard let theirs = prompt.outsideText, let path = prompt.path else { return [] }
    switch choice {
    case .mergeWithMarks:
      let merge = Merge(base: prompt.savedText ?? "", mine: prompt.editor.text, theirs: theirs)
      notice = Notice(.information, "Both are here, between marks. ^S saves what you make of them.")
      return take(merge.markedText(mine: "mine", theirs: "theirs"), holding: theirs)
    case .keepMine:
      return [
        .savePrompt(
          PromptSave(path: path, text: prompt.editor.text, expected: theirs, keepsAside: true))
      ]
    case .takeTheirs:
      notice = Notice(.information, "This is what the file holds: undo brings yours back.")
      return take(theirs, holding: theirs)
    case .saveElsewhere:
      askForName()
      return []
    }
  }
}
