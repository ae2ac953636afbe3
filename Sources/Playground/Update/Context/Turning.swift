import Core

// Settings of retrieval turned with keys. Each turn searches anew; the list stays until what was found
// comes, and then says what the turn has changed.

extension State {
  mutating func turn(_ command: Command) -> [Effect] {
    switch command {
    case .morePassages: return turnLimit(by: 1)
    case .fewerPassages: return turnLimit(by: -1)
    case .raiseBudget: return turnBudget(isUp: true)
    case .lowerBudget: return turnBudget(isUp: false)
    case .raiseVectorWeight: return turnVectorWeight(by: 1)
    case .lowerVectorWeight: return turnVectorWeight(by: -1)
    case .nextMethod: return turnMethod()
    case .nextFusion: return turnFusion()
    case .nextDiversity: return turnDiversity()
    case .nextRewriting: return turnRewriting()
    case .nextChunking: return turnChunking()
    case .toggleReranker: return turnReranker()
    case .resetRetrieval:
      return turn(
        to: context.initialSettings, "The settings are those that whet was started with.")
    default: return []
    }
  }

  /// The settings with the models that are asked where none is named: that of the first column.
  var searchSettings: RetrievalSettings {
    var settings = context.settings
    if settings.rewriting != .none { settings.rewriter = settings.rewriter ?? columns.first?.model }
    return settings
  }

  /// Searches by other settings, and has them kept.
  ///
  /// - Parameter news: what is said of it; nil where the pane shows it.
  mutating func turn(to settings: RetrievalSettings, _ news: String? = nil) -> [Effect] {
    notice = news.map { Notice(.information, $0) }
    guard settings != context.settings else {
      notice = notice ?? Notice(.information, "That is as far as it goes.")
      return []
    }
    context.settings = settings
    return search() + [.schedule(.saveDraft, after: 500)]
  }

  private mutating func turn(
    _ news: String? = nil, _ change: (inout RetrievalSettings) -> Void
  ) -> [Effect] {
    var settings = context.settings
    change(&settings)
    return turn(to: settings, news)
  }

  private mutating func turnLimit(by step: Int) -> [Effect] {
    turn { settings in
      let limits = RetrievalSettings.limits
      settings.limit = min(max(settings.limit + step, limits.lowerBound), limits.upperBound)
    }
  }

  /// A tenth more or less. What was found stays: only what fits is another.
  private mutating func turnBudget(isUp: Bool) -> [Effect] {
    let budget = context.settings.budget.turned(isUp: isUp)
    guard budget != context.settings.budget else {
      notice = Notice(.information, "That is as far as it goes.")
      return []
    }
    context.turn(budget: budget, height: contextHeight)
    return countTokensInTime() + [.schedule(.saveDraft, after: 500)]
  }

  private mutating func turnVectorWeight(by step: Double) -> [Effect] {
    guard (context.settings.method ?? context.result?.method ?? .hybrid) == .hybrid else {
      notice = Notice(
        .information, "Words and vectors are weighed in a hybrid search only: m changes the method."
      )
      return []
    }
    let weight = context.settings.vectorWeight ?? context.result?.vectorWeight ?? 0.5
    let turned = min(max((weight * 10 + step).rounded() / 10, 0), 1)
    return turn(
      "Vectors count \(Numbers.decimal(turned)), words \(Numbers.decimal(1 - turned))."
    ) { $0.vectorWeight = turned }
  }

  private mutating func turnMethod() -> [Effect] {
    if let result = context.result, !result.hasVectors, let index = context.index {
      notice = Notice(
        .information,
        "The index has no vectors: `whet index embed --index \(index)` makes them.")
      return []
    }
    let method = context.settings.method ?? context.result?.method ?? .bm25
    return turn { $0.method = method.next }
  }

  private mutating func turnFusion() -> [Effect] {
    let fusion = context.settings.fusion.next
    return turn("A hybrid search brings \(fusion.rawValue) together.") { $0.fusion = fusion }
  }

  private mutating func turnDiversity() -> [Effect] {
    let steps = [0, 0.3, 0.5, 0.7]
    let diversity = steps.first { $0 > context.settings.diversity + 0.01 } ?? 0
    return turn(
      diversity == 0
        ? "Passages may be alike."
        : "Passages unlike those before are preferred: \(Numbers.decimal(diversity))."
    ) { $0.diversity = diversity }
  }

  private mutating func turnRewriting() -> [Effect] {
    let rewriting = context.settings.rewriting.next
    let model = context.settings.rewriter ?? columns.first?.model ?? .extractive
    return turn(
      rewriting == .none
        ? "The question is searched with as it is."
        : "\(model) rewrites the question first: \(rewriting.rawValue)."
    ) { $0.rewriting = rewriting }
  }

  private mutating func turnReranker() -> [Effect] {
    guard context.settings.reranker == nil else {
      return turn("No model orders the passages anew.") { $0.reranker = nil }
    }
    let model = context.initialSettings.reranker ?? columns.first?.model ?? .extractive
    return turn("\(model) orders the passages anew.") { $0.reranker = model }
  }

  private mutating func turnChunking() -> [Effect] {
    let chunkings = context.result?.chunkings ?? []
    guard let first = chunkings.first, chunkings.count > 1 else {
      let index = context.index ?? "NAME"
      let only = chunkings.first.map { "only \($0.name)" } ?? "no chunking yet"
      notice = Notice(
        .information,
        "The index has \(only): `whet index add --index \(index) --chunking recursive-200-20` adds "
          + "another.")
      return []
    }
    let current = context.settings.chunking ?? first
    let place = chunkings.firstIndex(of: current).map { ($0 + 1) % chunkings.count } ?? 0
    let next = chunkings[place]
    return turn("Documents are cut as \(next.name).") { $0.chunking = next == first ? nil : next }
  }

  // MARK: The filter

  mutating func askForFilter() {
    overlays.append(.line(LineInput(.filterPassages, text: context.settings.filter.line)))
  }

  /// Filters as a line says; one that can't be read stays open.
  mutating func filter(by line: String) -> [Effect] {
    do {
      let filter = try PassageFilter(line)
      closeLine(for: .filterPassages)
      guard filter != context.settings.filter else { return [] }
      return turn { $0.filter = filter }
    } catch {
      notice = Notice(.error, "\(error)")
      return []
    }
  }
}

extension Int {
  /// A tenth more or less, in two digits, within what a budget of tokens may be.
  fileprivate func turned(isUp: Bool) -> Int {
    let range = RetrievalSetting.budgets
    let aim = Double(self) * (isUp ? 1.1 : 0.9)
    var unit = 1.0
    while aim / unit >= 100 { unit *= 10 }
    let rounded = Int((aim / unit).rounded() * unit)
    let turned = isUp ? Swift.max(self + 1, rounded) : Swift.min(self - 1, rounded)
    return Swift.min(Swift.max(turned, range.lowerBound), range.upperBound)
  }
}

extension CaseIterable where Self: Equatable {
  /// The case after it; the first after the last.
  fileprivate var next: Self {
    let cases = Array(Self.allCases)
    let place = cases.firstIndex(of: self).map { ($0 + 1) % cases.count } ?? 0
    return cases[place]
  }
}
