import Core

// The techniques of the craft, each as an edit of the prompt that can be undone.

extension State {
  mutating func showTechniques() -> [Effect] { offer(Technique.allCases) }

  mutating func apply(technique command: Command) -> [Effect] {
    switch command {
    case .addInstructions: return apply(.addInstructions)
    case .splitIntoSteps: return apply(.splitIntoSteps)
    // A model may reason by itself: which of the two is for the person to say.
    case .giveTimeToThink: return offer([.thinkFirst, .reasonLonger])
    case .addExamples: return apply(.addExamples)
    case .askForQuotes: return apply(.askForQuotes)
    case .answerAsJSON: return apply(.answerAsJSON)
    default: return []
    }
  }

  private mutating func offer(_ techniques: [Technique]) -> [Effect] {
    // What was just typed counts.
    let effects = settle()
    guard case .prompt(let file) = prompt.reading else {
      refuseTechnique()
      return effects
    }
    let items = techniques.map { technique in
      Picker.Item(
        "\(technique.name): \(technique.reason)", detail: state(of: technique, in: file),
        choice: .technique(technique))
    }
    overlays.append(.picker(Picker(.techniques, items: items)))
    return effects
  }

  /// A word on a technique that can't be applied; empty for one that can.
  private func state(of technique: Technique, in file: PromptFile) -> String {
    do throws(TechniqueRefusal) {
      _ = try technique.edit(of: prompt.editor.text, saying: file)
      return ""
    } catch {
      return error.isThere ? "there" : "not here"
    }
  }

  mutating func apply(_ technique: Technique) -> [Effect] {
    let effects = settle()
    guard technique != .addExamples else {
      offerExamples()
      return effects
    }
    guard case .prompt(let file) = prompt.reading else {
      refuseTechnique()
      return effects
    }
    do {
      return make(
        try technique.edit(
          of: prompt.editor.text, saying: file, answer: columns[currentColumn].answer.text))
    } catch {
      notice = Notice(.information, error.description)
      return effects
    }
  }

  mutating func refuseTechnique() {
    guard case .problem(let problem) = prompt.reading else { return }
    notice = Notice(.error, "The prompt can't be read, so nothing was changed: \(problem)")
    focus(on: .prompt)
  }

  /// Makes an edit as one change, with the place selected where the person writes on.
  mutating func make(_ change: PromptEdit) -> [Effect] {
    focus(on: .prompt)
    let before = prompt.editor.text
    _ = edit { editor, _ in
      editor.endChange()
      editor.replace(
        TextPosition.range(of: change.range, in: before), with: change.replacement)
      let selected = TextPosition.range(of: change.selection, in: editor.text)
      if selected.isEmpty { editor.moveTo(selected.lowerBound) } else { editor.select(selected) }
    }
    let effects = settle() + textChanged()
    let undo = CommandTable.entries.first { $0.command == .undo }?.keys.first?.display ?? ""
    notice = Notice(.success, "\(change.summary) \(undo) takes it back.")
    return effects
  }
}

extension TextPosition {
  /// The positions of a range of a text's UTF-8 bytes.
  fileprivate static func range(of bytes: Range<Int>, in text: String) -> Range<TextPosition> {
    var position = TextPosition.start
    var start = position
    for (offset, byte) in text.utf8.enumerated() {
      if offset == bytes.lowerBound { start = position }
      if offset == bytes.upperBound { return start..<position }
      if byte == UInt8(ascii: "\n") {
        position = TextPosition(line: position.line + 1, offset: 0)
      } else {
        position.offset += 1
      }
    }
    return (bytes.lowerBound >= text.utf8.count ? position : start)..<position
  }
}
