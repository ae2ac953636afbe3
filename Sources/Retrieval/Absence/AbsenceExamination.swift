import Core

// "Why not?": which passages are meant, where they stand, what keeps them out, and what brings them
// in. It searches many times: for a worker thread.

/// Looks into why passages aren't among those that a prompt is given.
public struct AbsenceExamination {
  /// Passages that are looked into; a file may have thousands.
  private static let mostPassages = 4
  /// Remedies that are told.
  private static let mostRemedies = 5

  private let index: any PassageStore
  private let trials: SearchTrials
  private let standings: PassageStandings
  private let query: String
  private let settings: RetrievalSettings
  private let isCancelled: () -> Bool

  /// - Parameters:
  ///   - query: as it was typed.
  ///   - settings: by which the passages were found among which one is missed.
  public init(
    of query: String, with settings: RetrievalSettings, in index: any PassageStore,
    models: any RetrievalModels, isCancelled: @escaping () -> Bool = { false }
  ) {
    self.index = index
    self.query = query
    self.settings = settings
    self.isCancelled = isCancelled
    let remembered = RememberedModels(models)
    trials = SearchTrials(index: index, models: remembered, isCancelled: isCancelled)
    standings = PassageStandings(index, models: remembered, isCancelled: isCancelled)
  }

  /// The answer to a question.
  ///
  /// Throws `IndexError`, what the models throw, and `CancellationError` once `isCancelled` says so.
  public func report(on question: AbsenceQuestion) throws -> AbsenceReport {
    var report = AbsenceReport(question: question.text, query: query)
    guard query.contains(where: { !$0.isWhitespace }) else {
      report.problems = ["There is nothing to search with: give the prompt a question."]
      return report
    }
    let meaning = try AbsenceMeaning(of: question, in: index, settings.chunking, isCancelled)
    report.problems = meaning.problems
    guard !meaning.passages.isEmpty else { return report }

    let base = try trials.outcome(of: SearchTrials.Variant(query: query, settings: settings))
    let wanted = try nearest(meaning.passages, in: base)
    report.others = meaning.passages.count - wanted.count
    let outcomes = try [base] + otherOutcomes(besides: base)
    for passage in wanted {
      report.passages.append(
        try examine(passage, base: base, outcomes: outcomes, chunking: meaning.chunking))
    }
    return report
  }

  /// The passages that come nearest to being given: by their place, then by their words.
  private func nearest(_ passages: [Passage], in base: SearchTrials.Outcome) throws -> [Passage] {
    let weights = try index.explanations(
      of: passages.map(\.id), for: query, chunking: settings.chunking)
    func key(_ passage: Passage) -> (place: Int, score: Double) {
      let score = weights[passage.id, default: []].reduce(0) { $0 + $1.contribution }
      return (base.place(of: passage) ?? .max, -score)
    }
    let keyed = passages.map { (passage: $0, key: key($0)) }
    return keyed.sorted { $0.key < $1.key }.prefix(Self.mostPassages).map(\.passage)
  }

  private func otherOutcomes(
    besides base: SearchTrials.Outcome
  ) throws -> [SearchTrials.Outcome] {
    var open = settings
    open.method = nil
    let embedder = try index.embedder(for: open)
    let weight = try embedder.map { try trials.models.embedder(named: $0).weight }
    return try SearchVariants.variants(
      of: query, settings, method: base.method,
      vectorWeight: settings.vectorWeight ?? weight ?? 0, chunkings: try index.chunkings(),
      hasVectors: embedder != nil
    ).dropFirst().map(trials.outcome)
  }

