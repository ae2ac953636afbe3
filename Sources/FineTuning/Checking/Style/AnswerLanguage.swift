// Which language an answer is written in, as far as its script and its commonest words tell.

/// A language that is told from others: by its script alone, or by function words.
public enum AnswerLanguage: UInt8, Hashable, Sendable, CaseIterable {
  /// Too short to tell, or none that is known here.
  case unknown
  case english, german, french, spanish, italian, portuguese, dutch, polish, swedish
  case russian, ukrainian, greek, arabic, hebrew, hindi, thai, chinese, japanese, korean

  /// The function words of languages in Latin letters, without those of few letters that many share.
  static let words: [(language: AnswerLanguage, words: String)] = [
    (
      .english,
      """
      the and of to is that it for with you this are be on your have as was not or from by at can we \
      which will an if but they their has our please what when how would should there these more
      """
    ),
    (
      .german,
      """
      der die das und ist nicht mit für auf ein eine einen einem einer von zu sie wir ich den dem des \
      im auch wird werden sind bei sich es oder als nach wie kann haben aus zum zur noch nur bitte
      """
    ),
    (
      .french,
      """
      le la les et des du une est pour dans vous nous que qui pas sur avec sont au aux ce cette votre \
      il elle plus par je ou être mais vos si ont
      """
    ),
    (
      .spanish,
      """
      el los las y es del para con por una que su como más pero está este esta usted se lo al sus son \
      puede muy si ha no le nos
      """
    ),
    (
      .italian,
      """
      il di che è per un una con non sono del della dei delle gli lo si nel alla al ma come più anche \
      questo questa ha può
      """
    ),
    (
      .portuguese,
      """
      o os um uma não é para com do da dos das em no na que por se mais como você ao são seu sua está \
      pode mas ou
      """
    ),
    (
      .dutch,
      """
      het een van en is dat niet op te zijn voor met aan er ook als maar wordt worden bij naar uw u \
      kan deze dit of om heeft wij
      """
    ),
    (
      .polish,
      "jest nie się na do że w z i to jak dla od po oraz może przez ale są być który która przy"
    ),
    (
      .swedish,
      "och att det är som en på av för med till den har inte ett om du vi kan från eller ska din"
    ),
  ]
}

/// Counts of what tells languages apart, while an answer is read.
struct LanguageEvidence {
  /// Of scalars outside ASCII, by the script.
  private var scripts = [UInt16](repeating: 0, count: AnswerLanguage.allCases.count)
  private var hasScripts = false
  private var wordCount = 0

  /// The languages that have a word, a bit each.
  private static let table: WordTable = {
    var entries: [UInt64: UInt64] = [:]
    for (language, words) in AnswerLanguage.words {
      for word in words.split(separator: " ") {
        entries[FoldedText.hash(word), default: 0] |= 1 << UInt64(language.rawValue)
      }
    }
    return WordTable(entries)
  }()

  private var byLanguage = SIMD16<UInt16>()

  /// Counts a word.
  @inline(__always)
  mutating func add(_ hash: UInt64, _ word: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) {
    wordCount += 1
    let mask = Self.table[hash]
    if mask != 0 {
      var rest = mask
      while rest != 0 {
        byLanguage[rest.trailingZeroBitCount] &+= 1
        rest &= rest - 1
      }
    }
    if word[range.lowerBound] >= 0xC4 { addScript(FoldedText.decode(word, range.lowerBound).0) }
  }

  private mutating func addScript(_ scalar: UInt32) {
    let language: AnswerLanguage
    switch scalar {
    case 0x454, 0x456, 0x457, 0x491, 0x404, 0x406, 0x407: language = .ukrainian
    case 0x400...0x4FF: language = .russian
    case 0x370...0x3FF: language = .greek
    case 0x590...0x5FF: language = .hebrew
    case 0x600...0x6FF: language = .arabic
    case 0x900...0x97F: language = .hindi
    case 0xE00...0xE7F: language = .thai
    case 0x3040...0x30FF: language = .japanese
    case 0x4E00...0x9FFF, 0x3400...0x4DBF: language = .chinese
    case 0xAC00...0xD7AF, 0x1100...0x11FF: language = .korean
    default: return
    }
    hasScripts = true
    scripts[Int(language.rawValue)] &+= scripts[Int(language.rawValue)] < 60_000 ? 1 : 0
  }

  /// The language that the words tell, where there are enough of them and no other comes near.
  var language: AnswerLanguage {
    if hasScripts {
      let count = scripts.reduce(0) { $0 + Int($1) }
      if count * 2 >= wordCount, count >= 3 {
        // Kana stand beside Han in Japanese; a few letters tell Ukrainian from Russian.
        if Int(scripts[Int(AnswerLanguage.japanese.rawValue)]) * 8 >= count { return .japanese }
        if Int(scripts[Int(AnswerLanguage.ukrainian.rawValue)]) * 40 >= count { return .ukrainian }
        let most = scripts.indices.max { scripts[$0] < scripts[$1] } ?? 0
        return AnswerLanguage(rawValue: UInt8(most)) ?? .unknown
      }
    }
    var best = 0
    var second: UInt16 = 0
    for place in 1..<16 {
      if byLanguage[place] > byLanguage[best] || best == 0 {
        second = best == 0 ? 0 : byLanguage[best]
        best = place
      } else if byLanguage[place] > second {
        second = byLanguage[place]
      }
    }
    let most = byLanguage[best]
    // A tenth of a text's words at least are such words, in each of these languages.
    guard most >= 4, Int(most) * 10 >= wordCount, most * 2 >= second * 3 else { return .unknown }
    return AnswerLanguage(rawValue: UInt8(best)) ?? .unknown
  }
}

/// A table of few words, asked for each word of a text: open addressing in 2,048 places.
struct WordTable: Sendable {
  private let keys: [UInt64]
  private let values: [UInt64]
  private static let mask: UInt64 = 2047

  /// - Parameter entries: up to 1,500; a value isn't 0.
  init(_ entries: [UInt64: UInt64]) {
    precondition(entries.count <= 1500, "A table of words has room for 1,500.")
    var keys = [UInt64](repeating: 0, count: Int(Self.mask) + 1)
    var values = keys
    for (key, value) in entries {
      var place = key & Self.mask
      while values[Int(place)] != 0 { place = (place + 1) & Self.mask }
      keys[Int(place)] = key
      values[Int(place)] = value
    }
    self.keys = keys
    self.values = values
  }

  /// The value of a word; 0 for none.
  @inline(__always)
  subscript(_ key: UInt64) -> UInt64 {
    keys.withUnsafeBufferPointer { keys in
      values.withUnsafeBufferPointer { values in
        var place = key & Self.mask
        while values[Int(place)] != 0 {
          if keys[Int(place)] == key { return values[Int(place)] }
          place = (place + 1) & Self.mask
        }
        return 0
      }
    }
  }
}
