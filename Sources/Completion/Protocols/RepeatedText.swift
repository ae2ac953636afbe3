// Text of servers that send all of it again with each piece, told from text whose pieces follow
// each other. What can't be told yet is withheld, never guessed: what was given can't be taken back.

/// Tells what is new in the pieces of one text.
///
/// Pieces that repeat are known by the second growth: "The", "The cat", "The cat sat". A text that
/// only repeats its first piece ("ha", "ha", "haha") is no proof, because models write that too.
struct RepeatedText: Sendable {
  private enum Kind {
    case unknown
    /// Each piece follows the one before.
    case following
    /// Each piece holds all the text so far.
    case repeating
  }

  private var kind = Kind.unknown
  private var first = ""
  /// The last piece; while the kind is unknown it starts with all of those before it.
  private var last = ""
  /// The pieces after the first while the kind is unknown, as they follow each other.
  private var withheld = ""
  private var withheldCount = 0

  /// A model that repeats itself is shown after so many pieces.
  private static let maximumWithheld = 8
  /// Nor are more bytes withheld: a hostile server's pieces may be as long as events can be.
  private static let maximumWithheldBytes = 64 << 10
  /// A first piece of fewer bytes says too little when nothing follows the second.
  private static let fewestBytes = 4

  /// Takes the next piece, and gives what follows all that was given before.
  mutating func new(in piece: String) -> String {
    if piece.isEmpty { return "" }
    switch kind {
    case .following: return piece
    case .repeating: return beyondLast(piece)
    case .unknown: return decide(on: piece)
    }
  }

  /// Gives what was withheld, when nothing follows.
  mutating func finish() -> String {
    guard kind == .unknown, !withheld.isEmpty else { return "" }
    let isRepeating = !last.isRepetition(of: first) && first.utf8.count >= Self.fewestBytes
    kind = .following
    return isRepeating
      ? String(last.unicodeScalars.dropFirst(first.unicodeScalars.count)) : withheld
  }

  private mutating func decide(on piece: String) -> String {
    if last.isEmpty {
      first = piece
      last = piece
      return piece
    }
    guard piece.utf8.starts(with: last.utf8), withheldCount < Self.maximumWithheld,
      withheld.utf8.count + piece.utf8.count <= Self.maximumWithheldBytes
    else {
      kind = .following
      return withheld + piece
    }
    if last.isRepetition(of: first) {
      last = piece
      withheld += piece
      withheldCount += 1
      return ""
    }
    kind = .repeating
    last = first
    return beyondLast(piece)
  }

  /// What a piece has behind what it shares with the last one: servers mend the end of what they
  /// have sent, such as a character that was not whole.
  private mutating func beyondLast(_ piece: String) -> String {
    var rest = piece.unicodeScalars[...]
    for scalar in last.unicodeScalars {
      guard rest.first == scalar else { break }
      rest.removeFirst()
    }
    if rest.isEmpty { return "" }
    let sharesNothing = rest.count == piece.unicodeScalars.count
    if sharesNothing { last += piece } else { last = piece }
    return String(rest)
  }
}

extension String {
  /// Whether it is another text over and over, the last time perhaps not to its end.
  fileprivate func isRepetition(of unit: String) -> Bool {
    let unit = Array(unit.utf8)
    return !unit.isEmpty && utf8.enumerated().allSatisfy { $1 == unit[$0 % unit.count] }
  }
}
