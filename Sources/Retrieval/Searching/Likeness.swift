import CVectors
import Core

// How much two passages of a result are alike: by their vectors where there are any, else by the words
// that they share.

struct Likeness {
  private let vectors: [[Float]?]
  private let words: [Set<Substring>]

  /// - Parameter vectors: of length 1, by the passages' ids; nil when none were searched.
  init(of passages: [Passage], vectors: [Int64: [Float]]?) {
    self.vectors = passages.map { vectors?[$0.id] }
    words = passages.map { passage in
      // Not needed where every passage has a vector.
      vectors?[passage.id] == nil || vectors?.count != passages.count
        ? Set(passage.text.lowercased().split { !$0.isLetter && !$0.isNumber }) : []
    }
  }

  /// From 0, nothing in common, to 1.
  func between(_ one: Int, _ other: Int) -> Double {
    if let first = vectors[one], let second = vectors[other], first.count == second.count {
      return max(0, vectors_dot(first, second, first.count))
    }
    let shared = words[one].intersection(words[other]).count
    let all = words[one].count + words[other].count - shared
    return all > 0 ? Double(shared) / Double(all) : 0
  }
}
