// Fills a prompt in: what its variables are for one run, the passages of a search among them.

extension PromptFile {
  /// The messages of the prompt for one set of inputs.
  ///
  /// - Parameters:
  ///   - inputs: values for the variables; they stand above the defaults. Leave a variable out to
  ///     take its default.
  ///   - passages: what a search found, best first: the variable `passages`, a list of
  ///     `{index, text, source, label, headings}`, numbered from 1.
  ///
  /// The result names the variables that had no value. Throws where the filled-in text is too
  /// large.
  public func messages(
    inputs: [String: String], passages: [Passage]
  ) throws(PromptError) -> Template.Rendering {
    try messages(values: values(of: inputs), passages: passages)
  }

  /// The same for values that are known as what they are.
  public func messages(
    values given: [String: JSON], passages: [Passage]
  ) throws(PromptError) -> Template.Rendering {
    var values = defaults
    for (name, value) in given.sorted(by: { $0.key < $1.key }) { values[name] = value }
    values["passages"] = .array(
      passages.enumerated().map { $0.element.templateValue(number: $0.offset + 1) })
    for member in stepValues.members { values[member.name] = member.value }
    do {
      return try template.render(.object(values))
    } catch {
      throw self.error(error)
    }
  }

  /// A mistake of the template, at its place in the file.
  func error(_ error: TemplateError) -> PromptError {
    PromptError(
      name: name, line: error.line + firstTemplateLine - 1,
      column: error.column + (error.line == 1 ? templateIndent : 0), problem: error.problem)
  }

  /// What to search for: the value of `question`; for a prompt without that variable, its last
  /// user message without passages. Empty when there is neither.
  public func question(inputs: [String: String]) -> String { question(values: values(of: inputs)) }

  /// The same for values that are known as what they are.
  public func question(values: [String: JSON]) -> String {
    if variables.contains("question") || values["question"] != nil {
      let question = values["question"] ?? defaults["question"] ?? .null
      return question.isNull ? "" : question.string ?? question.text
    }
    let rendering = try? step(1, answers: []).messages(values: values, passages: [])
    return rendering?.messages.last { $0.role == .user }?.text ?? ""
  }

  private func values(of inputs: [String: String]) -> [String: JSON] {
    inputs.reduce(into: [:]) { $0[$1.key] = value(ofInput: $1.value, for: $1.key) }
  }
}

extension Passage {
  fileprivate func templateValue(number: Int) -> JSON {
    [
      "index": .integer(number), "text": .string(text), "source": .string(source),
      "label": .string(label), "headings": .array(headings.map(JSON.string)),
    ]
  }
}
