import Glibc

// Compares sentences of an answer with what passages say. A sentence is supported when the passages
// hold most of its words by weight, all of its numbers and names, and nothing that speaks against it.

/// The statements of the passages, found by their words.
struct SupportComparison {
  private enum Limit {
    /// The least share of a supported sentence.
    static let share = 0.5
    /// The least share of a passage that is about the same matter, numbers and names apart: what it
    /// says otherwise is a contradiction.
    static let topic = 0.4
    /// The least share of a sentence that a passage holds which a citation names.
    static let citedShare = 0.3
    /// Statements that one sentence is compared with: it seldom merges more.
    static let statements = 3
    /// Statements among which those are looked for.
    static let candidates = 24
    /// How much a likeness by embeddings beyond this adds to the share.
    static let likeness = 0.5
    static let likenessWeight = 0.3
  }

  private var vocabulary: SupportVocabulary
  private let passageCount: Int
  private let statements: [SupportStatement]
  /// By the number of a term: the statements that have it.
  private let postings: [[Int]]
  /// By the number of a term: how rare it is among the statements, from 0 to 1.
  private let rarity: [Double]
  /// Terms that passages write with a capital inside of a sentence.
  private let names: Set<Int>
  /// Whether capitals tell names: in German, they tell nouns.
  private let namesAreTelling: Bool

  init(_ passages: [SupportPassage]) {
    var vocabulary = SupportVocabulary()
    var statements: [SupportStatement] = []
    for (place, passage) in passages.enumerated() {
      statements += SupportStatement.all(of: passage, at: place, vocabulary: &vocabulary)
    }
    var postings = [[Int]](repeating: [], count: vocabulary.count)
    for (place, statement) in statements.enumerated() {
      for term in statement.terms { postings[term].append(place) }
    }
    let most = log(Double(statements.count + 1))
    rarity = postings.map { places in
      most > 0 ? log(Double(statements.count + 1) / Double(places.count + 1)) / most : 1
    }
    let words = statements.flatMap(\.clauses).flatMap(\.words).filter { $0.quantity == nil }
    let capitals = words.filter { $0.isCapitalized && !$0.isFirst }
    names = Set(capitals.map(\.term.id))
    namesAreTelling = capitals.count * 5 < words.count
    passageCount = passages.count
    self.postings = postings
    self.statements = statements
    self.vocabulary = vocabulary
  }

  // MARK: A sentence

  /// What the passages say of a sentence.
  ///
  /// - Parameter likeness: that of the sentence and a passage by their embeddings.
  mutating func support(
    of sentence: TextSentence, in bytes: UnsafeBufferPointer<UInt8>,
    likeness: ((Int) -> Double)? = nil
  ) -> SentenceSupport {
    var support = SentenceSupport(range: sentence.range, verdict: .noClaim)
    support.citations = Citation.all(in: bytes, sentence.range)
    let claim = claim(of: sentence.range, in: bytes, skipping: support.citations)
    guard claim.isTelling, !NoClaim.holds(of: sentence, in: bytes) else {
      support.misfits = support.citations.filter { !$0.numbers.allSatisfy(isThere) }.map(\.range)
      return support
    }
    let chosen = chosenStatements(for: claim)
    let evidence = chosen.map { statements[$0] }
    let coverage = ClaimCoverage(of: claim, by: evidence)
    let passages = passages(of: chosen)
    support.share = coverage.share
    if let likeness {
      let best = passages.map { likeness($0.passage) }.max() ?? 0
      support.share += max(0, min(best, 1) - Limit.likeness) * Limit.likenessWeight
    }
    support.found = claim.names(in: bytes) { coverage.credits[$0] > 0 }
    support.missing = claim.names(in: bytes) { coverage.credits[$0] == 0 }
    support.conflict =
      coverage.topicShare >= Limit.topic
      ? ClaimConflict(
        claim: claim, statements: evidence, bytes: bytes, exclusive: vocabulary.exclusive,
        names: vocabulary.names
      ).first(missing: coverage.credits) : nil
    if support.conflict != nil {
      support.verdict = .contradicted
    } else if coverage.missesValue || support.share < Limit.share {
      support.verdict = .absent
    } else {
      support.verdict = .supported
    }
    if support.verdict != .absent { support.evidence = passages }
    support.misfits = support.citations.filter { citation in
      !citation.numbers.allSatisfy { isThere($0) && says($0, claim, support) }
    }.map(\.range)
    return support
  }

