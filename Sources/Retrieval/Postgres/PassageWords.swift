import Core

// The words of a passage as PostgreSQL's text search keeps them: a tsvector of our own lexemes, which
// says with places and their weights how often each stands where.

/// The words of a passage, ready to be written.
struct PassageWords {
  /// Names and headings, texts, parts of words; what each is worth, in halves, is BM25's.
  private enum Label {
    static let names: Character = "A"
    static let text: Character = "C"
    static let part: Character = "D"
  }

  /// What `ts_rank_cd` is given so that a word's rank is how often it stands there, as BM25 counts:
  /// the weights of D, C, B and A, in units of 4 halves.
  static let weights = "{0.25,0.5,0.5,1}"
  static let unit = 4

  /// PassageLength's byte.
  private(set) var length: UInt8 = 0
  private var words: [String: Occurrences] = [:]

  private struct Occurrences {
    var count = 0
    var frequency = 0
    /// As tsvector reads them.
    var places = ""
  }

  init(_ text: IndexedText, tokenizer: Tokenizer) {
    var sum = 0
    sum += add(text.name, BM25.FieldWeight.name, Label.names, tokenizer)
    sum += add(text.headings, BM25.FieldWeight.headings, Label.names, tokenizer)
    sum += add(text.text, BM25.FieldWeight.text, Label.text, tokenizer)
    length = PassageLength.code(sum)
  }

  /// Gives the sum of the weights of the words.
  private mutating func add(
    _ field: String, _ weight: Int, _ label: Character, _ tokenizer: Tokenizer
  ) -> Int {
    var length = 0
    var field = field
    field.withUTF8 { bytes in
      tokenizer.forEachWord(in: bytes) { term, _ in
        length += weight
        add(String(decoding: term, as: UTF8.self), weight, label)
      }
      WordParts.forEach(in: bytes) { part in
        tokenizer.forEachWord(in: UnsafeBufferPointer(rebasing: bytes[part])) { term, _ in
          length += BM25.FieldWeight.parts
          add(String(decoding: term, as: UTF8.self), BM25.FieldWeight.parts, Label.part)
        }
      }
    }
    return length
  }

  private mutating func add(_ term: String, _ weight: Int, _ label: Character) {
    Self.add(weight, label, to: &words[term, default: Occurrences()])
  }

  private static func add(_ weight: Int, _ label: Character, to word: inout Occurrences) {
    // No more counts, and no lexeme may have more places.
    guard word.frequency < 255 else { return }
    if word.count > 0 { word.places += "," }
    word.count += 1
    word.frequency += weight
    word.places += "\(word.count)"
    word.places.append(label)
  }

  /// The words with their places, as tsvector reads them. What is beyond a tsvector's megabyte is
  /// left out, the last words in the order of their bytes; only documents in one piece are so long.
  var vector: String {
    var vector = ""
    var bytes = 0
    for (term, word) in words.sorted(by: { $0.key < $1.key }) {
      let lexeme = Self.lexeme(term)
      bytes += lexeme.utf8.count + 4 + 2 * word.count
      guard bytes < 1 << 20 else { break }
      vector += Self.quoted(lexeme)
      vector += ":"
      vector += word.places
      vector += " "
    }
    return vector
  }

  /// A term as the table has it: one that is longer than a lexeme may be is known by its hash.
  static func lexeme(_ term: String) -> String {
    term.utf8.count <= 1024 ? term : "#" + ContentHash.of(term)
  }

  /// A lexeme as tsvector and tsquery read it.
  static func quoted(_ lexeme: String) -> String {
    var quoted = "'"
    for scalar in lexeme.unicodeScalars {
      if scalar == "'" || scalar == "\\" { quoted.unicodeScalars.append(scalar) }
      quoted.unicodeScalars.append(scalar)
    }
    return quoted + "'"
  }
}
