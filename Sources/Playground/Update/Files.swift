import Core

// Prompts on their way from and to files.

extension State {
  mutating func savePrompt() -> [Effect] {
    guard let path = prompt.path else {
      askForName()
      return []
    }
    return [
      .savePrompt(
        PromptSave(path: path, text: prompt.fileText, expected: prompt.savedText))
    ]
  }

  mutating func askForName() {
    overlays.append(.line(LineInput(.savePromptAs, text: prompt.path ?? "new.prompt")))
  }

  func savePrompt(as path: String) -> [Effect] {
    [.savePrompt(PromptSave(path: path, text: prompt.fileText, expected: nil))]
  }

  mutating func promptSaved(path: String, text: String) -> [Effect] {
    prompt.saved(to: path, text: text)
    notice = Notice(.success, "Saved \(path).")
    // In another folder, other partials stand beside it.
    return readPartials() + [.schedule(.saveDraft, after: 500)]
  }

  /// Asks for the texts of the partials that the prompt puts in: files may have changed, too.
  func readPartials() -> [Effect] {
    guard let path = prompt.path else { return [] }
    let names = Template.partialNames(in: prompt.editor.text)
    return names.isEmpty ? [] : [.readPartials(path: path, names: names)]
  }

  mutating func partialsRead(_ partials: [String: String], path: String) -> [Effect] {
    // Those of a prompt that was open before are nobody's.
    guard path == prompt.path, partials != prompt.partials else { return [] }
    prompt.partials = partials
    return readPrompt()
  }

  mutating func promptOpened(_ opened: Draft) -> [Effect] {
    // What was not saved of the prompt before stays in its draft.
    let kept = Effect.saveDraft(draft)
    // A text of its own, with undo of its own: no file may get another one's text.
    var values = prompt.inputs
    values.merge(opened.inputs) { $1 }
    let before = prompt
    prompt = PromptPane(draft: opened, inputs: values)
    prompt.keepCases(of: before)
    // Files that were being read are relative to the folder of the prompt before.
    pendingInputs = nil
    runsAfterInputs = false
    finder = nil
    completion = nil
    vi?.leave()
    focus(on: .prompt)
    return [kept] + resumeDataset() + settle() + [findVersions(), .schedule(.saveDraft, after: 500)]
  }
}
