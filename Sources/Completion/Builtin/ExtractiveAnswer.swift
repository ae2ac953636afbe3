// An answer made of sentences of the passages: those that share the most telling words with the
// question. No model, no randomness: the same question and passages give the same answer.

import Core
import Glibc

struct ExtractiveAnswer {
  /// The chosen sentences, best first, each on a line with its passage's number; or a sentence that
  /// says why there is none.
  let text: String

  private static let mostSentences = 3
  /// A sentence that fits less than this part as well as the best is left out.
  private static let worthQuoting = 0.5

  private struct Candidate {
    let passage: Int
    let sentence: String
    let terms: Set<String>
    var score = 0.0
  }

  init(question: String, passages: [Passage]) {
    if passages.isEmpty {
      text =
        "No passages came with this prompt, so there is nothing to quote. "
        + "Index some documents, or let the context into the prompt."
      return
    }
    let asked = Set(Terms(question))
    var candidates = passages.enumerated().flatMap { index, passage in
      Sentences(passage.text).map {
        Candidate(passage: index, sentence: $0, terms: Set(Terms($0)))
      }
    }
    let weights = Self.weights(of: asked, in: passages)
    for index in candidates.indices {
      let shared = candidates[index].terms.intersection(asked)
      // Sorted, since the order of a set, and with it the last bit of a sum, changes by the run.
      let weight = shared.sorted().reduce(0) { $0 + (weights[$1] ?? 0) }
      // A long sentence shares more words by chance.
      candidates[index].score = weight / (1 + Double(candidates[index].terms.count) / 40)
    }
    let ranked = candidates.enumerated()
      .filter { $0.element.score > 0 }
      .sorted { ($1.element.score, $0.offset) < ($0.element.score, $1.offset) }
      .map(\.element)
    var quoted: Set<String> = []
    let chosen =
      ranked
      .filter { $0.score >= (ranked.first?.score ?? 0) * Self.worthQuoting }
      .filter { quoted.insert($0.sentence).inserted }
      .prefix(Self.mostSentences)
    if chosen.isEmpty {
      text =
        passages.count == 1
        ? "The passage says nothing about this question."
        : "None of the \(passages.count) passages says anything about this question."
    } else {
      text = chosen.map { "[\($0.passage + 1)] \($0.sentence)" }.joined(separator: "\n")
    }
  }

  /// What each term is worth: the fewer passages hold it, the more.
  private static func weights(of terms: Set<String>, in passages: [Passage]) -> [String: Double] {
    var counts: [String: Int] = [:]
    for passage in passages {
      // Headings say what a passage is about, though they are never quoted.
      let held = Set(Terms((passage.headings + [passage.text]).joined(separator: "\n")))
      for term in held.intersection(terms) { counts[term, default: 0] += 1 }
    }
    return counts.mapValues { log(Double(passages.count + 1) / Double($0)) }
  }
}
