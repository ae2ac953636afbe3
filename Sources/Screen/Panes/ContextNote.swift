import Core
import Playground

// The line beside the pane's title: how the passages were found, and how much of the budget they take.

/// The parts of that line, those that matter most first.
struct ContextNote {
  private(set) var parts: [String] = []

  init(of state: State) {
    let context = state.context
    guard context.index != nil || context.givenPassages != nil else { return }
    // What is found here for a prompt that doesn't ask for it would be taken for what is sent.
    guard state.prompt.takesPassages else {
      parts = ["not part of this prompt"]
      return
    }
    let tokens = Numbers.grouped(context.tokens)
    guard context.givenPassages == nil else {
      parts = ["from the case", "\(tokens) tok"]
      return
    }
    let settings = context.settings
    let method = context.result?.method ?? settings.method
    // No more than a mark, which doesn't shift the rest: most searches are over at once.
    let pending = context.pendingSearch != nil && context.result != nil ? "…" : ""
    parts =
      (method.map { [$0.rawValue + pending] } ?? [])
      + ["k \(settings.limit)", "\(tokens) tok of \(Numbers.grouped(settings.budget))"]
    parts += Self.marks(of: settings, method: method, chunkings: context.result?.chunkings ?? [])
    if let judged = Self.judged(in: state) { parts.append(judged) }
  }

  /// The parts from the first on that fit into so many cells, with what stands between them.
  func fitting(cells: Int) -> [String] {
    var left = cells
    return Array(
      parts.enumerated().prefix { place, part in
        left -= DisplayText.width(of: part) + (place > 0 ? 3 : 0)
        return left >= 0 || place == 0
      }.map(\.element))
  }

  /// What is set besides method, k and budget.
  private static func marks(
    of settings: RetrievalSettings, method: RetrievalSettings.Method?, chunkings: [Chunking]
  ) -> [String] {
    var marks: [String] = []
    if !settings.filter.isEmpty { marks.append("filter") }
    if settings.reranker != nil { marks.append("rerank") }
    if settings.rewriting != .none { marks.append(settings.rewriting.rawValue) }
    if settings.diversity > 0 { marks.append("mmr \(Numbers.decimal(settings.diversity))") }
    if method == .hybrid, let weight = settings.vectorWeight {
      marks.append("v \(Numbers.decimal(weight))")
    }
    if method == .hybrid, settings.fusion == .ranks { marks.append("by ranks") }
    if let chunking = settings.chunking, chunking != chunkings.first { marks.append(chunking.name) }
    if let score = settings.minimumScore { marks.append("≥ \(Numbers.decimal(score))") }
    return marks
  }

  private static func judged(in state: State) -> String? {
    let judged = state.context.found.compactMap(state.isRelevant)
    return judged.isEmpty ? nil : "\(judged.count { $0 }) relevant of \(judged.count) judged"
  }
}
