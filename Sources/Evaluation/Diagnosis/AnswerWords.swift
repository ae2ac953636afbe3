// The words of a text as answers are compared: whatever their case, with numbers in one form, so
// that "1,204", "twelve hundred and four" and "1204" are the same, as are "10th" and "tenth".

/// Takes texts apart for comparing. Text of anybody's making: it looks at so much of it and no more.
enum AnswerWords {
  /// Bytes of a text that are looked at.
  static let mostBytes = 100_000

  /// The words of a text in their order; articles are left out, as SQuAD's evaluator does
  /// (https://rajpurkar.github.io/SQuAD-explorer). Of scripts without blanks, each scalar is a word.
  static func words(of text: String) -> [String] {
    var reader = Reader()
    for scalar in String(decoding: text.utf8.prefix(mostBytes), as: UTF8.self).unicodeScalars {
      reader.take(scalar)
    }
    return joiningNumbers(reader.finish())
  }

  /// A word without its ending, to compare questions and passages by: a plural's s is left out, and
  /// inflected forms mostly share their first six letters.
  static func stem(of word: String) -> String {
    let singular = word.utf8.count > 3 && word.utf8.last == UInt8(ascii: "s") ? 1 : 0
    return String(
      String.UnicodeScalarView(word.unicodeScalars.dropLast(singular).prefix(6)))
  }

  /// Words that say nothing of what a text is about.
  static let empty: Set<String> = [
    "about", "after", "all", "also", "and", "any", "are", "as", "at", "be", "been", "before", "but",
    "by", "can", "could", "did", "do", "does", "during", "for", "from", "had", "has", "have", "he",
    "her", "his", "how", "i", "if", "in", "into", "is", "it", "its", "many", "may", "me", "much",
    "my", "no", "not", "of", "on", "or", "other", "our", "she", "should", "so", "some",
    "such", "than", "that", "their", "them", "there", "these", "they", "this", "those", "to", "us",
    "was", "we", "were", "what", "when", "where", "which", "who", "whom", "whose", "why", "will",
    "with", "would", "yes", "you", "your", "true", "false", "none", "unknown",
  ]

  // MARK: Numbers

  private static let units: [String: Int] = [
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14,
    "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19, "first": 1,
    "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8,
    "ninth": 9, "tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13, "fourteenth": 14,
    "fifteenth": 15, "sixteenth": 16, "seventeenth": 17, "eighteenth": 18, "nineteenth": 19,
  ]
  private static let tens: [String: Int] = [
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80,
    "ninety": 90, "twentieth": 20, "thirtieth": 30, "fortieth": 40, "fiftieth": 50,
    "sixtieth": 60, "seventieth": 70, "eightieth": 80, "ninetieth": 90,
  ]
  private static let factors: [String: Double] = [
    "hundred": 100, "thousand": 1000, "million": 1e6, "billion": 1e9, "trillion": 1e12,
  ]

  /// Words that make up one number as one: "two", "million" as "2000000".
  private static func joiningNumbers(_ words: [String]) -> [String] {
    var joined: [String] = []
    var place = 0
    while place < words.count {
      guard let (value, length) = number(words[place...]) else {
        joined.append(words[place])
        place += 1
        continue
      }
      joined.append(text(of: value))
      place += length
    }
    return joined
  }

  /// The number that begins with the first word, and how many words it has.
  private static func number(_ words: ArraySlice<String>) -> (value: Double, length: Int)? {
    var total = 0.0
    var part: Double?
    var length = 0
    for (offset, word) in words.enumerated() {
      if let digits = Double(digits: word) {
        guard length == 0 else { break }
        part = digits
      } else if let unit = units[word] {
        // "Twenty one", but "two three" are two numbers.
        if let before = part, before.truncatingRemainder(dividingBy: 10) != 0 || before == 0 {
          break
        }
        part = (part ?? 0) + Double(unit)
      } else if let ten = tens[word] {
        if let before = part, before.truncatingRemainder(dividingBy: 100) != 0 || before == 0 {
          break
        }
        part = (part ?? 0) + Double(ten)
      } else if let factor = factors[word], let before = part {
        if factor > 100 {
          total += before * factor
          part = nil
        } else {
          part = before * factor
        }
      } else if word == "and", length > 0, factors[words[words.startIndex + offset - 1]] != nil,
        let next = words.dropFirst(offset + 1).first, units[next] != nil || tens[next] != nil
      {
        continue
      } else {
        break
      }
      length = offset + 1
    }
    return length > 0 ? (total + (part ?? 0), length) : nil
  }

  private static func text(of value: Double) -> String {
    value == value.rounded() && abs(value) < 1e15 ? String(Int(value)) : String(value)
  }

  // MARK: Scalars

  private struct Reader {
    private var words: [String] = []
    private var word = ""
    /// A point or comma that stood behind a digit: part of the number if another digit follows.
    private var pending: Unicode.Scalar?

    mutating func take(_ scalar: Unicode.Scalar) {
      if isIdeograph(scalar) {
        end()
        words.append(String(scalar))
      } else if isLetterOrDigit(scalar) {
        if let mark = pending {
          pending = nil
          if isDigit(scalar) {
            if mark == "." { word.unicodeScalars.append(mark) }
          } else {
            end()
          }
        }
        word.unicodeScalars.append(scalar)
      } else if scalar == "." || scalar == ",", pending == nil,
        word.unicodeScalars.last.map(isDigit) == true
      {
        pending = scalar
      } else if scalar == "'" || scalar == "’", !word.isEmpty, pending == nil {
        // "Norway's" is "norways", as in "Norways"; the ending is left out by what is a stem.
      } else if scalar.properties.canonicalCombiningClass != .notReordered {
        if !word.isEmpty { word.unicodeScalars.append(scalar) }
      } else {
        end()
        if scalar == "%" { words.append("percent") }
      }
    }

    private mutating func end() {
      pending = nil
      guard !word.isEmpty else { return }
      let lowered = withoutEnding(word.lowercased())
      if !["a", "an", "the"].contains(lowered) { words.append(lowered) }
      word = ""
    }

    mutating func finish() -> [String] {
      end()
      return words
    }

    /// "10th" as "10".
    private func withoutEnding(_ word: String) -> String {
      guard let first = word.utf8.first, 0x30...0x39 ~= first else { return word }
      for ending in ["st", "nd", "rd", "th"] where word.hasSuffix(ending) {
        let digits = word.dropLast(2)
        if digits.utf8.allSatisfy({ 0x30...0x39 ~= $0 }) { return String(digits) }
      }
      return word
    }

    private func isDigit(_ scalar: Unicode.Scalar) -> Bool { 0x30...0x39 ~= scalar.value }

    private func isLetterOrDigit(_ scalar: Unicode.Scalar) -> Bool {
      if scalar.isASCII {
        let value = scalar.value | 0x20
        return 0x61...0x7A ~= value || isDigit(scalar)
      }
      return scalar.properties.isAlphabetic || scalar.properties.numericType != nil
    }

    private func isIdeograph(_ scalar: Unicode.Scalar) -> Bool {
      switch scalar.value {
      case 0x3041...0x30FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF, 0x20000...0x3FFFF:
        true
      default: false
      }
    }
  }
}

extension Double {
  /// The number that plain digits write, with a point at most; nil for anything else, as "1e5".
  fileprivate init?(digits: String) {
    guard let first = digits.utf8.first, 0x30...0x39 ~= first, digits.utf8.count <= 18,
      digits.utf8.allSatisfy({ 0x30...0x39 ~= $0 || $0 == 0x2E })
    else { return nil }
    self.init(digits)
  }
}