  /// Whether there is a passage of a number.
  private func isThere(_ number: Int) -> Bool { 0 < number && number <= passageCount }

  /// Whether the passage of a number says a claim, or a part of it.
  private func says(_ number: Int, _ claim: SupportClaim, _ support: SentenceSupport) -> Bool {
    guard support.verdict == .supported else { return false }
    if support.evidence.contains(where: { $0.passage == number - 1 }) { return true }
    let own = statements.filter { $0.passage == number - 1 }
    return ClaimCoverage(of: claim, by: own).share >= Limit.citedShare
  }

  private mutating func claim(
    of range: Range<Int>, in bytes: UnsafeBufferPointer<UInt8>, skipping citations: [Citation]
  ) -> SupportClaim {
    let clauses = SupportWordReader.clauses(
      of: bytes, in: range, skipping: citations, vocabulary: &vocabulary)
    var claim = SupportClaim(clauses: clauses)
    for (place, clause) in clauses.enumerated() {
      for word in clause.words {
        let isName =
          namesAreTelling && word.isCapitalized
          && (!word.isFirst || names.contains(word.term.id))
        let rarity = rarity.indices.contains(word.term.id) ? rarity[word.term.id] : 1
        claim.add(word, inClause: place, isName: isName, rarity: rarity)
      }
    }
    return claim
  }

  /// The statements that hold most of a claim: the best one, and others as far as each adds more than
  /// a word to one of its clauses.
  private func chosenStatements(for claim: SupportClaim) -> [Int] {
    var scores: [Int: Double] = [:]
    for (term, weight) in claim.weights where postings.indices.contains(term) {
      for place in postings[term] { scores[place, default: 0] += weight }
    }
    // The best by their words alone hold the best by all.
    let candidates = scores.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
      .prefix(Limit.candidates).map {
        (place: $0.key, credits: claim.credits(in: statements[$0.key]))
      }
    var chosen: [Int] = []
    var known: [Double]?
    while chosen.count < Limit.statements {
      var best: (place: Int, credits: [Double], gain: Double)?
      for (place, credits) in candidates where !chosen.contains(place) {
        let isNear = chosen.contains {
          abs($0 - place) == 1 && statements[$0].passage == statements[place].passage
        }
        guard let gain = claim.gain(by: credits, beyond: known, isNear: isNear),
          gain > best?.gain ?? 0
        else { continue }
        best = (place, credits, gain)
      }
      guard let best else { break }
      chosen.append(best.place)
      known = known.map { zip($0, best.credits).map { max($0, $1) } } ?? best.credits
    }
    return chosen
  }

  private func passages(of chosen: [Int]) -> [SupportEvidence] {
    var evidence: [SupportEvidence] = []
    for place in chosen {
      let statement = statements[place]
      if let known = evidence.firstIndex(where: { $0.passage == statement.passage }) {
        evidence[known].spans.append(statement.range)
        evidence[known].spans.sort { $0.lowerBound < $1.lowerBound }
      } else {
        evidence.append(SupportEvidence(passage: statement.passage, spans: [statement.range]))
      }
    }
    return evidence
  }
}

/// Sentences that state nothing of the matter.
private enum NoClaim {
  static func holds(of sentence: TextSentence, in bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard sentence.place == .prose || sentence.place == .tableRow else { return true }
    let text = String(decoding: bytes[sentence.range], as: UTF8.self).lowercased()
      .replacing("’", with: "'")
    if let last = text.unicodeScalars.last(where: { !"*_\"')] ".unicodeScalars.contains($0) }),
      "?？:：".unicodeScalars.contains(last)
    {
      return true
    }
    return EnglishWords.noClaims.contains { text.hasPrefix($0) }
  }
}
