import Glibc

// How many runs of words an answer shares with texts that are right.
//
// Words have blanks between them, and BLEU and GLEU make no difference of capitals, as in promptfoo.
// ROUGE reads words as the Penn Treebank does, with their capitals: see `TreebankWords`.

enum NGramOverlap {
  /// Recall of runs of `n` words, each counted as often as both texts hold it (Lin, ROUGE, 2004); 0
  /// where the reference is shorter than `n`.
  static func rouge(_ text: String, reference: String, n: Int = 1) -> Double {
    let found = counts(TreebankWords.words(of: text), n)
    let wanted = counts(TreebankWords.words(of: reference), n)
    return ratio(shared(found, wanted), wanted.values.reduce(0, +))
  }

  /// The geometric mean of the precisions of runs of 1 to 4 words, times the penalty for being
  /// shorter than the reference of the nearest length (Papineni et al., BLEU, ACL 2002).
  ///
  /// A precision of 0 counts as 1e-7, as in promptfoo, so that short texts can be told apart.
  static func bleu(_ text: String, references: [String]) -> Double {
    let words = lowerWords(of: text)
    let references = references.map(lowerWords)
    guard !words.isEmpty else { return 0 }
    var sum = 0.0
    for n in 1...4 {
      let found = counts(words, n)
      var most: [ArraySlice<Substring>: Int] = [:]
      for reference in references { most.merge(counts(reference, n), uniquingKeysWith: max) }
      let precision = ratio(shared(found, most), found.values.reduce(0, +))
      sum += log(max(precision, 1e-7)) / 4
    }
    // Of two that are as near, the shorter one, as the paper has it.
    let length = references.map(\.count).min {
      (abs($0 - words.count), $0) < (abs($1 - words.count), $1)
    }
    let penalty = min(0, 1 - Double(length ?? 0) / Double(words.count))
    return exp(penalty + sum)
  }

  /// The smaller of precision and recall of runs of 1 to 4 words together, by the best reference (Wu
  /// et al., Google's Neural Machine Translation System, 2016). Full stops after words are left out.
  static func gleu(_ text: String, references: [String]) -> Double {
    let words = lowerWords(of: text).map(withoutStops)
    return references.map { reference in
      let wanted = lowerWords(of: reference).map(withoutStops)
      var (matches, foundCount, wantedCount) = (0, 0, 0)
      for n in 1...4 {
        matches += shared(counts(words, n), counts(wanted, n))
        foundCount += max(0, words.count - n + 1)
        wantedCount += max(0, wanted.count - n + 1)
      }
      return ratio(matches, max(foundCount, wantedCount))
    }.max() ?? 0
  }

  // MARK: Runs of words

  private static func counts(_ words: [Substring], _ n: Int) -> [ArraySlice<Substring>: Int] {
    guard words.count >= n else { return [:] }
    return (0...words.count - n).reduce(into: [:]) { $0[words[$1..<$1 + n], default: 0] += 1 }
  }

  /// How many runs both hold.
  private static func shared(
    _ a: [ArraySlice<Substring>: Int], _ b: [ArraySlice<Substring>: Int]
  ) -> Int {
    a.reduce(0) { $0 + min($1.value, b[$1.key] ?? 0) }
  }

  private static func ratio(_ part: Int, _ whole: Int) -> Double {
    whole > 0 ? Double(part) / Double(whole) : 0
  }

  private static func lowerWords(of text: String) -> [Substring] {
    text.lowercased().split(whereSeparator: \.isWhitespace)
  }

  private static func withoutStops(_ word: Substring) -> Substring {
    word[..<(word.lastIndex { $0 != "." }.map(word.index(after:)) ?? word.startIndex)]
  }
}
