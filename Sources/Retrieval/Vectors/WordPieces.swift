import Foundation

// Text into word pieces, as the models of the BERT family (uncased) take it: lower case, no accents,
// punctuation and Chinese characters by themselves, each word cut into the longest pieces that the
// vocabulary has, from its beginning on (Devlin et al., 2018; Wu et al., 2016).

struct WordPieces: Sendable {
  /// A longer word is unknown as a whole.
  private static let longestWord = 100

  let vocabulary: PieceVocabulary

  /// The places in the vocabulary of a text's pieces, in order; nil for each word that it can't make.
  func pieces(of text: String) -> [Int?] {
    var pieces: [Int?] = []
    var word: [UInt8] = []
    var length = 0
    func endWord() {
      guard length > 0 else { return }
      cut(word, length: length, into: &pieces)
      word.removeAll(keepingCapacity: true)
      length = 0
    }
    func add(_ scalar: Unicode.Scalar) {
      length += 1
      // What follows makes no difference any more; a text may be one word of megabytes.
      if length <= Self.longestWord { word += Self.lowercase(scalar, length: &length) }
    }
    let isASCII = text.utf8.allSatisfy { $0 < 0x80 }
    for scalar in (isASCII ? text : text.decomposedStringWithCanonicalMapping).unicodeScalars {
      switch Self.part(of: scalar) {
      case .none: continue
      case .space: endWord()
      case .word: add(scalar)
      case .alone:
        endWord()
        add(scalar)
        endWord()
      }
    }
    endWord()
    return pieces
  }

  private func cut(_ word: [UInt8], length: Int, into pieces: inout [Int?]) {
    let known = pieces.count
    var start = 0
    while length <= Self.longestWord, start < word.count,
      let piece = vocabulary.longestPiece(of: word, from: start)
    {
      pieces.append(piece.place)
      start = piece.end
    }
    guard length > Self.longestWord || start < word.count else { return }
    pieces.removeSubrange(known...)
    pieces.append(nil)
  }

  private static func lowercase(_ scalar: Unicode.Scalar, length: inout Int) -> [UInt8] {
    if scalar.isASCII {
      let byte = UInt8(truncatingIfNeeded: scalar.value)
      return [UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte ? byte | 0x20 : byte]
    }
    let lower = scalar.properties.lowercaseMapping
    length += lower.unicodeScalars.count - 1
    return Array(lower.utf8)
  }

  // MARK: Characters

  /// What a character, accents taken off it, is to a word.
  private enum Part {
    case none, space, word, alone
  }

  private static func part(of scalar: Unicode.Scalar) -> Part {
    switch scalar {
    case "a"..."z", "A"..."Z", "0"..."9": return .word
    case " ", "\t", "\n", "\r": return .space
    case "!"..."/", ":"..."@", "["..."`", "{"..."~": return .alone
    case "\u{FFFD}": return .none
    default: break
    }
    if isHan(scalar.value) { return .alone }
    switch scalar.properties.generalCategory {
    case .control, .format, .privateUse, .surrogate, .unassigned, .nonspacingMark: return .none
    case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation,
      .initialPunctuation, .finalPunctuation, .otherPunctuation:
      return .alone
    default: return scalar.properties.isWhitespace ? .space : .word
    }
  }

  /// The blocks of CJK ideographs that the models were trained with.
  private static func isHan(_ value: UInt32) -> Bool {
    switch value {
    case 0x4E00...0x9FFF, 0x3400...0x4DBF, 0x20000...0x2A6DF, 0x2A700...0x2B73F,
      0x2B740...0x2B81F, 0x2B920...0x2CEAF, 0xF900...0xFAFF, 0x2F800...0x2FA1F:
      true
    default: false
    }
  }
}
