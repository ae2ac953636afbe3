// Reads the words of a sentence: terms, numbers with their units, names and pieces of code, in the
// parts of the sentence that commas and conjunctions make.

/// A word or a number of a sentence.
struct SupportWord: Hashable, Sendable {
  /// UTF-8 offsets in the text.
  var range: Range<Int>
  var term: SupportTerm
  /// Nil for a word that is no number.
  var quantity: Quantity?
  /// Whether it begins with a capital.
  var isCapitalized = false
  /// Whether it is the sentence's first.
  var isFirst = false
  var isCode = false
}

/// A part of a sentence that says one thing.
struct SupportClause: Hashable, Sendable {
  var words: [SupportWord] = []
  /// Whether it says that something is not so.
  var isNegated = false
  /// Whether it bounds a number: "not more than".
  var isBound = false
}

/// Reads sentences of one text.
struct SupportWordReader {
  private let bytes: UnsafeBufferPointer<UInt8>
  private let end: Int
  private var place: Int
  private var clauses = [SupportClause()]
  private var isCode = false
  private var wordCount = 0
  private var lastWord = ""

  /// The clauses of a sentence; none is empty.
  static func clauses(
    of bytes: UnsafeBufferPointer<UInt8>, in range: Range<Int>, skipping citations: [Citation] = [],
    vocabulary: inout SupportVocabulary
  ) -> [SupportClause] {
    var reader = SupportWordReader(bytes: bytes, range: range)
    reader.read(skipping: citations, vocabulary: &vocabulary)
    return reader.clauses.filter { !$0.words.isEmpty }
  }

  private init(bytes: UnsafeBufferPointer<UInt8>, range: Range<Int>) {
    self.bytes = bytes
    place = range.lowerBound
    end = range.upperBound
  }

  private mutating func read(skipping citations: [Citation], vocabulary: inout SupportVocabulary) {
    var citations = citations[...]
    while place < end {
      if let citation = citations.first, place >= citation.range.lowerBound {
        place = max(place, citation.range.upperBound)
        citations.removeFirst()
        continue
      }
      let byte = bytes[place]
      if byte == UInt8(ascii: "`") {
        isCode.toggle()
        place += 1
      } else if isCode || startsOption {
        readCode(&vocabulary)
      } else if 0x30...0x39 ~= byte {
        readNumber(unit: nil, &vocabulary)
      } else if let symbol = currency() {
        place += symbol.length
        if place < end, bytes[place] == 0x20 { place += 1 }
        if place < end, 0x30...0x39 ~= bytes[place] { readNumber(unit: symbol.unit, &vocabulary) }
      } else if isLetter(at: place) {
        readWord(&vocabulary)
      } else {
        if ",;:()|".utf8.contains(byte) || isDash { startClause() }
        place += scalarLength(at: place)
      }
    }
  }

  /// The place of the clause that is being read.
  private var last: Int { clauses.count - 1 }

  private mutating func startClause() {
    // "Except when" denies what follows.
    if clauses[last].words.contains(where: { $0.quantity != nil || $0.term.kind != .function }) {
      clauses.append(SupportClause())
    }
  }

  // MARK: Words

  private mutating func readWord(_ vocabulary: inout SupportVocabulary) {
    let start = place
    if let length = ideographLength(at: place) { return readIdeographs(length, &vocabulary) }
    while place < end {
      if isLetter(at: place) || 0x30...0x39 ~= bytes[place] || bytes[place] == UInt8(ascii: "_") {
        place += scalarLength(at: place)
      } else if let length = apostropheLength(at: place) ?? innerStopLength(at: place),
        place + length < end, isLetter(at: place + length)
      {
        place += length
      } else {
        break
      }
    }
    let text = text(start..<place)
    let word = text.lowercased()
    if let value = EnglishWords.numbers[word] {
      var quantity = Quantity(value: value, isVague: word == "one" || word == "once")
      if value >= 20, value < 100 { addUnits(to: &quantity) }
      finish(quantity, from: start, &vocabulary)
    } else if let scale = EnglishWords.scales[word] {
      finish(Quantity(value: scale), from: start, &vocabulary)
    } else {
      add(withoutPossessive(word), start..<place, isCapitalized: text != word, &vocabulary)
    }
  }

  private mutating func add(
    _ word: String, _ range: Range<Int>, isCapitalized: Bool, _ vocabulary: inout SupportVocabulary
  ) {
    let term = vocabulary.term(of: word)
    if term.joins || word == "and" && startsStatement { startClause() }
    // "Whether or not" leaves it open, "not only" denies nothing, nor does "Not doing it costs".
    if term.negates, lastWord != "or", !(word == "not" && wordCount == 0) {
      clauses[last].isNegated.toggle()
    }
    if word == "only", lastWord == "not" { clauses[last].isNegated.toggle() }
    if EnglishWords.comparatives.contains(word) { clauses[last].isBound = true }
    // "Not if …, or during …" denies both.
    if word == "or", clauses[last].words.isEmpty {
      clauses[last].isNegated = clauses.contains(where: \.isNegated)
    }
    clauses[last].words.append(
      SupportWord(
        range: range, term: term, isCapitalized: isCapitalized, isFirst: wordCount == 0,
        isCode: isCode))
    wordCount += 1
    lastWord = word
  }

