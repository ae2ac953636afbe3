// The stems of English words, so that "refunds", "refunded" and "refund" are one word. Words of other
// languages lose little: an ending goes only where enough of the word stays.

/// Takes the endings of an English word off.
///
/// After Porter, "An algorithm for suffix stripping" (1980), steps 1 to 5, on bytes of ASCII letters;
/// a word with any other byte is left as it is.
enum EnglishStem {
  static func of(_ word: String) -> String {
    var stem = Stem(bytes: Array(word.utf8))
    guard stem.bytes.count > 2, stem.bytes.allSatisfy({ 0x61...0x7A ~= $0 }) else { return word }
    stem.takeEndings()
    return String(decoding: stem.bytes, as: UTF8.self)
  }
}

private struct Stem {
  var bytes: [UInt8]

  mutating func takeEndings() {
    takePlural()
    takePast()
    if ends("y"), hasVowel(before: 1) { replace("y", "i") }
    replaceFirst(Self.doubleEndings, measure: 0)
    replaceFirst(Self.adjectiveEndings, measure: 0)
    takeLongEnding()
    takeLastLetters()
  }

  private static let doubleEndings = [
    ("ational", "ate"), ("tional", "tion"), ("enci", "ence"), ("anci", "ance"), ("izer", "ize"),
    ("abli", "able"), ("alli", "al"), ("entli", "ent"), ("eli", "e"), ("ousli", "ous"),
    ("ization", "ize"), ("ation", "ate"), ("ator", "ate"), ("alism", "al"), ("iveness", "ive"),
    ("fulness", "ful"), ("ousness", "ous"), ("aliti", "al"), ("iviti", "ive"), ("biliti", "ble"),
  ]
  private static let adjectiveEndings = [
    ("icate", "ic"), ("ative", ""), ("alize", "al"), ("iciti", "ic"), ("ical", "ic"), ("ful", ""),
    ("ness", ""),
  ]
  private static let longEndings = [
    "ement", "ance", "ence", "able", "ible", "ment", "ant", "ent", "ism", "ate", "iti", "ous",
    "ive", "ize", "al", "er", "ic", "ou",
  ]

  private mutating func takePlural() {
    if ends("sses") || ends("ies") {
      bytes.removeLast(2)
    } else if ends("s"), !ends("ss") {
      bytes.removeLast()
    }
  }

  private mutating func takePast() {
    if ends("eed") {
      if measure(before: 3) > 0 { bytes.removeLast() }
      return
    }
    let length = ends("ed") ? 2 : ends("ing") ? 3 : 0
    guard length > 0, hasVowel(before: length) else { return }
    bytes.removeLast(length)
    if ends("at") || ends("bl") || ends("iz") {
      bytes.append(UInt8(ascii: "e"))
    } else if endsInDouble, !(ends("l") || ends("s") || ends("z")) {
      bytes.removeLast()
    } else if measure(before: 0) == 1, endsInShortSyllable {
      bytes.append(UInt8(ascii: "e"))
    }
  }

  private mutating func replaceFirst(_ endings: [(String, String)], measure least: Int) {
    for (ending, other) in endings where ends(ending) {
      if measure(before: ending.utf8.count) > least { replace(ending, other) }
      return
    }
  }

  private mutating func takeLongEnding() {
    for ending in Self.longEndings where ends(ending) {
      if measure(before: ending.utf8.count) > 1 { bytes.removeLast(ending.utf8.count) }
      return
    }
    if ends("sion") || ends("tion"), measure(before: 3) > 1 { bytes.removeLast(3) }
  }

  private mutating func takeLastLetters() {
    if ends("e") {
      let measure = measure(before: 1)
      let shorter = Stem(bytes: Array(bytes.dropLast()))
      if measure > 1 || measure == 1 && !shorter.endsInShortSyllable { bytes.removeLast() }
    }
    if ends("ll"), measure(before: 0) > 1 { bytes.removeLast() }
  }

  // MARK: What it ends in

  private func ends(_ ending: String) -> Bool {
    bytes.count > ending.utf8.count && bytes.suffix(ending.utf8.count).elementsEqual(ending.utf8)
  }

  private mutating func replace(_ ending: String, _ other: String) {
    bytes.removeLast(ending.utf8.count)
    bytes += Array(other.utf8)
  }

  private func isConsonant(_ place: Int) -> Bool {
    switch bytes[place] {
    case UInt8(ascii: "a"), UInt8(ascii: "e"), UInt8(ascii: "i"), UInt8(ascii: "o"),
      UInt8(ascii: "u"):
      false
    case UInt8(ascii: "y"): place == 0 || !isConsonant(place - 1)
    default: true
    }
  }

  /// How often a consonant follows a vowel in what stands before an ending of so many letters.
  private func measure(before ending: Int) -> Int {
    var count = 0
    var wasVowel = false
    for place in 0..<bytes.count - ending {
      let isConsonant = isConsonant(place)
      if isConsonant, wasVowel { count += 1 }
      wasVowel = !isConsonant
    }
    return count
  }

  private func hasVowel(before ending: Int) -> Bool {
    (0..<bytes.count - ending).contains { !isConsonant($0) }
  }

  private var endsInDouble: Bool {
    bytes.count > 1 && bytes[bytes.count - 1] == bytes[bytes.count - 2]
      && isConsonant(bytes.count - 1)
  }

  /// Consonant, vowel, consonant, the last of them neither w, x nor y: as in "hop".
  private var endsInShortSyllable: Bool {
    let last = bytes.count - 1
    return last >= 2 && isConsonant(last) && !isConsonant(last - 1) && isConsonant(last - 2)
      && !"wxy".utf8.contains(bytes[last])
  }
}
