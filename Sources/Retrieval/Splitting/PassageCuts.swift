// Splitting a text into passages by a chunking: the strategy finds where they begin and end, and
// each is then lengthened by what it shares with the one after. Nothing here copies or changes text:
// a passage is exactly the bytes of its span.

import Core

/// One passage of a text, before it is in an index.
struct PassageCut: Equatable {
  var bytes: Range<Int>
  /// Counted from 1, the last included; a line ends at a line feed.
  var lines: ClosedRange<Int>
  /// Those that it stands under where it begins, outermost first.
  var headings: [String]
}

/// The passages of a text, in order, no two of the same start; every byte that isn't white space is
/// in one at least, and in one only where the chunking has no overlap.
///
/// A byte order mark at the start belongs to none. They are made as they are asked for, so that
/// a long text costs no memory beyond its own.
struct PassageCuts: Sequence, IteratorProtocol {
  private enum Bodies {
    case sections(SectionCuts)
    case stretches(StretchCuts)
  }

  private let text: [UInt8]
  private let chunking: Chunking
  private let separators: [Separator]
  /// The passages without what they share.
  private var bodies: Bodies
  private var following: PassageCut?
  /// Where the passage before ends.
  private var end = 0

  init(of text: [UInt8], as syntax: Syntax, by chunking: Chunking = Chunking()) {
    self.text = text
    self.chunking = chunking
    let size = Swift.max(1, chunking.size - chunking.overlap) * 4
    separators = Self.separators(of: chunking.strategy, for: syntax)
    switch (chunking.strategy, syntax) {
    case (.structure, .markdown), (.markdown, _):
      bodies = .sections(SectionCuts(of: text, as: .markdown, size: size))
    case (.structure, .prose):
      bodies = .sections(SectionCuts(of: text, as: .prose, size: size))
    default:
      let limit = chunking.strategy == .document ? Int.max : size
      bodies = .stretches(StretchCuts(of: text, as: syntax, at: separators, limit: limit))
    }
    following = nextBody()
  }

  private static func separators(
    of strategy: Chunking.Strategy, for syntax: Syntax
  ) -> [Separator] {
    switch strategy {
    case .document, .tokens: []
    case .sentences: [.sentence, .word]
    case .recursive, .markdown: [.paragraph, .line, .sentence, .word]
    case .structure where syntax != .code: [.paragraph, .line, .sentence, .word]
    case .structure, .code:
      [
        .block(indentation: 0), .block(indentation: 2), .block(indentation: 4),
        .block(indentation: 8), .paragraph, .line, .word,
      ]
    }
  }

  mutating func next() -> PassageCut? {
    while let body = following {
      following = nextBody()
      let passage = lengthened(body)
      // What the passage before holds whole would say nothing new.
      if passage.bytes.upperBound > end {
        end = passage.bytes.upperBound
        return passage
      }
    }
    return nil
  }

  private mutating func nextBody() -> PassageCut? {
    switch bodies {
    case .sections(var sections):
      defer { bodies = .sections(sections) }
      return sections.next()
    case .stretches(var stretches):
      defer { bodies = .stretches(stretches) }
      return stretches.next()
    }
  }

  // MARK: Overlap

  /// A passage with the beginning of the one after: as much as its separators allow.
  private func lengthened(_ body: PassageCut) -> PassageCut {
    guard chunking.overlap > 0, let following, !endsSection(body, following) else { return body }
    var opening = SeparatorCuts(
      of: text, in: following.bytes, at: separators, limit: chunking.overlap * 4)
    guard let shared = opening.next(), isWhole(shared, of: following.bytes) else { return body }
    let bytes = body.bytes.lowerBound..<shared.upperBound
    // The white space between the two may be of any length.
    guard text.quarterTokens(in: bytes) <= largest else { return body }
    let lineFeeds = text[shared].count { $0 == UInt8(ascii: "\n") }
    return PassageCut(
      bytes: bytes, lines: body.lines.lowerBound...following.lines.lowerBound + lineFeeds,
      headings: body.headings)
  }

  /// No passage holds text of two sections where sections are what is cut.
  private func endsSection(_ body: PassageCut, _ following: PassageCut) -> Bool {
    if case .sections = bodies { body.headings != following.headings } else { false }
  }

  /// Sentences are shared whole, or not at all.
  private func isWhole(_ shared: Range<Int>, of body: Range<Int>) -> Bool {
    guard chunking.strategy == .sentences, shared.upperBound < body.upperBound else { return true }
    let next = text[shared.upperBound..<body.upperBound].firstIndex { !$0.isWhiteSpace }
    return next.map { text.isSentenceStart($0) } ?? true
  }

  private var largest: Int {
    if case .sections = bodies { chunking.size * 4 * 4 / 3 } else { chunking.size * 4 }
  }
}