  /// Whether "and" joins two statements, rather than two words: behind what has a number or is free,
  /// and before a verb that is known as one.
  private var startsStatement: Bool {
    if lastWord == "free" { return true }
    if lastWord != "#", clauses[last].words.contains(where: { $0.quantity != nil }) { return true }
    return nextWord(from: place).map { EnglishWords.clauseOpeners.contains($0.word) } == true
  }

  /// Chinese and Japanese put no blanks between words: each two neighbours stand for one.
  private mutating func readIdeographs(
    _ first: Int, _ vocabulary: inout SupportVocabulary
  ) {
    var previous = place
    place += first
    var isAlone = true
    while place < end, let length = ideographLength(at: place) {
      let range = previous..<place + length
      add(text(range), range, isCapitalized: false, &vocabulary)
      previous = place
      place += length
      isAlone = false
    }
    if isAlone { add(text(previous..<place), previous..<place, isCapitalized: false, &vocabulary) }
  }

  /// An option of a command, as `--delete`, is code without its marks, too.
  private var startsOption: Bool {
    place + 2 < end && bytes[place] == UInt8(ascii: "-") && bytes[place + 1] == UInt8(ascii: "-")
      && isLetter(at: place + 2)
  }

  private mutating func readCode(_ vocabulary: inout SupportVocabulary) {
    let start = place
    while place < end, bytes[place] > 0x20, !"`(),;=[]{}|\"'".utf8.contains(bytes[place]) {
      place += scalarLength(at: place)
    }
    guard place > start else {
      place += 1
      return
    }
    var last = min(place, end)
    while last > start, ".:!?*".utf8.contains(bytes[last - 1]) { last -= 1 }
    guard last > start else { return }
    let word = text(start..<last).lowercased()
    if let number = Double(word), number.isFinite {
      finish(Quantity(value: number), from: start, &vocabulary)
      return
    }
    let wasCode = isCode
    isCode = true
    add(word, start..<last, isCapitalized: false, &vocabulary)
    isCode = wasCode
  }

  // MARK: Numbers

  private mutating func readNumber(unit: String?, _ vocabulary: inout SupportVocabulary) {
    let start = place
    var digits: [UInt8] = []
    var separators: [(sign: UInt8, place: Int)] = []
    while place < end {
      if 0x30...0x39 ~= bytes[place] {
        digits.append(bytes[place])
        place += 1
      } else if bytes[place] == UInt8(ascii: ".") || bytes[place] == UInt8(ascii: ","),
        place + 1 < end, 0x30...0x39 ~= bytes[place + 1]
      {
        separators.append((bytes[place], digits.count))
        place += 1
      } else {
        break
      }
    }
    var value = digits.prefix(300).reduce(0.0) { $0 * 10 + Double($1 - 0x30) }
    // "1,204" groups, "1,5" and "1.25" have decimals.
    if let last = separators.last,
      last.sign == UInt8(ascii: ".") || digits.count - last.place != 3
    {
      for _ in 0..<min(digits.count - last.place, 300) { value /= 10 }
    }
    var quantity = Quantity(value: value, unit: unit)
    if let ordinal = ordinalLength { place += ordinal }
    if unit == nil, place < end, isLetter(at: place), !hasUnit(at: place) {
      // "3D" is a name.
      while place < end, isLetter(at: place) || 0x30...0x39 ~= bytes[place] {
        place += scalarLength(at: place)
      }
      add(text(start..<place).lowercased(), start..<place, isCapitalized: true, &vocabulary)
      return
    }
    addScale(to: &quantity)
    finish(quantity, from: start, &vocabulary)
  }

  private var ordinalLength: Int? {
    guard place + 2 <= end else { return nil }
    let suffix = text(place..<place + 2)
    return ["st", "nd", "rd", "th"].contains(suffix)
      && (place + 2 == end || !isLetter(at: place + 2)) ? 2 : nil
  }

  /// "sixty-one": what follows the tens.
  private mutating func addUnits(to quantity: inout Quantity) {
    guard let (word, after) = nextWord(from: place), let value = EnglishWords.numbers[word],
      1..<10 ~= value, word != "once", word != "twice"
    else { return }
    quantity.value += value
    place = after
  }

  private mutating func addScale(to quantity: inout Quantity) {
    guard let (word, after) = nextWord(from: place), let scale = EnglishWords.scales[word] else {
      return
    }
    quantity.scale(by: scale)
    place = after
  }

