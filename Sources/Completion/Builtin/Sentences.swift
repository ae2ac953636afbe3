// Text into sentences and sentences into terms: as much of it as picking sentences needs, for any
// language that is written with spaces, and tolerably for Chinese and Japanese.

/// The sentences of a text, in order, each on one line; headings and rules are no sentences.
struct Sentences: Sequence {
  private let sentences: [String]

  init(_ text: String) {
    var sentences: [String] = []
    var paragraph: [Substring] = []
    func endParagraph() {
      sentences += Self.split(paragraph.joined(separator: " "))
      paragraph = []
    }
    for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
      var line = line.drop(while: \.isWhitespace)
      while line.last?.isWhitespace == true { line.removeLast() }
      let isRule = !line.contains { $0.isLetter || $0.isNumber }
      if isRule || line.hasPrefix("#") {
        endParagraph()
        continue
      }
      for bullet in ["- ", "* ", "+ ", "> "] where line.hasPrefix(bullet) {
        endParagraph()
        line.removeFirst(bullet.count)
      }
      paragraph.append(line)
    }
    endParagraph()
    self.sentences = sentences
  }

  func makeIterator() -> some IteratorProtocol<String> { sentences.makeIterator() }

  private static func split(_ paragraph: String) -> [String] {
    var sentences: [String] = []
    var start = paragraph.startIndex
    var index = start
    while index < paragraph.endIndex {
      let next = paragraph.index(after: index)
      if ends(paragraph, at: index, next: next) {
        sentences.append(String(paragraph[start..<next]))
        start = paragraph[next...].firstIndex { !$0.isWhitespace } ?? paragraph.endIndex
      }
      index = next
    }
    if start < paragraph.endIndex { sentences.append(String(paragraph[start...])) }
    return sentences
  }

  private static func ends(_ text: String, at index: String.Index, next: String.Index) -> Bool {
    switch text[index] {
    case "。", "！", "？": return true
    case ".", "!", "?":
      // "3.5" and "e.g. this" go on: a sentence starts after white space, and with no small letter.
      guard next < text.endIndex else { return true }
      guard text[next].isWhitespace else { return false }
      return text[next...].first { !$0.isWhitespace }?.isLowercase != true
    default: return false
    }
  }
}

/// The words of a text that tell what it is about, without the endings that grammar gives them.
struct Terms: Sequence {
  private let terms: [String]

  init(_ text: String) {
    var terms: [String] = []
    var word = ""
    func endWord() {
      if !word.isEmpty, !Self.stopWords.contains(word) { terms.append(Self.stem(word)) }
      word = ""
    }
    for character in text.lowercased() {
      if character.isIdeographic {
        endWord()
        terms.append(String(character))
      } else if character.isLetter || character.isNumber {
        word.append(character)
      } else if character != "'" && character != "’" {
        endWord()
      }
    }
    endWord()
    self.terms = terms
  }

  func makeIterator() -> some IteratorProtocol<String> { terms.makeIterator() }

  /// Crude on purpose: it need only treat the question's words and the passages' alike.
  private static func stem(_ word: String) -> String {
    var stem = word
    for (ending, replacement) in endings
    where word.count >= ending.count + 3 && word.hasSuffix(ending) {
      stem = word.dropLast(ending.count) + replacement
      break
    }
    if stem.count > 3, stem.last == "e" { stem.removeLast() }
    return stem
  }

  private static let endings = [
    ("ies", "y"), ("ied", "y"), ("ings", ""), ("ing", ""), ("ed", ""), ("es", "e"), ("s", ""),
    ("ly", ""),
  ]

  private static let stopWords: Set<String> = [
    "a", "about", "after", "all", "also", "an", "and", "any", "are", "as", "at", "be", "been",
    "but", "by", "can", "could", "did", "do", "does", "for", "from", "had", "has", "have", "he",
    "her", "his", "how", "i", "if", "in", "into", "is", "it", "its", "long", "many", "may", "me",
    "much", "must", "my", "no", "not", "of", "on", "one", "or", "our", "shall", "she", "should",
    "so", "some", "such", "than", "that", "the", "their", "them", "then", "there", "these",
    "they", "this", "those", "to", "up", "us", "was", "we", "were", "what", "when", "where",
    "which", "who", "whom", "whose", "why", "will", "with", "would", "you", "your",
  ]
}

extension Character {
  /// Written without spaces between words, so that each one counts as a word.
  fileprivate var isIdeographic: Bool {
    guard let scalar = unicodeScalars.first else { return false }
    return scalar.properties.isIdeographic || (0x3040...0x30FF).contains(scalar.value)
  }
}
