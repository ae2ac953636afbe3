import Core

// What each part of the prompt takes.

extension State {
  mutating func showParts() -> [Effect] {
    overlays.append(.parts(PartsPage(parts: nil)))
    if isPromptLong { return parseElsewhere() }
    recountParts()
    return []
  }

  /// Whether the page is open: passages may come while it is.
  var showsParts: Bool { if case .parts? = overlays.last { true } else { false } }

  mutating func recountParts() {
    if showsParts { show(parts: prompt.parts(passages: context.passages)) }
  }

  /// Puts what was counted into the page, if that is open.
  ///
  /// - Parameter parts: nil where they can't be counted.
  mutating func show(parts: [PromptPart]?) {
    guard case .parts(var page)? = overlays.last else { return }
    if let parts {
      page.parts = parts
      overlays[overlays.count - 1] = .parts(page)
    } else if page.parts == nil {
      overlays.removeLast()
      let reason: String =
        if case .problem(let problem) = prompt.reading { problem } else { "it can't be filled in" }
      notice = Notice(.error, "The prompt can't be counted: \(reason).")
    }
  }
}

extension PromptPane {
  /// What each part takes; nil where the prompt can't be filled in. May take long.
  func parts(passages: [Passage]) -> [PromptPart]? {
    var settled = self
    settled.settle()
    guard case .prompt(let file) = settled.reading,
      let filled = try? settled.fill(file, passages: passages)
    else { return nil }
    // A default that was left as it is stays what it is, as in a run.
    let given = settled.inputs.filter { name, value in
      !value.isEmpty && value != file.defaults[name].map { $0.string ?? $0.text }
    }
    return file.parts(
      of: filled.messages, inputs: settled.fields.map(\.name), passages: passages
    ) { passages, emptied in
      var inputs = given
      if let emptied { inputs[emptied] = "" }
      return try? file.messages(inputs: inputs, passages: passages).messages
    }
  }
}
