import Core

// Prompts on their way from and to files.

extension State {
  mutating func savePrompt() -> [Effect] {
    guard let path = prompt.path else {
      overlays.append(.line(LineInput(.savePromptAs, text: "new.prompt")))
      return []
    }
    return [
      .savePrompt(
        PromptSave(path: path, text: prompt.editor.text, expected: prompt.savedText))
    ]
  }

  func savePrompt(as path: String) -> [Effect] {
    [.savePrompt(PromptSave(path: path, text: prompt.editor.text, expected: nil))]
  }

  mutating func promptSaved(path: String, text: String) -> [Effect] {
    prompt.saved(to: path, text: text)
    notice = Notice(.success, "Saved \(path).")
    return [.schedule(.saveDraft, after: 500)]
  }

  mutating func promptRead(path: String, text: String) -> [Effect] {
    // What was not saved of the prompt before stays in its own draft.
    let kept = Effect.saveDraft(draft)
    prompt.open(text: text, path: path, savedText: text, inputs: prompt.inputs)
    focus(on: .prompt)
    return [kept] + settle() + [.schedule(.saveDraft, after: 500)]
  }
}
