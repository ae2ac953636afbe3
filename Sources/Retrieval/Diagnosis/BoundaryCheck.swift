// Finds passages that end in mid-sentence, and such as are far too long or too short.

struct BoundaryCheck {
  /// Tokens from which on the usual embedding models read no further (256 to 512 word pieces).
  private static let longest = 512
  private static let shortest = 12

  private struct Tally {
    var count = 0
    var examples: [(weight: Int, example: IndexFinding.Example)] = []

    mutating func add(_ example: IndexFinding.Example, weight: Int) {
      count += 1
      examples.append((weight, example))
      if examples.count > 100 { examples = worst }
    }

    var worst: [(weight: Int, example: IndexFinding.Example)] {
      Array(examples.sorted { $0.weight > $1.weight }.prefix(10))
    }

    func finding(_ kind: IndexFinding.Kind, _ examined: Int) -> IndexFinding? {
      guard count > 0 else { return nil }
      return IndexFinding(
        kind: kind, count: count, examined: examined, examples: worst.map(\.example))
    }
  }

  private var previous: ExaminedPassage?
  private var examined = 0
  private var cut = Tally()
  private var long = Tally()
  private var short = Tally()

  /// Passages must come document by document, in order.
  mutating func take(_ passage: ExaminedPassage) {
    examined += 1
    if let previous, isCutSentence(previous, passage) {
      let end = String(previous.text.suffix(60))
      cut.add(
        .init(
          places: [previous.place], figure: "goes on in lines \(passage.place.lines.lowerBound)…",
          excerpt: "…" + passage.excerpt(from: end)),
        weight: 0)
    }
    let size = IndexFinding.Example(
      places: [passage.place], figure: "\(passage.tokens) tokens",
      excerpt: passage.excerpt(from: passage.text))
    if passage.tokens > Self.longest { long.add(size, weight: passage.tokens) }
    if passage.tokens < Self.shortest { short.add(size, weight: -passage.tokens) }
    previous = passage
  }

  /// Whether a passage ends without a mark and what follows in the next goes on in lower case.
  private func isCutSentence(_ passage: ExaminedPassage, _ next: ExaminedPassage) -> Bool {
    guard passage.document == next.document, !passage.isCode,
      next.place.lines.lowerBound - passage.place.lines.upperBound < 2
    else { return false }
    let shared = max(0, passage.bytes.upperBound - next.bytes.lowerBound)
    let text = Array(passage.text.utf8.suffix(16))
    guard !text.isEmpty, !text.endsSentence(text.count - 1) else { return false }
    let rest = String(decoding: next.text.utf8.dropFirst(shared), as: UTF8.self)
    return rest.first { !$0.isWhitespace }?.isLowercase == true
  }

  var findings: [IndexFinding] {
    [
      cut.finding(.cutSentence, examined), long.finding(.tooLong, examined),
      short.finding(.tooShort, examined),
    ].compactMap { $0 }
  }
}
