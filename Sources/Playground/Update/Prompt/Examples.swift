import Core

// Examples for the prompt: asked for, chosen, and put in.

extension State {
  /// Where examples can come from, and how they can be chosen.
  mutating func offerExamples() {
    guard case .prompt(let said) = prompt.reading else { return refuseTechnique() }
    do {
      _ = try ExampleTurns.edit(of: prompt.editor.text, saying: said, adding: [])
    } catch {
      notice = Notice(.information, error.description)
      return
    }
    let approved = ExampleRequest.Source.approvedRuns(prompt: prompt.draftName)
    let file = Picker.Item(
      "From the cases of a file…", detail: "CSV, JSONL or YAML", choice: .exampleFile)
    overlays.append(
      .picker(
        Picker(.examples, items: exampleItems(of: approved, named: "Corrected or good") + [file])))
  }

  private mutating func exampleItems(
    of source: ExampleRequest.Source, named name: String
  ) -> [Picker.Item] {
    let count = ExampleChoice.count
    let inputs = Example.text(of: prompt.inputs)
    let choices: [(String, ExampleChoice)] = [
      ("the \(count) most like the present input", .similar(to: inputs)),
      ("\(count) at random", .random(seed: takeNumber())),
      ("pick by hand", .byHand),
    ]
    return choices.map { words, choice in
      Picker.Item(
        "\(name): \(words)", choice: .examples(ExampleRequest(source: source, choice: choice)))
    }
  }

  /// Offers what can be done with the examples of a file.
  mutating func offerExamples(ofFile path: String) {
    let source = ExampleRequest.Source.dataset(path: path, promptPath: prompt.path)
    overlays.append(
      .picker(Picker(.examples, items: exampleItems(of: source, named: "File"))))
  }

  mutating func take(_ examples: [Example], for request: ExampleRequest) -> [Effect] {
    guard !examples.isEmpty else {
      switch request.source {
      case .approvedRuns:
        notice = Notice(
          .information,
          "No answer to this prompt is rated good or corrected yet: + in a column rates it, e "
            + "corrects it.")
      case .dataset(let path, _):
        notice = Notice(.information, "\(path) has no case with an input and an answer.")
      }
      return []
    }
    if request.choice == .byHand {
      overlays.append(.examples(ExampleList(examples)))
      return []
    }
    return add(examples)
  }

  /// Puts examples into the prompt.
  private mutating func add(_ examples: [Example]) -> [Effect] {
    guard case .prompt(let file) = prompt.reading else {
      refuseTechnique()
      return []
    }
    do {
      return make(try ExampleTurns.edit(of: prompt.editor.text, saying: file, adding: examples))
    } catch {
      notice = Notice(.warning, error.description)
      return []
    }
  }

  // MARK: The list

  mutating func take(_ key: Key, in list: ExampleList) -> [Effect] {
    var list = list
    let height = exampleArea.height
    switch key.code {
    case .up, .character("k"): list.select(list.selection - 1, height: height)
    case .down, .character("j"): list.select(list.selection + 1, height: height)
    case .home, .character("g"): list.select(0, height: height)
    case .end, .character("G"): list.select(list.examples.count - 1, height: height)
    case .character(" "):
      list.toggleMark()
      list.select(list.selection + 1, height: height)
    case .enter:
      overlays.removeLast()
      return add(list.chosen)
    case .character("q"):
      overlays.removeLast()
      return []
    default: return []
    }
    overlays[overlays.count - 1] = .examples(list)
    return []
  }

  var exampleArea: Rectangle { Layout.pageFrame(size: size).inside }
}
