import Core
import Glibc

// Which passages hold the answer to a question. That the words of the answer stand somewhere is a
// mere mention: what the question asks about must stand around them, too.

/// Tells passages that hold an answer from those that only mention its words.
public struct AnswerEvidence: Sendable {
  /// A passage that holds some of what is needed.
  public struct Holding: Hashable, Sendable {
    /// Its place among the candidates, from 0.
    public var place: Int
    /// The parts of the answer that it holds, by their places.
    public var parts: Set<Int>
    /// How sure it is, from 0 to 1: the share of the question that stands around the answer.
    public var score: Double
  }

  private enum Limit {
    /// The least share of the question around it. Of 485 questions of SQuAD, the passage with the
    /// answer reaches it for 87 %, another passage in its absence for 10 %; half of these do answer.
    static let score = 0.4
    /// Passages that hold the same, and how sure they must be beside the surest.
    static let alike = 3
    static let nearly = 0.75
    /// Answers of more words are compared by what their sentences say.
    static let words = 8
    static let candidates = 200
    /// Bytes of a passage that long answers are compared with.
    static let bytes = 20_000
  }

  private let answer: ExpectedAnswer
  private let questionStems: Set<String>
  /// The words of the question that the answer lacks: those which a mere mention lacks, too.
  private let otherStems: Set<String>
  /// The words of each wording that is short enough to be looked for as it is.
  private let wordings: [[[String]]]

  public init(question: String, answer: ExpectedAnswer) {
    self.answer = answer
    let parts = answer.parts.map { $0.map(AnswerWords.words(of:)) }
    let ofAnswer = Set(parts.joined().joined().map(AnswerWords.stem))
    questionStems = Set(
      AnswerWords.words(of: question).filter { !AnswerWords.empty.contains($0) }
        .map(AnswerWords.stem)
    )
    otherStems = questionStems.subtracting(ofAnswer)
    wordings = parts
  }

  /// The passages that together hold all parts of the answer, surest first; empty where some part
  /// stands in none.
  ///
  /// Each of them adds a part, or is one of few that hold as many as the first and are nearly as sure.
  public func passages(among candidates: [Passage]) -> [Passage] {
    let candidates = Array(candidates.prefix(Limit.candidates))
    let holdings = holdings(among: candidates)
    var missing = Set(answer.parts.indices)
    var chosen: [Holding] = []
    for holding in holdings {
      let isNew = !holding.parts.isDisjoint(with: missing)
      guard let first = chosen.first else {
        chosen.append(holding)
        missing.subtract(holding.parts)
        continue
      }
      let isAsGood =
        chosen.count < Limit.alike && holding.parts == first.parts
        && holding.score >= Limit.nearly * first.score
      if isNew || isAsGood { chosen.append(holding) }
      missing.subtract(holding.parts)
    }
    return missing.isEmpty ? chosen.map { candidates[$0.place] } : []
  }

  /// Of the passages of a labelled document, those that hold the answer; all where none does.
  ///
  /// A label of a whole document says that it is in there, and the budget may not have room for all.
  public func narrowed(_ passages: [Passage]) -> [Passage] {
    let holding = self.passages(among: passages)
    return holding.isEmpty ? passages : holding
  }

  /// What each passage holds, for those that hold something: most parts first, then the surest.
  public func holdings(among candidates: [Passage]) -> [Holding] {
    let candidates = Array(candidates.prefix(Limit.candidates))
    let texts = candidates.map(PassageWords.init)
    let topic = QuestionTopic(questionStems, in: texts)
    let otherTopic = QuestionTopic(otherStems, in: texts)
    var holdings: [Int: Holding] = [:]
    for part in wordings.indices {
      for (wording, words) in zip(answer.parts[part], wordings[part]) {
        if words.count <= Limit.words {
          for (place, text) in texts.enumerated() {
            let score = text.score(of: words, otherTopic)
            if score >= Limit.score { add(part, score, at: place, to: &holdings) }
          }
        } else {
          for (place, share) in statements(wording, in: candidates) {
            let score = share * topic.share(in: texts[place].allStems)
            if score >= Limit.score { add(part, score, at: place, to: &holdings) }
          }
        }
      }
    }
    return holdings.values.sorted {
      ($0.parts.count, $0.score, -$0.place) > ($1.parts.count, $1.score, -$1.place)
    }
  }

  private func add(
    _ part: Int, _ score: Double, at place: Int, to holdings: inout [Int: Holding]
  ) {
    var holding = holdings[place] ?? Holding(place: place, parts: [], score: 0)
    holding.parts.insert(part)
    holding.score = max(holding.score, score)
    holdings[place] = holding
  }

  /// Passages that say what a long answer says, with the share of its sentences that each does; none
  /// where they don't say all of it together.
  private func statements(_ wording: String, in candidates: [Passage]) -> [Int: Double] {
    let passages = candidates.map { passage in
      var passage = SupportPassage(passage)
      passage.text = String(decoding: passage.text.utf8.prefix(Limit.bytes), as: UTF8.self)
      return passage
    }
    let support = AnswerSupport(of: wording, by: passages)
    let claims = support.sentences.filter { $0.verdict != .noClaim }
    guard !claims.isEmpty, !claims.contains(where: { $0.verdict.isUnsupported }) else { return [:] }
    var scores: [Int: Double] = [:]
    for evidence in claims.flatMap(\.evidence) {
      scores[evidence.passage, default: 0] += 1 / Double(claims.count)
    }
    return scores.mapValues { min($0, 1) }
  }
}

/// What a question asks about: its words, by how much each tells among the passages.
private struct QuestionTopic {
  private let weights: [String: Double]
  private let total: Double

  init(_ stems: Set<String>, in texts: [PassageWords]) {
    weights = Dictionary(
      uniqueKeysWithValues: stems.map { stem in
        let count = texts.count { $0.allStems.contains(stem) }
        return (stem, log(1 + Double(texts.count) / max(1, Double(count))))
      })
    total = weights.values.reduce(0, +)
  }

  /// The share of it that some words make up, from 0 to 1; 1 of a question that is about nothing.
  func share(in stems: some Sequence<String>) -> Double {
    guard total > 0 else { return 1 }
    return Set(stems).reduce(0) { $0 + (weights[$1] ?? 0) } / total
  }
}

/// The words of a passage with those of its headings, which say what all of it is about.
private struct PassageWords {
  private enum Limit {
    /// Words on each side of the answer that are read with it: about two sentences.
    static let window = 30
    static let occurrences = 200
  }

  private let words: [String]
  private let stems: [String]
  private let headingStems: Set<String>
  let allStems: Set<String>

  init(_ passage: Passage) {
    words = AnswerWords.words(of: passage.text)
    stems = words.map(AnswerWords.stem)
    headingStems = Set(
      AnswerWords.words(of: passage.headings.joined(separator: " ")).map(AnswerWords.stem))
    allStems = headingStems.union(stems)
  }

  /// The largest share of the question that stands around an occurrence; 0 where there is none.
  func score(of wording: [String], _ topic: QuestionTopic) -> Double {
    guard let first = wording.first, wording.count <= words.count else { return 0 }
    var best = 0.0
    var occurrences = 0
    for start in 0...(words.count - wording.count) where words[start] == first {
      guard words[start..<start + wording.count].elementsEqual(wording) else { continue }
      occurrences += 1
      guard occurrences <= Limit.occurrences else { break }
      let window =
        max(
          0, start - Limit.window)..<min(
          words.count, start + wording.count + Limit.window)
      best = max(best, topic.share(in: headingStems.union(stems[window])))
    }
    return best
  }
}
