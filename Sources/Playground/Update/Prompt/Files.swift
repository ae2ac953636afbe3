import Core

// Prompts on their way from and to files.

extension State {
  mutating func savePrompt() -> [Effect] {
    guard let path = prompt.path else {
      askForName()
      return []
    }
    guard prompt.outsideText == nil else {
      offerConflictChoices()
      return []
    }
    return [
      .savePrompt(
        PromptSave(path: path, text: prompt.editor.text, expected: prompt.savedText))
    ]
  }

  mutating func askForName() {
    overlays.append(.line(LineInput(.savePromptAs, text: prompt.path ?? "new.prompt")))
  }

  func savePrompt(as path: String) -> [Effect] {
    [.savePrompt(PromptSave(path: path, text: prompt.editor.text, expected: nil))]
  }

  /// - Parameter aside: where what the file held before is now; nil where nothing was kept aside.
  mutating func promptSaved(path: String, text: String, aside: String?) -> [Effect] {
    let isNew = prompt.path != path
    prompt.saved(to: path, text: text)
    notice = Notice(
      .success, aside.map { "Saved \(path). What was in it is now \($0)." } ?? "Saved \(path).")
    // In another folder, other partials stand beside it.
    return (isNew ? watch() : []) + readPartialsInTime() + [.schedule(.saveDraft, after: 500)]
  }

  /// Asks for the texts of the partials that the prompt puts in: files may have changed, too.
  func readPartials() -> [Effect] {
    readPartials(named: Template.partialNames(in: prompt.editor.text))
  }

  /// The same; in a long text, they are looked for elsewhere.
  mutating func readPartialsInTime() -> [Effect] {
    isPromptLong ? parseElsewhere() : readPartials()
  }

  func readPartials(named names: Set<String>) -> [Effect] {
    // The versions that columns run may put in others.
    let names = columns.reduce(into: names) { $0.formUnion($1.pinned?.partialNames ?? []) }
    guard let path = prompt.path, !names.isEmpty else { return [] }
    return [.readPartials(path: path, names: names)]
  }

  mutating func partialsRead(_ partials: [String: String], path: String) -> [Effect] {
    // Those of a prompt that was open before are nobody's.
    guard path == prompt.path, partials != prompt.partials else { return [] }
    prompt.take(partials)
    repin()
    return isPromptLong ? parseElsewhere() : readPrompt()
  }

  func listPartials() -> [Effect] { prompt.path.map { [.listPartials(path: $0)] } ?? [] }

  /// Has changes of the prompt's file told, and what stands beside it.
  func watch() -> [Effect] { [.watchPrompt(path: prompt.path)] + listPartials() }

  mutating func promptOpened(_ opened: Draft) -> [Effect] {
    closeLine(for: .openPrompt, .importPrompt)
    // What was not saved of the prompt before stays in its draft.
    let kept = Effect.saveDraft(draft)
    // A text of its own, with undo of its own: no file may get another one's text.
    var values = prompt.inputs
    values.merge(opened.inputs) { $1 }
    let before = prompt
    prompt = PromptPane(draft: opened, inputs: values)
    prompt.keepCases(of: before)
    // The index belongs to the prompt as the text does; another one is searched anew.
    context.curation = PassageCuration()
    let settings = opened.retrieval ?? context.initialSettings
    if context.index != opened.index || context.settings != settings {
      if context.index != opened.index { context.indexSize = nil }
      context.index = opened.index
      context.settings = settings
      context.query = nil
    }
    forgetPending()
    // The versions that columns ran are of the prompt before.
    for index in columns.indices {
      columns[index].pin(nil)
    }
    finder = nil
    completion = nil
    vi?.leave()
    focus(on: .prompt)
    return [kept] + readHistory() + resumeDataset() + settleInTime() + watch()
      + [findVersions(), .schedule(.saveDraft, after: 500)]
  }

  /// Another prompt is here: what was asked for the one before is not waited for.
  mutating func forgetPending() {
    // Files that were being read are relative to the folder of the prompt before.
    pendingInputs = nil
    pendingParsing = nil
    runsAfterInputs = false
    runsAfterSearch = false
    columnSearches = ColumnSearches()
  }
}
