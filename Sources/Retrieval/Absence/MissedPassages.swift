import Core

// The passages that a question means, looked into one by one.

/// Tells where passages stand, what keeps them out, and what brings them in.
struct MissedPassages {
  /// Passages that are looked into; a file may have thousands.
  private static let mostPassages = 4
  /// Remedies that are told.
  private static let mostRemedies = 5

  let trials: SearchTrials
  let query: String
  let settings: RetrievalSettings
  /// The chunking that the passages are of, where it isn't the one that is searched.
  let otherChunking: Chunking?

  private var index: any PassageStore { trials.index }

  /// What there is to say of those that come nearest to being given.
  func examine(_ passages: [Passage]) throws -> [AbsentPassage] {
    let base = try trials.outcome(of: SearchTrials.Variant(query: query, settings: settings))
    let wanted = try nearest(passages, in: base)
    let outcomes = try [base] + otherOutcomes(besides: base)
    let standings = PassageStandings(
      index, models: trials.models, isCancelled: trials.isCancelled)
    let fused =
      base.method == .hybrid ? try standings.fused(wanted, query: query, settings) : [:]
    return try wanted.map { passage in
      var absent = try examine(passage, standings, base: base, outcomes: outcomes)
      absent.passage.standings[.fused] = fused[passage.id]?.standing
      absent.fusionNote = fused[passage.id]?.note
      guard !absent.isGiven else { return absent }
      let obstacles = AbsenceObstacles(trials: trials, base: base, outcomes: outcomes)
      absent.obstacles = try obstacles.obstacles(for: absent, foundIn: otherChunking)
      return absent
    }
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
    _ passage: Passage, _ standings: PassageStandings, base: SearchTrials.Outcome,
    outcomes: [SearchTrials.Outcome]
  ) throws -> AbsentPassage {
    var passage = passage
    passage.standings = try standings.standings(
      of: passage, queries: base.queries, embedder: base.embedder, settings)
    let found = base.place(of: passage)
    if let found { passage.standings.merge(base.found[found - 1].standings) { _, its in its } }
    let isGiven = base.place(of: passage, among: base.given) != nil
    return AbsentPassage(
      passage: passage, rank: found, isGiven: isGiven, words: try words(of: passage, in: base),
      remedies: isGiven ? [] : try remedies(for: passage, outcomes))
  }

  /// What each word of the query does for a passage, and for the last that is given; the most telling
  /// first. A word that no passage has which is given isn't told.
  private func words(
    of passage: Passage, in base: SearchTrials.Outcome
  ) throws -> [AbsentPassage.Word] {
    let last = base.given.last { $0.id != passage.id }
    let weights = try index.explanations(
      of: [passage.id] + base.given.map(\.id), for: query, chunking: settings.chunking)
    let own = weights[passage.id] ?? []
    let others = last.flatMap { weights[$0.id] } ?? []
    let total = Double(max(try index.statistics().passages, 1))
    var terms: [String: TermWeight] = [:]
    for term in weights.values.joined() { terms[term.term] = term }
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
    let variants = worthwhile(outcomes.compactMap { $0.variant(giving: passage) })
    var remedies: [AbsentPassage.Remedy] = []
    for variant in variants where remedies.count < Self.mostRemedies {
      if let remedy = try trials.remedy(for: passage, by: variant) { remedies.append(remedy) }
    }
    if remedies.count < Self.mostRemedies, let remedy = try wordRemedy(for: passage) {
      remedies.append(remedy)
    }
    let sorted = remedies.enumerated().sorted {
      ($0.element.changes.count, $0.offset) < ($1.element.changes.count, $1.offset)
    }
    return sorted.map(\.element)
  }

  /// Those worth telling, the smallest changes first: one of several weights, and what asks for
  /// another k beside only where that is much smaller than without.
  private func worthwhile(_ variants: [SearchTrials.Variant]) -> [SearchTrials.Variant] {
    let plain = variants.first { $0.settings.limit > settings.limit && $0.changes.count <= 2 }
    let most = plain.map { $0.settings.limit * 3 / 4 } ?? .max
    var hasWeight = false
    return variants.enumerated()
      .filter { _, variant in
        variant.settings.limit == settings.limit || variant.settings.limit <= most
          || variant == plain
      }
      .sorted { one, other in
        (one.element.changes.count, one.element.settings.limit, one.offset)
          < (other.element.changes.count, other.element.settings.limit, other.offset)
      }
      .map(\.element)
      .filter { variant in
        guard variant.settings.vectorWeight != settings.vectorWeight else { return true }
        defer { hasWeight = true }
        return !hasWeight
      }
  }

  /// The query with the most telling words of the passage, as few of them as are enough.
  private func wordRemedy(for passage: Passage) throws -> AbsentPassage.Remedy? {
    let own =
      try index.explanations(
        of: [passage.id], for: passage.text, chunking: settings.chunking)[passage.id] ?? []
    let asked = Set(
      try index.explanations(of: [passage.id], for: query, chunking: settings.chunking)[
        passage.id]?.map(\.term) ?? [])
    // A word that stands nowhere else would find just this, and nobody would think of it.
    let telling = own.filter { !asked.contains($0.term) && $0.isWord && $0.passages > 1 }
      .sorted { ($0.contribution, $1.term) > ($1.contribution, $0.term) }
    let single = telling.prefix(4).map { [$0] }
    let several = (2...3).filter { telling.count >= $0 }.map { Array(telling.prefix($0)) }
    for terms in single + several {
      let variant = SearchTrials.Variant(
        query: query + " " + terms.map(\.word).joined(separator: " "), settings: settings,
        changes: [try change(addingWords: terms)])
      if let remedy = try trials.remedy(for: passage, by: variant) { return remedy }
    }
    return nil
  }

  /// `a query with 'refund' (in 3 % of passages)`.
  private func change(addingWords terms: [TermWeight]) throws -> String {
    let total = Double(max(try index.statistics().passages, 1))
    let words = terms.map { term in
      "'\(term.word)' (in \(Numbers.share(Double(term.passages) / total)) of passages)"
    }
    return "a query with " + words.joined(separator: " and ")
  }
}

extension TermWeight {
  /// Whether a person would type it: letters, and not one alone.
  fileprivate var isWord: Bool { word.count > 2 && word.allSatisfy(\.isLetter) }
}