  /// Takes the unit in, where one follows, and adds the number; the unit's word stays to be read.
  private mutating func finish(
    _ quantity: Quantity, from start: Int, _ vocabulary: inout SupportVocabulary
  ) {
    var quantity = quantity
    if !isCode { addScale(to: &quantity) }
    let range = start..<place
    if quantity.unit == nil, !isCode {
      if let unit = unit(at: place) {
        quantity.unit = unit.unit
        quantity.scale(by: unit.factor)
      } else if let (word, after) = nextWord(from: place), Self.beforeUnits.contains(word),
        let unit = unit(at: after)
      {
        quantity.unit = unit.unit
        quantity.scale(by: unit.factor)
      }
    }
    let term = vocabulary.term(of: "#")
    clauses[last].words.append(
      SupportWord(
        range: range, term: SupportTerm(id: term.id, kind: .function), quantity: quantity))
    wordCount += 1
    lastWord = "#"
  }

  /// Words that may stand between a number and its unit: "14 working days".
  private static let beforeUnits: Set<String> = [
    "working", "business", "calendar", "full", "consecutive", "whole", "square", "more",
  ]

  private func hasUnit(at place: Int) -> Bool { unit(at: place) != nil }

  private func unit(at start: Int) -> (unit: String, factor: Double)? {
    guard let (word, _) = nextWord(from: start) else {
      var place = start
      while place < end, bytes[place] == 0x20 { place += 1 }
      guard place < end else { return nil }
      if bytes[place] == UInt8(ascii: "%") { return Unit.named("%") }
      if text(place..<min(place + 2, end)) == "°" { return Unit.named("°") }
      return currency(at: place).map { ($0.unit, 1) }
    }
    return Unit.named(word)
  }

  /// The word at a place, blanks, a hyphen and a no-break space before it skipped.
  private func nextWord(from start: Int) -> (word: String, after: Int)? {
    var place = start
    while place < end {
      if bytes[place] == 0x20 || bytes[place] == 0x0A || bytes[place] == UInt8(ascii: "-") {
        place += 1
      } else if bytes[place] == 0xC2, place + 1 < end, bytes[place + 1] == 0xA0 {
        place += 2
      } else {
        break
      }
    }
    let first = place
    while place < end, isLetter(at: place) { place += scalarLength(at: place) }
    return place > first ? (text(first..<place).lowercased(), place) : nil
  }

  // MARK: Bytes

  private func text(_ range: Range<Int>) -> String {
    String(decoding: bytes[range], as: UTF8.self)
  }

  private func scalarLength(at place: Int) -> Int {
    let length =
      switch bytes[place] {
      case 0xC0..<0xE0: 2
      case 0xE0..<0xF0: 3
      case 0xF0...: 4
      default: 1
      }
    return min(length, end - place)
  }

  private func scalar(at place: Int) -> Unicode.Scalar? {
    text(place..<place + scalarLength(at: place)).unicodeScalars.first
  }

  private func isLetter(at place: Int) -> Bool {
    let byte = bytes[place]
    if byte < 0x80 { return 0x41...0x5A ~= byte || 0x61...0x7A ~= byte }
    return scalar(at: place)?.properties.isAlphabetic == true
  }

  private var isDash: Bool {
    // – and —.
    place + 2 < end && bytes[place] == 0xE2 && bytes[place + 1] == 0x80
      && 0x93...0x94 ~= bytes[place + 2]
  }

  private func apostropheLength(at place: Int) -> Int? {
    if bytes[place] == UInt8(ascii: "'") { return 1 }
    let isCurly =
      place + 2 < end && bytes[place] == 0xE2 && bytes[place + 1] == 0x80
      && bytes[place + 2] == 0x99
    return isCurly ? 3 : nil
  }

  /// A full stop inside of a word: "p.m", "config.toml".
  private func innerStopLength(at place: Int) -> Int? {
    bytes[place] == UInt8(ascii: ".") ? 1 : nil
  }

  private func withoutPossessive(_ word: String) -> String {
    let word = word.replacing("’", with: "'")
    return word.hasSuffix("'s") ? String(word.dropLast(2)) : word
  }

  private func currency() -> (unit: String, length: Int)? { currency(at: place) }

  private func currency(at place: Int) -> (unit: String, length: Int)? {
    guard bytes[place] >= 0x80 || bytes[place] == UInt8(ascii: "$"),
      let unit = scalar(at: place).flatMap({ Unit.currencies[$0] })
    else { return nil }
    return (unit, scalarLength(at: place))
  }

  private func ideographLength(at place: Int) -> Int? {
    guard bytes[place] >= 0xE3, let value = scalar(at: place)?.value else { return nil }
    switch value {
    case 0x3041...0x30FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF, 0x20000...0x3FFFF:
      return scalarLength(at: place)
    default: return nil
    }
  }
}
