// The words of an answer and its passages by their stems, each under a number: what is known of a word
// is looked up once, not at each place where it stands.

/// A word as it is compared: its stem, or the stem of what means the same.
struct SupportTerm: Hashable, Sendable {
  /// Its number in the vocabulary.
  var id: Int
  var kind: Kind
  var negates = false
  var joins = false

  enum Kind: Hashable, Sendable {
    /// Carries no content of its own.
    case function
    /// Comes and goes with any rewording.
    case general
    case content
  }
}

/// Gives words their terms.
struct SupportVocabulary {
  /// By words in small letters.
  private var terms: [String: SupportTerm] = [:]
  /// By stems.
  private var identifiers: [String: Int] = [:]
  /// By the numbers of terms: the groups of words that exclude each other, and the place in them.
  private(set) var exclusive: [Int: [(group: Int, member: Int)]] = [:]
  /// A word, for each term.
  private(set) var names: [String] = []

  var count: Int { names.count }

  init() {
    for (group, members) in EnglishWords.exclusive.enumerated() {
      for (member, word) in members.enumerated() {
        exclusive[identifier(of: word), default: []].append((group, member))
      }
    }
  }

  /// - Parameter word: in small letters.
  mutating func term(of word: String) -> SupportTerm {
    if let known = terms[word] { return known }
    let stem = EnglishStem.of(word)
    let kind: SupportTerm.Kind =
      EnglishWords.function.contains(word)
      ? .function : EnglishWords.general.contains(stem) ? .general : .content
    let negates = EnglishWords.negations.contains(word)
    let term = SupportTerm(
      id: identifier(of: word), kind: negates ? .function : kind, negates: negates,
      joins: EnglishWords.conjunctions.contains(word))
    terms[word] = term
    return term
  }

  /// The number of a word's stem, or of that of what means the same.
  private mutating func identifier(of word: String) -> Int {
    let stem = Self.representatives[word] ?? EnglishStem.of(word)
    let name = Self.stemRepresentatives[stem] ?? stem
    if let known = identifiers[name] { return known }
    identifiers[name] = names.count
    names.append(word)
    return names.count - 1
  }

  private static let representatives: [String: String] = EnglishWords.synonyms.reduce(into: [:]) {
    representatives, line in
    let words = EnglishWords.words(line)
    for word in words where representatives[word] == nil {
      representatives[word] = EnglishStem.of(words[0])
    }
  }

  private static let stemRepresentatives: [String: String] = representatives.reduce(into: [:]) {
    $0[EnglishStem.of($1.key)] = $1.value
  }
}