  private func examine(
    _ passage: Passage, base: SearchTrials.Outcome, outcomes: [SearchTrials.Outcome],
    chunking: Chunking?
  ) throws -> AbsentPassage {
    var passage = passage
    passage.standings = try standings.standings(
      of: passage, queries: base.queries, embedder: base.embedder, settings)
    let found = base.place(of: passage)
    if let found { passage.standings.merge(base.found[found - 1].standings) { _, its in its } }
    var absent = AbsentPassage(passage: passage, rank: found)
    if base.method == .hybrid {
      let fused = try standings.fused(passage, query: query, settings)
      absent.passage.standings[.fused] = fused.standing
      absent.fusionNote = fused.note
    }
    absent.isGiven = base.given.place(of: passage) != nil
    absent.words = try words(of: passage, in: base)
    guard !absent.isGiven else { return absent }
    let obstacles = AbsenceObstacles(trials: trials, base: base, outcomes: outcomes)
    absent.obstacles = try obstacles.obstacles(for: absent, foundIn: chunking)
    absent.remedies = try remedies(for: passage, outcomes)
    return absent
  }

  /// What each word of the query does for a passage, and for the last that is given; the most telling
  /// first. A word that neither has isn't told.
  private func words(
    of passage: Passage, in base: SearchTrials.Outcome
  ) throws -> [AbsentPassage.Word] {
    let last = base.given.last { !$0.stands(for: passage) }
    let weights = try index.explanations(
      of: [passage.id] + (last.map { [$0.id] } ?? []), for: query, chunking: settings.chunking)
    let own = weights[passage.id] ?? []
    let others = last.flatMap { weights[$0.id] } ?? []
    let total = Double(max(try index.statistics().passages, 1))
    var terms: [String: TermWeight] = [:]
    for term in own + others { terms[term.term] = term }
    func contribution(_ term: String, in weights: [TermWeight]) -> Double {
      weights.first { $0.term == term }?.contribution ?? 0
    }
    return terms.values
      .sorted { ($0.inverseFrequency, $1.term) > ($1.inverseFrequency, $0.term) }
      .map { term in
        AbsentPassage.Word(
          term.word, share: min(Double(term.passages) / total, 1),
          contribution: contribution(term.term, in: own),
          contributionToLast: contribution(term.term, in: others))
      }
  }

  // MARK: What would bring it in

  private func remedies(
    for passage: Passage, _ outcomes: [SearchTrials.Outcome]
  ) throws -> [AbsentPassage.Remedy] {
    var remedies: [AbsentPassage.Remedy] = []
    var hasWeight = false
    for outcome in outcomes {
      guard let remedy = try trials.remedy(for: passage, by: outcome) else { continue }
      // The nearest weight says it all, where it is enough by itself.
      let isWeight = outcome.variant.changes.first?.hasPrefix("vector-weight") == true
      if isWeight, hasWeight { continue }
      if isWeight { hasWeight = remedy.changes.count == 1 }
      remedies.append(remedy)
    }
    remedies += try wordRemedies(for: passage)
    let sorted = remedies.enumerated().sorted {
      ($0.element.changes.count, $0.offset) < ($1.element.changes.count, $1.offset)
    }
    return Array(sorted.map(\.element).prefix(Self.mostRemedies))
  }

  /// The query with a telling word of the passage: the one that lifts it most.
  private func wordRemedies(for passage: Passage) throws -> [AbsentPassage.Remedy] {
    let own =
      try index.explanations(
        of: [passage.id], for: passage.text, chunking: settings.chunking)[passage.id] ?? []
    let asked = Set(
      try index.explanations(of: [passage.id], for: query, chunking: settings.chunking)[
        passage.id]?.map(\.term) ?? [])
    let total = Double(max(try index.statistics().passages, 1))
    // A word that stands nowhere else would find just this, and nobody would think of it.
    let telling = own.filter { !asked.contains($0.term) && $0.isWord && $0.passages > 1 }
      .sorted { ($0.contribution, $1.term) > ($1.contribution, $0.term) }
    for term in telling.prefix(4) {
      let outcome = try trials.outcome(
        of: SearchTrials.Variant(
          query: query + " " + term.word, settings: settings,
          changes: [
            "a query with '\(term.word)' (in \(Numbers.share(Double(term.passages) / total)) of passages)"
          ]))
      if let remedy = try trials.remedy(for: passage, by: outcome), remedy.changes.count == 1 {
        return [remedy]
      }
    }
    return []
  }
}

extension TermWeight {
  /// Whether a person would type it: letters, and not one alone.
  fileprivate var isWord: Bool { word.count > 2 && word.allSatisfy(\.isLetter) }
}
