import Core

// What each part of the prompt takes.

extension State {
  mutating func showParts() {
    guard let parts = promptParts() else {
      let reason: String =
        if case .problem(let problem) = prompt.reading { problem } else { "it can't be filled in" }
      notice = Notice(.error, "The prompt can't be counted: \(reason).")
      return
    }
    overlays.append(.parts(PartsPage(parts: parts)))
  }

  /// Counts anew where the page is open: passages may come while it is.
  mutating func recountParts() {
    guard case .parts(var page)? = overlays.last, let parts = promptParts() else { return }
    page.parts = parts
    overlays[overlays.count - 1] = .parts(page)
  }

  private func promptParts() -> [PromptPart]? {
    var settled = prompt
    settled.settle()
    guard case .prompt(let file) = settled.reading,
      let filled = try? settled.fill(file, passages: context.passages)
    else { return nil }
    // A default that was left as it is stays what it is, as in a run.
    let given = settled.inputs.filter { name, value in
      !value.isEmpty && value != file.defaults[name].map { $0.string ?? $0.text }
    }
    return file.parts(
      of: filled.messages, inputs: settled.fields.map(\.name), passages: context.passages
    ) { passages, emptied in
      var inputs = given
      if let emptied { inputs[emptied] = "" }
      return try? file.messages(inputs: inputs, passages: passages).messages
    }
  }
}
