// Answers side by side with what they were asked, as they are written to files to be read elsewhere.
// It takes only what a person wrote or a model answered: never a request's headers.

/// What several runs were asked and answered, and how the answers differ from one of them.
public struct ComparisonReport: Hashable, Sendable {
  /// What the prompt goes by.
  public var promptName: String
  /// From the left.
  public var columns: [Column]
  /// The place of the column that the others are compared with; nil for none.
  public var baseline: Int?

  /// A run in a comparison.
  public struct Column: Hashable, Sendable {
    /// The letter that it goes by.
    public var name: String
    /// The text of the prompt, before it was filled in.
    public var promptText: String
    public var inputs: [String: String]
    public var variant: Variant
    public var request: CompletionRequest
    public var answer: Answer
    public var figures: RunFigures
    public var rating: Rating?
    /// From the baseline; nil for that itself, and where there is none.
    public var difference: AnswerDifference?
  }

  /// A run with the letter that it goes by; of a chain all steps, the last of which is shown.
  public struct Entry: Hashable, Sendable {
    public var name: String
    public var steps: [RecordedRun]

    public init(name: String, steps: [RecordedRun]) {
      self.name = name
      self.steps = steps
    }
  }

  /// May take long: answers are compared.
  ///
  /// - Parameter baseline: the run that the others are compared with; nil for none.
  public init(promptName: String, entries: [Entry], baseline: Identifier? = nil) {
    self.promptName = promptName
    columns = entries.compactMap(Column.init)
    let runs = entries.compactMap { $0.steps.last?.run.id }
    self.baseline = baseline.flatMap { runs.firstIndex(of: $0) }
    guard let place = self.baseline else { return }
    for index in columns.indices where index != place {
      columns[index].difference = AnswerDifference(
        from: columns[place].answer.text, to: columns[index].answer.text)
    }
  }

  /// The columns that have one thing in common, with what they share; columns that share nothing with
  /// others stand alone.
  func groups<Value: Hashable>(
    by value: (Column) -> Value
  ) -> [(columns: [Column], value: Value)] {
    var groups: [(columns: [Column], value: Value)] = []
    for column in columns {
      let value = value(column)
      if let place = groups.firstIndex(where: { $0.value == value }) {
        groups[place].columns.append(column)
      } else {
        groups.append(([column], value))
      }
    }
    return groups
  }

  /// The names of a group's columns: `A, C`; empty where it is all of them.
  func names(of group: [Column]) -> String {
    group.count == columns.count ? "" : group.map(\.name).joined(separator: ", ")
  }
}

extension ComparisonReport.Column {
  fileprivate init?(_ entry: ComparisonReport.Entry) {
    guard let last = entry.steps.last else { return nil }
    let run = last.run
    // What nobody knows the price of is a server of one's own, more often than not.
    let isPriced = entry.steps.contains { $0.run.knownPrice != nil }
    let costs = entry.steps.map { Cost(of: $0.answer, at: $0.run.knownPrice) }
    let usage = entry.steps.dropLast().reduce(last.answer.usage) { $0 + $1.answer.usage }
    self.init(
      name: entry.name, promptText: run.promptText, inputs: run.inputs, variant: run.asked,
      request: run.request,
      answer: last.answer,
      figures: RunFigures(
        of: last.answer, usage: usage, cost: isPriced ? costs.reduce(.zero, +) : nil),
      rating: last.rating)
  }

  /// `terse · openai/gpt-6 · temperature 0.2 · no context`: what a person called the variant, the model,
  /// and what it was asked beside the prompt.
  public var title: String {
    let ground = VariantComparison.Ground(
      versionLabels: [:], settings: RetrievalSettings(), index: nil)
    let parameters = request.parameters.named.map { "\($0.parameter.rawValue) \($0.text)" }
    let rest = VariantComparison([variant], on: ground).common.filter { trait in
      if case .parameter = trait.aspect { false } else { trait.aspect != .model }
    }
    let parts = [variant.name, request.model.description] + parameters + rest.map(\.text)
    return parts.filter { !$0.isEmpty }.joined(separator: " · ")
  }
}

extension ComparisonReport {
  /// A row of the table of figures.
  public struct FigureRow: Hashable, Sendable {
    public var name: String
    /// One for each column; empty where there is none.
    public var texts: [String]
    /// The place of the best; nil for none.
    public var best: Int?
  }

  /// What the runs took, and how far they agree with the baseline; rows without any figure left out.
  public var figureRows: [FigureRow] {
    var rows: [FigureRow] = []
    func add(_ name: String, _ kind: RunFigures.Kind? = nil, _ text: (Column) -> String?) {
      let texts = columns.map { text($0) ?? "" }
      guard texts.contains(where: { !$0.isEmpty }) else { return }
      let best = kind.flatMap { RunFigures.best($0, among: columns.map(\.figures)) }
      rows.append(FigureRow(name: name, texts: texts, best: best))
    }
    func count(_ tokens: Int, _ usage: Usage) -> String? {
      tokens > 0 ? (usage.isEstimated ? "≈" : "") + Numbers.grouped(tokens) : nil
    }
    if let baseline {
      add("agreement with \(columns[baseline].name)") { column in
        column.difference?.agreement.map { "\($0.percent) %" }
      }
      add("values that differ") { column in
        column.difference?.values.map { Numbers.grouped($0.changes.count) }
      }
    }
    add("rating") { $0.rating?.word }
    add("cost", .cost) { $0.figures.text(of: .cost) }
    add("first token", .firstActivity) { $0.figures.text(of: .firstActivity) }
    add("first text", .firstText) { $0.figures.text(of: .firstText) }
    add("tokens a second", .rate) { $0.figures.text(of: .rate) }
    add("tokens out") { count($0.figures.usage.outputTokens, $0.figures.usage) }
    add("of these thinking") { count($0.figures.usage.reasoningTokens, $0.figures.usage) }
    add("tokens in") { count($0.figures.usage.inputTokens, $0.figures.usage) }
    add("of these cached") { count($0.figures.usage.cachedInputTokens, $0.figures.usage) }
    add("ended by") { ($0.figures.finishReason ?? .interrupted).words }
    return rows
  }
}
