// Which runs of `*`, `_` and `~` belong together (CommonMark 0.31, §6.2 and its appendix). An opener
// is looked for only where none has been ruled out, so that hostile runs cost no more than others.

/// The runs of delimiters of a block that have found no partner yet.
struct MarkdownDelimiters {
  private struct Run {
    var mark: UInt8
    /// As it was written.
    let length: Int
    var left: Int
    /// Its place among the tokens.
    var token: Int
    var canOpen: Bool
    var canClose: Bool
  }

  typealias Styled = (range: Range<Int>, style: RenderedStyle)

  private var runs: [Run] = []

  var count: Int { runs.count }

  /// Adds a run.
  ///
  /// - Parameters:
  ///   - before: what stands before it, and `after`: behind it; line ends where nothing does.
  mutating func add(
    _ mark: UInt8, length: Int, token: Int, before: Unicode.Scalar, after: Unicode.Scalar
  ) {
    if mark == UInt8(ascii: "~"), length > 2 { return }
    let isLeft =
      !before.isMarkdownSpace && !before.isMarkdownPunctuation
    let opensFlank =
      !after.isMarkdownSpace
      && (!after.isMarkdownPunctuation || !isLeft)
    let isRight = !after.isMarkdownSpace && !after.isMarkdownPunctuation
    let closesFlank =
      !before.isMarkdownSpace && (!before.isMarkdownPunctuation || !isRight)
    let isWithinWord = mark == UInt8(ascii: "_")
    runs.append(
      Run(
        mark: mark, length: length, left: length, token: token,
        canOpen: opensFlank
          && (!isWithinWord || !closesFlank || before.isMarkdownPunctuation),
        canClose: closesFlank
          && (!isWithinWord || !opensFlank || after.isMarkdownPunctuation)))
  }

  /// Finds the partners of the runs from one on, which are then done with.
  ///
  /// - Returns: which tokens get what. Delimiters that are consumed are taken off their tokens.
  mutating func match(from first: Int, in tokens: inout [MarkdownInlines.Token]) -> [Styled] {
    var styled: [Styled] = []
    var openers: [Run] = []
    // By kind of closer: below this height, no opener fits.
    var ruledOut = Array(repeating: 0, count: 24)
    for var run in runs[min(first, runs.count)...] {
      while run.canClose, run.left > 0 {
        let kind = Self.kind(of: run)
        let lowest = min(ruledOut[kind], openers.count)
        guard let place = openers[lowest...].lastIndex(where: { Self.fit($0, run) }) else {
          ruledOut[kind] = openers.count
          break
        }
        // What was opened in between stays as it is written.
        openers.removeSubrange((place + 1)...)
        let used = run.mark == UInt8(ascii: "~") ? run.left : min(2, openers[place].left, run.left)
        let style: RenderedStyle =
          run.mark == UInt8(ascii: "~") ? .struckOut : used == 2 ? .strong : .emphasized
        styled.append((openers[place].token + 1..<run.token, style))
        tokens[openers[place].token].end -= used
        tokens[run.token].start += used
        openers[place].left -= used
        run.left -= used
        if openers[place].left == 0 { openers.removeLast() }
      }
      if run.canOpen, run.left > 0 { openers.append(run) }
    }
    runs.removeSubrange(min(first, runs.count)...)
    if first == 0 { runs = openers }
    return styled
  }

  private static func kind(of run: Run) -> Int {
    let mark =
      switch run.mark {
      case UInt8(ascii: "*"): 0
      case UInt8(ascii: "_"): 1
      default: 2
      }
    return mark * 6 + (run.canOpen ? 3 : 0) + run.length % 3
  }

  private static func fit(_ opener: Run, _ closer: Run) -> Bool {
    guard opener.mark == closer.mark else { return false }
    if closer.mark == UInt8(ascii: "~") { return opener.length == closer.length }
    guard closer.canOpen || opener.canClose else { return true }
    return (opener.length + closer.length) % 3 != 0
      || opener.length % 3 == 0 && closer.length % 3 == 0
  }

  /// Takes runs that are still open for what they will be when their partner has come.
  ///
  /// Only those that can't be anything else: `2*3` is mostly a product.
  func closeAll(in tokens: inout [MarkdownInlines.Token]) -> [Styled] {
    var styled: [Styled] = []
    for run in runs where !run.canClose && run.left <= 3 {
      let range = run.token + 1..<tokens.count
      guard !range.isEmpty else { continue }
      if run.mark == UInt8(ascii: "~") {
        guard run.left == 2 else { continue }
        styled.append((range, .struckOut))
      } else {
        if run.left >= 2 { styled.append((range, .strong)) }
        if run.left != 2 { styled.append((range, .emphasized)) }
      }
      tokens[run.token].end = tokens[run.token].start
    }
    return styled
  }
}

extension Unicode.Scalar {
  fileprivate var isMarkdownSpace: Bool {
    isASCII ? value == 0x20 || 0x09...0x0D ~= value : properties.isWhitespace
  }

  fileprivate var isMarkdownPunctuation: Bool {
    if isASCII { return MarkdownInlines.isPunctuation(UInt8(value)) }
    switch properties.generalCategory {
    case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation,
      .initialPunctuation, .finalPunctuation, .otherPunctuation, .mathSymbol, .currencySymbol,
      .modifierSymbol, .otherSymbol:
      return true
    default: return false
    }
  }
}
