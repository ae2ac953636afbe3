import Core

// What a prompt comes to before it is sent: tokens, dollars, and whether it fits.

extension State {
  /// An estimate of what the filled-in prompt comes to with the current column's model.
  public var promptTokens: Int {
    guard columns.indices.contains(currentColumn) else { return plainPromptTokens }
    return catalog.tokenRatio(of: columns[currentColumn].model).corrected(plainPromptTokens)
  }

  /// An estimate of what the prompt costs in all columns together, answers left out.
  public var promptCost: Cost {
    columns.reduce(.zero) { cost, column in
      let price = catalog.profile(of: column.model).price
      if price == nil, !catalog.isBilled(column.model) { return cost }
      let tokens = catalog.tokenRatio(of: column.model).corrected(plainPromptTokens)
      return cost + Cost(ofPromptTokens: tokens, at: price)
    }
  }

  /// What holds for a run with a model that starts now.
  func terms(of model: ModelReference, parameters: Parameters) -> RunTerms {
    let profile = catalog.profile(of: model)
    return RunTerms(
      price: profile.price, window: ContextWindow(of: parameters, profile: profile),
      tokenRatio: catalog.tokenRatio(of: model), isBilled: catalog.isBilled(model),
      answerSchema: parameters.responseSchema)
  }

  /// What held for a run that was recorded: its own price, not today's.
  func terms(of run: Run) -> RunTerms {
    var terms = terms(of: run.request.model, parameters: run.request.parameters)
    terms.price = run.knownPrice
    return terms
  }

  /// Warns of columns whose model may have no room for the prompt and its answer.
  ///
  /// - Parameters:
  ///   - filled: what each of them is asked.
  ///   - chosen: the columns that run.
  mutating func warnOfWindows(_ filled: [FilledPrompt], in chosen: [Int]) {
    var warnings: [(letters: String, sentence: String)] = []
    for (index, filled) in zip(chosen, filled) {
      let column = columns[index]
      let sentence = column.terms.window?.warning(
        promptTokens: column.terms.tokenRatio.corrected(filled.plainTokens),
        answerLimit: filled.parameters.maxTokens)
      guard let sentence else { continue }
      let letter = Column.letter(of: index)
      // What holds for several columns is said once.
      if let place = warnings.firstIndex(where: { $0.sentence == sentence }) {
        warnings[place].letters += ", \(letter)"
      } else {
        warnings.append((letter, sentence))
      }
    }
    guard !warnings.isEmpty else { return }
    notice = Notice(
      .warning, warnings.map { "\($0.letters): \($0.sentence)" }.joined(separator: " "))
  }
}
