// A passage as the checks of a diagnosis see it.

struct ExaminedPassage {
  var place: PassagePlace
  var document: Int64
  var bytes: Range<Int>
  var tokens: Int
  var text: String

  /// Whether its text is source code, where sentences are not looked for.
  var isCode: Bool {
    if case .text(.code) = SourceFormat(path: place.source) { true } else { false }
  }

  /// Its first words on one line, or those from a place on.
  func excerpt(from text: some StringProtocol) -> String {
    let words = text.prefix(200).split(whereSeparator: \.isWhitespace).joined(separator: " ")
    return words.count > 80 ? words.prefix(79) + "…" : words
  }
}

/// The words of a text by their hashes, in order: runs of ASCII letters and digits, whatever their
/// case, and of all that isn't ASCII.
struct HashedWords: Sequence, IteratorProtocol {
  struct Word {
    var hash: UInt64
    var bytes: Range<Int>
  }

  private let text: [UInt8]
  private var position = 0

  init(_ text: some StringProtocol) { self.text = Array(text.utf8) }

  mutating func next() -> Word? {
    while position < text.count, !isWord(text[position]) { position += 1 }
    guard position < text.count else { return nil }
    let start = position
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325  // FNV-1a
    while position < text.count, isWord(text[position]) {
      let byte = text[position].isASCIIUppercase ? text[position] | 0x20 : text[position]
      hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3
      position += 1
    }
    return Word(hash: hash, bytes: start..<position)
  }

  private func isWord(_ byte: UInt8) -> Bool {
    byte >= 0x80 || byte.isASCIIDigit || byte.isASCIILowercase || byte.isASCIIUppercase
  }
}

extension UInt64 {
  /// Goes on with a hash of several.
  func hashed(with next: UInt64) -> UInt64 {
    var mixed = (self ^ next) &* 0x9E37_79B9_7F4A_7C15
    mixed ^= mixed >> 32
    return mixed
  }
}
