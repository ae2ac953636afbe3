import Core

// A part of an answer as rows: a heading of whet's own over a body.

/// What a part of an answer is.
enum AnswerPart: Hashable, Sendable {
  /// One that has ended, by its place in the chain.
  case step(Int)
  case currentStep
  case thinking, text, check, refusal, toolCalls, ending
}

/// Where a row of an answer stands, at whatever width and however much is unfolded.
struct AnswerAnchor: Hashable, Sendable {
  var part: AnswerPart
  /// A UTF-8 offset in the part's text; nil for its heading.
  var offset: Int?
}

/// A part of the answer: its heading, if it has one, and its rows.
struct AnswerSection {
  enum Body {
    case none
    case wrapped(WrappedText, AnswerFace)
    /// The answer's text, on which marks stand.
    case rendered(RenderedText)
    /// What stands in place of the answer's text.
    case rows([AnswerRow])
  }

  var part: AnswerPart
  var heading: AnswerRow?
  var body: Body

  var headingCount: Int { heading == nil ? 0 : 1 }
  var rowCount: Int { headingCount + bodyCount }

  private var bodyCount: Int {
    switch body {
    case .none: 0
    case .wrapped(let text, _): text.isEmpty ? 0 : text.rows.count
    case .rendered(let text): text.rowCount
    case .rows(let rows): rows.count
    }
  }

  /// Its rows in a range, which counts the heading.
  func rows(in range: Range<Int>) -> [AnswerRow] {
    let range = range.clamped(to: 0..<rowCount)
    guard !range.isEmpty else { return [] }
    let start = max(0, range.lowerBound - headingCount)
    let places = start..<max(start, range.upperBound - headingCount)
    let top = range.lowerBound < headingCount ? [heading].compactMap { $0 } : []
    switch body {
    case .none: return top
    case .wrapped(let text, let face):
      return top + places.map { AnswerRow(String(text.text(of: text.rows[$0])), face) }
    case .rows(let rows): return top + rows[places]
    case .rendered(let text):
      return top
        + text.pieces(ofRows: places).map { AnswerRow($0.map(AnswerRow.Piece.init)) }
    }
  }

  func anchor(ofRow index: Int) -> AnswerAnchor {
    guard index >= headingCount else { return AnswerAnchor(part: part) }
    let place = index - headingCount
    switch body {
    case .none: return AnswerAnchor(part: part)
    case .wrapped(let text, _):
      guard text.rows.indices.contains(place) else { return AnswerAnchor(part: part) }
      let row = text.rows[place]
      return AnswerAnchor(part: part, offset: text.lineStarts[row.line] + row.range.lowerBound)
    case .rows(let rows):
      return AnswerAnchor(
        part: part, offset: rows[...place].last { $0.source != nil }?.source?.lowerBound)
    case .rendered(let text):
      return AnswerAnchor(part: part, offset: text.sourceStart(ofRow: place))
    }
  }

  /// The row that shows an offset of its text; the heading where the body is folded.
  func row(of offset: Int?) -> Int {
    guard let offset, bodyCount > 0 else { return 0 }
    switch body {
    case .none: return 0
    case .wrapped(let text, _): return headingCount + text.rowIndex(of: offset)
    case .rows(let rows):
      return headingCount + (rows.lastIndex { ($0.source?.lowerBound ?? .max) <= offset } ?? 0)
    case .rendered(let text): return headingCount + (text.rowIndex(ofSource: offset) ?? 0)
    }
  }
}

extension AnswerRow.Piece {
  /// A piece of a rendered text.
  init(_ piece: RenderedPiece) {
    var traits: AnswerFace.Traits = []
    if piece.style.contains(.strong) { traits.insert(.strong) }
    if piece.style.contains(.emphasized) { traits.insert(.emphasized) }
    if piece.style.contains(.struckOut) { traits.insert(.struckOut) }
    var kind: AnswerFace.Kind =
      switch piece.kind {
      case .text: .text
      case .heading(let level): .heading(level: level)
      case .code: .code
      case .border: .border
      case .quote: .quote
      case .marker: .marker
      case .tableHeader: .tableHeader
      }
    let own = Self.faces.first { piece.style.contains($0.style) }
    if let own { kind = own.kind }
    self.init(piece.text, AnswerFace(kind, traits), source: piece.source)
  }

  /// What shows a stretch as something else than the block that it stands in.
  private static let faces: [(style: RenderedStyle, kind: AnswerFace.Kind)] = [
    (.address, .address), (.link, .link), (.code, .code), (.jsonName, .jsonName),
    (.jsonString, .jsonString), (.jsonLiteral, .jsonLiteral), (.jsonMark, .jsonMark),
  ]
}
